"""Whatever the counts: the students concerned, their sign and their certainty."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from evenrise.findings.as_json import as_json
from evenrise.findings.finding import Certainty, Kind
from tests.support.examples import examples
from tests.support.facts import fact, facts, review_of


@st.composite
def counts(draw):
    """A group and all other students: x of n each."""
    n = draw(st.integers(1, 3000))
    other_n = draw(st.integers(1, 9000))
    return (
        draw(st.integers(0, n)),
        n,
        draw(st.integers(0, other_n)),
        other_n,
    )


@settings(deadline=None, max_examples=examples(60))
@given(counts(), st.sampled_from(["suspension", "graduation"]))
def test_the_count_is_within_the_group_and_has_the_right_sign(counted, key):
    x, n, other_x, other_n = counted
    rows = [
        fact(2024, "all", "all", x + other_x, n + other_n, indicator=key),
        fact(2024, "disability", "disability", x, n, indicator=key),
    ]
    found = [one for one in review_of(facts(*rows)).findings if one.kind is Kind.GAP]
    behind = x * other_n - other_x * n  # exact: positive when the rate is higher
    if key == "graduation":
        behind = -behind
    excess = behind / other_n
    assert bool(found) == (excess >= 0.5)
    for one in found:
        assert 0 <= one.students <= n
        assert abs(one.students - excess) <= 0.5 + 1e-9
        sign = 1 if key == "suspension" else -1
        assert one.estimate.value * sign > 0
        if one.certainty is Certainty.DIFFERENT:
            assert one.estimate.excludes_zero
        low, high = one.details["students_between"]
        assert low <= one.students <= high
        as_json([one])


@settings(deadline=None, max_examples=examples(40))
@given(counts(), counts())
def test_a_change_is_told_for_any_counts(before, after):
    rows = []
    for year, (x, n, other_x, other_n) in ((2023, before), (2024, after)):
        rows.append(fact(year, "all", "all", x + other_x, n + other_n))
        rows.append(fact(year, "low_income", "low_income", x, n))
    review = review_of(facts(*rows))
    as_json(review.findings)
    for one in review.findings:
        if one.kind is Kind.CHANGE and one.group == "low_income":
            assert one.details["good_news"] is (
                one.details["label"] == "excellence_and_equity"
                and one.certainty is Certainty.DIFFERENT
            )
