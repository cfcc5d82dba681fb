"""A support that a rule assigns: its effect is found at the line, or is not claimed."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from evenrise.findings.support_effects.effects import Menu, NoSettings, read_effects
from evenrise.findings.support_effects.reading import Verdict
from evenrise.indicators.flags.scores import line_scores
from evenrise.statistics.claims import Rung
from tests.unit.findings.support_effects.a_district import (
    AS_OF,
    ASSIGNED,
    DAYS,
    LINE,
    READ,
    STUDENTS,
    District,
    district,
    given_to,
)


MENU = Menu(assigned=(ASSIGNED,))


def read(folder, one: District, who, menu: Menu = MENU):
    (found,) = read_effects(one.snapshot(folder), given_to(who), AS_OF, menu)
    return found


@pytest.fixture(scope="module")
def plain() -> District:
    return district()


def test_everybody_is_told_how_far_from_the_line(plain, tmp_path) -> None:
    scores = line_scores(plain.snapshot(tmp_path), DAYS[READ], LINE, NoSettings())
    assert len(scores.students) == STUDENTS
    assert np.array_equal(scores.past, plain.past)
    assert np.array_equal(scores.past, scores.score >= 0)
    # Days after the reading are not looked at.
    seen = plain.missed[:, : READ + 1].mean(axis=1)
    assert scores.score == pytest.approx(seen - 0.1, abs=1e-12)


def test_a_planted_effect_is_found_at_the_line(plain, tmp_path) -> None:
    past = plain.past
    found = read(tmp_path, plain.helped(past, 0.4), past)
    assert (found.rung, found.verdict) == (Rung.CUTOFF, Verdict.HELPS)
    # Students on the line miss about a tenth of days, and six in ten of them are
    # spared; their leaning lies a little nearer to the middle than their days do.
    near = np.abs(plain.missed[:, : READ + 1].mean(axis=1) - 0.1) < 0.02
    planted = -0.6 * plain.missed[near][:, READ + 1 : READ + 46].mean()
    assert found.effect.lower < planted < found.effect.upper
    assert min(found.line.near) >= 100
    assert found.line.crowding_p > 0.05
    assert found.line.heaped
    assert found.line.days == (DAYS[READ],)
    assert 0 < found.line.bandwidth < 0.3
    assert "just past the rule's line" in found.sentence.en
    assert "límite de la regla" in found.sentence.es
    assert any("near the line" in one.en for one in found.caveats)


def test_the_picture_stops_where_few_students_are(plain, tmp_path) -> None:
    found = read(tmp_path, plain.helped(plain.past, 0.4), plain.past)
    kept = found.as_json()["line"]
    assert kept["bins"]
    assert min(one["n"] for one in kept["bins"]) >= 11
    short = [one["value"] for one in kept["bins"] if not one["past"]]
    past = [one["value"] for one in kept["bins"] if one["past"]]
    assert past[0] < short[-1]  # the jump, where the line is
    assert kept["near"] == list(found.line.near)


def test_a_support_without_effect_is_not_said_to_help(plain, tmp_path) -> None:
    found = read(tmp_path, plain, plain.past)
    assert found.rung is Rung.CUTOFF
    assert found.verdict in (Verdict.CANNOT_TELL, Verdict.NO_USEFUL_DIFFERENCE)
    assert found.effect.lower < 0 < found.effect.upper
    # Beside all others it would look harmful: who is past the line misses more.
    assert found.naive > 0.05


def test_where_people_decided_and_not_the_rule_alike_students_are_used(
    plain, tmp_path
) -> None:
    half = plain.past & (np.arange(STUDENTS) % 2 == 0)
    found = read(tmp_path, plain.helped(half, 0.4), half)
    assert found.rung is Rung.WEIGHTED
    assert found.line is None
    assert any("the rule did not decide" in one.en for one in found.caveats)
    assert any("la regla no decidió" in one.es for one in found.caveats)


def test_students_moved_over_the_line_are_noticed(plain, tmp_path) -> None:
    seen = plain.missed[:, : READ + 1].sum(axis=1)
    missed = plain.missed.copy()
    short = np.flatnonzero(seen == 10)  # one more would be past the line
    for one in short[: len(short) * 3 // 4]:
        missed[one, np.flatnonzero(~missed[one, : READ + 1])[0]] = True
    moved = District(missed)
    found = read(tmp_path, moved, moved.past)
    assert found.rung is not Rung.CUTOFF
    assert any("as if some had been moved" in one.en for one in found.caveats)


def test_a_reading_that_is_not_over_waits(plain, tmp_path) -> None:
    snapshot = plain.snapshot(tmp_path)
    (found,) = read_effects(snapshot, given_to(plain.past), dt.date(2026, 1, 31), MENU)
    assert found.line is None
    assert found.verdict is Verdict.CANNOT_TELL


def test_who_had_it_before_was_not_placed_by_the_reading(plain, tmp_path) -> None:
    early = np.arange(STUDENTS) % 3 == 0
    late = plain.past & ~early
    one, two = given_to(early, day=60), given_to(late)
    both = type(one)(
        *(
            np.concatenate([getattr(part, name) for part in (one, two)])
            for name in type(one).__slots__
        )
    )
    helped = plain.helped(late, 0.4)
    (found,) = read_effects(helped.snapshot(tmp_path), both, AS_OF, MENU)
    assert found.rung is Rung.CUTOFF
    assert found.dosage.students == late.sum()
