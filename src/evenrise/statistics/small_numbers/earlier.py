"""What earlier releases mean for a new one: what was read cannot be taken back."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from evenrise.statistics.small_numbers.primary import (
    COUNT,
    EVERYTHING,
    NO_REASON,
    NOTHING,
    WOULD_REVEAL,
    Hiding,
)
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints, Rule


# What names a fact in every release, and what is shown of it.
KEY = (
    "indicator",
    "definition_version",
    "authority",
    "school_year",
    "level",
    "organization_id",
    "group_family",
    "group",
)
COUNTS = ("numerator", "denominator")


def follow_ledger(
    table: pa.Table,
    counts: tuple[Floats, Floats],
    earlier: pa.Table,
    rule: Rule,
    hiding: Hiding,
) -> Flags:
    """Hide what earlier releases make telling, and say what they made public.

    A number once hidden stays hidden. One that was shown and has changed by a few
    students is hidden now: the change would tell of those who came or left. One that
    was shown and has not changed cannot be hidden any more.

    Returns:
        Which facts are public already.
    """
    size = table.num_rows
    keys = pa.table({name: _plain(table.column(name)) for name in KEY})
    keys = keys.append_column("_fact", pa.array(np.arange(size)))
    past = pa.table({name: _plain(earlier.column(name)) for name in KEY})
    for name in COUNTS:
        past = past.append_column(f"_{name}", earlier.column(name).cast(pa.float64()))
    both = keys.join(past, list(KEY), join_type="inner")
    fact = np.asarray(both.column("_fact").to_numpy(), dtype=np.int64)
    x_then, n_then = (_floats(both, f"_{name}") for name in COUNTS)
    x, n = counts[0][fact], counts[1][fact]
    whole, count = np.isnan(n_then), np.isnan(x_then) & ~np.isnan(x)
    for chosen, level in ((whole, EVERYTHING), (count, COUNT)):
        hiding.hide(_at(fact[chosen], size), level, WOULD_REVEAL)
    moved, turned = np.abs(n - n_then), np.abs(x - x_then)
    most = rule.largest_hidden
    few = (moved >= 1) & (moved <= most)
    few |= (turned >= 1) & (turned <= most)
    changed = _at(fact[few & ~whole], size)
    hiding.hide(changed, EVERYTHING, WOULD_REVEAL)
    shown = _at(fact[~whole & ~np.isnan(n_then)], size)
    public: Flags = shown & (hiding.level == NOTHING) & (hiding.reason == NO_REASON)
    return public


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string())


def _floats(table: pa.Table, name: str) -> Floats:
    column = table.column(name).to_numpy(zero_copy_only=False)
    return np.asarray(column, dtype=np.float64)


def _at(rows: Ints, size: int) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    flags[rows] = True
    return flags
