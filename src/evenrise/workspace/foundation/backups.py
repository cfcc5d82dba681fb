"""Everything of a served district in one file.

    backup-2026-11-22.tar
      database.sqlite3            or  database/<table>.csv of PostgreSQL
      store/...                   snapshots, parts, page stores, uploads, the key
      contents.json               every file's SHA-256; the last one, so that a file
                                  that was cut off is known

The database is copied first, in one consistent look, then the files: snapshots never
change, so every snapshot that the database names is there. Nothing has to stand still.
A backup holds children's records and is readable by its owner alone. Brought back by
`restoring.py`.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from evenrise import __version__
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.progress import Progress
from evenrise.workspace.foundation.laying_aside import laid_aside


CONTENTS = "contents.json"
SQLITE = "database.sqlite3"
TABLES = "database/"
STORE = "store/"
_DATABASE = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm")
# Made anew at every start, or of this process alone.
_LEFT_OUT = ("static", "locale", "serving.lock", *_DATABASE)


def back_up(store: Path, target: Path, progress: Progress) -> int:
    """Write the backup; the number of files in it.

    Raises:
        InputProblem: when the target is there already, lies in the store, or cannot be
            written. Nothing half-written stays; what a kill left goes with the next
            backup into the same folder.
    """
    target = target.absolute()
    _refuse(store, target)
    try:
        with laid_aside(target.parent, "backup") as aside:
            made = aside / "backup"
            descriptor = os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                count = _write(store, file, aside, progress)
                file.flush()
                os.fsync(file.fileno())
            _refuse(store, target)
            made.replace(target)
            sync_folder(target.parent)
    except (OSError, sqlite3.Error) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise InputProblem(
            f"The backup {target} could not be written ({why}); nothing was left "
            "behind."
        ) from problem
    return count


def _refuse(store: Path, target: Path) -> None:
    if target.exists():
        raise InputProblem(f"{target} is there already; choose another name.")
    if target.resolve().is_relative_to(store.resolve()):
        raise InputProblem(
            f"{target} lies in the store itself and would be lost with it; choose "
            "another folder."
        )


def sync_folder(folder: Path) -> None:
    """Let a name that was just given outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(store: Path, file: IO[bytes], scratch: Path, progress: Progress) -> int:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w") as tar:
        for name, path in _database(scratch):
            sums[name] = _add(tar, name, path)
            path.unlink()
        files = sorted(_files(store))
        for done, path in enumerate(files):
            progress.step("backup", done, len(files))
            name = STORE + path.relative_to(store).as_posix()
            try:
                sums[name] = _add(tar, name, path)
            except FileNotFoundError:
                continue  # aside work that ended meanwhile
        progress.step("backup", 1, 1)
        contents = {
            "format": 1,
            "software": f"evenrise {__version__}",
            "database": connection.vendor,
            "migrations": _migrations(),
            "files": sums,
        }
        told = json.dumps({**contents, "sum": sum_of(contents)}, indent=1).encode()
        entry = tarfile.TarInfo(CONTENTS)
        entry.size, entry.mode = len(told), 0o600
        tar.addfile(entry, io.BytesIO(told))
    return len(sums)


def sum_of(contents: dict[str, Any]) -> str:
    """The SHA-256 of the table of contents itself, but for its line `sum`."""
    said = {key: value for key, value in contents.items() if key != "sum"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Put one file in; its SHA-256, of exactly the bytes that were put in."""
    with path.open("rb") as source:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(source.fileno()).st_size, 0o600
        watched = _Watched(source)
        tar.addfile(entry, cast("IO[bytes]", watched))
    return watched.sha.hexdigest()


class _Watched:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.sha = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        told = self.file.read(size)
        self.sha.update(told)
        return told


def _files(store: Path) -> Iterator[Path]:
    """What is to be kept; folders may come and go while we look."""
    for folder, below, names in os.walk(store):
        inside = Path(folder).relative_to(store).parts
        if inside == ():
            below[:] = [name for name in below if not name.startswith("aside-")]
        if inside == ("workspace",):
            below[:] = [name for name in below if name not in _LEFT_OUT]
            names = [name for name in names if name not in _LEFT_OUT]  # noqa: PLW2901 - the rest of what was walked
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _migrations() -> list[list[str]]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted([app, name] for app, name in applied)


def _database(scratch: Path) -> Iterator[tuple[str, Path]]:
    """The database as files, in one consistent look."""
    if connection.vendor == "sqlite":
        path = scratch / SQLITE
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        yield SQLITE, path
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for table in connection.introspection.table_names(cursor):
            path = scratch / f"{table}.csv"
            with path.open("wb") as file:
                name = connection.ops.quote_name(table)
                with cursor.copy(f"COPY {name} TO STDOUT (FORMAT csv, HEADER)") as rows:
                    for row in rows:
                        file.write(row)
            yield f"{TABLES}{table}.csv", path
