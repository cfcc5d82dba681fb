"""Whatever the students: ties, intervals and days hold, and cards survive JSON."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from evenrise.findings.early_warning.account import TOO_FEW, share
from evenrise.findings.early_warning.at_the_same_number import (
    difference_at,
    flagged_parts,
)
from evenrise.findings.early_warning.cards import Cards, make_cards
from evenrise.findings.early_warning.rule_scores import rule_chances, school_chances
from evenrise.indicators.flags.cohorts import CHECKPOINTS, Cohorts, cohorts_of
from evenrise.indicators.flags.compute import flag_students
from evenrise.indicators.flags.rules import RULE_SETS
from evenrise.statistics.attendance_as_of import attendance_as_of
from evenrise.statistics.early_warning import precision_at
from tests.property.test_indicators_flags import SETTINGS as FLAG_SETTINGS, Flagging
from tests.support.examples import examples
from tests.support.tables import DrawnSettings, draw


SEEDS = st.integers(0, 2**32 - 1)
SCORES = st.lists(st.integers(0, 4), min_size=1, max_size=60)


def drawn(seed: int, n: int, years: int = 2) -> Cohorts:
    """A few students with whatever there may be."""
    rng = np.random.default_rng(seed)
    rows = n * years
    outcome = np.where(rng.random(rows) < 0.1, np.nan, rng.random(rows) < 0.4)
    return Cohorts(
        names=("one", "two"),
        features=np.where(
            rng.random((rows, 2)) < 0.2, np.nan, rng.normal(size=(rows, 2))
        ).astype(np.float32),
        rule=rng.integers(0, 4, rows).astype(np.float64),
        outcome=outcome,
        met_after=np.where(outcome > 0, rng.integers(0, 200, rows), np.nan),
        school_year=np.repeat(np.arange(2025 - years, 2025), n),
        checkpoint=rng.integers(0, 2, rows),
        checkpoints=("10-15", "01-31"),
        school=rng.integers(-1, 5, rows),
        schools=tuple("ABCDE"),
        student=rng.integers(0, n, rows),
        groups={"gender": rng.integers(-1, 3, rows)},
        group_names={"gender": ("female", "male", "nonbinary")},
    )


@given(SCORES, st.integers(1, 80), SEEDS)
@settings(max_examples=examples(150), deadline=None)
def test_parts_add_up_and_follow_precision_at_k(scores, k, seed):
    score = np.array(scores, float)
    y = np.random.default_rng(seed).integers(0, 2, len(score)).astype(float)
    parts = flagged_parts(score, k)
    assert parts.min() >= 0
    assert parts.max() <= 1
    assert parts.sum() == pytest.approx(min(k, len(score)))
    assert parts @ y / parts.sum() == pytest.approx(precision_at(score, y, k))
    assert np.all(np.diff(parts[np.argsort(-score, kind="stable")]) <= 1e-12)


@given(st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=examples(150), deadline=None)
def test_a_share_holds_its_value_or_says_too_few(x, n):
    one = share(min(x, n), n)
    assert one.n == n
    assert one.known == (n >= TOO_FEW)
    if one.known:
        assert 0 <= one.lower <= one.value <= one.upper <= 1


@given(SEEDS, st.integers(30, 120))
@settings(max_examples=examples(25), deadline=None)
def test_the_other_way_round_is_the_same_difference(seed, n):
    cohorts = drawn(seed, n)
    test = cohorts.only(cohorts.judged)
    first, flagged = test.features[:, 0].astype(float), np.ones(len(test)) * 0.3
    first = np.nan_to_num(first)
    there = difference_at(first, test.rule, test, flagged, 3)
    back = difference_at(test.rule, first, test, flagged, 3)
    assert there.value == pytest.approx(-back.value)
    assert there.lower == pytest.approx(-back.upper)
    assert there.lower <= there.value <= there.upper


@given(SEEDS, st.integers(1, 150), st.integers(1, 4))
@settings(max_examples=examples(25), deadline=None)
def test_any_cards_go_into_json_and_come_back(seed, n, years):
    cards = make_cards(drawn(seed, n, years))
    told = json.dumps(cards.as_json(), allow_nan=False)
    assert Cards.from_json(json.loads(told)) == cards
    for card in cards.checkpoints:
        for way in card.ways:
            for group in way.groups:
                if group.n < TOO_FEW:
                    assert not group.missed.known
                    assert not group.precision.known


@given(SEEDS)
@settings(max_examples=examples(25), deadline=None)
def test_chances_of_earlier_years_lie_between_nothing_and_everything(seed):
    cohorts = drawn(seed, 60)
    cohorts = cohorts.only(cohorts.judged)
    earlier = cohorts.only(cohorts.school_year == 2023)
    later = cohorts.only(cohorts.school_year == 2024)
    for chances in (rule_chances(earlier, later), school_chances(earlier, later)):
        assert len(chances) == len(later)
        assert np.all((chances >= 0) & (chances <= 1))


FIRST = dt.date(2025, 8, 18)
DAYS = [
    day
    for day in (FIRST + dt.timedelta(days=at) for at in range(250))
    if day.weekday() < 5
]


@given(SEEDS)
@settings(max_examples=examples(10), deadline=None)
def test_days_are_those_of_the_plain_definition(tmp_path_factory, seed):
    rng = np.random.default_rng(seed)
    stays, absences = [], []
    for number in range(12):
        cuts = sorted(rng.choice(len(DAYS), 2, replace=False))
        spells = [(0, cuts[0]), (cuts[0] + 1, cuts[1]), (cuts[1] + 1, len(DAYS) - 1)]
        kept = [one for one in spells if one[0] <= one[1] and rng.random() < 0.8]
        for first, last in kept:
            school = "AB"[rng.integers(2)]
            stays.append((number, school, DAYS[first], DAYS[last]))
            share = rng.random() * 0.4
            absences += [
                (number, school, DAYS[at])
                for at in range(first, last + 1)
                if rng.random() < share
            ]
    absences.append((99, "A", DAYS[0]))  # so that both schools are measured
    absences.append((99, "B", DAYS[0]))
    snapshot = draw(
        tmp_path_factory.mktemp("days"),
        {
            "schools": [{"school_id": "A"}, {"school_id": "B"}],
            "calendar": [
                {"school_id": school, "date": day, "instructional": True}
                for school in "AB"
                for day in DAYS
            ],
            "enrollments": [
                {
                    "student_id": f"{number:02d}",
                    "school_id": school,
                    "school_year": 2026,
                    "grade": "05",
                    "entered_on": first,
                    "left_on": last,
                }
                for number, school, first, last in stays
            ],
            "attendance": [
                {
                    "student_id": f"{number:02d}",
                    "school_id": school,
                    "date": day,
                    "status": "absent",
                }
                for number, school, day in absences
            ],
        },
    )
    cohorts = cohorts_of(snapshot, dt.date(2026, 7, 1), DrawnSettings(code="D"))
    known = {number: code for code, number in enumerate(sorted({s[0] for s in stays}))}
    there = np.unique(cohorts.student)
    for code, (month, day) in enumerate(CHECKPOINTS):
        on = dt.date(2025 if month >= 7 else 2026, month, day)
        expected = []
        for number in known:
            own = [one for one in stays if one[0] == number]
            if not any(first <= on <= last for _, _, first, last in own):
                continue
            expected.append(
                attendance_as_of(
                    DAYS,
                    [(first, last) for _, _, first, last in own],
                    [(d, d) for who, _, d in absences if who == number],
                    on,
                ).rate
            )
        here = cohorts.only(cohorts.checkpoint == code)
        found = here.features[:, here.names.index("share_absent")]
        np.testing.assert_allclose(sorted(found), sorted(expected), rtol=1e-6)
    assert len(there) <= len(known)


@given(SEEDS, st.sampled_from([0.2, 0.6, 1.0]))
@settings(max_examples=examples(8), deadline=None)
def test_the_rule_that_is_judged_is_the_rule_that_flags(
    tmp_path_factory, seed, density
):
    tables = Flagging(seed, density).invent()
    snapshot = draw(tmp_path_factory.mktemp("same"), tables)
    cohorts = cohorts_of(snapshot, dt.date(2026, 7, 1), FLAG_SETTINGS)
    for code, (month, day) in enumerate(CHECKPOINTS):
        on = dt.date(2025 if month >= 7 else 2026, month, day)
        here = cohorts.only(
            (cohorts.checkpoint == code) & (cohorts.school_year == 2026)
        )
        found = flag_students(snapshot, on, (RULE_SETS["abc"],), FLAG_SETTINGS)
        counts: dict[str, int] = {}
        for row in found.states.to_pylist():
            flagged = counts.setdefault(row["student_id"], 0)
            counts[row["student_id"]] = flagged + (row["state"] > 0)
        # Students are numbered in the order of their keys.
        rows = here.rule[np.argsort(here.student)]
        assert rows.tolist() == [counts[one] for one in sorted(counts)]
