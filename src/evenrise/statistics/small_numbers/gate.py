"""The gate: a pattern is accepted only if the attack by integer programming fails.

What the suppressor hides it has proven by moves. The gate does not believe it: it
attacks the release as it would leave the house (`audit.attempt`, written apart from
the proofs). Where a number is worked out, more is hidden around it, and the years
concerned are attacked again: first its row and column, then its tables are left out,
then all but the district's own number.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenrise.statistics.small_numbers.audit import attempt, truth_of
from evenrise.statistics.small_numbers.cells import Block, Table
from evenrise.statistics.small_numbers.knowledge import LEFT_OUT
from evenrise.statistics.small_numbers.primary import EVERYTHING, WITHDRAWN
from evenrise.statistics.small_numbers.rule import Flags, Ints
from evenrise.statistics.small_numbers.state import State
from evenrise.statistics.small_numbers.table import HIDDEN_BECAUSE, Passed
from evenrise.statistics.small_numbers.work import Work, withdraw, withdraw_dimension


_REPAIRS = 3


def pass_gate(
    released: list[Block],
    state: State,
    facts: pa.Table,
    tell: Callable[[], pa.Table],
    effort: float,
) -> Passed:
    """Attack, repair and attack again.

    Args:
        released: the blocks, settled.
        state: what is hidden; changed where a repair is needed.
        facts: the facts, with their true counts.
        tell: writes all the facts as they would be told now, one row each.
        effort: see `audit`.
    """
    truth, attacked, unsettled = truth_of(facts), 0, 0
    blocks = released
    for repair in range(_REPAIRS + 1):
        mine = _members(blocks, facts.num_rows)
        if not mine.any():
            break
        made = attempt(
            _left_out(tell(), state), mine, truth[:, mine], state.rule, effort
        )
        if repair == 0:
            attacked, unsettled = int(made.asked.sum()), made.unsettled
        worked_out = made.rows[made.narrow.any(axis=0)]
        worked_out = worked_out[~state.public[worked_out]]
        if not len(worked_out):
            return Passed(attacked, unsettled, 0)
        if repair == _REPAIRS:
            return Passed(attacked, unsettled, len(worked_out))
        blocks = [one for one in blocks if np.isin(worked_out, one.members).any()]
        for block in blocks:
            own = worked_out[np.isin(worked_out, block.members)]
            _repair(block, state, own, repair)
    return Passed(attacked, unsettled, 0)


def _members(blocks: list[Block], size: int) -> Flags:
    found = np.zeros(size, dtype=np.bool_)
    for block in blocks:
        found[block.members] = True
    return found


def _left_out(told: pa.Table, state: State) -> pa.Table:
    """What is told, with a word where not even a row is."""
    gone = pa.array(state.level[: told.num_rows] == WITHDRAWN)
    because = pc.if_else(gone, pa.scalar(LEFT_OUT), told[HIDDEN_BECAUSE])
    place = told.column_names.index(HIDDEN_BECAUSE)
    return told.set_column(place, HIDDEN_BECAUSE, because)


def _repair(block: Block, state: State, worked_out: Ints, turn: int) -> None:
    """Hide more around what was worked out."""
    state.phase = EVERYTHING
    root = np.array([block.root])
    tables = [one for one in block.tables if np.isin(worked_out, one.cell).any()]
    inside = np.concatenate([one.cell.ravel() for one in tables] or [root[:0]])
    alone = np.setdiff1d(worked_out, inside)
    if turn == 2 or np.isin(root, worked_out).any():
        state.withdraw(np.setdiff1d(block.members, root))
        return
    work = Work(block, state)
    for table in tables:
        if turn == 0:
            _around(table, state, worked_out)
        else:
            withdraw(work, table)
    for dimension, margins in block.margins.items():
        if np.isin(alone, margins.margin).any():
            if turn == 0:
                state.hide(margins.margin, EVERYTHING, free=True)
            else:
                withdraw_dimension(work, dimension)


def _around(table: Table, state: State, worked_out: Ints) -> None:
    rows, columns = np.nonzero(np.isin(table.cell, worked_out))
    state.hide(table.cell[rows].ravel(), EVERYTHING, free=True)
    state.hide(table.cell[:, columns].ravel(), EVERYTHING, free=True)
