"""Who needs somebody this week: the list, its order, its file; and by school."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry, StudentLook
from evenrise.workspace.insights.due import further_due
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.models import Flag, FlagAnswer
from evenrise.workspace.supports.queries import flags as queries
from tests.web.supports.flag_fixtures import TODAY, listed, served


pytestmark = pytest.mark.django_db


def test_first_who_waits_then_stronger_lines_then_the_oldest(
    cast, as_person, make_flag
):
    old, new, strong, begun, both = served(cast["counselor"])[:5]
    make_flag(new, ago=1)
    make_flag(old, ago=9)
    make_flag(strong, level=2)
    make_flag(begun, level=2, ago=30, first_support_on=TODAY)
    make_flag(both, level=2, ago=20, first_support_on=TODAY)
    make_flag(both, domain="course", ago=5)
    assert listed(as_person("counselor")) == [
        student.pk for student in (strong, old, both, new, begun)
    ]
    assert listed(as_person("counselor"), waiting="yes") == [
        student.pk for student in (strong, old, both, new)
    ]
    assert listed(as_person("counselor"), fresh="yes") == [
        student.pk for student in (strong, both, new)
    ]
    assert listed(as_person("counselor"), domain="course") == [both.pk]


def test_a_line_says_why_since_when_and_that_nothing_began(cast, as_person, make_flag):
    student = served(cast["counselor"])[0]
    make_flag(student, ago=3)
    page = as_person("counselor").get(reverse("flags")).content.decode()
    assert "Absent 12 of 90 days this school year" in page
    assert "9 unexcused" in page
    assert "Nothing has begun" in page
    assert reverse("student", args=(student.pk,)) in page
    assert f"{reverse('begin_support', args=(student.pk,))}?flag=" in page
    assert not re.search(r"risk|score", page, re.IGNORECASE)
    spanish = as_person("counselor", "es").get(reverse("flags")).content.decode()
    assert "12 ausencias en 90 días de este año escolar" in spanish


def test_everybody_is_listed_once_page_by_page(cast, as_person, make_flag, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 7)
    students = served(cast["principal"])[:40]
    for place, student in enumerate(students):
        begun = {"first_support_on": TODAY} if place % 3 == 0 else {}
        make_flag(student, level=1 + place % 2, ago=place % 5, **begun)
        if place % 4 == 0:
            make_flag(student, domain="course", ago=place % 6)
    client, found, query = as_person("principal"), [], {}
    while True:
        page = client.get(reverse("flags"), query).context["page"]
        found += [line.student_id for line in page.lines]
        if not page.later:
            break
        query = {"after": page.later}
    assert len(found) == len(set(found)) == 40
    assert set(found) == {student.pk for student in students}


@pytest.mark.parametrize("role", ["principal", "counselor", "teacher", "steward"])
def test_the_list_holds_exactly_those_within_reach(role, cast, as_person, make_flag):
    for student in Student.objects.filter(current=True):
        make_flag(student)
    mine = {student.pk for student in served(cast[role])}
    client, found, query = as_person(role), set(), {}
    while True:
        page = client.get(reverse("flags"), query).context["page"]
        found |= {line.student_id for line in page.lines}
        if not page.later:
            break
        query = {"after": page.later}
    assert found == mine


def test_a_place_of_somebody_elses_flag_begins_the_list_anew(
    cast, as_person, make_flag
):
    mine = served(cast["teacher"])
    keys = {student.pk for student in mine}
    other = Student.objects.filter(current=True).exclude(pk__in=keys).first()
    far = make_flag(other, level=2)
    for student in mine[:3]:
        make_flag(student)
    first = listed(as_person("teacher"))
    assert listed(as_person("teacher"), after=far.pk) == first
    assert listed(as_person("teacher"), after="1e9") == first


def test_more_rows_ask_no_more_questions(cast, as_person, make_flag):
    from django.db import connection

    students = served(cast["principal"])
    client = as_person("principal")
    make_flag(students[0])
    client.get(reverse("flags"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("flags"))
    for student in students[1:30]:
        make_flag(student)
        make_flag(student, domain="course")
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("flags"))
    assert len(many) <= len(few) + 2  # two counts, when there is a second page


def test_no_data_has_its_own_list_and_is_not_called_fine(cast, as_person, make_watch):
    ana, ben, *_ = served(cast["counselor"])
    make_watch(ana, course=-1)
    make_watch(ben)
    answer = as_person("counselor").get(reverse("flags"), {"show": "unknown"})
    lines = answer.context["rows"].lines
    assert [(line.url, line.unknown) for line in lines] == [
        (reverse("student", args=(ana.pk,)), ("Courses",))
    ]
    assert "No data is not" in answer.content.decode()
    only = {"show": "unknown", "domain": "behavior"}
    rows = as_person("counselor").get(reverse("flags"), only).context["rows"]
    assert rows.lines == ()


def test_a_whole_district_is_asked_for_a_school_first(cast, as_person, make_watch):
    student = served(cast["counselor"])[0]
    make_watch(student, course=-1)
    client = as_person("superintendent")
    rows = client.get(reverse("flags"), {"show": "unknown"}).context["rows"]
    assert rows.asks_school
    query = {"show": "unknown", "school": student.school_id}
    rows = client.get(reverse("flags"), query).context["rows"]
    assert len(rows.lines) == 1


def test_the_file_holds_the_list_and_every_student_in_it_is_a_look(
    cast, as_person, make_flag
):
    ana, ben, *_ = served(cast["counselor"])
    Student.objects.filter(pk=ana.pk).update(given_name="=SUM(A1)")
    make_flag(ana)
    make_flag(ana, domain="course")
    make_flag(ben)
    answer = as_person("counselor").get(reverse("flags_file"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["student_id"] for row in rows} == {ana.pk, ben.pk}
    assert len(rows) == 3
    assert "'=SUM(A1)" in {row["given_name"] for row in rows}
    assert "Absent 12 of 90 days" in rows[0]["reasons"]
    looks = StudentLook.objects.values_list("student_key", "where")
    assert set(looks) == {(ana.pk, "export"), (ben.pk, "export")}
    assert LogEntry.objects.filter(verb="people.export_students").count() == 1


def test_a_students_page_tells_flags_today_earlier_and_what_is_not_known(
    cast, as_person, make_flag, make_watch
):
    student = served(cast["counselor"])[0]
    make_flag(student, ago=3)
    make_flag(student, domain="course", ago=90, closed_on=TODAY - dt.timedelta(days=60))
    make_watch(student, attendance=1, behavior=-1)
    address = reverse("student", args=(student.pk,))
    page = as_person("counselor").get(address).content.decode()
    assert page.count("Absent 12 of 90 days this school year") == 2
    assert "1 earlier flag" in page
    assert re.search(r"Not known</strong>: Behavior", page) or "Behavior" in page
    assert "No data is not" in page
    steward = as_person("steward").get(address).content.decode()
    assert "Absent 12 of 90 days" in steward
    assert reverse("flag_answer", args=(Flag.objects.first().pk,)) not in steward


def test_a_flag_whose_records_were_taken_back_says_so(
    cast, as_person, make_flag, make_watch
):
    student = served(cast["counselor"])[0]
    one = make_flag(student, closed_on=TODAY)
    Flag.objects.filter(pk=one.pk).update(reasons=[])
    make_watch(student)
    page = as_person("counselor").get(reverse("student", args=(student.pk,)))
    assert "records that gave this flag were taken back" in page.content.decode()


def test_counts_by_school_and_grade_count_only_those_within_reach(
    cast, as_person, make_flag, make_watch
):
    students = served(cast["principal"])
    school = cast["principal"].grants_today[0].school_id
    for place, student in enumerate(students[:20]):
        make_watch(
            student, attendance=1 if place < 6 else 0, course=-1 if place < 3 else 0
        )
        if place < 6:
            make_flag(student, **({"first_support_on": TODAY} if place < 2 else {}))
    elsewhere = Student.objects.filter(current=True).exclude(
        pk__in=[student.pk for student in students]
    )
    for student in elsewhere[:5]:
        make_flag(student)
        make_watch(student, attendance=1)
    client = as_person("principal")
    page = client.get(reverse("flags_by_school"), {"school": school}).context["page"]
    told = [
        (int(x.students), int(x.flagged), int(x.waiting), int(x.unknown))
        for x in page.lines
    ]
    assert [sum(column) for column in zip(*told, strict=True)] == [20, 6, 4, 3]
    whole = as_person("superintendent").get(reverse("flags_by_school"))
    lines = whole.context["page"].lines
    linked = f'<th scope="row"><a href="{reverse("flags")}?school={school}">'
    assert linked in whole.content.decode()
    assert sum(int(line.flagged) for line in lines) == 11
    assert sum(int(line.students) for line in lines) == 25
    teacher = as_person("counselor").get(reverse("flags_by_school"))
    own = {student.pk for student in served(cast["counselor"])}
    assert sum(int(x.flagged) for x in teacher.context["page"].lines) == len(
        own & set(Flag.objects.values_list("student_id", flat=True))
    )


def test_kept_counts_follow_what_was_begun_and_set_aside(cast, as_person, make_flag):
    client, students = as_person("superintendent"), served(cast["principal"])
    flags = [make_flag(student) for student in students[:4]]

    def answer():
        page = client.get(reverse("flags_by_school")).context["page"]
        return [int(number) for number in re.findall(r"\d+", page.answer)]

    assert answer() == [4, 4]
    Flag.objects.filter(pk=flags[0].pk).update(first_support_on=TODAY)
    assert answer() == [4, 3]
    Flag.objects.filter(pk=flags[0].pk).update(first_support_on=None)
    Flag.objects.filter(pk=flags[1].pk).update(first_support_on=TODAY)
    aside = FlagAnswer.objects.create(
        flag=flags[2],
        by=cast["principal"],
        kind=FlagAnswer.Kind.SET_ASIDE,
        until=timezone.localdate() + dt.timedelta(days=3),
    )
    assert answer() == [3, 2]
    aside.delete()
    assert answer() == [4, 3]


def test_who_serves_students_is_told_how_many_wait(cast, make_flag):
    for student in served(cast["counselor"])[:3]:
        make_flag(student)
        make_flag(student, domain="course")
    make_flag(served(cast["counselor"])[3], first_support_on=TODAY)
    (due,) = [one for one in further_due(cast["counselor"]) if "flag" in one.words]
    assert due.words == "3 students you serve have a flag and nothing begun"
    assert due.url == f"{reverse('flags')}?waiting=yes"
    for role in ("superintendent", "steward", "board"):
        assert not [one for one in further_due(cast[role]) if "flag" in one.words]
