"""Hide as little more as is needed, until every hidden number is proven safe.

A block is settled when each of its hidden cells has a move (see `moves`) as wide as
the rule asks. Where a cell has none, the cheapest cells that would give it one are
hidden: first among those already hidden, then few rather than many, and small groups
rather than large ones. Where nothing helps, whole rows are hidden without a word why,
then the table is withdrawn from the release, and in the end all but the whole
district's number. Nothing is ever shown again, so a proof once found stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from evenrise.statistics.small_numbers.cells import (
    SCHOOLS,
    Block,
    Dimension,
    Margins,
    Table,
)
from evenrise.statistics.small_numbers.corners import corners, shares
from evenrise.statistics.small_numbers.keys import SPLIT_FAMILY, WHOLE_FAMILY
from evenrise.statistics.small_numbers.moves import (
    PARTNERS,
    Exchange,
    exchange,
    prove,
    table_moves,
)
from evenrise.statistics.small_numbers.primary import COUNT, EVERYTHING
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints
from evenrise.statistics.small_numbers.state import State


_ROUNDS = 60
Exchanges = dict[tuple[str, str], Exchange]


@dataclass(slots=True)
class _Work:
    """One block in one phase, and what was tried already where nothing helped."""

    block: Block
    state: State
    tried: dict[tuple[int, int], Flags] = field(default_factory=dict)
    freed: set[Dimension | int] = field(default_factory=set)
    table_of: Ints = field(init=False)

    def __post_init__(self) -> None:
        # The table of each fact of the block, by its place among the members.
        self.block.members.sort()
        self.table_of = np.full(len(self.block.members), -1)
        for number, table in enumerate(self.block.tables):
            cells = table.cell.ravel()
            cells = cells[cells < self.state.nothing]
            self.table_of[np.searchsorted(self.block.members, cells)] = number

    def waiting(self) -> list[int]:
        """The tables with a hidden cell that is not yet proven safe."""
        waiting = np.unique(self.table_of[self.state.pending_at(self.block.members)])
        return [number for number in waiting.tolist() if number >= 0]


def settle(block: Block, state: State) -> None:
    """Hide what is needed in one block, in the state's phase."""
    root = block.root
    state.proven[block.crossed] = True  # they stand in no table, and are hidden whole
    if state.level[root] >= state.phase and state.n[root] > 0:
        _under_a_hidden_root(block, state)
        return
    work = _Work(block, state)
    for _ in range(_ROUNDS):
        if not state.pending_at(block.members).any():
            return
        found = _exchanges(work)
        if _mend_margins(work):
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


def _exchanges(work: _Work) -> Exchanges:
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


def _prove_tables(work: _Work, found: Exchanges) -> None:
    for number in work.waiting():
        table = work.block.tables[number]
        rows, columns = found.get(table.rows), found.get(table.columns)
        rising, falling = table_moves(table, work.state, rows, columns)
        prove(work.state, table.cell, rising, falling)


# Margins ----------------------------------------------------------------------------


def _mend_margins(work: _Work) -> bool:
    """Hide what gives the unproven margins of one dimension an exchange."""
    state, done = work.state, False
    for dimension, margins in work.block.margins.items():
        asked = np.flatnonzero(state.pending_at(margins.margin))
        if not len(asked):
            continue
        if dimension[0] == SCHOOLS:
            asked = asked[:PARTNERS]  # what helps one often helps the next
        chosen, stuck = _partners_for(margins, state, asked)
        state.hide(chosen)
        for margin, blocking in stuck:
            _clear_the_way(work, dimension, margin, blocking)
        done = True
    return done


def _clear_the_way(
    work: _Work, dimension: Dimension, margin: int, blocking: list[Table] | None
) -> None:
    """Take out the tables that bar a margin's exchange; else hide the dimension."""
    state, margins = work.state, work.block.margins[dimension]
    own = margins.margin[margin : margin + 1]
    if not state.sensitive(own)[0]:
        state.proven[own] = True  # hidden for another's sake, who is proven
    elif blocking:
        for table in blocking:
            _withdraw(work, table)
    elif dimension not in work.freed:
        work.freed.add(dimension)
        state.hide(margins.margin, free=True)
    else:
        _withdraw_dimension(work, dimension)


def _partners_for(
    margins: Margins, state: State, asked: Ints
) -> tuple[Ints, list[tuple[int, list[Table] | None]]]:
    """The facts to hide so that each asked margin can be exchanged with another.

    Also the margins that find no partner, with the tables that bar the way to the
    nearest one; None when there is none even without tables.
    """
    candidates = _candidates(margins, state)
    partner = margins.margin[candidates]
    picks: list[Ints] = [np.zeros(0, dtype=np.int64)] * len(asked)
    best = np.full(len(asked), np.inf)
    bars: list[list[Table] | None] = [None] * len(asked)
    up, down, width = state.own(margins.margin[asked])
    for a, b in shares(state, margins.margin[asked]):
        fits = (state.may_down[partner] >= a) & (state.may_up[partner] >= b)
        able = ((up >= a) & (down >= b) & (a + b >= width))[:, None] & fits[None, :]
        able &= asked[:, None] != candidates[None, :]
        least, at = _through_tables(margins, state, (asked, candidates), (a, b))
        barred = np.isinf(least)
        total = least.sum(axis=2) + state.cost[partner][None, :]
        total[~able] = np.inf
        choice = total.argmin(axis=1)
        rank = np.where(able, barred.sum(axis=2), margins.cells.size)
        for i in range(len(asked)):
            j = int(choice[i])
            if total[i, j] < best[i]:
                best[i], columns = total[i, j], at[i, j]
                mine, theirs = (
                    margins.cells[v, columns] for v in (asked[i], candidates[j])
                )
                picks[i] = np.concatenate([mine, theirs, partner[j : j + 1]])
            elif able[i].any():
                near = np.flatnonzero(barred[i, int(rank[i].argmin())])
                if bars[i] is None or len(near) < len(bars[i] or ()):
                    bars[i] = [margins.tables[k] for k in near.tolist()]
    stuck = [(int(asked[i]), bars[i]) for i in np.flatnonzero(np.isinf(best)).tolist()]
    return np.concatenate(picks), stuck


def _through_tables(
    margins: Margins,
    state: State,
    between: tuple[Ints, Ints],
    share: tuple[int, int],
) -> tuple[Floats, Ints]:
    """The cheapest cells of each table that carry an exchange, and their cost.

    Returns:
        (cost, column): both (asked, partners, tables).
    """
    (asked, candidates), (a, b), cells = between, share, margins.cells
    cost = state.cost[cells]
    gives, takes = state.may_down[cells], state.may_up[cells]
    mine = np.where((takes >= a) & (gives >= b), cost, np.inf)[asked]
    theirs = np.where((gives >= a) & (takes >= b), cost, np.inf)[candidates]
    pair = mine[:, None, :] + theirs[None, :, :]
    return (
        np.minimum.reduceat(pair, margins.starts, axis=2),
        _first_best(pair, margins.starts),
    )


def _first_best(pair: Floats, starts: Ints) -> Ints:
    """For each table, which of its cells is the cheapest: (asked, partner, table)."""
    ends = np.append(starts[1:], pair.shape[2])
    return np.stack(
        [
            start + pair[:, :, start:end].argmin(axis=2)
            for start, end in zip(starts, ends, strict=True)
        ],
        axis=2,
    )


def _candidates(margins: Margins, state: State) -> Ints:
    if len(margins.margin) <= PARTNERS:
        return np.arange(len(margins.margin))
    room = np.minimum(state.may_up, state.may_down)[margins.margin]
    cost = np.where(room > 0, state.cost[margins.margin] - room, np.inf)
    return np.sort(np.argsort(cost, kind="stable")[:PARTNERS])


# Tables -----------------------------------------------------------------------------


def _mend_tables(work: _Work, found: Exchanges) -> bool:
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
        _escalate(work, number, rows[stuck])
    return bool(waiting)


def _escalate(work: _Work, number: int, rows: Ints) -> None:
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
        _withdraw(work, table)


def _useful(work: _Work, table: Table) -> Flags:
    """The columns in which a hidden cell is not the sum less the others."""
    state = work.state
    hidden = state.up[table.cell] + state.down[table.cell] > 0
    useful: Flags = hidden.sum(axis=0) > 1
    margins = work.block.margins.get(table.columns)
    if margins is not None and table.column_slots is not None:
        told = margins.margin[np.maximum(table.column_slots, 0)]
        useful |= (state.level[told] >= state.phase) & (table.column_slots >= 0)
    return useful


def _withdraw(work: _Work, table: Table) -> None:
    """Take a table out of the release, and what would tell it again."""
    sides = {table.rows[0], table.columns[0]}
    for other in work.block.tables:
        own = {other.rows[0], other.columns[0]}
        finer = {WHOLE_FAMILY if f == SPLIT_FAMILY else f for f in own}
        if sides in (own, finer):
            work.state.withdraw(other.cell.ravel())


def _withdraw_dimension(work: _Work, dimension: Dimension) -> None:
    """Take a family, or the schools, out of the release."""
    gone = {dimension[0]}
    if WHOLE_FAMILY in gone:
        gone.add(SPLIT_FAMILY)
    for other, margins in work.block.margins.items():
        if other[0] in gone:
            work.state.withdraw(margins.margin)
    for table in work.block.tables:
        if gone & {table.rows[0], table.columns[0]}:
            work.state.withdraw(table.cell.ravel())
