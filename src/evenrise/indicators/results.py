"""Helpers on a table of facts (`FACT_COLUMNS`): build, choose, read as `Fact`s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from evenrise.vocabulary.facts import FACT_COLUMNS, Fact, Origin, Status
from evenrise.vocabulary.organizations import Level


SCHEMA: pa.Schema = pa.schema(
    [(name, pa.type_for_alias(kind)) for name, kind in FACT_COLUMNS.items()]
)


def empty() -> pa.Table:
    """A table of no facts."""
    return SCHEMA.empty_table()


def from_facts(facts: Iterable[Fact]) -> pa.Table:
    """A table of the facts, in their order."""
    rows = [
        {name: _plain(getattr(fact, name)) for name in FACT_COLUMNS} for fact in facts
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def to_facts(table: pa.Table) -> Iterator[Fact]:
    """The rows as `Fact`s; for small tables and tests."""
    for row in table.select(list(FACT_COLUMNS)).to_pylist():
        row["level"] = Level(row["level"])
        row["status"] = Status(row["status"])
        row["origin"] = Origin(row["origin"])
        yield Fact(**row)


def conform(table: pa.Table) -> pa.Table:
    """The table with every fact column, in order and type; missing ones unknown.

    Raises:
        KeyError: when a column is none of a fact's.
    """
    if strange := set(table.column_names) - set(FACT_COLUMNS):
        raise KeyError(f"{min(strange)!r} is no column of a fact.")
    columns = [
        table[name].cast(SCHEMA.field(name).type)
        if name in table.column_names
        else pa.nulls(len(table), SCHEMA.field(name).type)
        for name in FACT_COLUMNS
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def select(table: pa.Table, **wanted: Any) -> pa.Table:
    """The rows whose columns have the wanted values.

    A value, or a list, tuple or set of values: `select(facts, indicator="dropout",
    school_year=[2024, 2025])`.
    """
    if not wanted:
        return table
    masks = [
        pc.is_in(table[name], value_set=_values(table, name, value))
        for name, value in wanted.items()
    ]
    return table.filter(reduce(pc.and_, masks))


def _values(table: pa.Table, name: str, value: Any) -> pa.Array:
    many = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
    kind = table.schema.field(name).type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.array([_plain(item) for item in many], kind)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
