"""Rows about staff: none tells of fewer than ten people, also not by subtraction.

A row of one to nine people is hidden. Where the table's total is shown, whoever
subtracts the visible rows learns what the hidden ones hold together: so at least two
rows are hidden, and together they hold ten people or more; else the smallest visible
row is hidden as well, and where nothing is left to hide, the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenrise.workspace.learning.access import FEWEST


@dataclass(frozen=True, slots=True)
class Shown:
    """Which rows are shown, and whether the total is."""

    rows: tuple[bool, ...]
    total: bool


def shown_rows(people: Sequence[int], fewest: int = FEWEST) -> Shown:
    """Which rows of a table with its total may be shown.

    Args:
        people: how many people stand behind each row; 0 tells of nobody and is shown.
        fewest: people of the smallest row that is shown.
    """
    hidden = [0 < count < fewest for count in people]
    if not any(hidden):
        return Shown(tuple(not one for one in hidden), total=True)
    larger = sorted(
        (count, place) for place, count in enumerate(people) if count >= fewest
    )
    while larger and not _safe(people, hidden, fewest):
        _count, place = larger.pop(0)
        hidden[place] = True
    return Shown(tuple(not one for one in hidden), _safe(people, hidden, fewest))


def _safe(people: Sequence[int], hidden: Sequence[bool], fewest: int) -> bool:
    counts = [n for n, gone in zip(people, hidden, strict=True) if gone]
    return len(counts) >= 2 and sum(counts) >= fewest
