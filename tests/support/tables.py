"""Tiny snapshots drawn in a test: rows in, a `has`/`parts` folder of Parquet out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from evenrise.records.contracts import CONTRACTS, Kind


_TYPES = {
    Kind.DATE: pa.date32(),
    Kind.YES_NO: pa.bool_(),
    Kind.NUMBER: pa.float64(),
    Kind.INTEGER: pa.int32(),
    Kind.SCHOOL_YEAR: pa.int16(),
}
Rows = Sequence[Mapping[str, Any]]


def schema(table: str) -> pa.Schema:
    """The columns a snapshot gives a table, lineage included."""
    columns = [
        (column.name, _TYPES.get(column.kind, pa.string()))
        for column in CONTRACTS[table].columns
    ]
    return pa.schema([*columns, ("_file", pa.int32()), ("_row", pa.int64())])


@dataclass(frozen=True)
class DrawnSnapshot:
    """A snapshot whose tables a test drew; the rest is not collected."""

    folder: Path
    tables: dict[str, tuple[Path, ...]]
    published: pa.Table | None = None
    id: str = "drawn"
    names: list[dict[str, str | None]] = field(default_factory=list)

    def has(self, table: str) -> bool:
        return table in self.tables

    def parts(self, table: str) -> tuple[Path, ...]:
        return self.tables.get(table, ())  # none where it was not collected

    def facts(self) -> pa.Table:
        if self.published is not None:
            return self.published
        from evenrise.indicators.results import empty

        return empty()

    def organizations(self) -> pa.Table:
        columns = ("level", "organization_id", "name", "district_id")
        kind = pa.schema([(name, pa.string()) for name in columns])
        return pa.Table.from_pylist(self.names, schema=kind)


@dataclass(frozen=True)
class DrawnSettings:
    """A district's settings, as far as indicators read them."""

    name: str = ""
    code: str = ""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    incident_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def draw(
    folder: Path,
    tables: Mapping[str, Rows],
    *,
    parts: int = 1,
    published: pa.Table | None = None,
) -> DrawnSnapshot:
    """Write the rows as Parquet tables of the contract's types.

    Cells may be given as text ("2025-09-02", "Y"); columns left out are blank. A
    table without rows is there and empty: there were none. `parts` splits every
    table into that many files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for name, rows in tables.items():
        kinds = {column.name: column.kind for column in CONTRACTS[name].columns}
        table = pa.Table.from_pylist(
            [
                {
                    **{key: _cell(kinds[key], value) for key, value in row.items()},
                    "_file": 0,
                    "_row": place + 1,
                }
                for place, row in enumerate(rows)
            ],
            schema=schema(name),
        )
        made[name] = tuple(
            _write(_every(table, part, parts), folder, name, part)
            for part in range(parts)
        )
    return DrawnSnapshot(folder, made, published)


def _every(table: pa.Table, part: int, parts: int) -> pa.Table:
    return table.take(pa.array(range(part, len(table), parts), pa.int64()))


def _write(table: pa.Table, folder: Path, name: str, part: int) -> Path:
    path = folder / f"{name}-{part}.parquet"
    pq.write_table(table, path)
    return path


_READERS = {
    Kind.DATE: dt.date.fromisoformat,
    Kind.YES_NO: {"Y": True, "N": False}.__getitem__,
    Kind.NUMBER: float,
    Kind.INTEGER: int,
    Kind.SCHOOL_YEAR: int,
}


def _cell(kind: Kind, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return _READERS.get(kind, str)(value) if value else None
