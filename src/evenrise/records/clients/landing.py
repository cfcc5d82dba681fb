"""Where fetched rows land: aside, page after page, then settled into CSV files.

A folder of one connection looks so::

    fetched.json          what stands here: which folder, read when, up to which change
    fetched-000012/sis/   the files of the last whole reading, named by the connection
    .aside-000013/        a reading that has not come to its end; removed by the next

Nothing in it is ever changed: a reading is written aside, its folder is renamed, and
only then does `fetched.json` name it. Of the readings before, one is kept.
"""

# ruff: noqa: S608 - names are our own, values pass through literal()

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from evenrise.records.snapshots.disk import flush, write_through
from evenrise.records.sql import literal, parquet, quoted
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Text


STATE = "fetched.json"
_FORMAT = 1
_OWNER, _PLACE = "_owner", "_place"
_TOO_LONG = 32_000  # characters of one cell; no name or title needs them
Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What `fetched.json` tells of the last whole reading.

    `read_at` and `whole_at` are moments by the server's own clock, empty where it
    tells none. `about` names the connection's settings that decide what is read.
    """

    folder: str = ""
    number: int = 0
    about: str = ""
    read_at: str = ""
    whole_at: str = ""
    change: int | None = None
    rows: Mapping[str, int] = field(default_factory=dict)


class Mark(NamedTuple):
    """Up to where a reading came: a moment by the server's clock, and a change."""

    read_at: str
    change: int | None


def read_state(into: Path) -> State:
    """The state of a connection's folder; an empty one where there is none."""
    try:
        told = json.loads((into / STATE).read_text(encoding="utf-8"))
        told.pop("format")
        state = State(**told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return State()
    return state if state.folder and (into / state.folder).is_dir() else State()


@dataclass(frozen=True, slots=True)
class Table:
    """One file to write.

    `owner` is the column that names whose row it is: of several rows of one owner,
    those that came last stand (a role belongs to its user, so it is the user's).
    `gone` are the words of a column that mean a row is no more: (column, word).
    """

    name: str
    columns: tuple[str, ...]
    owner: str
    gone: tuple[str, str] | None = None


class Landing:
    """One reading under way; use it as a context."""

    def __init__(self, into: Path, label: str, state: State) -> None:
        self.into = into
        self.before = into / state.folder / label if state.folder else None
        self._number = state.number + 1
        self._aside = into / f".aside-{self._number:06d}"
        self._pages = self._aside / "pages"
        self.files = self._aside / "whole" / label
        self._open: dict[str, _Pages] = {}
        self.rows: dict[str, int] = {}

    def __enter__(self) -> Self:
        for left in self.into.glob(".aside-*"):
            shutil.rmtree(left)
        self._pages.mkdir(parents=True, mode=0o700)
        self.files.mkdir(parents=True)
        self._con = _engine(self._pages)
        return self

    def __exit__(self, *_: object) -> None:
        self._con.close()
        for pages in self._open.values():
            pages.close()
        shutil.rmtree(self._aside, ignore_errors=True)

    def begin(self, table: Table) -> None:
        """Open a table, empty; what had come of it before is forgotten."""
        old = self._open.pop(table.name, None)
        if old is not None:
            old.close()
        self._open[table.name] = _Pages(self._pages / f"{table.name}.parquet", table)

    def forget(self, name: str) -> None:
        """Leave a table out: the server does not have it."""
        pages = self._open.pop(name)
        pages.close()
        pages.path.unlink()

    def had(self, name: str) -> bool:
        """Whether the reading before had a table."""
        return self.before is not None and (self.before / f"{name}.csv").is_file()

    def add(self, name: str, owners: Sequence[str], rows: Iterable[Row]) -> None:
        """Rows of one page, each with its owner."""
        self._open[name].add(owners, rows)

    def distinct(self, name: str) -> int:
        """How many owners have come."""
        pages = self._open[name]
        pages.close()
        return self._count(
            f"SELECT count(DISTINCT {_OWNER}) FROM {parquet([pages.path])}"
        )

    def settle(self, name: str, gone: Collection[str] = (), *, changes: bool) -> None:
        """Write a table's file: of each owner what came last, without who is gone.

        Args:
            name: the table.
            gone: owners that the server calls deleted.
            changes: lay what came over the file of the reading before.
        """
        pages = self._open.pop(name)
        pages.close()
        table = pages.table
        target = self.files / f"{name}.csv"
        self._run("CREATE OR REPLACE TEMP TABLE gone (owner VARCHAR)")
        if gone:
            told = pa.table({"owner": pa.array(list(gone), pa.string())})
            self._con.register("told", told)
            self._run("INSERT INTO gone SELECT owner FROM told")
            self._con.unregister("told")
        old = self._old(table) if changes else ""
        cells = ", ".join(quoted(column) for column in table.columns)
        self._run(f"""
            COPY (SELECT {cells} FROM (
                SELECT 1 AS _turn, * FROM {parquet([pages.path])}
                WHERE {_OWNER} NOT IN (SELECT owner FROM gone)
                QUALIFY {_PLACE} = max({_PLACE}) OVER (PARTITION BY {_OWNER})
                {old})
                {_still_there(table)}
                ORDER BY _turn, {_PLACE}, {quoted(table.columns[0])})
            TO {literal(str(target))} (FORMAT csv, HEADER, DELIMITER ',',
                QUOTE '"', ESCAPE '"')""")
        self.rows[name] = self._count(f"SELECT count(*) FROM {_csv(target, table)}")
        pages.path.unlink()

    def _run(self, sql: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._con.execute(sql)
        except duckdb.Error as problem:
            # What it says may hold a cell; its kind is enough to look for.
            raise InputProblem(
                Text(
                    f"What came could not be written in {self.into} "
                    f"({type(problem).__name__}). Nothing was imported; is there room "
                    "on the disk?",
                    f"Lo que llegó no se pudo escribir en {self.into} "
                    f"({type(problem).__name__}). No se importó nada; ¿hay lugar en el "
                    "disco?",
                )
            ) from None

    def _count(self, sql: str) -> int:
        return int(self._run(sql).fetchall()[0][0])

    def _old(self, table: Table) -> str:
        """SQL of the rows before, of all who did not come anew."""
        if self.before is None or not self.had(table.name):
            return ""
        path = self._pages / f"{table.name}.parquet"
        cells = ", ".join(quoted(column) for column in table.columns)
        owner = quoted(table.owner)
        return f"""
            UNION ALL BY NAME
            SELECT 0 AS _turn, {owner} AS {_OWNER}, row_number() OVER () AS {_PLACE},
                {cells} FROM {_csv(self.before / f"{table.name}.csv", table)} AS old
            WHERE NOT EXISTS (
                    SELECT 1 FROM {parquet([path])} AS new
                    WHERE new.{_OWNER} = old.{owner})
                AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.owner = old.{owner})"""

    def publish(self, state: State) -> Path:
        """Rename the whole into its place, name it, and remove older readings.

        Returns:
            The folder of the reading.
        """
        name = f"fetched-{self._number:06d}"
        final = self.into / name
        shutil.rmtree(final, ignore_errors=True)  # a reading that was never named
        for path in self.files.iterdir():
            _flush(path)
        flush(self.files)
        self.files.parent.rename(final)
        told = asdict(state) | {"folder": name, "number": self._number}
        told |= {"rows": dict(sorted(self.rows.items())), "format": _FORMAT}
        aside = self._aside / STATE
        write_through(aside, json.dumps(told, indent=1))
        aside.replace(self.into / STATE)
        flush(self.into)
        kept = {name, self.before.parent.name if self.before else ""}
        for path in self.into.glob("fetched-*"):
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
        return final


class _Pages:
    """The rows of one table as they came, in one file."""

    def __init__(self, path: Path, table: Table) -> None:
        self.path = path
        self.table = table
        self._place = 0
        text = [(name, pa.string()) for name in (_OWNER, *table.columns)]
        self._schema = pa.schema([*text, (_PLACE, pa.int64())])
        self._writer = pq.ParquetWriter(path, self._schema)

    def add(self, owners: Sequence[str], rows: Iterable[Row]) -> None:
        """One page; rows of one owner that stand together share a place."""
        places, last = [], None
        for owner in owners:
            self._place += owner != last
            last = owner
            places.append(self._place)
        columns = list(zip(*rows, strict=True)) or [()] * len(self.table.columns)
        self._writer.write_table(
            pa.table([list(owners), *columns, places], schema=self._schema)
        )

    def close(self) -> None:
        """No more pages will come."""
        self._writer.close()


def clean(value: str) -> str | None:
    """A cell as one line of text: letters that steer become spaces; blank is None."""
    if value.isprintable() and len(value) < _TOO_LONG:
        return value.strip() or None
    kept = "".join(letter if letter.isprintable() else " " for letter in value)
    return kept[:_TOO_LONG].strip() or None


def _still_there(table: Table) -> str:
    if table.gone is None:
        return ""
    column, word = table.gone
    return f"WHERE coalesce(lower({quoted(column)}), '') <> {literal(word)}"


def _engine(scratch: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    con.execute("SET preserve_insertion_order = true")
    con.execute("SET memory_limit = '2GB'")  # more goes to the disk
    con.execute(f"SET temp_directory = {literal(str(scratch / 'spill'))}")
    return con


def _csv(path: Path, table: Table) -> str:
    """A file that `settle` wrote, read as it was written: nothing is guessed."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in table.columns)
    return (
        f"read_csv({literal(str(path))}, header = true, auto_detect = false, "
        f"delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}}, "
        "parallel = false)"
    )


def _flush(path: Path) -> None:
    """See that what was written is on the disk before it is named."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
