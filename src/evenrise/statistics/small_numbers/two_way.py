"""Which sums of a two-way table may be told when anybody may ask for any of them.

A team may ask for the days of a group in any grades, and another team for other ones;
what one takes from the other is a number too. So whether a sum is told never depends on
what else was asked: a table of students by grade and group is settled once, whole, and
every answer is a sum of cells, rows or columns that are told anyway.

Method: small cells are hidden; then, in each line whose sum is told, the smallest cells
besides, until what is left of the sum is nobody, or enough in two cells (METHODS card
6). Where linear algebra still works a small number out of all that is told, no single
cell is told, and fewer sums.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints


_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told: single cells, sums of rows, sums of columns."""

    cells: Flags
    rows: Flags
    columns: Flags


def settle(counts: Ints, smallest_shown: int) -> Told:
    """Settle a table once, whatever is asked of it later.

    Which rows are told depends on the sums of rows alone, so that tables of the same
    students by other columns agree.

    Args:
        counts: students, (rows, columns); each student stands in one cell.
        smallest_shown: the smallest number of students that is told; nobody may be
            called nobody.

    Returns:
        What may be told; the sum of all is told when it is large enough.
    """
    rows = _line(counts.sum(axis=1), smallest_shown)
    columns = _line(counts.sum(axis=0), smallest_shown)
    told = Told(_cells(counts, rows, columns, smallest_shown), rows, columns)
    if not _gives_away(counts, told, smallest_shown):
        return told
    columns, nobody = columns.copy(), counts == 0
    for column in counts.sum(axis=0).argsort(kind="stable"):
        told = Told(nobody, rows, columns)
        if not _gives_away(counts, told, smallest_shown):
            break
        columns[column] = False
    return told


def _cells(counts: Ints, rows: Flags, columns: Flags, smallest_shown: int) -> Flags:
    """The single cells that may be told, as far as each line by itself tells."""
    small = (counts > 0) & (counts < smallest_shown)
    # Where a sum is hidden, its cells would give it away.
    cells: Flags = (~small & rows[:, None] & columns[None, :]) | (counts == 0)
    while True:
        before = cells.copy()
        for column in np.flatnonzero(columns):
            # A row with a hidden cell wants a second one.
            rather: Flags = np.logical_not(cells.all(axis=1))
            part = _line(counts[:, column], smallest_shown, cells[:, column], rather)
            cells[:, column] = part
        for row in np.flatnonzero(rows):
            rather = np.logical_not(cells.all(axis=0))
            cells[row] = _line(counts[row], smallest_shown, cells[row], rather)
        if (before == cells).all():
            return cells


def _line(
    counts: Ints,
    smallest_shown: int,
    told: Flags | None = None,
    rather: Flags | None = None,
) -> Flags:
    """Hide the smallest of a line until its sum leaves two cells and enough in them.

    One hidden cell alone is the sum less the others, also a large one, which then gives
    away what it was to guard.
    """
    shown = ~_are_small(counts, smallest_shown)
    if told is not None:
        shown &= told
    cost = counts if rather is None else counts + ~rather * counts.sum()
    while True:
        left = counts[~shown & (counts > 0)]
        further = np.flatnonzero(shown & (counts > 0))
        if not left.size or not further.size:
            return shown
        if left.size > 1 and left.sum() >= smallest_shown:
            return shown
        shown[further[cost[further].argmin()]] = False


def _gives_away(counts: Ints, told: Told, smallest_shown: int) -> bool:
    """Whether the sums that are told fix a hidden number from one to too few."""
    hidden = np.argwhere(~told.cells)
    if not hidden.size:
        return False
    lines = [
        *(hidden[:, 0] == row for row in np.flatnonzero(told.rows)),
        *(hidden[:, 1] == column for column in np.flatnonzero(told.columns)),
        np.ones(len(hidden), dtype=bool),  # the sum of all, less what is told
    ]
    known = np.array(lines, dtype=float)
    few = _are_small(counts[~told.cells], smallest_shown)
    unknown = np.eye(len(hidden))[few]
    whole = [
        *(hidden[:, 0] == row for row in np.flatnonzero(~told.rows)),
        *(hidden[:, 1] == column for column in np.flatnonzero(~told.columns)),
    ]
    sums = [*counts.sum(axis=1)[~told.rows], *counts.sum(axis=0)[~told.columns]]
    if whole:
        few = _are_small(np.array(sums), smallest_shown)
        unknown = np.vstack([unknown, np.array(whole, dtype=float)[few]])
    return bool(_within(unknown, known).any())


def _are_small(counts: Ints, smallest_shown: int) -> Flags:
    few: Flags = (counts > 0) & (counts < smallest_shown)
    return few


def _within(wanted: Floats, known: Floats) -> Flags:
    """Which rows of `wanted` are combinations of the rows of `known`."""
    _left, sizes, right = np.linalg.svd(known, full_matrices=False)
    base = right[sizes > _CLOSE]
    rest = wanted - wanted @ base.T @ base
    found: Flags = np.abs(rest).max(axis=1, initial=0.0) < _CLOSE
    return found
