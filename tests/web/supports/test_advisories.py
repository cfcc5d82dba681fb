"""Advisories: one a student, of one's school; who may change one; who has none."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.people.access import reach_of, students_within
from evenrise.workspace.people.models import School, Student
from evenrise.workspace.supports.models import Advisory, AdvisoryPlace, KnownBy
from evenrise.workspace.supports.queries.advisories import without_counts
from evenrise.workspace.supports.queries.counting import span_today


pytestmark = pytest.mark.django_db


def within(person):
    reach = reach_of(person, timezone.localdate())
    return students_within(reach).filter(current=True).order_by("sort_name", "pk")


def placed(advisory):
    rows = AdvisoryPlace.objects.filter(advisory=advisory, ended_on__isnull=True)
    return set(rows.values_list("student_id", flat=True))


@pytest.fixture
def school(cast):
    return School.objects.get(pk=cast["principal"].grants_today[0].school_id)


@pytest.fixture
def advisory(cast, school):
    return Advisory.objects.create(
        name="Room 12", school=school, owner=cast["counselor"]
    )


@pytest.fixture
def served(cast, school):
    mine = within(cast["counselor"]).filter(school=school)
    return list(mine.values_list("pk", flat=True))


def test_made_filled_and_ended(cast, as_person, school, served):
    client = as_person("counselor")
    answer = client.post(
        reverse("add_advisory"),
        {"name": "Room 7", "school": school.pk, "owner": cast["counselor"].pk},
    )
    made = Advisory.objects.get(name="Room 7")
    address = reverse("advisory", args=(made.pk,))
    assert answer["Location"] == address
    page = client.post(
        reverse("advisory_add", args=(made.pk,)), {"student": served[:4]}, follow=True
    )
    assert "4 students were added." in page.content.decode()
    assert placed(made) == set(served[:4])
    page = client.post(
        reverse("advisory_remove", args=(made.pk,)),
        {"student": served[0]},
        follow=True,
    )
    assert placed(made) == set(served[1:4])
    assert "was removed." in page.content.decode()
    client.post(reverse("advisory_add", args=(made.pk,)), {"student": served[0]})
    assert placed(made) == set(served[:4])
    client.post(reverse("advisory_end", args=(made.pk,)))
    assert placed(made) == set()
    assert client.get(address).status_code == 404


def test_one_advisory_a_student(cast, as_person, advisory, school, served):
    other = Advisory.objects.create(name="B", school=school, owner=cast["counselor"])
    client = as_person("counselor")
    client.post(reverse("advisory_add", args=(advisory.pk,)), {"student": served[:2]})
    client.post(reverse("advisory_add", args=(other.pk,)), {"student": served[:3]})
    assert placed(advisory) == set(served[:2])
    assert placed(other) == {served[2]}


def test_only_students_of_its_school_within_reach(cast, as_person, advisory, served):
    mine = within(cast["counselor"])
    beyond = Student.objects.filter(current=True).exclude(pk__in=mine.values("pk"))
    codes = [beyond[0].pk, "nobody"]
    elsewhere = beyond.exclude(school=advisory.school).first()
    codes.append(elsewhere.pk)
    as_person("counselor").post(
        reverse("advisory_add", args=(advisory.pk,)), {"student": codes}
    )
    assert placed(advisory) == set()
    as_person("superintendent").post(
        reverse("advisory_add", args=(advisory.pk,)), {"student": codes}
    )
    assert elsewhere.pk not in placed(advisory)


def test_it_widens_nobodys_reach(cast, as_person, advisory, served):
    beyond = (
        Student.objects.filter(school=advisory.school, current=True)
        .exclude(pk__in=within(cast["counselor"]).values("pk"))
        .first()
    )
    as_person("principal").post(
        reverse("advisory_add", args=(advisory.pk,)),
        {"student": [beyond.pk, served[0]]},
    )
    assert placed(advisory) == {beyond.pk, served[0]}
    told = as_person("counselor").get(reverse("advisory", args=(advisory.pk,)))
    text = told.content.decode()
    assert beyond.pk not in text
    assert "1 more student is in it whom you may not see" in text


@pytest.mark.parametrize(
    ("role", "opens", "changes"),
    [
        ("superintendent", True, True),
        ("principal", True, True),
        ("counselor", True, True),
        ("other_principal", False, False),
        ("teacher", False, False),
        ("steward", True, False),
    ],
)
def test_who_opens_and_who_changes(role, opens, changes, as_person, advisory):
    client = as_person(role)
    page = client.get(reverse("advisory", args=(advisory.pk,)))
    assert (page.status_code == 200) == opens
    answer = client.post(reverse("advisory_add", args=(advisory.pk,)))
    assert answer.status_code == (302 if changes else 404)


def test_a_teacher_makes_one_only_for_themselves(cast, as_person, school):
    client = as_person("teacher")
    answer = client.post(
        reverse("add_advisory"),
        {"name": "X", "school": school.pk, "owner": cast["principal"].pk},
    )
    assert answer.status_code == 422
    assert not Advisory.objects.filter(name="X").exists()


def test_the_roster_tells_marks(cast, as_person, advisory, served):
    today = timezone.localdate()
    AdvisoryPlace.objects.create(advisory=advisory, student_id=served[0], since=today)
    for role in ("counselor", "principal"):
        KnownBy.objects.create(person=cast[role], student_id=served[0], since=today)
    text = as_person("counselor").get(reverse("advisory", args=(advisory.pk,)))
    assert "2 adults, also you" in text.content.decode()


def test_who_moves_away_is_free_again(cast, as_person, advisory, school, served):
    today = timezone.localdate()
    elsewhere = School.objects.exclude(pk=school.pk).first()
    old = Advisory.objects.create(
        name="Old", school=elsewhere, owner=cast["other_principal"]
    )
    AdvisoryPlace.objects.create(advisory=old, student_id=served[0], since=today)
    as_person("counselor").post(
        reverse("advisory_add", args=(advisory.pk,)), {"student": served[0]}
    )
    assert placed(advisory) == {served[0]}
    assert placed(old) == set()


def test_the_table_by_grade(as_person):
    told = as_person("principal").get(reverse("advisories")).content.decode()
    table = told.split('id="without-caption"')[1].split("</table>")[0]
    assert table.count('<th scope="row">') > 2


def test_students_without_an_advisory(cast, advisory, served):
    today = timezone.localdate()
    for code in served[:5]:
        AdvisoryPlace.objects.create(advisory=advisory, student_id=code, since=today)
    mine = within(cast["principal"])
    rows = without_counts(mine, span_today())["rows"]
    assert rows[0]["without"] == mine.count() - 5
    assert {row["family"] for row in rows} <= {"all", "school", "grade"}
    few = without_counts(mine.filter(pk__in=served[:4]), span_today())["rows"]
    assert all("without" not in row for row in few)
