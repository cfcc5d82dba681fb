"""A gap that closes because somebody fell is never a success."""

from __future__ import annotations

import pytest

from evenrise.statistics.gap_change import GapLabel, gap_change
from evenrise.vocabulary.estimates import Reason


@pytest.mark.parametrize(
    ("higher_after", "lower_after", "label", "warns"),
    [
        (600, 500, GapLabel.EXCELLENCE_AND_EQUITY, False),
        (650, 500, GapLabel.EXCELLENCE_AND_EQUITY, False),
        (550, 450, GapLabel.NARROWED_PARTLY_BY_FALL, True),
        (500, 400, GapLabel.LEVELLING_DOWN, True),
        (500, 350, GapLabel.LEVELLING_DOWN, True),
        (600, 400, GapLabel.UNCHANGED, False),
        (550, 350, GapLabel.UNCHANGED, False),
        (750, 450, GapLabel.RISING_BUT_WIDENING, False),
        (700, 400, GapLabel.LEAVING_BEHIND, False),
        (600, 350, GapLabel.LEAVING_BEHIND, False),
        (590, 350, GapLabel.FALLING_AND_WIDENING, False),
    ],
)
def test_labels(
    higher_after: int,
    lower_after: int,
    label: GapLabel,
    warns: bool,  # noqa: FBT001
) -> None:
    change = gap_change(
        (600, 1000), (higher_after, 1000), (400, 1000), (lower_after, 1000)
    )
    assert change.label is label
    assert change.levelling_down_warning is warns


def test_where_down_is_good_the_signs_are_turned() -> None:
    # Suspension: the group served better falls 10 to 8 %, the other 30 to 20 %.
    change = gap_change((10, 100), (8, 100), (30, 100), (20, 100), good="down")
    assert change.label is GapLabel.EXCELLENCE_AND_EQUITY
    assert change.lower_change.value == pytest.approx(0.10)
    assert change.gap_before.value == pytest.approx(0.20)
    # ... and one that closes because the other group is suspended more often.
    change = gap_change((10, 100), (25, 100), (30, 100), (30, 100), good="down")
    assert change.label is GapLabel.LEVELLING_DOWN
    assert change.levelling_down_warning


def test_places_changed_is_said() -> None:
    change = gap_change((60, 100), (61, 100), (50, 100), (80, 100))
    assert change.label is GapLabel.EXCELLENCE_AND_EQUITY
    assert change.reversed


def test_thirds_that_differ_only_by_rounding_are_unchanged() -> None:
    change = gap_change((5, 10), (6, 10), (3, 10), (4, 10))
    assert change.label is GapLabel.UNCHANGED
    assert change.share_from_rise is None


def test_nobody_is_a_reason() -> None:
    change = gap_change((5, 10), (0, 0), (3, 10), (4, 10))
    assert change.label is None
    assert change.reason is Reason.NO_STUDENTS
    assert change.lower_change.known
