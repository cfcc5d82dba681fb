"""Brings a backup back: unpacked aside, checked whole, put in place in one step.

Nothing is seen before everything is there. PostgreSQL is filled in one transaction,
and holds a mark from the first table until the files stand, so that a restore that was
killed in between can be told, and begun again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
from pathlib import Path
from typing import IO, Any, cast

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.progress import Progress
from evenrise.workspace.foundation.backups import (
    CONTENTS,
    SQLITE,
    STORE,
    TABLES,
    sum_of,
    sync_folder,
)


UNFINISHED = "restore-unfinished"  # a file in a store that is a disk of its own
_MARK = "evenrise_restore_unfinished"  # a table
_CHUNK = 1 << 20


def place_for(store: Path) -> Path:
    """Where to lay a restore aside: on the disk of the store.

    Raises:
        InputProblem: when the store holds something, or the place cannot be made.
    """
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        if not store.exists():
            return store.parent
        _clear_unfinished(store)
        if any(path.name != "lost+found" for path in store.iterdir()):
            raise InputProblem(
                f"{store} is not empty; restore into an empty folder. Nothing changed."
            )
    except OSError as problem:
        raise InputProblem(
            f"{store} cannot be a district's folder ({problem.strerror})."
        ) from problem
    return store if store.is_mount() else store.parent


def _clear_unfinished(store: Path) -> None:
    """Remove what a killed restore had put into a disk of its own."""
    if not (store / UNFINISHED).exists():
        return
    for path in store.iterdir():
        if path.name in {UNFINISHED, "lost+found"}:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    (store / UNFINISHED).unlink()


def unpack(backup: Path, aside: Path, progress: Progress) -> dict[str, Any]:
    """Unpack and check every file; what the backup says of itself.

    The files stand in `aside/store` then, with a SQLite database among them, and the
    tables of PostgreSQL in `aside/database`.

    Raises:
        InputProblem: when the backup is cut off or damaged, or the disk is full.
    """
    damaged = InputProblem(
        f"{backup} is not a whole backup: it was cut off or damaged. Nothing changed."
    )
    found: dict[str, str] = {}
    read, size = 0, max(1, backup.stat().st_size)
    try:
        with tarfile.open(backup, mode="r:") as tar:
            for entry in tar:
                progress.step("restore", read, size)
                source, name = tar.extractfile(entry), entry.name
                outside = name.startswith("/") or ".." in name.split("/")
                if source is None or not entry.isreg() or outside or name in found:
                    raise damaged
                found[name] = _lay(source, aside / name)
                read += entry.size
        if CONTENTS not in found:
            raise damaged
        contents = json.loads((aside / CONTENTS).read_bytes())
        said, whole = dict(contents["files"]), contents["sum"] == sum_of(contents)
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as problem:
        raise damaged from problem
    except OSError as problem:
        raise InputProblem(
            f"{backup} could not be brought back ({problem.strerror}). Nothing changed."
        ) from problem
    del found[CONTENTS]
    if not whole or found != said:
        raise damaged
    if (aside / SQLITE).exists():
        target = aside / STORE / "workspace" / "db.sqlite3"
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (aside / SQLITE).replace(target)
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


def fill_database(contents: dict[str, Any], aside: Path) -> None:
    """Fill the database that is set; SQLite's came with the files.

    Raises:
        InputProblem: when the backup is of another kind of database, of a newer
            version, or the database holds something. Nothing changed then.
    """
    if contents["database"] != connection.vendor:
        raise InputProblem(
            f"The backup comes from {contents['database']} and this district uses "
            f"{connection.vendor}; set EVENRISE_DATABASE as it was. Nothing changed."
        )
    known = MigrationLoader(None).disk_migrations
    if any((app, name) not in known for app, name in contents["migrations"]):
        raise InputProblem(
            f"The backup was made by {contents['software']}, with parts that this "
            "version does not have; install that version first. Nothing changed."
        )
    if connection.vendor != "postgresql":
        return
    _refuse_full_database()
    try:
        _load_tables(aside / TABLES, contents["migrations"])
    except BaseException:
        _empty()
        raise


def is_unfinished() -> bool:
    """Whether a restore into this database was killed before its files stood."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        return _MARK in connection.introspection.table_names(cursor)


def _refuse_full_database() -> None:
    if is_unfinished():
        _empty()
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise InputProblem(
                "The database holds tables already; restore into an empty one. "
                "Nothing changed."
            )
        cursor.execute(f"CREATE TABLE {_MARK} (since timestamptz DEFAULT now())")


def _empty() -> None:
    """Remove every table; the mark goes with them, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        names = ", ".join(connection.ops.quote_name(table) for table in tables)
        if names:
            cursor.execute(f"DROP TABLE {names} CASCADE")


def put_in_place(made: Path, store: Path) -> None:
    """Give the restored folder its name; what was laid aside is seen from now on."""
    connection.close()
    if store.exists() and store.is_mount():
        (store / UNFINISHED).touch()
        for path in made.iterdir():
            path.replace(store / path.name)
        sync_folder(store)
        (store / UNFINISHED).unlink()
    else:
        made.replace(store)
        sync_folder(store.parent)
    if is_unfinished():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {_MARK}")


def _load_tables(folder: Path, migrations: list[list[str]]) -> None:
    """Make the tables as the backup knew them, and fill them in one transaction."""
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
        # The order of the columns is the backup's; a name can be a word of SQL.
        told = file.readline().decode().strip().split(",")
        header = ", ".join(connection.ops.quote_name(one.strip('"')) for one in told)
        name = connection.ops.quote_name(table)
        file.seek(0)
        target = f"COPY {name} ({header}) FROM STDIN (FORMAT csv, HEADER)"
        with cursor.copy(target) as stream:
            while rows := file.read(_CHUNK):
                stream.write(rows)


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
