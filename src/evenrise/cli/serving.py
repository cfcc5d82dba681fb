"""Starts the workspace: its home, its database, its worker, its web server.

One process serves the pages (several threads), a second one does long work (imports).
Both end together. Nothing listens beyond this machine unless a person says so.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import sqlite3
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evenrise import __version__
from evenrise.cli.terminal import tell
from evenrise.config.home import Home
from evenrise.config.options import PREFIX, STORE
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.progress import Progress


SETTINGS = "evenrise.config.django"
_THREADS = 4  # of one process: pages wait for the disk more than for each other


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
    """Bring the database up to this version, with a copy of what was before."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

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
    """Show what was imported on the command line; nothing to do otherwise."""
    from evenrise.workspace.data.adopting import adopt_current

    adopt_current(as_of, progress)


def serve(place: Place, *, open_browser: bool = False, as_json: bool = False) -> None:
    """Serve until the person presses Ctrl+C or the system says stop.

    Raises:
        ArgumentProblem: when the port is taken.
    """
    _refuse_a_taken_port(place)
    from granian import Granian
    from granian.constants import Interfaces

    with _worker():
        at = f"Evenrise is at {place.address} (Ctrl+C ends)"
        tell(json.dumps({"address": place.address}) if as_json else at)
        sys.stdout.flush()
        if open_browser and (
            os.environ.get("DISPLAY") or sys.platform in {"darwin", "win32"}
        ):
            webbrowser.open(place.address)
        Granian(
            "evenrise.config.wsgi:application",
            address=place.host,
            port=place.port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=_THREADS,
            respawn_failed_workers=True,
            log_enabled=False,
            websockets=False,
        ).serve()


def _refuse_a_taken_port(place: Place) -> None:
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
    worker = subprocess.Popen(
        [sys.executable, "-m", "evenrise.cli.worker"], stdin=subprocess.PIPE
    )
    try:
        yield
    finally:
        if worker.stdin is not None:
            worker.stdin.close()
        try:
            worker.wait(timeout=20)
        except subprocess.TimeoutExpired:
            worker.kill()
