"""Learning walks: for those who go, then for the school; they name nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.learning.models import LearningWalk
from evenrise.workspace.people.models import StaffAssignment, Student
from tests.web.learning.a_walk import STOP_WORDS, make_walk


pytestmark = pytest.mark.django_db

NOT_THERE = ("superintendent", "cabinet", "principal", "other_principal", "counselor")


@pytest.fixture
def walk(db_district, cast) -> LearningWalk:
    return make_walk(cast)


def page_of(client, walk):
    return client.get(reverse("walk", args=[walk.pk]))


@pytest.mark.parametrize("role", NOT_THERE)
def test_before_it_is_shared_only_those_who_go_read_it(walk, as_person, role):
    client = as_person(role)
    assert page_of(client, walk).status_code == 404
    assert "zq9" not in client.get(reverse("walks")).content.decode()
    note = walk.notes.get()
    for name, arguments in (
        ("walk_note_new", [walk.pk]),
        ("walk_note_change", [walk.pk, note.pk]),
        ("walk_note_remove", [walk.pk, note.pk]),
        ("walk_change", [walk.pk]),
        ("walk_thanks", [walk.pk]),
        ("walk_share", [walk.pk]),
        ("walk_remove", [walk.pk]),
    ):
        answer = client.post(reverse(name, args=arguments), {"seen": "x", "stop": 1})
        assert answer.status_code == 404, name
    walk.refresh_from_db()
    assert walk.shared_at is None


def test_shared_it_is_read_by_the_school_alone(walk, as_person):
    as_person("coach").post(reverse("walk_share", args=[walk.pk]))
    for role in ("principal", "counselor", "teacher"):
        assert STOP_WORDS in page_of(as_person(role), walk).content.decode(), role
    for role in ("other_principal", "superintendent", "steward"):
        assert page_of(as_person(role), walk).status_code == 404, role
    principal = as_person("principal")
    note = reverse("walk_note_new", args=[walk.pk])
    assert principal.post(note, {"seen": "x", "stop": 1}).status_code == 404
    as_person("coach").post(reverse("walk_share", args=[walk.pk]), {"no": "1"})
    assert page_of(principal, walk).status_code == 404


def test_another_school_is_not_told_by_a_change(walk, cast, as_person):
    coach = as_person("coach")
    coach.post(reverse("walk_share", args=[walk.pk]))
    told = {
        "school": cast["other_principal"].grants_today[0].school_id,
        "on": walk.on.isoformat(),
        "question": walk.question,
    }
    coach.post(reverse("walk_change", args=[walk.pk]), told)
    assert page_of(as_person("other_principal"), walk).status_code == 404
    assert page_of(as_person("principal"), walk).status_code == 404


def test_who_goes_along_writes_and_only_their_own(walk, as_person):
    teacher, coach = as_person("teacher"), as_person("coach")
    teacher.post(
        reverse("walk_note_new", args=[walk.pk]),
        {
            "stop": 2,
            "seen": "Four students led the talk",
            "wondered": "Who chose them?",
        },
    )
    page = page_of(coach, walk).content.decode()
    assert "Four students led the talk" in page
    mine = walk.notes.get(stop=2)
    change = reverse("walk_note_change", args=[walk.pk, mine.pk])
    assert coach.get(change).status_code == 404
    teacher.post(change, {"stop": 2, "seen": "Five students led the talk"})
    remove = reverse("walk_note_remove", args=[walk.pk, mine.pk])
    assert coach.post(remove).status_code == 404
    teacher.post(remove)
    assert "Five students" not in page_of(coach, walk).content.decode()
    assert "You removed" in page_of(teacher, walk).content.decode()
    assert "You removed" not in page_of(coach, walk).content.decode()
    teacher.post(remove, {"restore": "1"})
    assert "Five students" in page_of(coach, walk).content.decode()


def test_it_is_planned_changed_thanked_removed_and_back(db_district, cast, as_person):
    school = cast["other_principal"].grants_today[0].school_id
    coach = as_person("coach")
    told = {
        "school": school,
        "on": timezone.localdate().isoformat(),
        "question": "Where do students choose?",
        "walkers": [cast["teacher"].pk],
    }
    coach.post(reverse("walk_new"), told)
    walk = LearningWalk.objects.get()
    assert set(walk.walkers.all()) == {cast["coach"], cast["teacher"]}
    change = reverse("walk_change", args=[walk.pk])
    coach.post(change, told | {"question": "Where do students decide?"})
    assert as_person("teacher").get(change).status_code == 404
    thanks = reverse("walk_thanks", args=[walk.pk])
    coach.post(thanks, {"thanks": "You opened every door.", "seen": ""})
    late = coach.post(thanks, {"thanks": "Other", "seen": ""})
    assert late.status_code == 422
    page = page_of(as_person("teacher"), walk).content.decode()
    assert "Where do students decide?" in page
    assert "You opened every door." in page
    remove = reverse("walk_remove", args=[walk.pk])
    coach.post(remove)
    assert page_of(as_person("teacher"), walk).status_code == 404
    assert "Bring it back" in page_of(coach, walk).content.decode()
    coach.post(remove, {"restore": "1"})
    assert page_of(as_person("teacher"), walk).status_code == 200


def test_a_walk_names_no_adult_and_no_student(walk, cast, as_person):
    post = StaffAssignment.objects.filter(school=walk.school).select_related("staff")
    adult = post.first().staff
    child = Student.objects.filter(current=True, school=walk.school).first()
    teacher = as_person("teacher")
    url = reverse("walk_note_new", args=[walk.pk])
    for name in (
        f"{adult.given_name} {adult.family_name}",
        f"{adult.family_name.upper()}, {adult.given_name}",
        f"{child.given_name} {child.family_name}",
        cast["principal"].name,
    ):
        answer = teacher.post(url, {"stop": 1, "seen": f"We saw {name} today."})
        assert answer.status_code == 422, name
        asked = teacher.post(url, {"stop": 1, "wondered": f"Why does {name} ask?"})
        assert asked.status_code == 422, name
    assert walk.notes.count() == 1
    assert teacher.post(url, {"stop": 1}).status_code == 422  # nothing is written
    thanks = reverse("walk_thanks", args=[walk.pk])
    named = {"thanks": f"Thank you, {cast['principal'].name}", "seen": ""}
    assert as_person("coach").post(thanks, named).status_code == 422
