"""Known by: marks of one's own, undo, who is told what, and counts in sets."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.people.access import reach_of, students_within
from evenrise.workspace.people.models import CaseloadPlace, Student
from evenrise.workspace.supports.groups import place_groups
from evenrise.workspace.supports.models import KnownBy
from evenrise.workspace.supports.queries.acted import FEWEST
from evenrise.workspace.supports.queries.counting import span_today
from evenrise.workspace.supports.queries.known import known_by_none, known_counts
from tests.support.query_plans import analyze, plan_of


pytestmark = pytest.mark.django_db


def within(person):
    reach = reach_of(person, timezone.localdate())
    return students_within(reach).filter(current=True).order_by("sort_name", "pk")


def standing(person):
    marks = KnownBy.objects.filter(person=person, ended_on__isnull=True)
    return set(marks.values_list("student_id", flat=True))


@pytest.fixture
def served(cast):
    """The students on the counselor's caseload."""
    return list(within(cast["counselor"]).values_list("pk", flat=True))


def save(client, shown, known, **more):
    return client.post(
        reverse("known_mark"), {"shown": shown, "known": known, **more}, follow=True
    )


def test_a_list_is_saved_in_one_go_and_undone(cast, as_person, served):
    client, me = as_person("counselor"), cast["counselor"]
    page = save(client, served[:5], served[:3])
    assert standing(me) == set(served[:3])
    assert "You said that you know 3 more students well." in page.content.decode()
    page = save(client, served[:5], [served[0], served[4]])
    assert standing(me) == {served[0], served[4]}
    assert "2 marks were taken back." in page.content.decode()
    assert reverse("known_undo") in page.content.decode()
    client.post(reverse("known_undo"))
    assert standing(me) == set(served[:3])
    client.post(reverse("known_undo"))  # only once
    assert standing(me) == set(served[:3])


def test_what_was_not_shown_keeps_its_mark(cast, as_person, served):
    client = as_person("counselor")
    save(client, served[:3], served[:3])
    save(client, served[3:5], [])
    assert standing(cast["counselor"]) == set(served[:3])


def test_nobody_marks_beyond_their_reach(cast, as_person):
    me = cast["counselor"]
    beyond = Student.objects.filter(current=True).exclude(
        pk__in=within(me).values("pk")
    )[0]
    save(as_person("counselor"), [beyond.pk, "nobody"], [beyond.pk, "nobody"])
    assert not KnownBy.objects.filter(person=me).exists()


def test_nobody_undoes_the_marks_of_another(cast, as_person, served):
    theirs = KnownBy.objects.create(
        person=cast["principal"], student_id=served[0], since=timezone.localdate()
    )
    client = as_person("counselor")
    session = client.session
    session["known_undo"] = {"added": [theirs.pk], "ended": []}
    session.save()
    client.post(reverse("known_undo"))
    theirs.refresh_from_db()
    assert theirs.ended_on is None


def test_the_record_names_no_student(cast, as_person, served):
    save(as_person("counselor"), served[:2], served[:2])
    entry = LogEntry.objects.filter(verb="supports.mark_known").latest("id")
    assert entry.details == {"added": 2, "ended": 0}
    assert entry.about_key == ""


def test_names_are_for_those_who_support(cast, as_person, served):
    KnownBy.objects.create(
        person=cast["principal"], student_id=served[0], since=timezone.localdate()
    )
    address = reverse("student", args=(served[0],))
    told = as_person("counselor").get(address).content.decode()
    assert "1 adult says that they know this student well." in told
    assert cast["principal"].name in told
    steward = as_person("steward").get(address).content.decode()
    assert "1 adult says that they know this student well." in steward
    assert f"<li>{cast['principal'].name}" not in steward


def test_one_mark_from_the_page_of_a_student(cast, as_person, served):
    client = as_person("counselor")
    answer = client.post(
        reverse("known_mark"),
        {"student": served[0], "shown": served[0], "known": served[0]},
    )
    assert answer["Location"] == reverse("student", args=(served[0],))
    assert standing(cast["counselor"]) == {served[0]}
    client.post(reverse("known_mark"), {"student": served[0], "shown": served[0]})
    assert standing(cast["counselor"]) == set()


def test_a_list_for_each_way_of_reach(cast, as_person):
    for role in ("principal", "counselor", "teacher"):
        told = as_person(role).get(reverse("known_mark")).content.decode()
        boxes = set(re.findall(r'name="shown" value="([^"]+)"', told))
        mine = set(within(cast[role]).values_list("pk", flat=True))
        assert boxes
        assert boxes <= mine
    told = as_person("superintendent").get(reverse("known_mark")).content.decode()
    assert "Choose a school" in told
    assert 'name="shown"' not in told


def test_known_by_none_and_by_how_many(cast):
    me, today = cast["principal"], timezone.localdate()
    mine = list(within(me))
    for place, one in enumerate(mine[:30]):
        KnownBy.objects.create(person=me, student=one, since=today)
        if place < 10:
            KnownBy.objects.create(person=cast["teacher"], student=one, since=today)
    KnownBy.objects.create(
        person=cast["teacher"], student=mine[40], since=today, ended_on=today
    )
    nobody = set(known_by_none(within(me)).values_list("pk", flat=True))
    assert nobody == {one.pk for one in mine[30:]}
    rows = known_counts(within(me), span_today())["rows"]
    assert rows[0]["students"] == len(mine)
    assert rows[0]["known"] == [len(mine) - 30, 20, 10]
    for row in rows:
        assert ("known" in row) == (row["students"] >= FEWEST)
    grades = [row for row in rows if row["family"] == "grade"]
    assert sum(row["students"] for row in grades) == len(mine)


def test_an_account_that_is_closed_knows_nobody(cast, served):
    cast["teacher"].is_active = False
    cast["teacher"].save()
    KnownBy.objects.create(
        person=cast["teacher"], student_id=served[0], since=timezone.localdate()
    )
    seen = within(cast["counselor"])
    assert served[0] in known_by_none(seen).values_list("pk", flat=True)


def test_the_table_of_all_grades_and_groups(cast, as_person, served, db_district):
    place_groups(db_district.snapshot, db_district.as_of)
    save(as_person("principal"), served[:9], served[:9])
    told = as_person("principal").get(reverse("known")).content.decode()
    table = told.split('id="where-caption"')[1].split("</table>")[0]
    rows = re.findall(r'<tr[^>]*><th scope="row">([^<]+)</th>', table)
    assert rows[0] == "All students within your reach"
    assert len(rows) > 8
    every = within(cast["principal"]).count()
    assert f'<td class="number">{every}</td>' in table


def test_few_students_give_no_share(cast, as_person):
    keep = CaseloadPlace.objects.filter(caseload__owner=cast["counselor"])
    few = list(keep.values_list("pk", flat=True)[:10])
    keep.exclude(pk__in=few).delete()
    told = as_person("counselor").get(reverse("known")).content.decode()
    assert "Too few to say" in told
    assert "%" not in re.sub(r"(?s)<head>.*?</head>", "", told).split("<main")[1]


def test_the_start_page_asks_once(cast, as_person, served):
    words = "Say which students you know well"
    client = as_person("counselor")
    assert words in client.get(reverse("start")).content.decode()
    save(client, served[:1], served[:1])
    assert words not in client.get(reverse("start")).content.decode()
    leads = as_person("superintendent").get(reverse("start"))
    assert words not in leads.content.decode()


def test_the_page_in_spanish(as_person):
    told = as_person("counselor", "es").get(reverse("known")).content.decode()
    assert "¿A qué estudiantes" in told


@pytest.mark.parametrize("role", ["principal", "counselor", "teacher"])
def test_the_list_of_nobody_meets_indexes(role, cast):
    analyze()
    told = plan_of(known_by_none(within(cast[role]))[:51])
    assert "SCAN people_student" not in told, told
    assert "SCAN supports_knownby" not in told, told
