"""Does it help? What the pages say of readings, and what they keep to themselves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.indicators.flags.rules import RULE_SETS
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.actions.effects import (
    given_by,
    make_effects,
    read_current_effects,
)
from evenrise.workspace.supports.models import (
    EffectSet,
    LineReading,
    Session,
    Support,
    SupportKind,
)
from evenrise.workspace.supports.starting_menu import ensure_menu


pytestmark = pytest.mark.django_db


@pytest.fixture
def given(cast, db_district):
    """Check-ins of forty students, begun in autumn, and homework club for three."""
    Support.objects.all().delete()
    ensure_menu()
    kinds = {kind.key: kind for kind in SupportKind.objects.all()}
    students = list(Student.objects.filter(current=True).order_by("pk")[:43])
    begins = dt.date(2024, 10, 7)
    supports = [
        Support(
            student=student,
            kind=kinds["check_in" if number < 40 else "homework_club"],
            tier=2,
            goal="Come to school",
            owner=cast["counselor"],
            begins_on=begins,
            review_on=begins + dt.timedelta(days=42),
            planned_end_on=begins + dt.timedelta(days=69),
            sessions_a_week=5,
            sessions_planned=50,
            minutes=10,
            exit_rule="Two weeks without an absence",
        )
        for number, student in enumerate(students)
    ]
    Support.objects.bulk_create(supports)
    Session.objects.bulk_create(
        Session(
            support=one,
            held_on=begins + dt.timedelta(days=number),
            delivered=number != 2,
            minutes=10,
            at=timezone.now(),
        )
        for one in supports
        for number in range(4)
    )
    return supports


def test_what_was_given_is_read_in_columns(given, db_district):
    found = given_by(db_district.as_of)
    assert len(found) == 43
    assert set(found.planned.tolist()) == {50}  # the plan is over
    assert set(found.delivered.tolist()) == {3}  # one was not given
    assert len(given_by(dt.date(2024, 10, 1))) == 0  # none had begun


def test_a_line_that_was_read_is_tried_and_the_reading_says_why_not(
    given, db_district, as_person
):
    """Here people chose, and few students are near: the page says so."""
    line = RULE_SETS["abc"].lines[0]
    LineReading.objects.create(
        kind=SupportKind.objects.get(key="check_in"),
        rule_set="abc",
        line=line.key,
        measure=line.measure,
        at=line.at,
        words_en=line.words.en,
        words_es=line.words.es,
        read_on=dt.date(2024, 10, 7),
    )
    kept = read_current_effects()
    (one,) = [one for one in kept.content if one["support"] == "check_in"]
    assert one["line"] is None
    assert any("A rule assigns it, but" in told["en"] for told in one["caveats"])
    address = reverse("help_of", args=["check_in"])
    page = as_person("board", "es").get(address).content.decode()
    assert "Una regla lo asigna, pero" in page


def test_readings_are_made_of_what_is_current_and_kept_once(given, db_district):
    kept = read_current_effects()
    assert kept is not None
    assert {one["support"] for one in kept.content} == {"check_in", "homework_club"}
    again = make_effects(db_district.snapshot, db_district.as_of)
    assert again.pk == kept.pk
    assert EffectSet.objects.count() == 1
    told = str(kept.content)
    assert not any(one.student_id in told for one in given)


def test_the_list_says_cannot_tell_as_a_usual_answer(given, as_person):
    read_current_effects()
    page = as_person("counselor").get(reverse("helps")).content.decode()
    assert "Cannot tell yet" in page
    assert "the usual answer" in page
    assert "Nobody has looked yet" in page  # of supports that nobody was given


def test_a_support_of_few_students_shows_no_number(given, as_person):
    read_current_effects()
    address = reverse("help_of", args=["homework_club"])
    page = as_person("counselor").get(address)
    assert page.context["page"].facts == []
    assert page.context["page"].balance == []
    assert "fewer than 11 students" in page.content.decode()


def test_one_support_is_told_in_both_languages(given, as_person):
    read_current_effects()
    address = reverse("help_of", args=["check_in"])
    english = as_person("counselor").get(address).context["page"]
    spanish = as_person("board", "es").get(address).context["page"]
    assert english.name == "Check-in with an adult"
    assert spanish.name == "Saludo diario con una persona adulta"
    assert dict(english.facts)["Students given it, and followed"]
    assert len(english.facts) == len(spanish.facts)
    assert {word for word, _ in english.facts}.isdisjoint(
        word for word, _ in spanish.facts
    )


def test_nothing_is_there_before_anybody_looked(as_person):
    EffectSet.objects.all().delete()
    ensure_menu()
    page = as_person("reviewer").get(reverse("helps")).content.decode()
    assert "Nobody has looked yet" in page
    address = reverse("help_of", args=["mentoring"])
    assert as_person("reviewer").get(address).status_code == 200
    nobody = reverse("help_of", args=["no-such-support"])
    assert as_person("reviewer").get(nobody).status_code == 404
