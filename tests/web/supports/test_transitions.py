"""Notes for the next school: who moves up, who came, and who reads the note."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.models import TransitionNote


pytestmark = pytest.mark.django_db

NOTE = {
    "strengths": "Explains fractions to others",
    "helps": "Time to begin",
    "trusted_adult": "The librarian",
    "family_wishes": "Calls in the evening",
}


@pytest.fixture
def school(db_district, cast):
    return cast["other_principal"].grants_today[0].school


@pytest.fixture
def moving(school) -> Student:
    """In the last grade of the other principal's school."""
    here = Student.objects.filter(school=school, current=True)
    last = max(here.values_list("grade", flat=True), key=GRADES.index)
    if last == GRADES[-1]:
        last = GRADES[-2]
        here.filter(grade=GRADES[-1]).update(grade=last)
    found = here.filter(grade=last).first()
    assert found is not None
    return found


def listed(client, **asked) -> str:
    return client.get(reverse("transitions"), asked).content.decode()


def test_the_last_grade_of_a_school_is_listed(moving, school, as_person):
    client = as_person("other_principal")
    here = Student.objects.filter(school=school, current=True)
    up = here.filter(grade=moving.grade)
    told = listed(client)
    assert moving.name in told
    assert f"{up.count()} students whom you serve are in the last grade" in told
    below = here.exclude(grade=moving.grade).exclude(
        family_name__in=up.values("family_name")
    )
    assert below.first().name not in told


def test_grade_twelve_moves_to_no_school_of_ours(cast, as_person):
    seniors = Student.objects.filter(grade="12", current=True)
    assert seniors.exists()
    told = listed(as_person("superintendent"))
    assert "Grade 12" not in told.split("<main", 1)[1].split("<aside", 1)[0]


def test_a_note_is_written_and_counted(moving, cast, as_person):
    client = as_person("other_principal")
    assert "is there for 0" in listed(client)
    client.post(reverse("add_transition", args=[moving.pk]), NOTE)
    note = TransitionNote.objects.get()
    assert note.from_school == moving.school
    assert note.written_on == timezone.localdate()
    assert "is there for 1" in listed(client)
    client.post(reverse("withdraw_transition", args=[note.pk]))
    assert "is there for 0" in listed(client)


def test_the_next_school_reads_it_once_the_student_is_theirs(moving, cast, as_person):
    as_person("other_principal").post(reverse("add_transition", args=[moving.pk]), NOTE)
    url = reverse("student", args=[moving.pk])
    next_one = as_person("principal")
    assert next_one.get(url).status_code == 404
    assert moving.name not in listed(next_one, show="came")
    new = cast["principal"].grants_today[0].school
    Student.objects.filter(pk=moving.pk).update(school=new)
    told = next_one.get(url).content.decode()
    assert NOTE["strengths"] in told
    assert NOTE["trusted_adult"] in told
    assert moving.name in listed(next_one, show="came")
    assert as_person("other_principal").get(url).status_code == 404


def test_a_note_of_the_last_school_is_none_for_the_next(moving, cast, as_person):
    """Who moved twice needs another note: the first is told, and does not count."""
    TransitionNote.objects.create(
        student=moving,
        from_school=cast["principal"].grants_today[0].school,
        strengths="x",
        helps="y",
        written_on=timezone.localdate(),
    )
    assert "is there for 0" in listed(as_person("other_principal"))


def test_one_school_can_be_chosen(moving, school, as_person):
    client = as_person("superintendent")
    told = listed(client, school=school.pk)
    assert school.name in told
    assert listed(client, school="nowhere").count("<tbody>") == 0


def test_what_must_be_said_is_asked_for(moving, as_person):
    client = as_person("other_principal")
    answer = client.post(
        reverse("add_transition", args=[moving.pk]), {"strengths": "Sings"}
    )
    assert answer.status_code == 422
    assert not TransitionNote.objects.exists()


def test_a_district_lists_as_its_schools_do(cast, as_person, monkeypatch):
    """Read along the names, counted by grade; each school alone must say the same."""
    monkeypatch.setattr("evenrise.workspace.supports.queries.transitions.A_PAGE", 7)
    browser = as_person("superintendent")

    def shown(**asked):
        lines, page = [], 1
        while page is not None:
            told = browser.get(reverse("transitions"), {**asked, "page": page})
            found = told.context["found"]
            lines += [(one.student_id, one.noted) for one in found.lines]
            page = page + 1 if found.page.has_next() else None
        return found.total, found.noted, lines

    schools = [code for code, _name in _page(browser).schools]
    first = Student.objects.get(pk=_page(browser).lines[3].student_id)
    TransitionNote.objects.create(
        student=first, from_school=first.school, written_on=timezone.localdate()
    )
    total, noted, lines = shown()
    each = [shown(school=code) for code in schools]
    assert total == sum(one[0] for one in each) == len(lines) == len(set(lines))
    assert noted == sum(one[1] for one in each) == 1
    assert set(lines) == {line for one in each for line in one[2]}
    assert lines[-1] == (first.pk, True)
    names = dict(Student.objects.values_list("pk", "sort_name"))
    opened = [(names[key], key) for key, done in lines if not done]
    assert opened == sorted(opened)


def _page(browser):
    return browser.get(reverse("transitions")).context["found"]
