"""The attack by integer programming on everything released, bounded in effort.

A hidden number is safe when two tables agree with all that is told and put it far
enough apart. Such tables are witnesses: one that moves many numbers at once speaks
for all of them. So first tables are sought that move as many numbers as can be, into
directions not seen yet; what is left is solved for alone, exactly, up and down.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from evenrise.statistics.small_numbers.changes import Changes
from evenrise.statistics.small_numbers.knowledge import CLOSE
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints


_SEEN_FIRST = 3  # rounds into directions not seen yet; then any
_ROUNDS = 24
_FREER = 2.0  # so much further may a number move that only makes way for others
_TOGETHER = 3_000  # unknown numbers of small parts that are attacked in one go
_NODES = 200  # for one table; seconds would let the load decide what is hidden
_SEED = 20_111_976  # the same attack every time
# What one attack may cost, in unknown numbers times tables sought.
EFFORT = 4_000_000


class Witnesses:
    """How far the tables found so far move each unknown number.

    `wanted` is how far apart each must be put, 0 where it is not asked for. `exact`
    numbers were solved for alone, and go no further than `least` and `most`.
    """

    def __init__(self, size: int, wanted: Floats) -> None:
        self.wanted = wanted
        self.least, self.most = np.zeros(size), np.zeros(size)
        self.exact = np.zeros(size, dtype=np.bool_)

    @property
    def missing(self) -> Flags:
        """Which are not far enough apart yet."""
        found: Flags = self.wanted > self.most - self.least + CLOSE
        return found


def attack_all(changes: Changes, wanted: Floats, effort: float = EFFORT) -> Witnesses:
    """Look for witnesses for every number that is asked for.

    Args:
        changes: what may change, and what must stay balanced.
        wanted: how far apart each unknown must be put; 0 where it is not asked.
        effort: at most so many unknowns times tables are sought.
    """
    found = Witnesses(len(wanted), wanted)
    near = float(wanted.max(initial=1.0))
    for rows, columns in _parts(changes, wanted):
        part = _Part(changes, rows, columns, (wanted[columns], near))
        effort -= part.attack(effort)
        seen = part.seen
        found.least[columns], found.most[columns] = seen.least, seen.most
        found.exact[columns] = seen.exact
    return found


def _parts(changes: Changes, wanted: Floats) -> Iterator[tuple[Ints, Ints]]:
    """Connected parts, as rows and columns: small ones together, smallest first."""
    matrix = changes.matrix
    rows, size = matrix.shape
    entries = matrix.tocoo()
    graph = csr_array(
        (np.ones(matrix.nnz), (entries.col, size + entries.row)),
        shape=(size + rows, size + rows),
    )
    number, part = connected_components(graph, directed=False)
    asked = np.zeros(number, dtype=np.bool_)
    asked[part[:size][wanted > 0]] = True
    count = np.bincount(part[:size], minlength=number)
    batch = np.full(number, -1)
    filled, current = 0, 0
    for one in np.argsort(count, kind="stable").tolist():
        if not asked[one]:
            continue
        if filled and filled + count[one] > _TOGETHER:
            filled, current = 0, current + 1
        batch[one] = current
        filled += int(count[one])
    own, of_row = batch[part[:size]], batch[part[size:]]
    for number in range(current + 1 if filled else 0):
        yield np.flatnonzero(of_row == number), np.flatnonzero(own == number)


class _Part:
    """A part of the unknown numbers, and the sums that tell of them."""

    def __init__(
        self, changes: Changes, rows: Ints, columns: Ints, asked: tuple[Floats, float]
    ) -> None:
        wanted, self.near = asked
        self.matrix = changes.matrix[rows][:, columns]
        self.ends = changes.row_low[rows], changes.row_high[rows]
        self.low, self.high = changes.low[columns], changes.high[columns]
        self.seen = Witnesses(len(columns), wanted)

    def attack(self, effort: float) -> float:
        """Seek tables for many numbers at once, then for single ones; the effort."""
        rng, seen, spent = np.random.default_rng(_SEED), self.seen, 0.0
        size = len(seen.wanted)
        for turn in range(_ROUNDS):
            left = seen.missing
            if not left.any() or spent + size > effort:
                break
            self._seek(left, rng, fresh=turn < _SEEN_FIRST)
            spent += size
        for place in np.flatnonzero(seen.missing).tolist():
            if spent + 2 * size > effort:
                break
            if seen.missing[place]:
                seen.exact[place] = self._solve(place)
                spent += 2 * size
        return spent

    def _seek(self, left: Flags, rng: np.random.Generator, *, fresh: bool) -> None:
        """Find a table that moves what is left, each number to one side."""
        seen = self.seen
        side = rng.choice([-1.0, 1.0], size=len(left))
        if fresh:
            side = np.where(seen.most > -seen.least, -1.0, side)
            side = np.where(seen.most < -seen.least, 1.0, side)
        weight = side * left * rng.exponential(size=len(left)) ** 2
        cut = np.where(left, self.near, _FREER * self.near)
        self._table(weight, cut, whole=False)

    def _solve(self, place: int) -> bool:
        """Find both ends of one number, cut off at the width that is asked for.

        Returns:
            Whether they are certain to lie closer together than wanted.
        """
        cut = np.full(len(self.low), np.inf)
        cut[place] = self.near
        for sign in (1.0, -1.0):
            weight = np.zeros(len(self.low))
            weight[place] = sign
            if not self._table(weight, cut, whole=False):
                return False
            if not self.seen.missing[place]:
                return False
        return True

    def _table(self, weight: Floats, cut: Floats, *, whole: bool) -> bool:
        """Solve for one table and keep it as a witness; whether it is the best."""
        solved = milp(
            -weight,
            integrality=np.full(len(weight), int(whole)),
            bounds=Bounds(np.maximum(self.low, -cut), np.minimum(self.high, cut)),
            constraints=[LinearConstraint(self.matrix, *self.ends)],
            options={"node_limit": _NODES},
        )
        if solved.x is None:
            return False
        moved = np.round(solved.x)
        if not self._holds(moved):
            return not whole and self._table(weight, cut, whole=True)
        self.seen.least = np.minimum(self.seen.least, moved)
        self.seen.most = np.maximum(self.seen.most, moved)
        return bool(solved.status == 0)

    def _holds(self, moved: Floats) -> bool:
        """Whether a table of whole numbers agrees with all that is told."""
        sums, (low, high) = self.matrix @ moved, self.ends
        inside = (sums >= low - CLOSE) & (sums <= high + CLOSE)
        near = (moved >= self.low - CLOSE) & (moved <= self.high + CLOSE)
        return bool(inside.all() and near.all())
