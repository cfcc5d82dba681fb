"""The look back: cards, conditions, what each set finds; kept, stale and failed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.findings.early_warning.card import OtherSchools
from evenrise.findings.early_warning.cards import Cards
from evenrise.indicators.flags.rules import RULE_SETS
from evenrise.vocabulary.estimates import Estimate
from evenrise.workspace.data.models import Standing
from evenrise.workspace.data.standing import standing
from evenrise.workspace.supports import tasks
from evenrise.workspace.supports.actions import flag_cards
from evenrise.workspace.supports.actions.flag_cards import (
    look_back_current,
    look_back_due,
)
from evenrise.workspace.supports.actions.flagging import flag_current
from evenrise.workspace.supports.models import (
    CardSet,
    FlagRun,
    RuleChoice,
    WatchState,
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def looked(db_district) -> CardSet:
    assert look_back_due()
    made = look_back_current()
    assert made is not None
    return made


def page(client, name) -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_district_is_looked_back_on_once(looked, as_person, cast):
    assert looked.content["failed"] == []
    assert not look_back_due()
    assert look_back_current() is None
    cards = Cards.from_json(looked.content["cards"])
    told = page(as_person("counselor"), "early_warning_cards")
    assert cards.sentences[0].en in told
    assert "2024-25" in told
    spanish = as_person("counselor", "es").get(reverse("early_warning_cards"))
    assert cards.sentences[0].es in spanish.content.decode()
    assert "could not be made" not in told


def test_what_a_set_would_find_is_what_it_finds(looked, as_person, cast):
    made = flag_current()
    counts = looked.content["rules"]
    assert set(counts) == set(RULE_SETS)
    assert counts["abc"] == {
        "students": WatchState.objects.count(),
        "flagged": made.flagged,
        "no_data": made.no_data,
    }
    lead = page(as_person("superintendent"), "rules_of_flags")
    assert f"{made.flagged} students would have a flag." in lead
    # Whoever does not reach the whole district is not told its counts.
    assert "would have a flag" not in page(as_person("principal"), "rules_of_flags")


def test_a_rule_chosen_since_is_counted_and_nothing_else_is_made_again(looked):
    before = looked.content["cards"]
    now = standing()
    choice = RuleChoice.objects.create(
        rule_set="own",
        lines=[{"measure": "absent_share", "at": 0.05}],
        begins_on=now.as_of + dt.timedelta(days=30),
        reason="A try.",
    )
    looked.content["cards"] = {"kept": "as it was"}
    looked.save()
    kept = look_back_current()
    assert kept.content["rules"][f"own_{choice.pk}"]["flagged"] > 0
    assert kept.content["cards"] == {"kept": "as it was"} != before


def test_one_part_that_fails_leaves_the_old_one_and_says_its_age(
    looked, as_person, monkeypatch, caplog
):
    def fails(*_args, **_more):
        raise ValueError("Ana Lopez, 123")

    now = standing()
    later = now.as_of + dt.timedelta(days=1)
    Standing.objects.create(
        snapshot=now.snapshot,
        as_of=later,
        district_id=now.district_id,
        district_name=now.district_name,
    )
    # One set a snapshot: what stood for it is of the day before.
    CardSet.objects.update(snapshot="before")
    monkeypatch.setattr(flag_cards, "make_cards", fails)
    kept = look_back_current()
    assert kept.content["failed"] == ["cards"]
    assert "cards" not in kept.content
    assert {"conditions", "rules"} <= set(kept.content)
    assert "Ana" not in caplog.text
    assert "ValueError" in caplog.text
    told = page(as_person("counselor"), "early_warning_cards")
    assert "could not be made" in told
    monkeypatch.undo()
    assert look_back_current().content["failed"] == []


def test_conditions_are_of_the_schools_where_one_works(looked, as_person, cast):
    school = cast["principal"].grants_today[0].school_id
    other = cast["other_principal"].grants_today[0].school_id

    def one(place, words):
        return {"school_id": place, "sentence": {"en": words, "es": f"{words}, es"}}

    looked.content["conditions"] = [
        one(school, "Mondays here"),
        one(other, "Mondays there"),
        one("", "Grade nine in the district"),
    ]
    looked.save()
    mine = page(as_person("principal"), "conditions")
    assert "Mondays here" in mine
    assert "Grade nine in the district" in mine
    assert "Mondays there" not in mine
    assert "Mondays there" in page(as_person("superintendent"), "conditions")
    looked.content["conditions"] = []
    looked.save()
    assert "beyond chance" in page(as_person("principal"), "conditions")


def test_whether_bell_schedules_were_looked_at_is_said(looked, as_person):
    """The district's calendar tells none; one that did is said to be looked at."""
    assert looked.content["bell_schedules"] is False
    assert "column bell_schedule of the calendar would" in page(
        as_person("principal"), "conditions"
    )
    looked.content["bell_schedules"] = True
    looked.save()
    assert "looked at where the calendar tells them" in page(
        as_person("principal"), "conditions"
    )
    del looked.content["bell_schedules"]  # as kept before they were looked at
    looked.save()
    assert "the records do not tell them" in page(as_person("principal"), "conditions")


def test_a_task_never_fails_and_names_nobody(db_district, monkeypatch, caplog):
    def fails():
        raise ValueError("Ana Lopez, 123")

    monkeypatch.setattr(tasks, "flag_current", fails)
    monkeypatch.setattr(tasks, "look_back_current", fails)
    tasks.renew_flags.call()
    tasks.look_back.call()
    assert "Ana" not in caplog.text
    assert caplog.text.count("ValueError") == 2


def test_the_night_makes_the_flags_at_once(db_district):
    tasks.after_night()
    assert FlagRun.objects.get().as_of < timezone.localdate()


def test_a_snapshot_that_becomes_current_is_looked_at(
    db_district, settings, django_capture_on_commit_callbacks
):
    from evenrise.workspace.data.standing import make_current

    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }
    with django_capture_on_commit_callbacks(execute=True):
        make_current(db_district.snapshot, as_of=db_district.as_of, by=None)
    assert FlagRun.objects.get().flagged > 0
    assert CardSet.objects.get().content["failed"] == []


def test_the_card_is_of_the_rule_that_holds(looked, as_person):
    """Another rule finds other students, so its card must be another."""
    now, before = standing(), Cards.from_json(looked.content["cards"])
    RuleChoice.objects.create(
        rule_set="own",
        lines=[{"measure": "absent_share", "at": 0.03}],
        begins_on=now.as_of,
        reason="A low line.",
    )
    made = Cards.from_json(look_back_current().content["cards"])
    assert made.checkpoints[0].flagged > before.checkpoints[0].flagged
    assert made.checkpoints[0].students == before.checkpoints[0].students
    told = page(as_person("counselor"), "early_warning_cards")
    assert "the one that the district chose: The district&#x27;s own lines" in told
    assert "who so far was absent on a tenth" not in told
    assert look_back_current() is None  # made once


def test_how_it_does_at_other_schools_is_told(looked, as_person):
    cards = Cards.from_json(looked.content["cards"])
    over = Estimate(0.012, -0.02, 0.044, 900)
    told = OtherSchools(Estimate(0.55, 0.5, 0.6, 900), Estimate(0.8), over)
    first = replace(cards.checkpoints[0], other_schools=told)
    looked.content["cards"] = replace(cards, checkpoints=(first,)).as_json()
    looked.save()
    english = page(as_person("counselor"), "early_warning_cards")
    assert "At schools that it never learned from, the model flagged 55" in english
    spanish = page(as_person("counselor", "es"), "early_warning_cards")
    assert "En escuelas de las que nunca aprendió" in spanish
