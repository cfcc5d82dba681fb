"""A look at some rows of a difference: which columns changed, and a few examples.

Names, days of birth and free text about people are never shown: a row is told by its
key, and a cell by its code, number or day.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evenrise.records.contracts import CONTRACTS, Contract
from evenrise.records.contracts.contract import Kind
from evenrise.records.report import Difference
from evenrise.records.snapshots import Snapshot


MOST_ROWS = 1_000_000  # of a table; longer ones are counted, not looked into
EXAMPLES = 3
# Tables that tell of no person: their words may be shown too.
_OF_NOBODY = frozenset(
    {"schools", "calendar", "sections", "spending", "facilities", "published_facts"}
)
_PRIVATE = frozenset({"birth_date", "respondent_key"})


def samples(
    before: Snapshot | None, after: Snapshot, differences: Mapping[str, Difference]
) -> dict[str, Any]:
    """For each table with a difference: columns that changed, and examples.

    Returns:
        By table: `columns` (name and how many rows), `new` and `gone` (a few keys),
        `changed` (a few keys, each with column, before and after).
    """
    if before is None:
        return {}
    found = {}
    for table, told in differences.items():
        quiet = not (told.new or told.changed or told.gone)
        long = max(before.rows(table), after.rows(table)) > MOST_ROWS
        if not quiet and not long and before.has(table) and after.has(table):
            found[table] = _look(CONTRACTS[table], before, after)
    return found


def _look(contract: Contract, before: Snapshot, after: Snapshot) -> dict[str, Any]:
    old, new = _read(contract, before), _read(contract, after)
    old_key, new_key = _key(contract, old), _key(contract, new)
    place = pc.index_in(new_key, value_set=old_key)
    known = pc.is_valid(place)
    both = new.filter(known)
    then = old.take(place.drop_null())
    keys = new_key.filter(known)
    columns, rows = [], []
    for name in contract.names:
        if name in contract.key or name not in both.column_names:
            continue
        differs = _differ(both[name], then[name])
        often = pc.sum(differs).as_py() or 0
        if not often:
            continue
        columns.append([name, often])
        for row in pc.indices_nonzero(differs)[:EXAMPLES].to_pylist():
            if _may_be_shown(contract, name):
                cells = then[name][row].as_py(), both[name][row].as_py()
                rows.append([keys[row].as_py(), name, *cells])
    gone = pc.invert(pc.is_in(old_key, value_set=new_key))
    return {
        "columns": sorted(columns, key=lambda one: -one[1]),
        "changed": rows[: 2 * EXAMPLES],
        "new": new_key.filter(pc.invert(known))[:EXAMPLES].to_pylist(),
        "gone": old_key.filter(gone)[:EXAMPLES].to_pylist(),
    }


def _read(contract: Contract, snapshot: Snapshot) -> pa.Table:
    """A table as text; what was not collected is empty."""
    told = set(snapshot.columns(contract.name)) | set(contract.key)
    parts = [
        pq.read_table(part, columns=[name for name in contract.names if name in told])
        for part in snapshot.parts(contract.name)
    ]
    whole = pa.concat_tables(parts, promote_options="permissive")
    rows = whole.num_rows
    return pa.table(
        {
            name: pc.cast(whole[name], pa.string()).combine_chunks()
            if name in whole.column_names
            else pa.nulls(rows, pa.string())
            for name in contract.names
        }
    )


def _key(contract: Contract, table: pa.Table) -> pa.Array:
    """What tells a row from others; where nothing does, all that it says."""
    told = contract.key or contract.names
    columns = [pc.fill_null(table[name], "") for name in told]
    joined = pc.binary_join_element_wise(*columns, " · ")
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined


def _differ(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.Array:
    """Whether two cells differ; nothing and nothing are the same."""
    different = pc.fill_null(pc.not_equal(one, other), False)
    emptied = pc.xor(pc.is_null(one), pc.is_null(other))
    found = pc.or_(different, emptied)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _may_be_shown(contract: Contract, name: str) -> bool:
    if name in _PRIVATE:
        return False
    return contract.name in _OF_NOBODY or contract.column(name).kind is not Kind.TEXT
