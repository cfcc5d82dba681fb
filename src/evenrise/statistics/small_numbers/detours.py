"""Single cells that no rectangle helps: longer ways, and those of their margins."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from evenrise.statistics.small_numbers.cells import Dimension, Table
from evenrise.statistics.small_numbers.flows import Network
from evenrise.statistics.small_numbers.rule import Flags, Ints
from evenrise.statistics.small_numbers.work import Exchanges, Work


_CHEAP = 0.5  # a move that costs no more is taken at once
_JUMPS = 3  # exchanges tried for a line of a table


def go_around(
    work: Work, table: Table, found: Exchanges, asked: tuple[Ints, Ints]
) -> Flags:
    """Hide what gives single cells a longer move; say which found one."""
    state = work.state
    helped = np.zeros(len(asked[0]), dtype=np.bool_)
    partners = (
        _partners_of(work, found, table.rows, table.row_slots),
        _partners_of(work, found, table.columns, table.column_slots),
    )
    for i, (row, column) in enumerate(zip(*(a.tolist() for a in asked), strict=True)):
        own = table.cell[row, column][None]
        if not state.pending_at(own)[0]:
            helped[i] = True
            continue
        up, down, width = (int(one[0]) for one in state.own(own))
        least, best, gain = np.inf, None, 0
        rows = [(row, width, width), *partners[0](row)]
        columns = [(column, width, width), *partners[1](column)]
        fresh = Network.of(table, state)
        for start, row_up, row_down in rows:
            for end, column_up, column_down in columns:
                network = fresh.again()
                most = min(row_up, column_up), min(row_down, column_down)
                jump = (start, len(table.cell) + end), most
                rises = network.around((row, column), jump, (up, down), width)
                if rises is not None and network.spent < least:
                    least, best, gain = network.spent, network.picked, rises
                if least < _CHEAP:
                    break
            if least < _CHEAP:
                break
        if best is not None:
            state.hide(np.array(best, dtype=np.int64), free=True)
            state.proven[own] = True
            state.note_gain(own, np.array([gain]))
            helped[i] = True
    return helped


def _partners_of(
    work: Work, found: Exchanges, dimension: Dimension, slots: Ints | None
) -> Callable[[int], list[tuple[int, int, int]]]:
    """For a line of a table: the lines whose margin can be exchanged for its own."""
    exchanges = found.get(dimension)
    carried = work.carried.get(dimension, {})

    def partners(line: int) -> list[tuple[int, int, int]]:
        if slots is None or slots[line] < 0:
            return []
        own, several = int(slots[line]), []
        if own in carried:
            several.append(carried[own])
        if exchanges is not None:
            up, down = exchanges.up[own].astype(int), exchanges.down[own].astype(int)
            order = np.argsort(-(up + down), kind="stable")[:_JUMPS]
            several += [
                (int(exchanges.partners[j]), int(up[j]), int(down[j]))
                for j in order.tolist()
                if up[j] + down[j] > 0
            ]
        lines = [(np.flatnonzero(slots == one), a, b) for one, a, b in several]
        return [(int(where[0]), a, b) for where, a, b in lines if len(where)]

    return partners
