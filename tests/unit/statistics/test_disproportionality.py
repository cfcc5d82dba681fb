"""34 CFR 300.647 at its edges."""

from __future__ import annotations

import pytest

from evenrise.statistics.disproportionality import RatioKind, disproportionality
from evenrise.vocabulary.estimates import Reason


def test_equal_to_the_threshold_does_not_exceed_and_one_more_does() -> None:
    (row, _) = disproportionality({"A": (30, 100), "B": (10, 100)}, threshold=3.0)
    assert row.exceeds is False
    assert row.children_to_threshold == 1
    (row, _) = disproportionality({"A": (31, 100), "B": (10, 100)}, threshold=3.0)
    assert row.exceeds is True
    assert row.children_to_threshold == -1


def test_a_threshold_of_a_tenth_is_exact() -> None:
    # 33/100 over 30/100 is exactly 1.1, which binary fractions cannot hold.
    (row, _) = disproportionality({"A": (33, 100), "B": (30, 100)}, threshold=1.1)
    assert row.exceeds is False


def test_a_district_of_one_group_takes_the_state() -> None:
    state = {"A": (300, 3000), "B": (200, 4000)}
    (row,) = disproportionality({"A": (30, 100)}, state, threshold=3)
    assert row.kind is RatioKind.ALTERNATE
    assert row.ratio == pytest.approx(6)
    assert (row.state_events, row.state_children) == (200, 4000)


def test_no_comparison_anywhere_is_a_reason() -> None:
    (row,) = disproportionality({"A": (30, 100)}, threshold=3)
    assert row.reason is Reason.TOO_FEW
    (row,) = disproportionality({"A": (30, 100)}, {"A": (9, 99)}, threshold=3)
    assert row.reason is Reason.TOO_FEW
    rows = disproportionality({"A": (30, 100), "B": (0, 50)}, threshold=3, min_cell=0)
    assert rows[0].reason is Reason.TOO_FEW
    assert rows[1].ratio == 0
