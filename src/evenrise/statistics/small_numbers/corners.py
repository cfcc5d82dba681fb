"""The cheapest cells of a table whose hiding gives unproven cells a move."""

from __future__ import annotations

import numpy as np

from evenrise.statistics.small_numbers.cells import Table
from evenrise.statistics.small_numbers.moves import Exchange
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints
from evenrise.statistics.small_numbers.state import State


def shares(state: State, rows: Ints) -> list[tuple[int, int]]:
    """The ways to share the width between up and down that the facts allow."""
    up, down, asked = state.own(rows)
    return [
        (a, width - a)
        for width in np.unique(asked).tolist()
        for a in range(width + 1)
        if ((up >= a) & (down >= width - a)).any()
    ]


def corners(
    table: Table,
    state: State,
    asked: tuple[Ints, Ints],
    exchanges: tuple[Exchange | None, Exchange | None],
) -> tuple[Ints, Flags]:
    """What to hide so that each asked cell gets a move as wide as the rule wants.

    Args:
        table: the table.
        state: what is hidden, and what hiding more costs.
        asked: the rows and the columns of the cells, at most one a row.
        exchanges: of the dimensions along the rows and the columns.

    Returns:
        (facts, stuck): the facts to hide, and which of the asked found none.
    """
    rows, columns = asked
    own = table.cell[rows, columns]
    up, down, width = state.own(own)
    choice = _Choice(table, rows, columns)
    cost = state.cost[table.cell]
    may_up, may_down = state.may_up[table.cell], state.may_down[table.cell]
    for a, b in shares(state, own):
        able = (up >= a) & (down >= b) & (a + b >= width)
        gives = np.where((may_down >= a) & (may_up >= b), cost, np.inf)
        takes = np.where((may_up >= a) & (may_down >= b), cost, np.inf)
        for column in np.unique(columns[able]).tolist():
            choice.rectangles(able & (columns == column), column, gives, takes)
        for axis in (0, 1):
            found = _able(table, exchanges[axis], axis, (a, b))
            if found is not None:
                choice.beside(able, found, gives, axis)
    return choice.facts(), np.isinf(choice.cost)


class _Choice:
    """The cheapest way found so far for each asked cell."""

    def __init__(self, table: Table, rows: Ints, columns: Ints) -> None:
        self.cell, self.rows, self.columns = table.cell, rows, columns
        self.cost: Floats = np.full(len(rows), np.inf)
        # Up to three cells each; the asked cell itself where fewer are needed.
        self.picked = np.repeat(table.cell[rows, columns][:, None], 3, axis=1)

    def facts(self) -> Ints:
        return self.picked[np.isfinite(self.cost)].ravel()

    def _take(self, places: Ints, cost: Floats, picked: Ints) -> None:
        better = cost < self.cost[places]
        self.cost[places[better]] = cost[better]
        self.picked[places[better]] = picked[better]

    def rectangles(
        self, chosen: Flags, column: int, gives: Floats, takes: Floats
    ) -> None:
        """(s, h) and (t, g) give what (s, g) and (t, h) take, for one column g."""
        ring = gives[:, column : column + 1] + takes
        ring[:, column] = np.inf
        first = ring.argmin(axis=0)
        every = np.arange(ring.shape[1])
        best = ring[first, every]
        ring[first, every] = np.inf
        second = ring.argmin(axis=0)
        places = np.flatnonzero(chosen)
        rows = self.rows[places]
        mine = first[None, :] == rows[:, None]  # a row is no partner of its own
        other = np.where(mine, second[None, :], first[None, :])
        total = gives[rows] + np.where(mine, ring[second, every], best)
        at = total.argmin(axis=1)
        line = np.arange(len(places))
        partner = other[line, at]
        picked = np.stack(
            [
                self.cell[rows, at],
                self.cell[partner, column],
                self.cell[partner, at],
            ],
            axis=1,
        )
        self._take(places, total[line, at], picked)

    def beside(self, chosen: Flags, able: Flags, gives: Floats, axis: int) -> None:
        """A cell of the same row or column whose margin can be exchanged."""
        places = np.flatnonzero(chosen)
        rows, columns = self.rows[places], self.columns[places]
        if axis == 1:
            total = np.where(able[columns], gives[rows], np.inf)
        else:
            total = np.where(able[rows], gives[:, columns].T, np.inf)
        at = total.argmin(axis=1)
        one = self.cell[rows, at] if axis == 1 else self.cell[at, columns]
        picked = np.repeat(one[:, None], 3, axis=1)
        self._take(places, total[np.arange(len(places)), at], picked)


def _able(
    table: Table, found: Exchange | None, axis: int, share: tuple[int, int]
) -> Flags | None:
    """Which row (or column) margins can be exchanged with which: (own, other)."""
    slots = table.row_slots if axis == 0 else table.column_slots
    if found is None or slots is None:
        return None
    place = np.full(len(found.up) + 1, -1)
    place[slots[slots >= 0]] = np.flatnonzero(slots >= 0)
    there = place[found.partners]
    known = there >= 0
    enough = (found.up >= share[0]) & (found.down >= share[1])
    able = np.zeros((len(slots), len(slots)), dtype=np.bool_)
    own = np.flatnonzero(slots >= 0)
    able[np.ix_(own, there[known])] = enough[slots[own]][:, known]
    return able if able.any() else None
