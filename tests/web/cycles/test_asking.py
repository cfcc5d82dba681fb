"""What a team asks before it tries: voices, causes, and its theory as an outline."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions import drivers, theory
from evenrise.workspace.cycles.actions.theory import CauseSaid, VoiceSaid
from evenrise.workspace.cycles.models import CauseState, Cycle, DriverKind
from tests.web.cycles.a_cycle import make_cycle, text


pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(db_district, cast) -> Cycle:
    return make_cycle(cast)


def test_a_cause_is_ruled_out_only_with_evidence(cycle, cast, as_person):
    said = CauseSaid(text="The bell is early", state=CauseState.RULED_OUT)
    with pytest.raises(InputProblem, match="evidence"):
        theory.add_cause(cast["teacher"], cycle=cycle.pk, said=said)
    browser = as_person("teacher")
    url = reverse("cause_new", args=[cycle.pk])
    told = {"text": "The bell is early", "state": "ruled_out"}
    assert browser.post(url, told).status_code == 422
    told["evidence"] = "It rings at eight, as everywhere."
    assert browser.post(url, told).status_code == 302
    assert "The bell is early" in text(browser, "cycle", cycle.pk)


def test_voices_and_causes_are_removed_and_come_back(cycle, cast, as_person):
    browser = as_person("coach")
    voice, cause = cycle.voices.get(), cycle.causes.get()
    theory.add_voice(
        cast["coach"], cycle=cycle.pk, said=VoiceSaid(said_by="family", said="Late bus")
    )
    for name, key, words in (
        ("voice_remove", voice.pk, "Nobody notices."),
        ("cause_remove", cause.pk, "The bus comes late"),
    ):
        url = reverse(name, args=[cycle.pk, key])
        gone = browser.post(url, follow=True).content.decode()
        assert words in gone  # on the page that brings it back
        assert words not in text(browser, "cycle", cycle.pk)
        browser.post(url, {"back": "yes"})
        assert words in text(browser, "cycle", cycle.pk)


def test_a_theory_is_written_moved_and_removed_as_an_outline(cycle, cast, as_person):
    person = cast["teacher"]
    browser = as_person("teacher")
    url = reverse("driver_new", args=[cycle.pk]) + "?kind=primary"
    assert browser.post(url, {"text": "Mornings are calm"}).status_code == 302
    first, second = cycle.drivers.filter(kind=DriverKind.PRIMARY)
    idea = drivers.add_driver(
        person, cycle=cycle.pk, kind="idea", parent=second.pk, text="Open the hall"
    )
    with pytest.raises(InputProblem):
        drivers.add_driver(
            person, cycle=cycle.pk, kind="primary", parent=second.pk, text="No"
        )
    browser.post(reverse("driver_move", args=[cycle.pk, second.pk]), {"where": "up"})
    order = [one.pk for one in cycle.drivers.filter(kind=DriverKind.PRIMARY)]
    assert order == [second.pk, first.pk]
    remove = reverse("driver_remove", args=[cycle.pk, second.pk])
    browser.post(remove)
    idea.refresh_from_db()
    assert idea.removed_at is not None
    browser.post(remove, {"back": "yes"})
    idea.refresh_from_db()
    assert idea.removed_at is None
    bad = reverse("driver_new", args=[cycle.pk]) + "?kind=secondary"
    assert browser.get(bad).status_code == 404
