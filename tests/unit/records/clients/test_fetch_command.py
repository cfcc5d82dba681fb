"""`evenrise fetch`, as cron calls it: exit codes, what stays, what is never said."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from evenrise.records.snapshots import SnapshotStore
from tests.support.paths import ROOT
from tests.support.served import begun
from tests.support.servers import rows
from tests.support.servers.base import Reply
from tests.support.servers.comparing import bring_in
from tests.support.servers.edfi import EdFiServer
from tests.support.servers.edfi_district import lists_of as edfi_lists
from tests.support.servers.oneroster import OneRosterServer, lists_of
from tests.unit.records.clients.conftest import AS_OF


@pytest.fixture
def sis(fewer: dict[str, rows.Table]) -> Iterator[OneRosterServer]:
    with OneRosterServer(lists=lists_of(fewer)) as running:
        yield running


@pytest.fixture
def ods(fewer: dict[str, rows.Table]) -> Iterator[EdFiServer]:
    with EdFiServer(lists=edfi_lists(fewer)) as running:
        yield running


def evenrise(
    *words: object, start: tuple[str, ...] = ("-m", "evenrise"), **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *start, *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "A_SECRET": "not+so/secret:%", **environment},
    )


def settings(store: Path, sis: OneRosterServer, more: str = "") -> None:
    store.mkdir(exist_ok=True)
    (store / "district.toml").write_text(
        f"""
name = "Alder Coast Unified"
[connections.sis]
kind = "oneroster"
url = "{sis.url}"
token_url = "{sis.token_url}"
client_id = "evenrise"
secret_env = "A_SECRET"
page = 2000
{more}
""",
        encoding="utf-8",
    )


def rows_of(store: Path, table: str) -> int:
    snapshot = SnapshotStore(store).current()
    assert snapshot is not None
    return snapshot.rows(table)


def test_a_night(
    sis: OneRosterServer, fewer: dict[str, rows.Table], tmp_path: Path
) -> None:
    store = tmp_path / "store"
    settings(store, sis)
    by_hand = rows.write(tmp_path / "hand", fewer)
    bring_in(store, [by_hand], AS_OF)
    sis.lists["users"][0]["familyName"] = "Newname"
    done = evenrise("fetch", "--store", store, "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("sis:")
    assert "is now the current one" in done.stdout
    for secret in ("not+so/secret", "token-1", "Newname"):
        assert secret not in done.stdout + done.stderr
    assert rows_of(store, "students") == len(fewer["students"])
    # What OneRoster does not carry stays as it was brought in by hand.
    assert rows_of(store, "attendance") == len(fewer["attendance"])
    assert evenrise("check", "--store", store).returncode == 0


def test_a_connection_that_fails_leaves_the_other_and_the_records(
    sis: OneRosterServer, ods: EdFiServer, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    settings(
        store,
        sis,
        f'[connections.ods]\nkind = "edfi"\nurl = "{ods.root}"\n'
        'client_id = "evenrise"\nsecret_env = "A_SECRET"\n',
    )
    sis.trouble.failing[1] = Reply(403)
    done = evenrise("fetch", "--store", store, "--as-of", AS_OF, "--json")
    assert done.returncode == 3
    told = {one["connection"]: one for one in json.loads(done.stdout)["connections"]}
    assert told["sis"]["import"] is None
    assert "academicSessions" in told["sis"]["problem"]
    assert told["ods"]["exit_code"] == 0
    before = SnapshotStore(store).current()
    assert before is not None
    wrong = {"A_SECRET": "no"}
    again = evenrise("fetch", "--store", store, "--as-of", AS_OF, "sis", **wrong)
    assert again.returncode == 2
    assert "does not accept this client" in again.stdout
    after = SnapshotStore(store).current()
    assert after is not None
    assert after.id == before.id


def test_many_who_leave_stop_the_import(sis: OneRosterServer, tmp_path: Path) -> None:
    store = tmp_path / "store"
    settings(store, sis)
    assert evenrise("fetch", "--store", store, "--as-of", AS_OF).returncode == 0
    students = rows_of(store, "students")
    for user in sis.lists["users"][:60]:
        user["status"] = "tobedeleted"
    done = evenrise("fetch", "--store", store, "--as-of", AS_OF)
    assert done.returncode == 3
    assert rows_of(store, "students") == students
    meant = evenrise("fetch", "--store", store, "--as-of", AS_OF, "--allow-removal")
    assert meant.returncode == 0
    assert rows_of(store, "students") == students - 60


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("", "names no server to fetch from"),
        ("[connections.sis]\nkind = 'sftp'", "needs a kind: oneroster or edfi"),
        (
            "[connections.sis]\nkind = 'edfi'\nurl = 'https://a.org'\nsecret = 'x'",
            "does not belong in this file",
        ),
        (
            "[connections.sis]\nkind = 'edfi'\nurl = 'http://a.org'\nclient_id = 'x'",
            "must begin with https://",
        ),
    ],
)
def test_settings_that_cannot_be_used(tmp_path: Path, toml: str, problem: str) -> None:
    (tmp_path / "district.toml").write_text(toml, encoding="utf-8")
    done = evenrise("fetch", "--store", tmp_path)
    assert done.returncode == 2
    assert problem in done.stderr
    assert "Traceback" not in done.stderr


# Whoever only asks what is shown spares the last attack on what is hidden: three times
# longer than all the rest.
_SPARED = """
import sys
from evenrise.cli.main import main
from tests.support.sparing import gate_spared
with gate_spared():
    main(sys.argv[1:])
"""
_SERVE_ONCE = """
import datetime as dt, sys
from pathlib import Path
from evenrise.cli.serving import adopt, begin, ready
from evenrise.vocabulary.progress import Silent
from tests.support.sparing import gate_spared
ready(begin(Path(sys.argv[1])))
with gate_spared():
    adopt(dt.date(2026, 7, 1), Silent())
"""


def shown(store: Path) -> str:
    """The snapshot that the pages of a served district show."""
    with closing(sqlite3.connect(store / "workspace" / "db.sqlite3")) as database:
        told = "SELECT snapshot FROM data_standing ORDER BY id DESC LIMIT 1"
        return str(database.execute(told).fetchone()[0])


@pytest.mark.slow
def test_a_district_that_is_served_shows_what_was_fetched(
    sis: OneRosterServer, fewer: dict[str, rows.Table], tmp_path: Path, tmp_path_factory
) -> None:
    store = begun(tmp_path_factory, tmp_path / "store")
    settings(store, sis)
    bring_in(store, [rows.write(tmp_path / "hand", fewer)], AS_OF)
    first = evenrise(store, start=("-c", _SERVE_ONCE))
    assert first.returncode == 0, first.stderr
    fetch = partial(evenrise, "fetch", "--store", store, start=("-c", _SPARED))
    by_hand = shown(store)
    for user in sis.lists["users"][:60]:
        user["status"] = "tobedeleted"
    stopped = fetch("--as-of", AS_OF)
    assert stopped.returncode == 3
    assert "It waits in the workspace" in stopped.stdout
    assert shown(store) == by_hand
    meant = fetch("--as-of", AS_OF, "--allow-removal")
    assert meant.returncode == 0, meant.stderr + meant.stdout
    assert "is shown now" in meant.stdout
    night = shown(store)
    assert night != by_hand
    wrong = {"A_SECRET": "no"}
    failed = fetch("--as-of", AS_OF, **wrong)
    assert failed.returncode == 3
    assert "does not accept this client" in failed.stdout
    assert shown(store) == night
