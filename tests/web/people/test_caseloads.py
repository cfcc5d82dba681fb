"""Caseloads, and the record of who looked."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry, StudentLook
from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import (
    Caseload,
    FurtherStay,
    RoleGrant,
    School,
    StaffAssignment,
    Student,
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def caseload(cast) -> Caseload:
    return Caseload.objects.get(owner=cast["counselor"])


def within(person):
    return students_seen_by(person, timezone.localdate()).filter(current=True)


def test_a_principal_makes_and_fills_one(cast, as_person):
    client = as_person("principal")
    made = client.post(
        reverse("caseloads"), {"name": "Ninth grade", "owner": cast["counselor"].pk}
    )
    caseload = Caseload.objects.get(name="Ninth grade")
    assert made["Location"] == reverse("caseload", args=(caseload.pk,))
    mine = list(within(cast["principal"]).values_list("pk", flat=True)[:3])
    other = Student.objects.filter(current=True).exclude(
        pk__in=within(cast["principal"]).values("pk")
    )[0]
    page = client.post(
        reverse("add_to_caseload", args=(caseload.pk,)),
        {"codes": "\n".join([*mine, other.pk, "nobody"])},
        follow=True,
    )
    assert set(caseload.places.values_list("student_id", flat=True)) == set(mine)
    said = page.content.decode()
    assert "3 students were added" in said
    assert other.name not in said
    assert within(cast["counselor"]).filter(pk__in=mine).count() == 3


def test_from_a_file_and_twice(cast, caseload, as_person):
    client = as_person("principal")
    new = within(cast["principal"]).exclude(pk__in=caseload.places.values("student"))[
        :2
    ]
    text = "name,student_id\n" + "".join(f"x,{one.pk}\n" for one in new)
    for expected in (42, 42):
        file = SimpleUploadedFile("codes.csv", text.encode())
        client.post(reverse("add_to_caseload", args=(caseload.pk,)), {"file": file})
        assert caseload.places.count() == expected


def test_handing_over_ends_what_the_first_sees(cast, caseload, as_person):
    assert within(cast["counselor"]).count() == 40
    RoleGrant.objects.create(
        person=cast["superintendent"],
        role="counselor",
        scope="caseload",
        begins_on=timezone.localdate(),
        origin="hand",
    )
    as_person("superintendent").post(
        reverse("hand_over", args=(caseload.pk,)), {"to": cast["superintendent"].pk}
    )
    assert within(cast["counselor"]).count() == 0
    entry = LogEntry.objects.get(verb="people.hand_over_caseload")
    assert entry.details["now"] == cast["superintendent"].name


def test_another_schools_caseloads_are_not_there(caseload, cast, as_person):
    client = as_person("other_principal")
    assert client.get(reverse("caseload", args=(caseload.pk,))).status_code == 404
    answer = client.post(
        reverse("caseloads"), {"name": "Mine now", "owner": cast["counselor"].pk}
    )
    assert answer.status_code == 200
    assert not Caseload.objects.filter(name="Mine now").exists()


def test_taking_a_student_off(cast, caseload, as_person):
    code = caseload.places.first().student_id
    as_person("principal").post(
        reverse("take_off_caseload", args=(caseload.pk,)), {"student": code}
    )
    assert not caseload.places.filter(student=code).exists()
    assert "people.take_off_caseload" in LogEntry.objects.values_list("verb", flat=True)


@pytest.mark.parametrize("role", ["counselor", "teacher", "board", "administrator"])
def test_who_gives_no_caseloads(role, caseload, as_person):
    client = as_person(role)
    assert client.get(reverse("caseloads")).status_code == 404
    assert client.get(reverse("caseload", args=(caseload.pk,))).status_code == 404


def test_the_log_names_no_student(cast, caseload, as_person):
    code = within(cast["principal"]).last().pk
    as_person("principal").post(
        reverse("add_to_caseload", args=(caseload.pk,)), {"codes": code}
    )
    for entry in LogEntry.objects.all():
        assert code not in str(entry.details)
        assert code not in entry.about_key


def test_the_record_of_looks_is_given_and_on_record(cast, as_person):
    student = within(cast["teacher"]).first()
    as_person("teacher").get(reverse("student", args=(student.pk,)))
    as_person("principal").get(reverse("student", args=(student.pk,)))
    steward = as_person("steward")
    found = steward.get(reverse("record_requests"), {"q": student.pk}).context["found"]
    assert [one.pk for one in found] == [student.pk]
    page = steward.post(
        reverse("record_request", args=(student.pk,)),
        {"language": "en", "shape": "page"},
    )
    lines = page.context["lines"]
    assert [line.who for line in lines] == [
        cast["steward"].name,
        cast["principal"].name,
        cast["teacher"].name,
    ]
    assert lines[2].role == "Teacher"
    assert lines[2].why == "Teaches the student"
    assert lines[0].where == "This record was given"
    entry = LogEntry.objects.get(verb="people.give_look_record")
    assert entry.details == {"language": "en", "shape": "page"}
    assert student.pk not in str(entry.details)


def test_the_record_in_spanish_and_as_a_file(cast, as_person):
    student = within(cast["teacher"]).first()
    as_person("teacher").get(reverse("student", args=(student.pk,)))
    steward = as_person("steward")
    address = reverse("record_request", args=(student.pk,))
    page = steward.post(address, {"language": "es", "shape": "page"})
    assert '<html lang="es"' in page.content.decode()
    assert "Enseña a este estudiante" in page.content.decode()
    answer = steward.post(address, {"language": "es", "shape": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Cuándo", "Quién", "Función", "Por qué", "Qué"]
    assert rows[-1][2] == "Docente"


@pytest.mark.parametrize(
    "role", ["principal", "counselor", "teacher", "board", "reviewer", "administrator"]
)
def test_who_answers_no_requests(role, cast, as_person):
    student = Student.objects.first()
    client = as_person(role)
    assert client.get(reverse("record_requests")).status_code == 404
    address = reverse("record_request", args=(student.pk,))
    assert client.get(address).status_code == 404
    assert client.post(address, {"language": "en", "shape": "page"}).status_code == 404
    assert not StudentLook.objects.exists()


def test_queries(cast, caseload, as_person, django_assert_max_num_queries):
    client = as_person("principal")
    client.get(reverse("caseloads"))
    with django_assert_max_num_queries(9):
        client.get(reverse("caseloads"))
    with django_assert_max_num_queries(10):
        client.get(reverse("caseload", args=(caseload.pk,)))


def _moved(caseload: Caseload) -> Student:
    """One student of the caseload, now at a school where its adult has no post."""
    place = caseload.places.select_related("student").filter(student__current=True)[0]
    posts = StaffAssignment.objects.filter(staff_id=caseload.owner.staff_id)
    other = School.objects.exclude(pk__in=posts.values("school")).first()
    Student.objects.filter(pk=place.student_id).update(school=other)
    return place.student


def test_a_student_who_moves_is_told_to_both_and_taken_off_unseen(
    cast, as_person, caseload
):
    """Nobody loses sight of a child by a file; people decide, and are told."""
    page = reverse("caseload", args=(caseload.pk,))
    lead, counselor = as_person("principal"), as_person("counselor", "es")
    assert "Take off who moved" not in lead.get(page).content.decode()
    student = _moved(caseload)
    before = caseload.places.count()
    assert within(cast["counselor"]).filter(pk=student.pk).exists()
    told = lead.get(page).content.decode()
    assert "1 student on this caseload is now at a school" in told
    assert student.name not in told
    assert "1 estudiante de su lista a cargo" in (
        counselor.get(reverse("students")).content.decode()
    )
    lead.post(reverse("take_off_caseload", args=(caseload.pk,)), {"moved": "1"})
    assert caseload.places.count() == before - 1
    assert not within(cast["counselor"]).filter(pk=student.pk).exists()
    assert "lista a cargo está" not in (
        counselor.get(reverse("students")).content.decode()
    )


def test_a_second_school_is_no_move(cast, as_person, caseload):
    student = _moved(caseload)
    post = StaffAssignment.objects.filter(staff_id=caseload.owner.staff_id).first()
    FurtherStay.objects.create(student=student, school=post.school, grade="")
    told = as_person("principal").get(reverse("caseload", args=(caseload.pk,)))
    assert "Take off who moved" not in told.content.decode()
