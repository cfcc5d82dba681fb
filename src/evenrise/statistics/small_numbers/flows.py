"""Longer moves, for numbers that no rectangle helps.

A table of sums is a network: to take a student out of cell (s, g) and to put one into
(s, h) leads from g to h through row s. A number can go up by one if a cheapest way
leads round from its row to its column; several students may go several ways. So even
groups of one or two students in each school protect each other.

Source: Gusfield 1988, SIAM J. Comput. 17:552 (graph theory of cell suppression).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from evenrise.statistics.small_numbers.cells import Table
from evenrise.statistics.small_numbers.rule import Floats, Ints
from evenrise.statistics.small_numbers.state import State


_STEP = 1e-4  # of two ways that cost the same the shorter one is taken


@dataclass(slots=True)
class Network:
    """A table's cells: how far each can still be moved, and what hiding it costs."""

    table: Table
    up: Ints
    down: Ints
    cost: Floats
    picked: list[int] = field(default_factory=list)
    spent: float = 0.0

    @classmethod
    def of(cls, table: Table, state: State) -> Network:
        """The network of a table, each cell of which may be hidden without a word."""
        up, down, cost = state.if_free(table.cell)
        return cls(table, up.astype(np.int64), down.astype(np.int64), cost)

    def again(self) -> Network:
        """The same network, before anything was moved."""
        return Network(self.table, self.up.copy(), self.down.copy(), self.cost.copy())

    def around(
        self,
        cell: tuple[int, int],
        jump: tuple[tuple[int, int], tuple[int, int]],
        room: tuple[int, int],
        width: int,
    ) -> int | None:
        """Find ways by which one cell moves over the width; what they hide is picked.

        Args:
            cell: its row and column.
            jump: other lines whose margins can be exchanged for those of the cell's
                own row and column, and how many may move so, up and down.
            room: how far the cell itself may go up and down.
            width: how far it has to.

        Returns:
            By how much it goes up; None when there are not enough ways.
        """
        own = cell[0], len(self.up) + cell[1]
        other, most = jump
        kept = self.up.copy(), self.down.copy()
        self.up[cell] = self.down[cell] = 0
        before = self.up.copy(), self.down.copy()
        wanted = min(room[0], width)
        rises = self.between(*own, wanted)
        rises += self.between(*other, min(wanted - rises, most[0]))
        self.up, self.down = before
        missing = width - rises
        falls = 0
        if 0 < missing <= room[1]:
            falls = self.between(*own[::-1], missing)
            falls += self.between(*other[::-1], min(missing - falls, most[1]))
        self.up, self.down = kept
        return rises if falls == missing else None

    def between(self, start: int, end: int, units: int) -> int:
        """Move up to `units` from one line to another; give how many found a way.

        Lines are numbered rows first, then columns: `start` loses, `end` gains if it
        is a row; a column the other way round.
        """
        for sent in range(units):
            way = self._cheapest(start, end)
            if way is None:
                return sent
            self._walk(way)
        return units

    def _cheapest(self, start: int, end: int) -> list[tuple[int, int, int]] | None:
        """The cheapest way as (row, column, +1 or -1) steps, by Bellman and Ford."""
        rows, columns = self.up.shape
        falls = np.where(self.down > 0, self.cost + _STEP, np.inf)  # row to column
        rises = np.where(self.up > 0, self.cost + _STEP, np.inf)  # column to row
        far = np.full(rows + columns, np.inf)
        far[start] = 0.0
        before = np.full(rows + columns, -1)
        every_row, every_column = np.arange(rows), np.arange(columns)
        for _ in range(rows + columns):
            ring = far[:rows, None] + falls
            best = ring.argmin(axis=0)
            value = ring[best, every_column]
            better = value < far[rows:]
            far[rows:][better] = value[better]
            before[rows:][better] = best[better]
            ring = rises + far[rows:][None, :]
            best = ring.argmin(axis=1)
            value = ring[every_row, best]
            more = value < far[:rows]
            far[:rows][more] = value[more]
            before[:rows][more] = rows + best[more]
            if not (better.any() or more.any()):
                break
        if np.isinf(far[end]):
            return None
        way, at = [], end
        while at != start:
            last = int(before[at])
            row, column = (last, at - rows) if at >= rows else (at, last - rows)
            way.append((row, column, -1 if at >= rows else 1))
            at = last
        return way

    def _walk(self, way: list[tuple[int, int, int]]) -> None:
        """Go a way: its cells have so much less room, and are hidden from now on."""
        for row, column, step in way:
            self.up[row, column] -= step
            self.down[row, column] += step
            if self.cost[row, column] > 0:
                self.spent += float(self.cost[row, column])
                self.cost[row, column] = 0.0
                self.picked.append(int(self.table.cell[row, column]))
