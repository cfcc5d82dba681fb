"""Opens a page store for reading: nobody can write to it, many threads read at once."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, local
from typing import Any

from evenrise.publishing.page_store.tables import FORMAT
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Text


_MAPPED = 1 << 28  # bytes of the file that the system's own cache serves directly


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """One read-only connection a thread; `close` closes them all."""

    path: Path
    _own: local = field(default_factory=local, repr=False)
    _all: list[sqlite3.Connection] = field(default_factory=list, repr=False)
    _door: Lock = field(default_factory=Lock, repr=False)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows that a question gives."""
        return self._connection().execute(sql, values).fetchall()

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The same one after the other, for answers too long to hold."""
        yield from self._connection().execute(sql, values)

    def one(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first row, or None."""
        return self._connection().execute(sql, values).fetchone()

    def close(self) -> None:
        """Close every thread's connection; a later question opens a new one."""
        with self._door:
            for connection in self._all:
                connection.close()
            self._all.clear()

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        process = os.getpid()
        # A connection must not be carried into a process that was forked.
        mine = getattr(self._own, "process", process) == process
        if found is None or not mine or not _is_open(found, self._all):
            found = self._open()
            self._own.connection, self._own.process = found, process
        return found

    def _open(self) -> sqlite3.Connection:
        # immutable: no lock is asked for and no change looked for, which is true of a
        # file that is only ever replaced by one of another name.
        name = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        made = sqlite3.connect(name, uri=True, check_same_thread=False)
        made.execute(f"PRAGMA mmap_size = {_MAPPED}")
        with self._door:
            self._all.append(made)
        return made


def _is_open(connection: sqlite3.Connection, known: list[sqlite3.Connection]) -> bool:
    return any(connection is one for one in known)


def opened(path: Path) -> tuple[Reader, dict[str, Any]]:
    """A reader of the file, and what the file says of itself.

    Raises:
        InputProblem: when there is no whole page store, or a newer Evenrise wrote it.
    """
    if not path.is_file():
        raise InputProblem(
            Text(
                f"There are no pages at {path}: prepare the snapshot again.",
                f"No hay páginas en {path}: prepare de nuevo la copia fechada.",
            )
        )
    reader = Reader(path)
    try:
        meta = {
            name: json.loads(value)
            for name, value in reader.rows("SELECT name, value FROM meta")
        }
        written = int(meta["format"])
    except (sqlite3.DatabaseError, KeyError, ValueError, TypeError):
        reader.close()
        raise InputProblem(
            Text(
                f"{path} holds no whole set of pages: remove it and prepare the "
                "snapshot again.",
                f"{path} no contiene un juego entero de páginas: quítelo y prepare de "
                "nuevo la copia fechada.",
            )
        ) from None
    if written > FORMAT:
        reader.close()
        raise InputProblem(
            Text(
                f"{path} was written by a newer Evenrise (format {written}; this one "
                f"reads {FORMAT}): update it, or prepare the snapshot again.",
                f"{path} fue escrito por un Evenrise más nuevo (formato {written}; "
                f"este lee el {FORMAT}): actualícelo o prepare de nuevo la "
                "copia fechada.",
            )
        )
    return reader, meta
