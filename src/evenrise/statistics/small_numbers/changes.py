"""What an outsider does not know of a release, as changes against the truth.

Unknown are, of each hidden number, by how much it might differ: the outcomes of a
fact, and its students where they are hidden too. Every sum that is told keeps the
changes balanced.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from evenrise.statistics.small_numbers.equations import Lines, Links
from evenrise.statistics.small_numbers.knowledge import (
    CLOSE,
    ENDLESS,
    OTHERS,
    OUTCOMES,
    STUDENTS,
    Knowledge,
)
from evenrise.statistics.small_numbers.rule import Floats, Ints


@dataclass(frozen=True, slots=True)
class Changes:
    """row_low <= matrix @ change <= row_high, and low <= change <= high.

    `unknown` is which change stands for the outcomes (0) and the students (2) of each
    cell, -1 where they are known: (3, cells).
    """

    matrix: csr_array
    row_low: Floats
    row_high: Floats
    low: Floats
    high: Floats
    unknown: Ints


def changes_of(known: Knowledge, lines: Lines, links: Links, truth: Floats) -> Changes:
    """Write down what may change and what must stay balanced.

    Args:
        known: what is known of each cell alone.
        lines: the sums that are told.
        links: the numbers that tell of each other under different names.
        truth: outcomes (nan where they are amounts), the others, students.
    """
    low, high = _ends(known, links, truth)
    whole = high[STUDENTS] - low[STUDENTS] > CLOSE
    # Where the students are known, the others change against the outcomes.
    bottom = np.where(whole, low[OUTCOMES], np.maximum(low[0], -high[OTHERS]))
    top = np.where(whole, high[OUTCOMES], np.minimum(high[0], -low[OTHERS]))
    counted = top - bottom > CLOSE
    unknown = np.full(low.shape, -1)
    unknown[OUTCOMES, counted] = np.arange(int(counted.sum()))
    unknown[STUDENTS, whole] = int(counted.sum()) + np.arange(int(whole.sum()))
    rows = _Rows()
    for kind in (OUTCOMES, STUDENTS):
        rows.balance(unknown[kind], lines)
    some = np.flatnonzero(whole & ~np.isnan(truth[0]))
    others = [(unknown[STUDENTS, some], 1.0), (unknown[OUTCOMES, some], -1.0)]
    rows.add(others, low[OTHERS, some], high[OTHERS, some])
    ours, theirs = links.apart
    pair = [
        (unknown[OUTCOMES, ours], 1.0),
        (unknown[OUTCOMES, theirs], 1.0),
        (unknown[STUDENTS, theirs], -1.0),
    ]
    rest = np.nan_to_num(truth[STUDENTS, ours] - truth[0, ours] - truth[0, theirs])
    rows.add(pair, np.full(len(ours), -np.inf), np.maximum(rest, 0))
    sides = [
        np.concatenate([one[counted], other[whole]])
        for one, other in ((bottom, low[STUDENTS]), (top, high[STUDENTS]))
    ]
    matrix, row_low, row_high = rows.matrix(len(sides[0]))
    return Changes(matrix, row_low, row_high, sides[0], sides[1], unknown)


def _ends(known: Knowledge, links: Links, truth: Floats) -> tuple[Floats, Floats]:
    """How far each number alone may go below and above the truth: (3, cells)."""
    uncounted = np.isnan(truth[0])
    low = np.where(known.low <= -ENDLESS, -np.inf, known.low) - truth
    high = np.where(known.high >= ENDLESS, np.inf, known.high) - truth
    # Sums that do not add up tell nothing; amounts are no number of students.
    wrong = ~((low <= CLOSE) & (high >= -CLOSE))
    low[wrong], high[wrong] = -np.inf, np.inf
    low, high = np.minimum(np.round(low), 0), np.maximum(np.round(high), 0)
    low[OUTCOMES, uncounted] = high[OUTCOMES, uncounted] = 0.0
    ours, theirs = links.outcomes
    shown = (low[OUTCOMES, theirs] == 0) & (high[OUTCOMES, theirs] == 0)
    low[STUDENTS, ours[shown]] = high[STUDENTS, ours[shown]] = 0.0
    return low, high


class _Rows:
    """Rows of a sparse matrix, written many at a time; those without unknowns go."""

    def __init__(self) -> None:
        self.entries: list[tuple[Ints, Ints, Floats]] = []
        self.ends: list[tuple[Floats, Floats]] = []
        self.count = 0

    def add(self, terms: list[tuple[Ints, float]], low: Floats, high: Floats) -> None:
        """One row for each place: the sum of terms (column or -1, coefficient)."""
        line = self.count + np.arange(len(low))
        for column, value in terms:
            kept = column >= 0
            size = int(kept.sum())
            self.entries.append((line[kept], column[kept], np.full(size, value)))
        self._more(low, high)

    def balance(self, column: Ints, lines: Lines) -> None:
        """One row for each line: the children less their parent stay as they are."""
        size = len(lines.parent)
        for cell, line, value in (
            (lines.child, lines.line, 1.0),
            (lines.parent, np.arange(size), -1.0),
        ):
            kept = column[cell] >= 0
            values = np.full(int(kept.sum()), value)
            self.entries.append((self.count + line[kept], column[cell][kept], values))
        self._more(np.zeros(size), np.zeros(size))

    def _more(self, low: Floats, high: Floats) -> None:
        self.ends.append((low, high))
        self.count += len(low)

    def matrix(self, columns: int) -> tuple[csr_array, Floats, Floats]:
        """The matrix, and the ends of its rows."""
        row, column, value = (
            np.concatenate(p) for p in zip(*self.entries, strict=True)
        )
        full = coo_array((value, (row, column)), shape=(self.count, columns)).tocsr()
        full.eliminate_zeros()
        used = np.flatnonzero(np.diff(full.indptr) > 0)
        low, high = (np.concatenate(side) for side in zip(*self.ends, strict=True))
        return full[used], low[used], high[used]
