"""protect(): from facts to the only table that publishing accepts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenrise.statistics.rates import wilson_arrays
from evenrise.statistics.small_numbers.primary import (
    COUNT,
    EVERYTHING,
    NO_REASON,
    NOTHING,
    REASONS,
    Hiding,
    hide_small,
)
from evenrise.statistics.small_numbers.rule import DEFAULT_RULE, Flags, Floats, Rule
from evenrise.statistics.small_numbers.table import (
    HIDDEN_BECAUSE,
    LOWER,
    PROTECTED_COLUMNS,
    SEAL,
    UPPER,
    ProtectedTable,
)
from evenrise.vocabulary.facts import FACT_COLUMNS, Origin, Status


def protect(facts: pa.Table, rule: Rule = DEFAULT_RULE) -> ProtectedTable:
    """Hide what is too few to show, and what would reveal it.

    Facts computed from student records are protected; facts that an agency published
    stand as printed (`origin` marks them).

    Args:
        facts: a table with the columns of `FACT_COLUMNS`.
        rule: what is too few.
    """
    table = facts.select(list(FACT_COLUMNS))
    x, n = _numbers(table, "numerator"), _numbers(table, "denominator")
    reported = _is(table, "status", Status.REPORTED)
    mine = _is(table, "origin", Origin.COMPUTED) & reported
    hiding = Hiding.none(table.num_rows)
    hide_small(x, n, rule, hiding, mine)
    return ProtectedTable(_blank(table, hiding, x, n, reported), rule, SEAL)


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
