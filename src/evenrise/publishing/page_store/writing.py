"""Writes a page store aside and renames it last, so that none is ever half there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenrise.publishing.page_store.stories import dumps
from evenrise.publishing.page_store.tables import INDEXES, TABLES
from evenrise.records.snapshots.disk import flush
from evenrise.vocabulary.errors import ArgumentProblem, why_refused
from evenrise.vocabulary.text import Text


_ASIDE = ".aside-"


@dataclass(frozen=True, slots=True)
class Pen:
    """What writes the rows of one store."""

    connection: sqlite3.Connection

    def fill(self, table: str, rows: Iterable[tuple[Any, ...]], width: int) -> None:
        """Add rows to a table of so many columns."""
        marks = ",".join("?" * width)
        sql = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 - our own tables
        self.connection.executemany(sql, rows)

    def meta(self, **told: Any) -> None:
        """Say something of the whole store."""
        self.fill("meta", ((name, dumps(value)) for name, value in told.items()), 2)


def _why(problem: OSError | sqlite3.OperationalError) -> Text:
    if isinstance(problem, OSError):
        return why_refused(problem)
    return Text(str(problem), "la base de datos no se puede abrir")


@contextmanager
def written(target: Path) -> Iterator[Pen]:
    """A new store that takes its place when the block ends well, whole or not at all.

    Raises:
        ArgumentProblem: when the folder cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        aside = target.with_name(f".{target.name}{_ASIDE}{os.getpid()}")
        aside.unlink(missing_ok=True)
        connection = sqlite3.connect(aside, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as problem:
        why = _why(problem)
        raise ArgumentProblem(
            Text(
                f"The pages cannot be written to {target.parent}: {why.en}.",
                f"No se pueden escribir las páginas en {target.parent}: {why.es}.",
            )
        ) from None
    try:
        # No journal: until the rename nobody reads the file, and a half one is swept.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA page_size = 8192")
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        yield Pen(connection)
        connection.execute("COMMIT")
        connection.executescript(INDEXES)
        connection.execute("ANALYZE")
        connection.close()
        flush(aside)
        aside.replace(target)
        flush(target.parent)
    finally:
        connection.close()
        aside.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what killed processes left in the folder, whichever store they wrote."""
    for left in folder.glob(f".*{_ASIDE}*"):
        process = left.name.rpartition("-")[2]
        if process.isdigit() and not _runs(int(process)):
            left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def pair(text: Text | None) -> list[str] | None:
    """A text as it is stored."""
    return None if text is None else [text.en, text.es]
