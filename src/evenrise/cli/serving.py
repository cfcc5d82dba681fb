"""Starts the workspace: its home, its database, its worker, its web server.

Two processes serve the pages (several threads each; one where there is one core),
another one does long work (imports). All end together. Nothing listens beyond this
machine unless a person says so.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evenrise import __version__
from evenrise.cli.terminal import tell
from evenrise.config.home import Home
from evenrise.config.options import DATABASE, PREFIX, STORE
from evenrise.records.snapshots.locking import locked
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
from evenrise.vocabulary.progress import Progress


SETTINGS = "evenrise.config.django"
_THREADS = 4  # of one process: pages wait for the disk more than for each other
# A process makes pages on one core at a time, about 50 a second in a large district.
_PROCESSES = min(2, os.cpu_count() or 1)
_GRACE = 5  # seconds that requests and work at hand have to come to their end
_PATIENCE = 3  # seconds until a server that was killed has let go
_PAUSE = 2  # seconds before a worker that fell over is started again


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pages are shown."""

    host: str = "127.0.0.1"
    port: int = 8600

    @property
    def address(self) -> str:
        """As a browser takes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def begin(store: Path, *, demo: bool = False) -> Home:
    """Make Django ready for the district in `store`; once a process.

    Raises:
        ArgumentProblem: when a setting is unusable.
        InputProblem: when the store cannot be written.
    """
    home = Home(store.absolute())
    home.make()
    os.environ[PREFIX + STORE.name] = str(home.store)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    if demo:
        os.environ[f"{PREFIX}DEMO"] = "yes"
    import django

    django.setup()
    return home


def ready(home: Home) -> None:
    """Bring the database up to this version, with a copy of what was before.

    Raises:
        InputProblem: when the database cannot be reached.
    """
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.ensure_connection()
    except OperationalError as problem:
        where = f"{PREFIX}{DATABASE.name}" if DATABASE.value() else home.database
        raise InputProblem(
            f"The database ({where}) cannot be opened; check that it is there, runs "
            "and lets us in."
        ) from problem
    executor = MigrationExecutor(connection)
    due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if due:
        _keep_before(home, first=not executor.loader.applied_migrations)
        call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def _keep_before(home: Home, *, first: bool) -> None:
    """Copy a SQLite database before it is changed (PostgreSQL: `evenrise backup`)."""
    if first or not home.database.exists():
        return
    kept = home.workspace / f"before-{__version__}.sqlite3"
    with sqlite3.connect(home.database) as old, sqlite3.connect(kept) as new:
        old.backup(new)


def adopt(as_of: dt.date, progress: Progress) -> None:
    """Show what was imported on the command line; nothing to do otherwise.

    Flags and cards that are missing for what is current are made by the worker.
    """
    from evenrise.workspace.data.adopting import adopt_current
    from evenrise.workspace.supports.tasks import after_start

    adopt_current(as_of, progress)
    after_start()


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Hold the district: one server at a time, so that two never share its worker.

    Raises:
        InputProblem: when another process serves it, or a restore was cut off.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        lock = locked(home.workspace / "serving.lock")
        try:
            lock.__enter__()
            break
        except InputProblem:
            if time.monotonic() > until:  # a server that was killed ends meanwhile
                raise InputProblem(
                    f"{home.store} is served already by another process of this "
                    "machine; use its pages, or stop it first."
                ) from None
            time.sleep(0.1)
    try:
        _refuse_unfinished(home)
        yield
    finally:
        lock.__exit__(None, None, None)


def _refuse_unfinished(home: Home) -> None:
    from django.db import OperationalError

    from evenrise.workspace.foundation.restoring import UNFINISHED, is_unfinished

    try:
        unfinished = (home.store / UNFINISHED).exists() or is_unfinished()
    except OperationalError:
        return  # `ready` says it
    if unfinished:
        raise InputProblem(
            f"A restore into {home.store} was cut off; run `evenrise restore` again."
        )


def serve(place: Place, *, open_browser: bool = False, as_json: bool = False) -> None:
    """Serve until the person presses Ctrl+C or the system says stop.

    Raises:
        ArgumentProblem: when the port is taken.
    """
    refuse_a_taken_port(place)
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    # The process that serves is a fork: it must not share our connection.
    connections.close_all()
    with _worker():
        at = f"Evenrise is at {place.address} (Ctrl+C ends)"
        tell(json.dumps({"address": place.address}) if as_json else at)
        sys.stdout.flush()
        if open_browser and (
            os.environ.get("DISPLAY") or sys.platform in {"darwin", "win32"}
        ):
            webbrowser.open(place.address)
        Granian(
            "evenrise.cli.web:make",
            factory=True,
            address=place.host,
            port=place.port,
            interface=Interfaces.WSGI,
            workers=_PROCESSES,
            blocking_threads=_THREADS,
            respawn_failed_workers=True,
            workers_kill_timeout=_GRACE,
            log_enabled=False,
            websockets=False,
        ).serve()


def refuse_a_taken_port(place: Place) -> None:
    """Say so before long work is done for an address that cannot be had.

    Raises:
        ArgumentProblem: when the port is taken.
    """
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((place.host, place.port))
        except OSError as problem:
            raise ArgumentProblem(
                f"The port {place.port} of {place.host} is taken or not ours; choose "
                "another with --port."
            ) from problem


@contextmanager
def _worker() -> Iterator[None]:
    """The process for long work; it reads from us, so it ends however we end."""
    ending = threading.Event()
    running = [_start_worker()]
    watch = threading.Thread(target=_keep_alive, args=(running, ending), daemon=True)
    watch.start()
    try:
        yield
    finally:
        ending.set()
        worker = running[-1]
        if worker.stdin is not None:
            worker.stdin.close()
        try:
            worker.wait(timeout=_GRACE + 3)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "evenrise.cli.worker"], stdin=subprocess.PIPE
    )


def _keep_alive(
    running: list[subprocess.Popen[bytes]], ending: threading.Event
) -> None:
    """Start another worker when one fell over: imports must not wait for nobody."""
    while True:
        running[-1].wait()
        if ending.wait(_PAUSE):
            return
        running.append(_start_worker())
