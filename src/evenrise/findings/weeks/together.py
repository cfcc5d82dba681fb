"""Did all rise, and did the gap narrow? The averages before and since the change.

A gap is never called closed because all students fell (the product's own rule).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from evenrise.findings.weeks.model import Average, Measured, SeriesReading
from evenrise.findings.weeks.words import both
from evenrise.vocabulary.text import Text


FEWEST_WEEKS = 3  # on each side of the change; fewer are not compared


class Way(StrEnum):
    """How a group moved beside all students."""

    ROSE_AND_NARROWED = "rose_and_narrowed"
    ROSE_NOT_NARROWED = "rose_not_narrowed"
    NARROWED_BY_FALL = "narrowed_by_fall"
    FELL = "fell"
    UNCHANGED = "unchanged"


def together(
    measured: Measured, everyone: SeriesReading, groups: Sequence[SeriesReading]
) -> Text | None:
    """A sentence for all students, then one a group; None where none is compared.

    Args:
        measured: what is watched; neither way good gives None.
        everyone: all students' weeks.
        groups: each group's weeks.
    """
    told = [
        both(
            "group_beside_all", measured, everyone, one, way_of(measured, everyone, one)
        )
        for one in groups
        if measured.good and compared(everyone) and compared(one)
    ]
    if not told:
        return None
    sentence = both("all_moved", measured, everyone)
    for one in told:
        sentence += one
    return sentence + both("only_averages")


def compared(read: SeriesReading) -> bool:
    """Whether enough weeks stand on both sides of the change."""
    sides: tuple[Average | None, ...] = read.before_change, read.since_change
    return all(one is not None and one.weeks >= FEWEST_WEEKS for one in sides)


def behind(
    measured: Measured, everyone: Average | None, group: Average | None
) -> float:
    """How far a group is behind all students, in the good direction.

    Raises:
        ValueError: when either has no weeks.
    """
    if everyone is None or group is None:
        raise ValueError("A gap needs the weeks of both.")
    return (everyone.value - group.value) * measured.good


def moved(measured: Measured, read: SeriesReading) -> float:
    """How far the average moved since the change, positive when better."""
    return -behind(measured, read.before_change, read.since_change)


def way_of(measured: Measured, everyone: SeriesReading, group: SeriesReading) -> Way:
    """How a group moved beside all students since the change."""
    was = behind(measured, everyone.before_change, group.before_change)
    now = behind(measured, everyone.since_change, group.since_change)
    up_all, up_group = moved(measured, everyone), moved(measured, group)
    narrower = abs(now) < abs(was)
    if up_group > 0 and up_all >= 0:
        return Way.ROSE_AND_NARROWED if narrower else Way.ROSE_NOT_NARROWED
    if narrower and up_all < 0:
        return Way.NARROWED_BY_FALL
    return Way.FELL if up_group < 0 else Way.UNCHANGED
