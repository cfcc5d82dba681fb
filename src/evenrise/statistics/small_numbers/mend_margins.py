"""What gives a hidden margin an exchange: partners, and ways through every table.

First one cell of each table that carries it; else longer ways (`flows`); else what
bars the way is taken out.
"""

from __future__ import annotations

import numpy as np

from evenrise.statistics.small_numbers.cells import (
    SCHOOLS,
    Dimension,
    Margins,
    Table,
)
from evenrise.statistics.small_numbers.corners import shares
from evenrise.statistics.small_numbers.flows import Network
from evenrise.statistics.small_numbers.moves import PARTNERS
from evenrise.statistics.small_numbers.rule import Floats, Ints
from evenrise.statistics.small_numbers.state import State
from evenrise.statistics.small_numbers.work import Work, withdraw, withdraw_dimension


_CHEAP = 0.5  # ways that cost no more are taken at once
_CARRIERS = 8  # partners tried for a margin whose exchange is barred


def mend_margins(work: Work) -> bool:
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
            if _carried(work, dimension, margin):
                continue
            _clear_the_way(work, dimension, margin, blocking)
        done = True
    return done


def _carried(work: Work, dimension: Dimension, margin: int) -> bool:
    """Hide what carries one margin's exchange, by longer moves in each table."""
    state, margins = work.state, work.block.margins[dimension]
    own = margins.margin[margin : margin + 1]
    if not state.sensitive(own)[0]:
        return False
    up, down, cost = state.if_free(margins.margin)
    own_up, own_down, width = (int(one[0]) for one in state.own(own))
    best, least, how = None, np.inf, (0, 0, 0)
    for partner in _near(work, dimension, margin, cost)[:_CARRIERS].tolist():
        if not cost[partner] + _CHEAP < least:
            break
        for a in range(width + 1):
            b = width - a
            if a > min(own_up, down[partner]) or b > min(own_down, up[partner]):
                continue
            found = _ways(work, dimension, (margin, partner), (a, b))
            if found is not None and found[0] + cost[partner] < least:
                least = found[0] + cost[partner]
                best = np.array([*found[1], margins.margin[partner]])
                how = partner, a, b
                if found[0] < _CHEAP:
                    break
    if best is None:
        return False
    state.hide(best, free=True)
    state.proven[own] = True
    state.note_gain(own, np.array([how[1]]))
    carried = work.carried.setdefault(dimension, {})
    carried[margin] = how
    carried.setdefault(how[0], (margin, how[2], how[1]))
    return True


def _near(work: Work, dimension: Dimension, margin: int, cost: Floats) -> Ints:
    """The margins that share a cell with this one in every table, cheapest first."""
    state, margins = work.state, work.block.margins[dimension]
    there = (state.n[margins.cells] > 0) | (margins.cells == state.unbound)
    both = (there & there[margin]).astype(np.int64)
    shared = np.add.reduceat(both, margins.starts, axis=1).min(axis=1) > 0
    shared[margin] = False
    rank = cost.copy()
    helpers = {one[0] for one in work.carried.get(dimension, {}).values()}
    rank[list(helpers)] -= _CHEAP
    order = np.argsort(rank, kind="stable")
    found: Ints = order[shared[order]]
    return found


def _ways(
    work: Work,
    dimension: Dimension,
    between: tuple[int, int],
    share: tuple[int, int],
) -> tuple[float, list[int]] | None:
    """The cheapest ways through each table along a dimension: their cost, their cells.

    Args:
        work: the block.
        dimension: whose margins are exchanged.
        between: the margin that asks, and its partner.
        share: by how much it has to go up, and down.
    """
    spent, picked = 0.0, []
    for table in work.block.margins[dimension].tables:
        along = table.rows == dimension
        slots = table.row_slots if along else table.column_slots
        lines = [np.flatnonzero(slots == one) for one in between]
        if not all(len(line) for line in lines):
            return None
        mine, theirs = (int(line[0]) for line in lines)
        if along:  # a row that ends a way gains, a column that does loses
            mine, theirs = theirs, mine
        else:
            mine, theirs = mine + len(table.cell), theirs + len(table.cell)
        network = Network.of(table, work.state)
        room = network.up.copy(), network.down.copy()
        if network.between(mine, theirs, share[0]) < share[0]:
            return None
        network.up, network.down = room
        if network.between(theirs, mine, share[1]) < share[1]:
            return None
        spent += network.spent
        picked += network.picked
    return spent, picked


def _clear_the_way(
    work: Work, dimension: Dimension, margin: int, blocking: list[Table] | None
) -> None:
    """Take out the tables that bar a margin's exchange; else hide the dimension."""
    state, margins = work.state, work.block.margins[dimension]
    own = margins.margin[margin : margin + 1]
    if not state.sensitive(own)[0]:
        state.proven[own] = True  # hidden for another's sake, who is proven
    elif blocking:
        for table in blocking:
            withdraw(work, table)
    elif dimension not in work.freed:
        work.freed.add(dimension)
        state.hide(margins.margin, free=True)
    else:
        withdraw_dimension(work, dimension)


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
