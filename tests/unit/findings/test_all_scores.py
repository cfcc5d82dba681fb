"""Percent proficient is not the gap: two readings of one gap, side by side."""

from __future__ import annotations

import json

import numpy as np
import pytest

from evenrise.findings.as_json import findings_json
from evenrise.findings.finding import Certainty, Kind
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.vocabulary.groups import FAMILIES
from tests.battery.test_findings import BANNED, NUMBER, texts
from tests.support.facts import fact, facts, review_of


KEY = "met_standard_math"
YEARS = (2022, 2024)
FAMILY = "low_income"


def drawn(low, others, *, n=6_000, low_sd=(1.0, 1.0), cut=0.0, seed=1):
    """Scores of a group and of everybody else in two years, and the standard."""
    chance = np.random.default_rng(seed)
    scores, years, groups = [], [], []
    for at, year in enumerate(YEARS):
        for code, mean, sd in ((0, low[at], low_sd[at]), (1, others[at], 1.0)):
            scores.append(chance.normal(mean, sd, n))
            years.append(np.full(n, year))
            groups.append(np.full(n, code))
    raw, year = np.concatenate(scores), np.concatenate(years)
    standard = np.concatenate(
        [(raw[year == one] - raw[year == one].mean()) / 1.1 for one in YEARS]
    )
    size = len(raw)
    return StudentOutcomes(
        indicator=KEY,
        good="up",
        school_year=year.astype(np.int64),
        school=np.zeros(size, dtype=np.int64),
        schools=("19649800000001",),
        grade=np.full(size, 5, dtype=np.int64),
        happened=raw > cut,
        score=standard,
        share_absent=np.full(size, np.nan),
        prior=np.full(size, np.nan),
        groups={FAMILY: np.concatenate(groups).astype(np.int64)},
    )


def rows_of(one):
    rows = []
    told = {"indicator": KEY, "origin": "computed", "source_file": None}
    for year in YEARS:
        now = one.school_year == year
        members = {("all", "all"): now}
        for code, group in enumerate(FAMILIES[FAMILY].groups):
            members[FAMILY, group.code] = now & (one.groups[FAMILY] == code)
        for names, chosen in members.items():
            x, n = float(one.happened[chosen].sum()), float(chosen.sum())
            rows.append(fact(year, *names, x, n, **told))
    return rows


def reviewed(one, rows=None):
    table = facts(*(rows_of(one) if rows is None else rows))
    return review_of(table, students={KEY: one})


def told(review):
    return [one for one in review.findings if one.key.endswith(":all_scores")]


def notes(review):
    (section,) = [one for one in review.sections if one.indicator == KEY]
    return [text for text in section.caveats if text.en.startswith("Measured by all")]


@pytest.fixture(scope="module")
def paradox():
    """Every student gains one standard deviation: only the line narrows the gap."""
    return reviewed(drawn((-0.5, 0.5), (0.5, 1.5)))


@pytest.fixture(scope="module")
def agreeing():
    """The group gains on the others, at the standard and by all scores."""
    return reviewed(drawn((-0.7, -0.2), (0.5, 0.5)))


def test_the_cut_score_paradox_is_told(paradox):
    (one,) = told(paradox)
    assert one.details["at_the_standard"] == "narrowed"
    assert one.details["by_all_scores"] == "held"
    assert one.certainty is Certainty.UNCLEAR
    assert one.kind is Kind.CHANGE
    # The gap at the standard went from 38 to 24 points; V stayed at 1.
    assert one.details["narrowing_at_the_standard"]["value"] == pytest.approx(
        0.14, abs=0.02
    )
    for v in ("v_before", "v_after"):
        assert one.details[v]["value"] == pytest.approx(1.0, abs=0.05)
        assert one.details[v]["n"] % 10 == 0
    assert "narrowed at the standard, but did not move by all scores" in one.headline.en
    assert one not in paradox.main
    assert not notes(paradox)


def test_two_clear_moves_apart_are_different():
    # The group's lower half rises to just under the line as the others hold: at the
    # standard the gap widens, by all scores it narrows.
    one = drawn((-0.6, -0.15), (0.5, 0.5), low_sd=(1.0, 0.1), n=20_000)
    (found,) = told(reviewed(one))
    assert found.details["at_the_standard"] == "widened"
    assert found.details["by_all_scores"] == "narrowed"
    assert found.certainty is Certainty.DIFFERENT
    assert found.adjusted_p < 0.05
    assert found.estimate.lower > 0


def test_two_readings_that_agree_are_a_sentence_of_the_section(agreeing):
    assert not told(agreeing)
    (note,) = notes(agreeing)
    assert "which says the same" in note.en
    assert "que dice lo mismo" in note.es
    assert "In 2021-22 V was 1.2" in note.en
    assert NUMBER.findall(note.en) == NUMBER.findall(note.es)
    assert not any(one.kind is Kind.GAP for one in agreeing.not_run)


@pytest.mark.parametrize("group", ["low_income", "not_low_income"])
@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_told_beside_a_hidden_cell(group, year):
    one = drawn((-0.5, 0.5), (0.5, 1.5))
    rows = rows_of(one)
    for row in rows:
        if (row["group"], row["school_year"]) == (group, year):
            row |= {"numerator": None, "value": None, "status": "suppressed"}
    review = reviewed(one, rows)
    assert not told(review)
    for note in notes(review):
        assert year != YEARS[1]
        assert "In 2021-22" not in note.en


def test_students_who_are_not_those_of_the_facts_are_not_told():
    one = drawn((-0.5, 0.5), (0.5, 1.5))
    review = reviewed(one, rows_of(drawn((-0.9, 0.1), (0.5, 1.5), seed=2)))
    assert not told(review)
    assert not notes(review)


def test_a_handful_of_students_is_never_told():
    one = drawn((-2, 0.5), (2, 1.5), n=25)
    review = reviewed(one)
    assert not told(review)
    assert not notes(review)


def test_chance_alone_seldom_parts_the_readings():
    found = [
        told(reviewed(drawn((0, 0), (0.5, 0.5), n=400, seed=s))) for s in range(20)
    ]
    assert sum(map(len, found)) <= 2


def test_published_totals_say_what_would_be_needed():
    review = review_of(facts(*(row | {"origin": "published"} for row in _published())))
    (reason,) = [one.reason for one in review.not_run if one.kind is Kind.GAP]
    assert "every level" in reason.en
    assert "cada nivel" in reason.es


def _published():
    return rows_of(drawn((-0.5, 0.5), (0.5, 1.5), n=500))


def test_records_without_scores_say_so():
    one = drawn((-0.5, 0.5), (0.5, 1.5), n=500)
    object.__setattr__(one, "score", np.full(len(one), np.nan))
    review = reviewed(one)
    (reason,) = [two.reason for two in review.not_run if two.kind is Kind.GAP]
    assert "these records do not hold" in reason.en


def test_the_words_pass_the_house_rules(paradox):
    (one,) = told(paradox)
    for text in (one.sentence, one.headline):
        assert sorted(NUMBER.findall(text.en)) == sorted(NUMBER.findall(text.es))
    for text in texts(one):
        assert text.en != text.es
        assert not BANNED.search(text.en), text.en
        assert not BANNED.search(text.es), text.es
    assert json.dumps(findings_json(paradox), allow_nan=False)
