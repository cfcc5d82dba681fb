"""The workspace served for real, as `evenrise serve` serves it, for browser tests.

The invented district is built once a run (also with several workers); each worker
serves a copy of its own, so that what one walk changes is seen by no other worker.
With EVENRISE_JOURNEY_ROOT=FOLDER the build is kept there from run to run: delete it
after a change below the workspace.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from evenrise.config.home import Home
from evenrise.indicators.registry import INDICATORS
from evenrise.synthetic.support_files import PLANS
from evenrise.workspace.supports import demo_words
from tests.support.examining import WORDS
from tests.support.fill_district import AS_OF
from tests.support.once import made_once, run_folder
from tests.support.paths import ROOT
from tests.support.teams_words import written_by_teams


# What one of the cast wrote, in the demo and in the tests: said alike everywhere.
WRITTEN = (
    "Students I serve",
    "Student Insights",
    "National Center on Intensive Intervention",
    *demo_words.WRITTEN,
    *(plan.goal for plan in PLANS.values()),
    "She was there.",
    "The target is met at two reviews in a row.",
    "Days absent in a week",
    "Here every Monday.",
    "I like to draw",
    "We meet on Mondays",
    "An advisory",
    "Last year",
    "A team",
)
_PATIENCE = 120  # seconds to wait for a server on a busy machine


@dataclass(frozen=True)
class Served:
    """A running server: where it answers, what it serves."""

    base: str
    home: Path
    things: dict[str, object] = field(default_factory=dict)

    @property
    def records(self) -> Path:
        """The invented district's own files."""
        return self.home / "records"

    @cached_property
    def names(self) -> re.Pattern[str]:
        """What is called alike in every language, the longest first."""
        titles = _column(self.records / "sections.csv", "title")
        rules = {indicator.authority for indicator in INDICATORS.values()}
        teams = written_by_teams(self.home / "store" / "workspace" / "db.sqlite3")
        found = {*titles, *rules, *WRITTEN, *teams, *self._words_as_names()} - {""}
        longest = sorted(found, key=lambda name: (-len(name), name))
        return re.compile("|".join(map(re.escape, longest)))

    def _words_as_names(self) -> set[str]:
        """Students whose name is also a word of a language, as lists name them."""
        path = self.records / "students.csv"
        if not path.exists():  # a first day
            return set()
        words = WORDS["en"] | WORDS["es"]
        with path.open(encoding="utf-8", newline="") as file:
            pairs = {
                (row["family_name"], row["given_name"]) for row in csv.DictReader(file)
            }
        named = [
            (family, given)
            for family, given in pairs
            if {family.lower(), given.lower()} & words
        ]
        return {f"{family}, {given}" for family, given in named} | {
            f"{given} {family}" for family, given in named
        }


def _column(path: Path, name: str) -> set[str]:
    if not path.exists():  # a first day
        return set()
    with path.open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(_PATIENCE * 4):
        assert server.poll() is None, f"the server ended: {log.read_text()}"
        try:
            with urllib.request.urlopen(f"{base}/health", timeout=5) as answer:  # noqa: S310 - our own server
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    pytest.fail(f"no answer from {base}: {log.read_text()}")


@contextmanager
def serving(home: Path, *, demo: bool) -> Iterator[str]:
    """`evenrise serve` on a free port of this machine, ended by its process id."""
    port, log = _free_port(), home / "server.log"
    base = f"http://127.0.0.1:{port}"
    with log.open("wb") as told:
        server = subprocess.Popen(
            [
                sys.executable, "-m", "evenrise", "serve", "--store",
                str(home / "store"), "--port", str(port), "--as-of", str(AS_OF),
            ],
            stdout=told,
            stderr=subprocess.STDOUT,
            env={**os.environ, "EVENRISE_DEMO": "yes" if demo else "no"},
        )  # fmt: skip
    try:
        _wait_for(base, server, log)
        yield base
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


def fill(which: str, root: Path, database: str | None = None) -> None:
    """Make a home: see `fill_district`, which runs in a process of its own."""
    root.mkdir(parents=True, exist_ok=True)
    own = {} if database is None else {"EVENRISE_DATABASE": database}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.fill_district", which, str(root)],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def begun(factory: pytest.TempPathFactory, store: Path) -> Path:
    """A store with an empty database of this version, for whoever asks something else.

    The seven seconds of its making are spent once a run.
    """
    made = made_once(run_folder(factory) / "begun", partial(fill, "empty", database=""))
    home = Home(store)
    home.make()
    shutil.copy(Home(made / "store").database, home.database)
    return store


def begun_on_server(factory: pytest.TempPathFactory, address: str) -> str:
    """The same on a PostgreSQL server: the name of a database that others copy.

    Args:
        factory: knows the run's folder.
        address: any database of the server, as EVENRISE_DATABASE takes it.
    """
    name = "begun"

    def make(root: Path) -> None:
        with psycopg.connect(address, autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        fill("empty", root, urlsplit(address)._replace(path=f"/{name}").geturl())

    # Whose folder is kept from run to run meets another server each time.
    server = hashlib.sha256(address.encode()).hexdigest()[:12]
    made_once(run_folder(factory) / f"begun-{server}", make)
    return name


def reviewed_district(factory: pytest.TempPathFactory) -> Path:
    """The invented district that waits to be placed in a database, once a run."""
    return made_once(
        run_folder(factory) / "reviewed-district", partial(fill, "reviewed")
    )


def filled_district(factory: pytest.TempPathFactory) -> Path:
    """The invented district, built once a run or kept from an earlier one."""
    kept = os.environ.get("EVENRISE_JOURNEY_ROOT")
    root = (Path(kept) if kept else run_folder(factory)) / "served-district"

    def make(root: Path) -> None:
        shutil.copytree(reviewed_district(factory), root, dirs_exist_ok=True)
        begun(factory, root / "store")
        fill("district", root, database="")

    return made_once(root, make)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The invented district, its cast at the sign-in page."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(filled_district(tmp_path_factory), home)
    things = json.loads((home / "things.json").read_text(encoding="utf-8"))
    with serving(home, demo=True) as base:
        yield Served(base, home, things)


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A district that has not brought in anything yet, with the real sign-in."""
    home = tmp_path_factory.mktemp("first-day") / "home"
    begun(tmp_path_factory, home / "store")
    fill("first-day", home)
    with serving(home, demo=False) as base:
        yield Served(base, home)
