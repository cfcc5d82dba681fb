"""protect(): from facts to the only table that publishing accepts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenrise.statistics.rates import wilson_arrays
from evenrise.statistics.small_numbers.cells import Block, blocks
from evenrise.statistics.small_numbers.complement import settle
from evenrise.statistics.small_numbers.earlier import Past, follow_ledger
from evenrise.statistics.small_numbers.idle import show_idle
from evenrise.statistics.small_numbers.keys import encode, ranks
from evenrise.statistics.small_numbers.linked import (
    AMOUNTS,
    Named,
    follow_counts,
    hidden_here,
    hide_amounts,
    hide_nested,
    know_elsewhere,
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
    ProtectedTable,
)
from evenrise.vocabulary.facts import FACT_COLUMNS, Origin, Status


_ROUNDS = 8  # of telling each other which numbers of students are hidden


def protect(
    facts: pa.Table,
    rule: Rule = DEFAULT_RULE,
    *,
    amounts: Mapping[str, str | None] = AMOUNTS,
    earlier: pa.Table | None = None,
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
    """
    table = facts.select(list(FACT_COLUMNS))
    x, n = _numbers(table, "numerator"), _numbers(table, "denominator")
    reported = _is(table, "status", Status.REPORTED)
    mine = _is(table, "origin", Origin.COMPUTED) & reported & (n > 0)
    hiding, exposed, past = Hiding.none(table.num_rows), 0, None
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
        _complement(named, state, amounts)
        follow_counts(named, state, amounts)
        state.store(hiding, table.num_rows)
        exposed = state.exposed
    told = _blank(table, hiding, x_of_students, n, reported)
    gone = hiding.level == WITHDRAWN
    standing = 0
    if past is not None:
        told, standing = _with_standing(told, gone, past), past.rows.num_rows
    elif gone.any():
        told = told.filter(pa.array(~gone))
    left_out = table.filter(pa.array(gone))
    return ProtectedTable(told, rule, left_out, exposed, standing, SEAL)


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


def _complement(named: Named, state: State, amounts: Mapping[str, str | None]) -> None:
    """Hide what would reveal another, over everything that is released together."""
    every = list(blocks(named.codes, state.nothing, state.unbound))
    released = [block for block in every if not state.stands[block.members].all()]
    for block in released:
        state.name_blocks(block.members, block.totals)
        state.level[block.crossed] = EVERYTHING
        for members, watched in block.follow:
            state.follow(members, watched)
    state.begin(EVERYTHING)
    state.follow_all()
    _settle_students(every, released, named, state, amounts)
    state.begin(COUNT)
    for block in released:
        settle(block, state)
    _settle_dependents(released, named, state)
    for block in released:
        show_idle(block, state)


def _settle_dependents(released: list[Block], named: Named, state: State) -> None:
    """Settle again where the students of one indicator are the outcomes of another."""
    told = outcomes_told(named, state)
    if not len(told):
        return
    changed = named.codes.block[np.searchsorted(named.codes.rows, told)]
    again = [block for block in released if block.code in set(changed.tolist())]
    for phase in (EVERYTHING, COUNT):
        for block in again:
            state.turn(phase, block.members)
        if phase == EVERYTHING:
            state.hide(told, free=True)
        for block in again:
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
            state.hide(told_elsewhere(block.members, same, hidden, state))
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
