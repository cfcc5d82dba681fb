"""Rows against a contract: the SQL that types every cell and names the first slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from evenrise.records.checks.cells import FIRST_DATE, LAST_DATE, Cell, cell, quick
from evenrise.records.contracts import Column, Contract, Kind
from evenrise.records.settings import DistrictSettings
from evenrise.records.sql import literal, quoted
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text


MARK = "chr(31)"  # parts a column's name from its reason; no cell may hold it


def cells_of(
    contract: Contract, settings: DistrictSettings
) -> dict[str, tuple[str, Cell]]:
    """For each column of a contract its raw name in the query, and its expressions.

    Raises:
        ArgumentProblem: when district.toml maps a code to one the contract lacks.
    """
    made = {}
    for column in contract.columns:
        codes = settings.codes.get(f"{contract.name}.{column.name}", {})
        strangers = {code for code in codes.values() if column.codes} - {*column.codes}
        if strangers:
            raise ArgumentProblem(
                Text(
                    f"district.toml maps {contract.name}.{column.name} to "
                    f"{', '.join(sorted(strangers))}: use {', '.join(column.codes)}.",
                    f"district.toml traduce {contract.name}.{column.name} a "
                    f"{', '.join(sorted(strangers))}: use {', '.join(column.codes)}.",
                )
            )
        raw = quoted(f"raw_{column.name}")
        made[column.name] = (raw, cell(column, raw, quoted(column.name), codes))
    return made


def typed_rows(
    contract: Contract,
    settings: DistrictSettings,
    given: Mapping[str, str],
    source: str,
    lineage: str = "_file, _row",
) -> str:
    """A query with raw and typed cells of all the contract's columns, and lineage.

    `given` maps the columns that the source has to SQL over it; others are NULL.
    """
    cells = cells_of(contract, settings)
    raws = ", ".join(
        f"{given.get(name, 'CAST(NULL AS VARCHAR)')} AS {raw}"
        for name, (raw, _) in cells.items()
    )
    types = ", ".join(
        f"CAST({one.value} AS {contract.column(name).kind.sql}) AS {quoted(name)}"
        for name, (_, one) in cells.items()
    )
    return f"SELECT *, {types} FROM (SELECT {raws}, {lineage} FROM {source})"  # noqa: S608 - names are quoted


def slip(contract: Contract, settings: DistrictSettings) -> str:
    """SQL over `typed_rows`: the first column at fault, MARK, its reason; or NULL."""
    parts = []
    for name, (_, one) in cells_of(contract, settings).items():
        if one.bad != "false":
            parts.append(
                f"WHEN {one.bad} THEN {literal(name)} || {MARK} || {one.reason}"
            )
    return f"CASE {' '.join(parts)} END" if parts else "CAST(NULL AS VARCHAR)"


def judged_rows(
    contract: Contract, settings: DistrictSettings, rows: str, shift: int = 0
) -> str:
    """A query of typed cells, lineage, `_slip`, and the new codes of each column."""
    names = ", ".join(quoted(name) for name in contract.names)
    news = "".join(
        f", {code} AS {quoted('new_' + name)}"
        for name, code in new_codes(contract, settings).items()
    )
    return (
        f"SELECT {names}, _file, _row + {shift} AS _row, "  # noqa: S608 - names are quoted
        f"{slip(contract, settings)} AS _slip{news} FROM ({rows})"
    )


def count_new_codes(contract: Contract, settings: DistrictSettings, table: str) -> str:
    """A query over judged rows: column, code, `_file`, how often, first `_row`."""
    return " UNION ALL ".join(
        f'SELECT {literal(name)} AS "column", {quoted("new_" + name)} AS code, _file, '  # noqa: S608 - names are quoted
        f"count(*) AS often, min(_row) AS _row FROM {table} "
        f"WHERE _slip IS NULL AND {quoted('new_' + name)} IS NOT NULL GROUP BY ALL"
        for name in new_codes(contract, settings)
    )


def quick_rows(
    contract: Contract,
    settings: DistrictSettings,
    given: Mapping[str, str],
    source: str,
    lineage: str,
) -> str:
    """Typed cells and lineage without any test: for ninety million rows at a time.

    What a cell could not say stands in the part as a sentinel or a NULL, which its
    statistics betray (`is_clean`); `_odd` marks the few cells that have no sentinel.
    """
    types, odd = [], []
    for column in contract.columns:
        raw = given.get(column.name, "CAST(NULL AS VARCHAR)")
        codes = settings.codes.get(f"{contract.name}.{column.name}", {})
        value = quick(column, raw, codes)
        types.append(f"CAST({value} AS {column.kind.sql}) AS {quoted(column.name)}")
        if column.name in given and column.kind is Kind.YES_NO and not column.required:
            odd.append(f"({raw} IS NOT NULL AND {value} IS NULL)")
    return (
        f"SELECT {', '.join(types)}, {' OR '.join(odd) or 'false'} AS _odd, {lineage} "  # noqa: S608 - names are quoted
        f"FROM {source}"
    )


def is_clean(
    con: duckdb.DuckDBPyConnection, contract: Contract, part: str
) -> tuple[bool, int]:
    """Whether a streamed part needs no second look, from its statistics alone.

    Returns:
        Clean or not, and how many rows it holds.
    """
    columns = con.execute(
        "SELECT path_in_schema, sum(num_values), sum(stats_null_count), "  # noqa: S608 - our own file
        "list(stats_min_value) FILTER (stats_min_value IS NOT NULL), "
        "list(stats_max_value) FILTER (stats_max_value IS NOT NULL), "
        "bool_and(stats_null_count IS NOT NULL) "
        f"FROM parquet_metadata({literal(part)}) GROUP BY ALL"
    ).fetchall()
    rows = max((int(values) for _, values, *_ in columns), default=0)
    clean = all(known for *_, known in columns)
    for name, values, nulls, low, high, _ in columns:
        if name == "_row":
            clean = clean and min(map(int, low or [0])) >= 0
        elif name in contract.names:
            column = contract.column(name)
            full = not (column.required and nulls)
            empty = int(values) == int(nulls)
            clean = clean and full and (empty or _inside(column, low, high))
    return clean, rows


def _inside(
    column: Column, low: Sequence[str] | None, high: Sequence[str] | None
) -> bool:
    """Whether a column's smallest and largest values are ones it may hold."""
    if column.kind in {Kind.TEXT, Kind.ID, Kind.YES_NO}:
        return True
    if not low or not high:
        return False
    if column.kind is Kind.DATE:
        # A year of five figures is longer than the last day we believe.
        return (
            min(low) >= FIRST_DATE
            and max(high) <= LAST_DATE
            and all(len(day) == len(LAST_DATE) for day in (*low, *high))
        )
    if column.kind in {Kind.CODE, Kind.CODES, Kind.GRADE}:
        return min(low) >= " "
    floor = _FLOORS[column.kind] if column.low is None else column.low
    ceiling = -_FLOORS[Kind.NUMBER] if column.high is None else column.high
    return min(map(float, low)) >= floor and max(map(float, high)) <= ceiling


_FLOORS = {Kind.NUMBER: -1e300, Kind.INTEGER: -(2.0**31) + 1, Kind.SCHOOL_YEAR: 0.0}


def new_codes(contract: Contract, settings: DistrictSettings) -> dict[str, str]:
    """By column that may be blank: SQL over `typed_rows`, a code new to us or NULL."""
    return {
        name: f"CASE WHEN {one.strange} THEN {raw} END"
        for name, (raw, one) in cells_of(contract, settings).items()
        if one.strange
    }
