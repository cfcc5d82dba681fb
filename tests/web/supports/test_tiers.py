"""Are tiers used as intended? The shares, the stays, and closing rows on paper."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.models import TierPlacement
from evenrise.workspace.supports.queries.acted import Span
from evenrise.workspace.supports.queries.tiers import read_stays, tier_counts


pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SPAN = Span(TODAY - dt.timedelta(days=100), TODAY)


def ago(days: int) -> dt.date:
    """So many days ago."""
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def students(cast):
    """Students of the principal's school; nobody is in a tier."""
    TierPlacement.objects.all().delete()
    school = cast["principal"].grants_today[0].school_id
    return list(Student.objects.filter(school=school, current=True)[:20])


def place(student, tier, begins, ends=None, area="attendance"):
    """A placement from so many days ago until so many days ago."""
    return TierPlacement.objects.create(
        student=student,
        area=area,
        tier=tier,
        begins_on=ago(begins),
        ends_on=None if ends is None else ago(ends),
        reason="A test",
    )


def counted(students):
    """The counts of the school of some students."""
    return tier_counts(Student.objects.filter(school=students[0].school), SPAN)


def stays(students):
    """The stays of some students, oldest first: tier, days, whether it ended."""
    some = Student.objects.filter(pk__in=[one.pk for one in students])
    found = read_stays(some, SPAN)
    end = TODAY.toordinal()
    return [
        (int(tier), int((ends or end) - begins), bool(ends))
        for tier, begins, ends in zip(found.tier, found.begins, found.ends, strict=True)
    ]


def test_the_highest_tier_of_a_student_counts_once(students):
    for one in students[:3]:
        place(one, 2, 40)
        place(one, 3, 30, area="course")
    place(students[4], 2, 40)
    place(students[5], 2, 90, 30)  # left again
    row = counted(students)["shares"][0]
    every = Student.objects.filter(school=students[0].school, current=True).count()
    assert row["tiers"] == [every - 4, 1, 3]


def test_a_stay_ended_and_begun_again_is_one_stay(students):
    place(students[0], 2, 200, 100)
    place(students[0], 2, 90)
    place(students[1], 2, 200, 100)
    place(students[1], 2, 60)  # after more than a month: a new one
    assert stays(students[:1]) == [(2, 200, False)]
    assert stays(students[1:2]) == [(2, 100, True), (2, 60, False)]


def test_a_step_up_is_no_leaving_and_a_step_down_is(students):
    place(students[0], 2, 200, 100)
    place(students[0], 3, 100)
    place(students[1], 3, 200, 100)
    place(students[1], 2, 100)
    assert stays(students[:1]) == [(3, 200, False)]
    assert stays(students[1:2]) == [(3, 100, True), (2, 100, False)]


def test_how_many_step_down_within_half_a_year(students):
    for one in students[:6]:
        place(one, 2, 300, 200)
    for one in students[6:12]:
        place(one, 2, 400)
    for one in students[12:20]:
        place(one, 2, 20)  # not asked yet
    row = counted(students)["stays"][0]
    assert (row["stays"], row["asked"], row["long"]) == (20, 12, 6)
    assert row["left"] == pytest.approx(0.5)


def test_fewer_than_eleven_students_are_not_told(students, as_person):
    for one in students[:10]:
        place(one, 2, 300)
    assert "stays" not in counted(students)["stays"][0]
    assert as_person("principal").get(reverse("tiers")).status_code == 200


@pytest.mark.parametrize("role", ["superintendent", "principal", "counselor"])
def test_the_page_opens_in_spanish(role, students, as_person):
    for one in students:
        place(one, 2, 300)
    page = as_person(role, "es").get(reverse("tiers")).content.decode()
    assert "¿Se usan los niveles como se pensó?" in page
    assert "no una meta" in page
