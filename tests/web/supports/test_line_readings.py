"""A rule gives a support: written down, taken back, judged at its line, shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.findings.support_effects.effects import Menu, read_effects
from evenrise.indicators.flags.measures import Domain
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.supports.actions.line_readings import (
    read_line,
    take_back_line,
)
from evenrise.workspace.supports.models import EffectSet, LineReading
from evenrise.workspace.supports.queries.line_readings import menu_told
from evenrise.workspace.supports.starting_menu import ensure_menu
from tests.unit.findings.support_effects.a_district import (
    AS_OF,
    ASSIGNED,
    district,
    given_to,
)


pytestmark = pytest.mark.django_db
KIND = ["check_in"]


@pytest.fixture(autouse=True)
def menu(cast, db_district):
    ensure_menu()


def written(cast, **more):
    told = {
        "key": "check_in",
        "rule_set": "abc",
        "line": "absent_share",
        "read_on": timezone.localdate(),
        **more,
    }
    return read_line(cast["superintendent"], **told)


def test_a_line_is_written_down_and_taken_back(as_person):
    client = as_person("superintendent")
    page = client.get(reverse("kind_line", args=KIND))
    assert page.context["form"].fields["line"].choices[1][1]  # lines under their set
    told = {"line": "abc:absent_share", "read_on": timezone.localdate().isoformat()}
    after = client.post(reverse("kind_line", args=KIND), told, follow=True)
    assert after.redirect_chain == [(reverse("kind", args=KIND), 302)]
    assert "Whoever is past this line on" in after.content.decode()
    one = LineReading.objects.get()
    assert (one.measure, one.at) == ("absent_share", 0.1)
    after = client.post(reverse("undo_line", args=[one.pk]), follow=True)
    assert "no rule was written down" in after.content.decode()
    one.refresh_from_db()
    assert one.taken_back_at is not None
    verbs = LogEntry.objects.values_list("verb", flat=True)
    assert {"supports.read_line", "supports.take_back_line"} <= set(verbs)


def test_nobody_else_writes_it_or_takes_it_back(cast, as_person):
    one = written(cast)
    with pytest.raises(NotYours):
        read_line(
            cast["counselor"],
            key="check_in",
            rule_set="abc",
            line="absent_share",
            read_on=dt.date(2026, 1, 5),
        )
    with pytest.raises(NotYours):
        take_back_line(cast["principal"], reading=one.pk)
    page = as_person("counselor").get(reverse("kind", args=KIND)).content.decode()
    assert "Whoever is past this line" in page
    assert reverse("undo_line", args=[one.pk]) not in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"line": "no_such"}, "no such line"),
        ({"rule_set": "own_9"}, "no such line"),
        ({"read_on": dt.date(2001, 1, 1)}, "within a year"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(cast, more, words):
    with pytest.raises(InputProblem, match=words):
        written(cast, **more)


def test_one_line_a_day_and_the_form_says_so(cast, as_person):
    written(cast)
    told = {"line": "abc:absent_share", "read_on": timezone.localdate().isoformat()}
    page = as_person("superintendent", "es").post(reverse("kind_line", args=KIND), told)
    assert page.status_code == 422
    assert "Ese día ya se lee un límite" in page.content.decode()


def test_judging_hears_what_was_written(cast, db_district):
    day = timezone.localdate()
    written(cast)
    taken = written(cast, read_on=day - dt.timedelta(days=7))
    take_back_line(cast["superintendent"], reading=taken.pk)
    told = menu_told(day)
    (one,) = told.assigned
    assert (one.support, one.line.at, one.day) == ("check_in", 0.1, day)
    assert menu_told(day - dt.timedelta(days=1)).assigned == ()
    assert told.domains["math_lab"] is Domain.COURSE
    assert told.domains["restorative_circle"] is Domain.BEHAVIOR


@pytest.fixture
def at_line(tmp_path):
    """The reading of an invented support that a rule gave, and that helps."""
    plain = district()
    helped = plain.helped(plain.past, 0.4).snapshot(tmp_path)
    (one,) = read_effects(
        helped, given_to(plain.past), AS_OF, Menu(assigned=(ASSIGNED,))
    )
    EffectSet.objects.all().delete()
    EffectSet.objects.create(snapshot="drawn", as_of=AS_OF, content=[one.as_json()])
    return one


def test_the_line_is_told_and_drawn_in_both_languages(at_line, as_person):
    address = reverse("help_of", args=KIND)
    page = as_person("counselor").get(address)
    text = page.content.decode()
    facts = dict(page.context["page"].facts)
    assert "just past the rule&#x27;s line" in text
    assert "points or less from it" in facts["Near the line is"]
    assert "(p = " in facts["Were students moved over the line?"]
    assert page.context["page"].line.steps
    assert "<svg" in text
    spanish = as_person("board", "es").get(address)
    text = spanish.content.decode()
    assert "límite de la regla" in text
    assert "¿Qué siguió a ambos lados del límite?" in text
    assert "sin llegar al límite" in text
    assert len(spanish.context["page"].facts) == len(page.context["page"].facts)
