"""Texts that a spreadsheet would run: kept as text, and told once a file.

Nearly no record holds one, so the statistics of the Parquet parts are asked first:
only columns whose smallest and largest texts leave room for one are read.
"""

# ruff: noqa: S608 - names are our own contracts', paths are quoted literals

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evenrise.records.checks.bench import Bench
from evenrise.records.contracts import CONTRACTS, Contract, Kind
from evenrise.records.snapshots import Draft
from evenrise.records.sql import literal, parquet, quoted
from evenrise.vocabulary.text import Text


_PATTERN = "'^[=@]|^[+-][^0-9.]'"  # a signed number is none
# Every text it finds stands in one of these ranges, the upper end left out.
_RANGES = (("+", ","), ("-", "."), ("=", ">"), ("@", "A"))


def tell_of_formulas(bench: Bench, draft: Draft) -> None:
    """Note for each file how many rows hold a text like a formula, and the first."""
    for table, content in draft.tables.items():
        # Attendance has ids and codes alone; that its ids are none would be noticed.
        # Of a table that was carried over, the import that brought it has told.
        if table not in CONTRACTS or table == "attendance" or content.carried:
            continue
        paths = content.paths
        texts = _candidates(bench, CONTRACTS[table], paths)
        if not texts:
            continue
        tests = " OR ".join(
            f"regexp_matches({quoted(name)}, {_PATTERN})" for name in texts
        )
        found = bench.con.execute(
            f"SELECT _file, count(*), min(_row) FROM {parquet(paths)} WHERE {tests} "
            "GROUP BY _file ORDER BY _file"
        ).fetchall()
        for file, often, row in found:
            _tell(bench, int(file), int(often), int(row))


def _candidates(bench: Bench, contract: Contract, paths: Sequence[Path]) -> list[str]:
    """The columns of text that may hold a formula, told from statistics."""
    kinds = {Kind.TEXT, Kind.ID}
    texts = [one.name for one in contract.columns if one.kind in kinds]
    listed = ", ".join(literal(str(path)) for path in paths)
    groups = bench.con.execute(
        "SELECT DISTINCT path_in_schema, stats_min_value, stats_max_value "
        f"FROM parquet_metadata([{listed}]) "
        "WHERE num_values > coalesce(stats_null_count, 0)"
    ).fetchall()
    room = {name for name, low, high in groups if _has_room(low, high)}
    return [name for name in texts if name in room]


def _has_room(low: str | None, high: str | None) -> bool:
    """Whether a formula may stand between two texts; yes where they are not known."""
    if low is None or high is None:
        return True
    return any(high >= start and low < end for start, end in _RANGES)


def _tell(bench: Bench, file: int, often: int, row: int) -> None:
    member = bench.ledger.members[file]
    line = row + member.header_line
    bench.ledger.note(
        member,
        Text(
            f"Cells in {often:,} rows begin like a spreadsheet formula (the "
            f"first on line {line}). They were kept as plain text and are "
            "never run.",
            f"Las celdas de {often:,} filas empiezan como una fórmula de hoja "
            f"de cálculo (la primera en la línea {line}). Se guardaron como "
            "texto y nunca se ejecutan.",
        ),
    )
