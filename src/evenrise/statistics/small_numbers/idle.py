"""Show again what was hidden for nothing.

A number that is a shown sum less other shown numbers is known to everybody: hiding it
protects nobody, and no proof rests on it, for it could not be moved.
"""

from __future__ import annotations

import numpy as np

from evenrise.statistics.small_numbers.cells import Block, Dimension
from evenrise.statistics.small_numbers.primary import NOTHING, WITHDRAWN
from evenrise.statistics.small_numbers.rule import Ints
from evenrise.statistics.small_numbers.state import State


_ROUNDS = 4


def show_idle(block: Block, state: State) -> None:
    """Show the larger numbers of a block that are known in any case."""
    for _ in range(_ROUNDS):
        found = [
            cells
            for table in block.tables
            for cells in (
                _known(block, state, table.cell, (table.rows, table.row_slots)),
                _known(block, state, table.cell.T, (table.columns, table.column_slots)),
            )
            if len(cells)
        ]
        if not found:
            return
        state.show(np.concatenate(found))


def _known(
    block: Block,
    state: State,
    cell: Ints,
    along: tuple[Dimension, Ints | None],
) -> Ints:
    """The only hidden cell of each line whose margin is shown."""
    dimension, slots = along
    margins = block.margins.get(dimension)
    level = state.level[cell]
    if margins is None or slots is None or not (level > NOTHING).any():
        return np.zeros(0, dtype=np.int64)
    hidden = (level > NOTHING) | (cell == state.unbound)
    margin = margins.margin[np.maximum(slots, 0)]
    told = (slots >= 0) & (state.level[margin] == NOTHING) & (state.n[margin] > 0)
    line = np.flatnonzero(told & (hidden.sum(axis=1) == 1))
    alone = cell[line, hidden[line].argmax(axis=1)]
    alone = alone[alone < state.nothing]
    kept = ~state.sensitive(alone) & (state.level[alone] < WITHDRAWN)
    kept &= ~state.before[alone]
    found: Ints = alone[kept]
    return found
