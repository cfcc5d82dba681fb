"""Everything of a served district in one file, and back again.

    backup-2026-11-22.tar
      database.sqlite3            or  database/<table>.csv of PostgreSQL
      store/...                   snapshots, parts, page stores, uploads, the key
      contents.json               every file's SHA-256; the last one, so that a file
                                  that was cut off is known

The database is copied first, in one consistent look, then the files: snapshots never
change, so every snapshot that the database names is there. Nothing has to stand still.
A backup holds children's records and is readable by its owner alone.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from evenrise import __version__
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.progress import Progress


_CONTENTS = "contents.json"
_SQLITE = "database.sqlite3"
_TABLES = "database/"
_STORE = "store/"
# Made anew at every start, or being written at this moment.
_LEFT_OUT = ("static", "locale")
_CHUNK = 1 << 20


def back_up(store: Path, target: Path, progress: Progress) -> int:
    """Write the backup; the number of files in it.

    Raises:
        InputProblem: when the target is there already or cannot be written. Nothing
            half-written stays.
    """
    if target.exists():
        raise InputProblem(f"{target} is there already; choose another name.")
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            count = _write(store, file, progress)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except OSError as problem:
        raise InputProblem(
            f"The backup {target} could not be written ({problem.strerror}); nothing "
            "was left behind."
        ) from problem
    finally:
        aside.unlink(missing_ok=True)
    return count


def _write(store: Path, file: IO[bytes], progress: Progress) -> int:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w") as tar:
        with tempfile.TemporaryDirectory() as scratch:
            for name, path in _database(Path(scratch)):
                sums[name] = _add(tar, name, path)
        files = sorted(_files(store))
        for done, path in enumerate(files):
            progress.step("backup", done, len(files))
            name = _STORE + path.relative_to(store).as_posix()
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
        told = json.dumps(contents, indent=1).encode()
        entry = tarfile.TarInfo(_CONTENTS)
        entry.size, entry.mode = len(told), 0o600
        tar.addfile(entry, io.BytesIO(told))
    return len(sums)


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
    database = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm")
    for path in store.rglob("*"):
        inside = path.relative_to(store).parts
        if not path.is_file() or path.is_symlink() or inside[0].startswith("aside-"):
            continue
        if inside[0] == "workspace" and inside[1] in (*_LEFT_OUT, *database):
            continue
        yield path


def _migrations() -> list[list[str]]:
    return sorted([app, name] for app, name in _recorder().applied_migrations())


def _recorder() -> MigrationRecorder:
    return MigrationRecorder(connection)


def _database(scratch: Path) -> Iterator[tuple[str, Path]]:
    """The database as files, in one consistent look."""
    if connection.vendor == "sqlite":
        path = scratch / _SQLITE
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        yield _SQLITE, path
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
            yield f"{_TABLES}{table}.csv", path


def bring_back(backup: Path, store: Path, progress: Progress) -> int:
    """Bring a backup back into an empty store (and an empty database).

    Everything is laid aside and checked against its sum before anything is put in
    place.

    Returns:
        The number of files.

    Raises:
        InputProblem: when the backup is cut off or damaged, the store holds something,
            or the backup is of another kind of database. Nothing changed then.
    """
    _refuse_a_full_place(store)
    store.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix="aside-restore-", dir=store))
    try:
        contents = _unpack(backup, aside, progress)
        if contents["database"] != connection.vendor:
            raise InputProblem(
                f"{backup} comes from {contents['database']} and this district uses "
                f"{connection.vendor}; set the database to the same kind first."
            )
        # The database first: with PostgreSQL it can still be undone.
        if connection.vendor == "postgresql":
            _load_tables(aside / "database", contents["migrations"])
        _put_in_place(aside, store)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return len(contents["files"])


def _refuse_a_full_place(store: Path) -> None:
    holds = [store / "current.json", store / "snapshots", store / "parts"]
    database = store / "workspace" / "db.sqlite3"
    if any(path.exists() for path in (*holds, database)):
        raise InputProblem(
            f"{store} holds a district already; restore into an empty folder."
        )


def _unpack(backup: Path, aside: Path, progress: Progress) -> dict[str, Any]:
    """Unpack and check every file; what the backup says of itself."""
    damaged = InputProblem(
        f"{backup} is not a whole backup: it was cut off or damaged. Nothing changed."
    )
    found: dict[str, str] = {}
    try:
        with tarfile.open(backup, mode="r:") as tar:
            for entry in tar:
                progress.step("restore", len(found), len(found) + 1)
                source = tar.extractfile(entry)
                name = entry.name
                if source is None or name.startswith("/") or ".." in name.split("/"):
                    raise damaged
                found[name] = _lay(source, aside / name)
        contents = json.loads((aside / _CONTENTS).read_bytes())
        said = dict(contents["files"])
    except (tarfile.TarError, OSError, ValueError, KeyError) as problem:
        raise damaged from problem
    found.pop(_CONTENTS, None)
    if found != said:
        raise damaged
    return cast("dict[str, Any]", contents)


def _lay(source: IO[bytes], target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sha = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while told := source.read(_CHUNK):
            sha.update(told)
            file.write(told)
        file.flush()
        os.fsync(file.fileno())
    return sha.hexdigest()


def _put_in_place(aside: Path, store: Path) -> None:
    """Move the files; `current.json` and the database last, so a kill shows nothing."""
    late = [aside / "store" / "current.json"]
    for path in sorted((aside / "store").rglob("*")):
        if path.is_file() and path not in late:
            _move(path, store / path.relative_to(aside / "store"))
    if (aside / _SQLITE).exists():
        connection.close()
        _move(aside / _SQLITE, store / "workspace" / "db.sqlite3")
    for path in late:
        if path.exists():
            _move(path, store / path.name)


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.replace(target)


def _load_tables(folder: Path, migrations: list[list[str]]) -> None:
    """Fill an empty PostgreSQL database, in one transaction."""
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise InputProblem(
                "The database holds tables already; restore into an empty one."
            )
    latest: dict[str, str] = {}
    for app, name in migrations:
        latest[app] = max(name, latest.get(app, ""))
    for app, name in sorted(latest.items()):
        call_command("migrate", app, name, verbosity=0, interactive=False)
    with transaction.atomic(), connection.cursor() as cursor:
        tables = sorted(path.stem for path in folder.glob("*.csv"))
        names = ", ".join(connection.ops.quote_name(table) for table in tables)
        cursor.execute(f"TRUNCATE {names}")
        for table in tables:
            _load(cursor, table, folder / f"{table}.csv")
        for sql in _sequences(cursor, tables):
            cursor.execute(sql)


def _load(cursor: Any, table: str, path: Path) -> None:
    with path.open("rb") as file:
        header = file.readline().decode().strip()
        name = connection.ops.quote_name(table)
        file.seek(0)
        target = f"COPY {name} ({header}) FROM STDIN (FORMAT csv, HEADER)"
        with cursor.copy(target) as stream:
            while told := file.read(_CHUNK):
                stream.write(told)


def _sequences(cursor: Any, tables: list[str]) -> list[str]:
    """What lets new rows be counted on from the highest key."""
    found = []
    for table in tables:
        for one in connection.introspection.get_sequences(cursor, table):
            quoted = connection.ops.quote_name(table)
            column = connection.ops.quote_name(one["column"])
            found.append(
                f"SELECT setval(pg_get_serial_sequence('{quoted}', '{one['column']}'), "  # noqa: S608 - names of our own tables
                f"coalesce(max({column}), 1), max({column}) IS NOT NULL) FROM {quoted}"
            )
    return found
