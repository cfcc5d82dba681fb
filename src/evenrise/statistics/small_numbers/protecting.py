"""protect(): from facts to the only table that publishing accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenrise.statistics.rates import wilson_arrays
from evenrise.statistics.small_numbers.cells import Block, blocks
from evenrise.statistics.small_numbers.complement import settle
from evenrise.statistics.small_numbers.earlier import Past, follow_ledger
from evenrise.statistics.small_numbers.gate import pass_gate
from evenrise.statistics.small_numbers.idle import show_idle
from evenrise.statistics.small_numbers.keys import encode, ranks
from evenrise.statistics.small_numbers.linked import (
    AMOUNTS,
    APART_FROM,
    OUTCOMES_OF,
    Named,
    follow_counts,
    hidden_here,
    hide_amounts,
    hide_nested,
    know_elsewhere,
    leave_room,
    outcomes_told,
    same_students,
    told_elsewhere,
)
from evenrise.statistics.small_numbers.primary import (
    COUNT,
    EVERYTHING,
    NO_REASON,
    NOTHING,
    REASONS,
    WITHDRAWN,
    Hiding,
    hide_small,
)
from evenrise.statistics.small_numbers.rule import DEFAULT_RULE, Flags, Floats, Rule
from evenrise.statistics.small_numbers.state import State
from evenrise.statistics.small_numbers.table import (
    HIDDEN_BECAUSE,
    LOWER,
    PROTECTED_COLUMNS,
    PROTECTED_SCHEMA,
    SEAL,
    UPPER,
    Passed,
    ProtectedTable,
)
from evenrise.statistics.small_numbers.witnesses import EFFORT
from evenrise.vocabulary.facts import FACT_COLUMNS, Origin, Status


_ROUNDS = 8  # of telling each other which numbers of students are hidden


def protect(
    facts: pa.Table,
    rule: Rule = DEFAULT_RULE,
    *,
    amounts: Mapping[str, str | None] = AMOUNTS,
    earlier: pa.Table | None = None,
    effort: float = EFFORT,
) -> ProtectedTable:
    """Hide what is too few to show, and what would reveal it.

    Facts computed from student records are protected; facts that an agency published
    stand as printed (`origin` marks them). Denominators count students; numerators
    too, unless the indicator stands in `amounts`.

    Args:
        facts: a table with the columns of `FACT_COLUMNS`.
        rule: what is too few.
        amounts: indicators whose numerator is an amount, with the indicator that
            counts the students behind it.
        earlier: what was published before (`Ledger.published()`): it stays as it was.
        effort: how much of the attack that the pattern has to withstand is afforded
            (`witnesses.EFFORT`: every number of a district of 60 schools).
    """
    table = facts.select(list(FACT_COLUMNS))
    x, n = _numbers(table, "numerator"), _numbers(table, "denominator")
    reported = _is(table, "status", Status.REPORTED)
    mine = _is(table, "origin", Origin.COMPUTED) & reported & (n > 0)
    hiding, past, passed = Hiding.none(table.num_rows), None, Passed(0, 0, 0)
    x_of_students = np.where(_among(table, amounts), np.nan, x)
    hide_small(x_of_students, n, rule, hiding, mine)
    if mine.any():
        named = _named(table, mine)
        hide_amounts(named, (x, n), rule, hiding, amounts)
        hide_nested(named, (x_of_students, n), rule, hiding)
        if earlier is not None and earlier.num_rows:
            past = follow_ledger(table, mine, (x, n), earlier, rule, hiding)
            past.settle(hiding, x_of_students, n)
        state = State(hiding, x_of_students, n, rule)
        if past is not None:
            state.remember(past, mine)
        released = _complement(named, state, amounts)

        def tell() -> pa.Table:
            """Write every fact as it would be told now, and what all know of it."""
            _follow(named, state, amounts)
            state.store(hiding, table.num_rows)
            seen = np.where(state.public[: table.num_rows], NOTHING, hiding.level)
            known = Hiding(seen, hiding.reason, hiding.lower, hiding.upper)
            return _blank(table, known, x_of_students, n, reported)

        passed = pass_gate(released, state, table, tell, effort)
        tell()
        passed = replace(passed, exposed=passed.exposed + state.exposed)
    told = _blank(table, hiding, x_of_students, n, reported)
    gone = hiding.level == WITHDRAWN
    standing = 0
    if past is not None:
        told, standing = _with_standing(told, gone, past), past.rows.num_rows
    elif gone.any():
        told = told.filter(pa.array(~gone))
    left_out = table.filter(pa.array(gone))
    return ProtectedTable(told, rule, left_out, passed, standing, SEAL)


def _with_standing(told: pa.Table, gone: Flags, past: Past) -> pa.Table:
    """Put the rows that stand as they were released in their places."""
    kept = np.flatnonzero(~gone & ~past.stands)
    both = pa.concat_tables(
        [
            told.take(pa.array(kept)).cast(PROTECTED_SCHEMA),
            past.rows.cast(PROTECTED_SCHEMA),
        ]
    )
    order = np.argsort(np.concatenate([kept, past.place]), kind="stable")
    return both.take(pa.array(order))


def _follow(named: Named, state: State, amounts: Mapping[str, str | None]) -> None:
    """Hide what tells, under another name, what is hidden by now."""
    if _dependent(named).any():
        state.hide(outcomes_told(named, state)[0], EVERYTHING, free=True)
    follow_counts(named, state, amounts)


def _complement(
    named: Named, state: State, amounts: Mapping[str, str | None]
) -> list[Block]:
    """Hide what would reveal another, over everything that is released together.

    Returns:
        The blocks that were settled.
    """
    every = list(blocks(named.codes, state.nothing, state.unbound))
    released = [block for block in every if not state.stands[block.members].all()]
    for block in released:
        state.name_blocks(block.members, block.totals)
        state.level[block.crossed] = EVERYTHING
        for members, watched in block.follow:
            state.follow(members, watched)
    state.begin(EVERYTHING)
    state.follow_all()
    later = _dependent(named)
    first = [block for block in released if not later[block.code]]
    _settle_students(every, first, named, state, amounts)
    state.begin(COUNT)
    apart = {int(c) for key in APART_FROM for c in named.codes.block[named.of(key)]}
    for turn in (False, True):
        for block in first:
            if (block.code in apart) == turn:
                settle(block, state)
        if apart and not turn:
            leave_room(named, state)
            state.refresh(np.arange(len(state.n)))
    _settle_dependents([block for block in released if later[block.code]], named, state)
    for block in released:
        show_idle(block, state)
    return released


def _dependent(named: Named) -> Flags:
    """Blocks, by number, whose students are the outcomes of another indicator."""
    found = np.zeros(int(named.codes.block.max(initial=0)) + 1, dtype=np.bool_)
    for indicator, of in OUTCOMES_OF.items():
        if len(named.of(of)):
            found[named.codes.block[named.of(indicator)]] = True
    return found


def _settle_dependents(blocks: list[Block], named: Named, state: State) -> None:
    """Settle where the students of one indicator are the outcomes of another.

    Exactly the numbers are hidden that are hidden there: to hide more would help
    nobody, and to hide less would tell.
    """
    if not blocks:
        return
    hidden, shown = outcomes_told(named, state)
    state.told[shown] = True
    for phase in (EVERYTHING, COUNT):
        for block in blocks:
            state.turn(phase, block.members)
        if phase == EVERYTHING:
            state.hide(hidden, free=True)
        for block in blocks:
            settle(block, state)


def _settle_students(
    every: list[Block],
    released: list[Block],
    named: Named,
    state: State,
    amounts: Mapping[str, str | None],
) -> None:
    """Settle the numbers of students, alike under whatever indicator they stand.

    One block after the other: each first takes over what those before it hide, or two
    indicators would choose different numbers, and both were lost under both.
    """
    leading = np.ones(len(every), dtype=np.bool_)
    for indicator in amounts:
        leading[named.codes.block[named.of(indicator)]] = False
    same = same_students(named, state)
    hidden = np.zeros(int(same.max(initial=0)) + 1, dtype=np.bool_)
    for block in every:
        if leading[block.code] and state.stands[block.members].all():
            hidden[hidden_here(block.members, same, state)] = True
    know_elsewhere(same, hidden, state)
    again = released
    for _ in range(_ROUNDS):
        for block in again:
            wanted = told_elsewhere(block.members, same, hidden, state)
            state.secret[wanted] = True
            state.hide(wanted)
            settle(block, state)
            if leading[block.code]:
                hidden[hidden_here(block.members, same, state)] = True
        again = [
            block
            for block in released
            if len(told_elsewhere(block.members, same, hidden, state))
        ]
        if not again:
            return


def _named(table: pa.Table, mine: Flags) -> Named:
    indicator, words = ranks(table.column("indicator").filter(pa.array(mine)))
    return Named(encode(table, mine), indicator, tuple(str(word) for word in words))


def _among(table: pa.Table, indicators: Mapping[str, str | None]) -> Flags:
    words = pa.array(list(indicators), pa.string())
    column = table.column("indicator")
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    found = pc.fill_null(pc.is_in(column, words), False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _numbers(table: pa.Table, name: str) -> Floats:
    column = table.column(name).cast(pa.float64())
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64).copy()


def _is(table: pa.Table, name: str, word: str) -> Flags:
    found = pc.fill_null(pc.equal(table.column(name), pa.scalar(word)), False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _blank(
    table: pa.Table, hiding: Hiding, x: Floats, n: Floats, reported: Flags
) -> pa.Table:
    """Write the table as it may be shown, with its three further columns."""
    shown = hiding.level == NOTHING
    rated = reported & shown & (n > 0) & (x >= 0) & (x <= n)
    lower, upper = hiding.lower.copy(), hiding.upper.copy()
    lower[rated], upper[rated] = wilson_arrays(x[rated], n[rated])
    columns = {name: table.column(name) for name in table.column_names}
    columns["numerator"] = _where(hiding.level < COUNT, columns["numerator"])
    columns["denominator"] = _where(hiding.level < EVERYTHING, columns["denominator"])
    columns["value"] = _where(shown, columns["value"])
    columns["status"] = pc.if_else(
        pa.array(shown), columns["status"].cast(pa.string()), str(Status.SUPPRESSED)
    )
    columns[LOWER] = pa.array(lower, mask=np.isnan(lower))
    columns[UPPER] = pa.array(upper, mask=np.isnan(upper))
    columns[HIDDEN_BECAUSE] = pa.DictionaryArray.from_arrays(
        pa.array(hiding.reason, mask=hiding.reason == NO_REASON),
        pa.array([str(reason) for reason in REASONS]),
    ).cast(pa.string())
    return pa.table({name: columns[name] for name in PROTECTED_COLUMNS})


def _where(kept: Flags, column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pa.array(kept), column, pa.scalar(None, column.type))
