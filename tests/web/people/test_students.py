"""The list of students, its file, and one student's page: who sees whom, and why."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry, StudentLook
from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import Student
from evenrise.workspace.people.queries import students as queries


pytestmark = pytest.mark.django_db
SEES = ("superintendent", "cabinet", "principal", "counselor", "teacher", "steward")
SEES_NOBODY = ("coach", "board", "reviewer", "administrator")


TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def plain(answer, key):
    """A page without what is new in every answer, and without its own address."""
    return TOKEN.sub(b"", answer.content).replace(key.encode(), b"KEY")


def seen(person):
    return students_seen_by(person, timezone.localdate())


@pytest.mark.parametrize("role", SEES)
def test_the_list_shows_exactly_those_within_reach(role, cast, as_person):
    client = as_person(role)
    keys = set(seen(cast[role]).filter(current=True).values_list("pk", flat=True))
    shown: set[str] = set()
    query = {"caseload": "all"}
    while True:
        answer = client.get(reverse("students"), query)
        assert answer.status_code == 200
        page = answer.context["page"]
        lines = {line.student_id for line in page.lines}
        assert not lines & shown
        shown |= lines
        if not page.later:
            break
        query["after"] = page.later
    assert shown == keys


def test_going_back_shows_the_page_before(as_person):
    client = as_person("superintendent")
    first = client.get(reverse("students")).context["page"]
    second = client.get(reverse("students"), {"after": first.later}).context["page"]
    again = client.get(reverse("students"), {"before": second.earlier}).context["page"]
    assert again.lines == first.lines
    assert again.earlier == ""


@pytest.mark.parametrize("role", SEES_NOBODY)
@pytest.mark.parametrize("name", ["students", "students_file", "sections"])
def test_who_sees_nobody_has_no_list(role, name, as_person):
    assert as_person(role).get(reverse(name)).status_code == 404


def test_not_yours_and_not_there_are_the_same(cast, as_person):
    mine = seen(cast["teacher"]).values("pk")
    other = Student.objects.filter(current=True).exclude(pk__in=mine).first()
    client = as_person("teacher")
    not_yours = client.get(reverse("student", args=(other.pk,)))
    not_there = client.get(reverse("student", args=("x" * len(other.pk),)))
    assert not_yours.status_code == not_there.status_code == 404
    assert plain(not_yours, other.pk) == plain(not_there, "x" * len(other.pk))
    assert dict(not_yours.headers) == dict(not_there.headers)
    assert StudentLook.objects.count() == 0


def test_not_yours_and_not_there_ask_the_same(
    cast, as_person, django_assert_num_queries
):
    mine = seen(cast["teacher"]).values("pk")
    other = Student.objects.filter(current=True).exclude(pk__in=mine).first()
    client = as_person("teacher")
    client.get(reverse("student", args=("warm",)))
    for key in (other.pk, "nobody"):
        with django_assert_num_queries(6):
            client.get(reverse("student", args=(key,)))


@pytest.mark.parametrize("role", SEES)
def test_a_page_says_why_and_is_on_record(role, cast, as_person):
    student = seen(cast[role]).filter(current=True).order_by("pk").first()
    answer = as_person(role).get(reverse("student", args=(student.pk,)))
    assert answer.status_code == 200
    assert student.name in answer.content.decode()
    look = StudentLook.objects.get()
    assert (look.student_key, look.person_key) == (student.pk, cast[role].pk)
    assert look.reason == student.reason
    assert look.role == {"steward": "data_steward"}.get(role, role)
    assert look.where == "page"


def test_a_head_request_shows_nothing_that_a_get_would_not(cast, as_person):
    mine = seen(cast["teacher"]).values("pk")
    other = Student.objects.filter(current=True).exclude(pk__in=mine).first()
    answer = as_person("teacher").head(reverse("student", args=(other.pk,)))
    assert answer.status_code == 404


def test_filters_never_widen(cast, as_person):
    mine = set(seen(cast["principal"]).values_list("pk", flat=True))
    client = as_person("principal")
    other = Student.objects.exclude(pk__in=mine).filter(current=True).first()
    for query in (
        {"school": other.school_id},
        {"q": other.family_name},
        {"q": other.pk},
        {"left": "yes"},
        {"after": other.pk},
        {"section": "S250000001"},
    ):
        page = client.get(reverse("students"), query).context["page"]
        assert {line.student_id for line in page.lines} <= mine


def test_a_place_outside_the_set_tells_nothing(cast, as_person):
    mine = set(seen(cast["teacher"]).values_list("pk", flat=True))
    other = (
        Student.objects.exclude(pk__in=mine).filter(current=True).order_by("-sort_name")
    ).first()
    client = as_person("teacher")
    start = client.get(reverse("students")).context["page"]
    from_there = client.get(reverse("students"), {"after": other.pk}).context["page"]
    assert from_there.lines == start.lines


def test_search_finds_any_word_of_a_name_folded(cast, as_person):
    Student.objects.filter(pk=seen(cast["principal"]).first().pk).update(
        given_name="Íñigo", family_name="Peña Ríos", sort_name="pena rios, inigo"
    )
    client = as_person("principal")
    for words in ("Peña", "rios", "ÍÑIGO", "inigo pena", "pena, i"):
        lines = client.get(reverse("students"), {"q": words}).context["page"].lines
        assert [line.name for line in lines] == ["Íñigo Peña Ríos"], words
    assert not client.get(reverse("students"), {"q": "nigo"}).context["page"].lines


def test_percent_and_underscore_are_letters(as_person):
    client = as_person("superintendent")
    assert not client.get(reverse("students"), {"q": "%"}).context["page"].lines
    assert not client.get(reverse("students"), {"q": "a_"}).context["page"].lines


def test_a_counselor_begins_with_her_caseload(cast, as_person):
    page = as_person("counselor").get(reverse("students")).context["page"]
    assert page.count == 40
    assert {line.reason for line in page.lines} == {"On your caseload"}


def test_a_teacher_reads_in_which_section(as_person):
    page = as_person("teacher").get(reverse("students")).context["page"]
    assert all(line.reason.startswith("In your section ") for line in page.lines)


@pytest.mark.parametrize("role", SEES)
def test_queries_of_the_list(role, as_person, django_assert_max_num_queries):
    client = as_person(role)
    client.get(reverse("students"))
    with django_assert_max_num_queries(12):
        client.get(reverse("students"))


@pytest.mark.parametrize("role", SEES)
def test_queries_of_a_student(role, cast, as_person, django_assert_max_num_queries):
    client = as_person(role)
    student = seen(cast[role]).filter(current=True).first()
    client.get(reverse("student", args=(student.pk,)))
    with django_assert_max_num_queries(30):
        client.get(reverse("student", args=(student.pk,)))


def rows_of(client: Client, **query: str):
    answer = client.get(reverse("students_file"), query)
    assert answer["Content-Type"] == "text/csv"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_holds_the_same_set_and_is_on_record(cast, as_person):
    rows = rows_of(as_person("teacher"))
    mine = set(seen(cast["teacher"]).filter(current=True).values_list("pk", flat=True))
    assert rows[0] == list(queries.EXPORT_HEADER)
    assert {row[0] for row in rows[1:]} == mine
    looks = StudentLook.objects.filter(where="export", role="teacher")
    assert set(looks.values_list("student_key", flat=True)) == mine
    entry = LogEntry.objects.get(verb="people.export_students")
    assert entry.details == {"students": len(mine), "narrowed_by": []}


def test_what_was_searched_for_is_not_in_the_log(cast, as_person):
    student = seen(cast["principal"]).filter(current=True).first()
    rows_of(as_person("principal"), q=student.family_name)
    entry = LogEntry.objects.get(verb="people.export_students")
    assert entry.details["narrowed_by"] == ["q"]
    assert student.family_name not in str(entry.details)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", " =", "＝"])
def test_no_cell_of_the_file_runs(begin, cast, as_person):
    student = seen(cast["teacher"]).filter(current=True).first()
    Student.objects.filter(pk=student.pk).update(given_name=f"{begin}1+1")
    row = next(r for r in rows_of(as_person("teacher")) if r[0] == student.pk)
    assert row[1] == f"'{begin}1+1"


def test_a_long_list_asks_for_a_school(as_person, monkeypatch):
    from evenrise.workspace.people.views import students as views

    monkeypatch.setattr(views, "EXPORT_LIMIT", 10)
    answer = as_person("superintendent").get(reverse("students_file"))
    assert answer.status_code == 422
    assert StudentLook.objects.count() == 0


def test_a_teacher_does_not_read_incidents(cast, as_person):
    student = seen(cast["teacher"]).filter(current=True).first()
    blocks = {
        role: {
            block.key: block
            for block in as_person(role)
            .get(reverse("student", args=(student.pk,)))
            .context["page"]
            .blocks
        }
        for role in ("teacher", "principal")
    }
    assert not blocks["teacher"]["incidents"].rows
    assert "Shown to those" in blocks["teacher"]["incidents"].note
    assert "Shown to those" not in blocks["principal"]["incidents"].note
    assert blocks["teacher"]["marks"].rows


def test_every_row_says_its_file_and_line(cast, as_person):
    student = seen(cast["principal"]).filter(current=True).first()
    page = (
        as_person("principal")
        .get(reverse("student", args=(student.pk,)))
        .context["page"]
    )
    for block in page.blocks:
        for row in block.rows:
            assert "line" in row.source or "every day attended" in row.source


def test_sections_begin_with_ones_own(cast, as_person):
    page = as_person("teacher").get(reverse("sections")).context["page"]
    assert page.own
    assert not page.others
    assert not page.schools
    page = as_person("principal").get(reverse("sections")).context["page"]
    assert not page.own
    assert page.others


def test_the_pages_of_another_school_stay_closed(cast, as_person):
    schools = {grant.school_id for grant in cast["other_principal"].grants.all()} - {
        None
    }
    for school in schools:
        page = (
            as_person("principal")
            .get(reverse("sections"), {"school": school})
            .context["page"]
        )
        assert page.school != school


def test_sections_of_one_title_are_told_apart():
    from evenrise.workspace.people.queries.students import told_apart

    given = [("A-1", "Algebra"), ("A-2", "Algebra"), ("B-1", "Biology"), ("C-1", "")]
    assert told_apart(given) == (
        ("A-1", "Algebra (A-1)"),
        ("A-2", "Algebra (A-2)"),
        ("B-1", "Biology"),
        ("C-1", "C-1"),
    )
