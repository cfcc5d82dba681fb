"""Lines over arrays: as the ABC rule of the method cards says; tiers; whole numbers."""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.indicators.flags.judging import crosses, judge, tiers_of
from evenrise.indicators.flags.lines import line
from evenrise.indicators.flags.numbers import Number
from evenrise.indicators.flags.rules import RULE_SETS, Domain
from evenrise.statistics.abc_rule import NO, UNKNOWN, YES, abc_flags


ABC = RULE_SETS["abc"]


class Made(dict):
    """Numbers by measure, of so many students as each has."""

    def __len__(self):
        return len(next(iter(self.values())).value)


def drawn(chance, values, size=400):
    """Some of the values, and some unknown."""
    return chance.choice([*values, np.nan], size)


def test_as_the_rule_of_the_method_cards():
    chance = np.random.default_rng(3)
    rate = drawn(chance, [0.0, 0.0999, 0.1, 0.15, 0.2, 0.6])
    days, minor, serious, ela, math = (
        drawn(chance, some) for some in ([0, 1, 3], [0, 1, 2], [0, 1], [0, 1], [0, 1])
    )
    rule = abc_flags(
        absence_rate=rate,
        suspension_days=days,
        minor_incidents=minor,
        serious_incidents=serious,
        failing_ela=ela,
        failing_math=math,
    )
    known = ~(np.isnan(ela) | np.isnan(math))
    failing = np.nansum([ela, math], axis=0)
    core = np.where((failing > 0) | known, failing, np.nan)
    numbers = Made(
        absent_share=Number(rate),
        suspension_days=Number(days),
        minor_incidents=Number(minor),
        serious_incidents=Number(serious),
        failing_core=Number(core),
    )
    states = {one: judge(ABC.of(one), numbers, {})[0] for one in Domain}
    three = {-1: UNKNOWN, 0: NO, 1: YES, 2: YES}
    for domain, expected in (
        (Domain.ATTENDANCE, rule.attendance),
        (Domain.BEHAVIOR, rule.behavior),
        (Domain.COURSE, rule.course),
    ):
        found = [three[state] for state in states[domain].tolist()]
        assert found == expected.tolist()
    severe = states[Domain.ATTENDANCE] == 2
    assert (severe == (rule.severe_attendance == YES)).all()


@pytest.mark.parametrize("enrolled", range(1, 181))
def test_a_tenth_is_a_tenth_in_whole_numbers(enrolled):
    absent = np.arange(enrolled + 1, dtype=np.float64)
    whole = Number(absent, np.full(len(absent), float(enrolled)))
    there = Number(enrolled - absent, whole.of)
    over = crosses(line("absent_share", 0.1), whole)
    assert over.tolist() == [int(10 * days >= enrolled) for days in range(enrolled + 1)]
    under = crosses(line("attended_share", 0.88), there)
    assert under.tolist() == [
        int(100 * (enrolled - days) < 88 * enrolled) for days in range(enrolled + 1)
    ]


def test_the_farthest_line_of_a_measure_is_the_reason():
    rules = RULE_SETS["student_insights"]
    failing = np.array([0.0, 1, 2, 3, 4, 9, np.nan])
    numbers = Made(
        failing_any=Number(failing), failing_beside_two_ds=Number(np.zeros(7))
    )
    state, crossed = judge(rules.of(Domain.COURSE), numbers, {})
    assert state.tolist() == [0, 0, 1, 2, 2, 2, -1]
    told = {one.line.key: one.students.tolist() for one in crossed}
    assert told == {
        "level_4_failing_any": [4, 5],
        "level_3_failing_any": [3],
        "level_2_failing_any": [2],
        "level_1_failing_beside_two_ds": [],
    }


def test_points_add_up_to_tiers():
    attendance = np.array([0, 1, 2, 2, -1, -1, 2], dtype=np.int8)
    behavior = np.array([0, 1, 1, 2, 0, 2, 2], dtype=np.int8)
    course = np.array([0, 0, 0, 2, 0, 2, -1], dtype=np.int8)
    points, tier = tiers_of(RULE_SETS["acumen"], [attendance, behavior, course])
    assert points.tolist() == [0, 2, 3, 6, -1, -1, -1]
    # Unknown, but at most 2: tier 1 all the same. At least 4: tier 2 or 3.
    assert tier.tolist() == [1, 1, 2, 3, 1, -1, -1]
    with pytest.raises(ValueError, match="no tiers"):
        tiers_of(ABC, [attendance, behavior, course])
