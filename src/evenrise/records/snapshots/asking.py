"""Asking a snapshot in SQL: a connection, and every table whether collected or not."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import duckdb

from evenrise.records.contracts import CONTRACTS
from evenrise.records.snapshots.temporary import folder_aside
from evenrise.records.sql import literal, parquet, quoted
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Text


# What the engine raises at a part that is gone, cut short or overwritten.
DAMAGE = (duckdb.IOException, duckdb.InvalidInputException)


@contextmanager
def asking(memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine of its own within some memory; what it spills is gone afterwards.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    with folder_aside() as spill:
        con = duckdb.connect()
        try:
            con.execute(f"SET memory_limit = {literal(memory)}")
            con.execute(f"SET temp_directory = {literal(str(spill))}")
            con.execute("SET enable_progress_bar = false")
            con.execute("SET autoinstall_known_extensions = false")
            con.execute("SET autoload_known_extensions = false")
            # Nobody asks for the order of rows that no ORDER BY names.
            con.execute("SET preserve_insertion_order = false")
            yield con
        except DAMAGE as problem:
            raise unreadable(problem) from problem
        finally:
            con.close()


_local = threading.local()


def here() -> duckdb.DuckDBPyConnection:
    """This thread's own small engine for look-ups, opened once; it spills nothing."""
    con = getattr(_local, "con", None)
    if con is None:
        con = duckdb.connect()
        con.execute("SET threads = 1")
        con.execute("SET memory_limit = '256MB'")
        con.execute("SET temp_directory = ''")
        con.execute("SET enable_progress_bar = false")
        con.execute("SET parquet_metadata_cache = true")
        con.execute("SET autoinstall_known_extensions = false")
        con.execute("SET autoload_known_extensions = false")
        _local.con = con
    found: duckdb.DuckDBPyConnection = con
    return found


def unreadable(problem: Exception) -> InputProblem:
    """The sentence for a part that is missing or damaged."""
    told = str(problem).splitlines()[0]
    return InputProblem(
        Text(
            f"A part of the store is missing or damaged ({told}): `evenrise check` "
            "names it; bring the files in again.",
            "Falta una parte del almacén o está dañada: `evenrise check` dice cuál; "
            "incorpore de nuevo los archivos.",
        )
    )


class Parts(Protocol):
    """What has tables in Parquet parts: a snapshot."""

    def parts(self, table: str) -> Sequence[Path]:
        """The files of a table; none where it was not collected."""


def rows_of(snapshot: Parts, table: str, *, no_rows: bool = False) -> str:
    """SQL for the rows of a contract's table; none where it was not collected.

    With `no_rows`, only the shape.

    Columns: the contract's, `_file` (INTEGER) and `_row` (BIGINT).
    """
    parts = snapshot.parts(table)
    return _shape(table) if no_rows or not parts else rows_of_parts(table, parts)


def rows_of_parts(table: str, parts: Sequence[Path]) -> str:
    """SQL for the rows of some parts of a table; there must be one part at least.

    A column that is younger than a part is blank in it.
    """
    contract = CONTRACTS.get(table)  # none for published facts
    if contract is None or not any(column.later for column in contract.columns):
        return parquet(parts)
    rows = " UNION ALL BY NAME ".join(f"FROM {parquet([part])}" for part in parts)
    return f"(FROM {_shape(table)} UNION ALL BY NAME {rows})"


def _shape(table: str) -> str:
    """SQL for a table without rows."""
    cells = ", ".join(
        f"CAST(NULL AS {column.kind.sql}) AS {quoted(column.name)}"
        for column in CONTRACTS[table].columns
    )
    lineage = "CAST(NULL AS INTEGER) AS _file, CAST(NULL AS BIGINT) AS _row"
    return f"(SELECT {cells}, {lineage} WHERE false)"
