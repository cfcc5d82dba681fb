"""Hide as little more as is needed, until every hidden number is proven safe.

A block is settled when each of its hidden cells has a move (see `moves`) as wide as
the rule asks. Where a cell has none, the cheapest cells that would give it one are
hidden: first among those already hidden, then few rather than many, and small groups
rather than large ones; where a simple move is not to be had, a longer one (`detours`,
`mend_margins`). Where nothing helps, whole rows are hidden without a word why,
then the table is withdrawn from the release, and in the end all but the whole
district's number. Nothing is ever shown again, so a proof once found stays.
"""

from __future__ import annotations

import numpy as np

from evenrise.statistics.small_numbers.cells import Block, Table
from evenrise.statistics.small_numbers.corners import corners
from evenrise.statistics.small_numbers.detours import go_around
from evenrise.statistics.small_numbers.mend_margins import mend_margins
from evenrise.statistics.small_numbers.moves import exchange, prove, table_moves
from evenrise.statistics.small_numbers.primary import COUNT, EVERYTHING
from evenrise.statistics.small_numbers.rule import Flags, Ints
from evenrise.statistics.small_numbers.state import State
from evenrise.statistics.small_numbers.work import Exchanges, Work, withdraw


_ROUNDS = 60


def settle(block: Block, state: State) -> None:
    """Hide what is needed in one block, in the state's phase."""
    root = block.root
    state.proven[block.crossed] = True  # they stand in no table, and are hidden whole
    if state.level[root] >= state.phase and state.n[root] > 0:
        _under_a_hidden_root(block, state)
        return
    work = Work(block, state)
    for _ in range(_ROUNDS):
        if not state.pending_at(block.members).any():
            return
        found = _exchanges(work)
        if mend_margins(work):
            continue
        _prove_tables(work, found)
        if not _mend_tables(work, found):
            break
    if state.pending_at(block.members).any():
        _give_up(block, state)
        left = block.members[state.pending_at(block.members)]
        state.exposed += int(state.sensitive(left).sum())
        state.proven[left] = True


def _under_a_hidden_root(block: Block, state: State) -> None:
    """Hide the whole block, as even the district's own number is hidden.

    All students of the district may then be none or several, and each cell with them.
    """
    root = np.array([block.root])
    if state.phase == EVERYTHING:
        state.withdraw(np.setdiff1d(block.members, root))
    else:
        kept = state.reason[block.root]
        state.hide(block.members, free=True)
        state.reason[block.root] = kept
    state.proven[block.members] = True


def _give_up(block: Block, state: State) -> None:
    """Show nothing of a block but the whole district's number."""
    state.withdraw(np.setdiff1d(block.members, np.array([block.root])))


def _exchanges(work: Work) -> Exchanges:
    """What the margins can exchange, where any is hidden; and their proofs."""
    state, found = work.state, {}
    for dimension, margins in work.block.margins.items():
        hidden = state.up[margins.margin] + state.down[margins.margin] > 0
        if hidden.sum() < 2:
            continue
        one = exchange(margins, state)
        found[dimension] = one
        prove(state, margins.margin, one.way_up.max(1), one.way_down.max(1))
    return found


def _prove_tables(work: Work, found: Exchanges) -> None:
    for number in work.waiting():
        table = work.block.tables[number]
        rows, columns = found.get(table.rows), found.get(table.columns)
        rising, falling = table_moves(table, work.state, rows, columns)
        prove(work.state, table.cell, rising, falling)


# Tables -----------------------------------------------------------------------------


def _mend_tables(work: Work, found: Exchanges) -> bool:
    """Hide what gives unproven cells a move, for one cell of each row at a time."""
    state, waiting = work.state, work.waiting()
    for number in waiting:
        table = work.block.tables[number]
        pending = state.pending_at(table.cell)
        rows = np.flatnonzero(pending.any(axis=1))
        # The largest of a row's cells: what helps it often helps the others.
        size = np.where(pending, state.n[table.cell], -1)[rows]
        columns = size.argmax(axis=1)
        exchanges = found.get(table.rows), found.get(table.columns)
        picked, stuck = corners(table, state, (rows, columns), exchanges)
        state.hide(picked)
        stuck[stuck] = ~go_around(work, table, found, (rows[stuck], columns[stuck]))
        _escalate(work, number, rows[stuck])
    return bool(waiting)


def _escalate(work: Work, number: int, rows: Ints) -> None:
    """Hide whole rows without a word why, then the table; at last withdraw it."""
    state, table = work.state, work.block.tables[number]
    cells = table.cell[rows]
    pending = state.pending_at(cells)
    stuck = pending.any(axis=1)
    key = number, state.phase
    tried = work.tried.setdefault(key, np.zeros(len(table.cell), dtype=np.bool_))
    again = stuck & tried[rows]
    first = stuck & ~tried[rows]
    tried[rows[stuck]] = True
    useful = _useful(work, table)
    state.hide(cells[first][:, useful].ravel(), free=True)
    if not again.any():
        return
    telling = pending & state.sensitive(cells)
    if not telling[again].any():
        # They are hidden for another's sake, who is proven.
        state.proven[cells[again][pending[again]]] = True
    elif number not in work.freed and state.phase == COUNT:
        work.freed.add(number)
        state.hide(table.cell.ravel(), free=True)
    else:
        withdraw(work, table)


def _useful(work: Work, table: Table) -> Flags:
    """The columns in which a hidden cell is not the sum less the others."""
    state = work.state
    hidden = state.up[table.cell] + state.down[table.cell] > 0
    useful: Flags = hidden.sum(axis=0) > 1
    margins = work.block.margins.get(table.columns)
    if margins is not None and table.column_slots is not None:
        told = margins.margin[np.maximum(table.column_slots, 0)]
        useful |= (state.level[told] >= state.phase) & (table.column_slots >= 0)
    return useful
