"""Show again what was hidden for nothing.

A number that is a shown sum less other shown numbers is known to everybody: hiding it
protects nobody, and no proof rests on it, for it could not be moved.
"""

from __future__ import annotations

import numpy as np

from evenrise.statistics.small_numbers.cells import Block, Dimension
from evenrise.statistics.small_numbers.primary import COUNT, EVERYTHING, WITHDRAWN
from evenrise.statistics.small_numbers.rule import Ints
from evenrise.statistics.small_numbers.state import State


_ROUNDS = 4


def show_idle(block: Block, state: State) -> None:
    """Show the larger numbers of a block that are known in any case."""
    for _ in range(_ROUNDS):
        found = [
            (cells, least)
            for table in block.tables
            for cell, along in (
                (table.cell, (table.rows, table.row_slots)),
                (table.cell.T, (table.columns, table.column_slots)),
            )
            for least in (COUNT, EVERYTHING)
            if len(cells := _known(block, state, cell, along, least))
        ]
        if not found:
            return
        for cells, least in found:
            state.show(cells, least - 1)


def _known(
    block: Block,
    state: State,
    cell: Ints,
    along: tuple[Dimension, Ints | None],
    least: int,
) -> Ints:
    """The only cell of each line that is hidden so far, where its margin is not.

    `least` is COUNT for whole facts, EVERYTHING for their numbers of students alone.
    """
    dimension, slots = along
    margins = block.margins.get(dimension)
    level = state.level[cell]
    if margins is None or slots is None or not (level >= least).any():
        return np.zeros(0, dtype=np.int64)
    hidden = (level >= least) | (cell == state.unbound)
    margin = margins.margin[np.maximum(slots, 0)]
    told = (slots >= 0) & (state.level[margin] < least) & (state.n[margin] > 0)
    line = np.flatnonzero(told & (hidden.sum(axis=1) == 1))
    alone = cell[line, hidden[line].argmax(axis=1)]
    alone = alone[alone < state.nothing]
    kept = (state.level[alone] < WITHDRAWN) & ~state.before[alone]
    if least == EVERYTHING:
        kept &= state.n[alone] > state.rule.largest_hidden
        kept &= ~state.secret[alone]
    else:
        kept &= ~state.sensitive(alone) & ~state.secret[alone]
    found: Ints = alone[kept]
    return found
