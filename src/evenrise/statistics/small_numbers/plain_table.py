"""One two-way table of counts, printed with its sums: hide as little as possible.

Used where a single table leaves the house alone, and to measure how much more the
quick way hides than the best possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import coo_array

from evenrise.statistics.small_numbers.attack import System
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints


_CLOSE = 1e-6
# With more cells than this to choose from, only the quick way is feasible.
_SEARCHED = 16


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is hidden of a table, as flags of its shape.

    `optimal` says that no pattern hides fewer cells; `ties` how many hide as few.
    """

    small: Flags
    hidden: Flags
    optimal: bool
    ties: int | None = None

    @property
    def secondary(self) -> Flags:
        """Hidden only because they would reveal a small cell."""
        others: Flags = self.hidden & ~self.small
        return others


def hide_in_table(
    counts: Ints, *, smallest_shown: int, min_width: int, search: bool = True
) -> Pattern:
    """Hide small counts of a table whose row and column sums are all printed.

    A zero is shown. The pattern is accepted only when the attack by integer
    programming leaves every small count `min_width` wide.

    Args:
        counts: (rows, columns), whole and not negative.
        smallest_shown: counts from 1 to one less are small.
        min_width: how far apart the bounds of a small count must lie.
        search: whether to look for the smallest pattern, on tables of few cells.

    Returns:
        The best pattern where `search` can find it, else the quick one.
    """
    small = (counts >= 1) & (counts < smallest_shown)
    quick = _quick(counts, small, min_width)
    if not search or (~small).sum() > _SEARCHED:
        return Pattern(small, quick, optimal=not small.any())
    best, ties = _search(counts, small, min_width, int((quick & ~small).sum()))
    return Pattern(small, best if ties else quick, optimal=True, ties=ties)


def is_safe(counts: Ints, hidden: Flags, small: Flags, min_width: int) -> bool:
    """Whether the attack leaves every small count wide enough."""
    system = _system(counts, hidden)
    place = np.full(counts.shape, -1)
    place[hidden] = np.arange(int(hidden.sum()))
    for cell in place[small].tolist():
        objective = np.zeros(int(hidden.sum()))
        objective[cell] = 1.0
        low, _ = system.extreme(objective, largest=False, integer=True)
        high, _ = system.extreme(objective, largest=True, integer=True)
        if low is not None and high is not None and high - low < min_width - _CLOSE:
            return False
    return True


def _system(counts: Ints, hidden: Flags) -> System:
    rows, columns = np.nonzero(hidden)
    cells = np.arange(len(rows))
    lines = np.concatenate([rows, counts.shape[0] + columns])
    values = (np.ones(2 * len(cells)), (lines, np.concatenate([cells, cells])))
    matrix = coo_array(values, shape=(sum(counts.shape), len(cells))).tocsr()
    unknown = np.where(hidden, counts, 0)
    sums = np.concatenate([unknown.sum(axis=1), unknown.sum(axis=0)]).astype(float)
    ends: tuple[Floats, Floats] = np.zeros(len(cells)), np.full(len(cells), np.inf)
    return System(matrix, (sums, sums), ends)


def _quick(counts: Ints, small: Flags, min_width: int) -> Flags:
    """A rectangle for each small cell: the one that hides the least besides."""
    hidden = small.copy()
    cost = counts / (1.0 + counts.sum()) + 1.0
    for row, column in np.argwhere(small).tolist():
        if is_safe(counts, hidden, _only(small, row, column), min_width):
            continue
        own = np.where(hidden, 0.0, cost)
        ring = own + own[:, column : column + 1] + own[row : row + 1, :]
        # Its cells must be able to give way: those that fall, by the width.
        room = np.minimum(counts[:, column : column + 1], counts[row : row + 1, :])
        ring[room + np.minimum(counts[row, column], counts) < min_width] = np.inf
        ring[row, :] = np.inf
        ring[:, column] = np.inf
        other_row, other_column = np.unravel_index(ring.argmin(), ring.shape)
        if not np.isfinite(ring[other_row, other_column]):
            return counts > 0
        for cell in (
            (row, other_column),
            (other_row, column),
            (other_row, other_column),
        ):
            hidden[cell] = True
    return hidden if is_safe(counts, hidden, small, min_width) else counts > 0


def _only(small: Flags, row: int, column: int) -> Flags:
    one = np.zeros_like(small)
    one[row, column] = True
    return one


def _search(
    counts: Ints, small: Flags, min_width: int, enough: int
) -> tuple[Flags, int]:
    """The smallest pattern, and how many there are; of several the least counts."""
    others = np.argwhere(~small)
    # As R walks a table: by column.
    others = others[np.lexsort((others[:, 0], others[:, 1]))]
    for size in range(enough + 1):
        best, lost, ties = small, np.inf, 0
        for chosen in combinations(range(len(others)), size):
            hidden = small.copy()
            hidden[tuple(others[list(chosen)].T)] = True
            if not _could_be_safe(hidden, small):
                continue
            if is_safe(counts, hidden, small, min_width):
                ties += 1
                value = float(counts[hidden & ~small].sum())
                if value < lost:
                    best, lost = hidden, value
        if ties:
            return best, ties
    return small, 0


def _could_be_safe(hidden: Flags, small: Flags) -> bool:
    """A small cell alone in its row or column is the sum less the others."""
    alone = (hidden.sum(axis=1, keepdims=True) < 2) | (
        hidden.sum(axis=0, keepdims=True) < 2
    )
    return not bool((small & alone).any())
