"""Backed up while people write, brought back elsewhere: every row and every file."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.progress import Silent
from evenrise.workspace.foundation.restoring import unpack
from tests.web.ops.deployed import Browser, Deployed, Writer, said


pytestmark = pytest.mark.slow


def tables(one: Deployed) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    if one.database:
        return {name: sorted(rows) for name, rows in _of_postgresql(one.database)}
    path = one.store / "workspace" / "db.sqlite3"
    with closing(sqlite3.connect(path)) as link:
        names = link.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite_stat%'"
        )
        return {
            name: sorted(map(repr, link.execute(f'SELECT * FROM "{name}"')))  # noqa: S608
            for (name,) in names.fetchall()
        }


def _of_postgresql(address: str) -> Iterator[tuple[str, list[str]]]:
    with psycopg.connect(address) as link:
        names = link.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        for (name,) in names:
            with link.cursor().copy(f'COPY "{name}" TO STDOUT') as rows:  # type: ignore[arg-type]
                yield name, b"".join(map(bytes, rows)).decode().splitlines()


def files(store: Path) -> dict[str, str]:
    """Every file by its sum; what each start makes anew is left out."""
    left_out = ("static/", "locale/", "serving.lock", "db.sqlite3")
    found = {}
    for path in store.rglob("*"):
        name = path.relative_to(store).as_posix()
        if path.is_file() and not name.startswith(
            tuple(f"workspace/{one}" for one in left_out)
        ):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def keep(one: Deployed, target: Path) -> Path:
    code, told = one.run("backup", "--store", one.store, "--out", target)
    assert code == 0, told
    return target


@pytest.fixture(scope="session")
def whole(filled: Deployed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the filled district."""
    return keep(filled, tmp_path_factory.mktemp("backup") / "whole.tar")


def test_all_of_it_comes_back(deployed: Deployed, empty: Deployed, tmp_path) -> None:
    with deployed.served() as server, Writer(server) as writer:
        while len(writer.kept) < 5:
            time.sleep(0.05)
        before = set(writer.kept)
        during = keep(deployed, tmp_path / "during.tar")
        after = set(writer.kept)
        assert len(after) > len(before), "nobody wrote meanwhile"
    assert during.stat().st_mode & 0o077 == 0
    # One consistent look: all from before, and of what came later the first ones.
    kept = remarks_in(during, tmp_path / "during")
    assert before <= kept
    assert kept == {f"word {n} of one" for n in range(len(kept))}

    whole = keep(deployed, tmp_path / "whole.tar")
    code, told = empty.run("restore", whole, "--store", empty.store)
    assert code == 0, told
    known = tables(deployed)
    assert len(known) > 30
    assert sum(map(len, known.values())) > 3_000
    found = tables(empty)
    assert set(found) == set(known)
    for name, rows in known.items():
        assert found[name] == rows, name
    assert files(empty.store) == files(deployed.store)
    assert not list(tmp_path.rglob(".evenrise-*"))

    with empty.served() as server:
        browser = Browser(server, "principal")
        page = browser.get(f"/findings/{deployed.things['finding']}")
        assert said(page) >= set(writer.kept)
        assert browser.get("/en/")
        # New rows count on from the old: nothing meets a key that is taken.
        Writer(server, "two").say()


def remarks_in(backup: Path, folder: Path) -> set[str]:
    """What a backup's copy of the database remembers of the writer's remarks."""
    unpack(backup, folder, Silent())
    table = folder / "database" / "insights_remark.csv"
    if table.exists():
        return said(table.read_text())
    return said(" ".join(tables(Deployed(folder / "store"))["insights_remark"]))


def broken(whole: bytes, how: str) -> bytes:
    middle = len(whole) // 2
    return {
        "cut": whole[: len(whole) // 3],
        "cut late": whole[:-12_000],
        "bit": whole[:middle] + bytes([whole[middle] ^ 4]) + whole[middle + 1 :],
        "contents": whole.replace(b'"format": 1', b'"format": 2'),
        "empty": b"",
        "text": b"student_id,name\n" * 1000,
    }[how]


@pytest.mark.parametrize("how", ["cut", "cut late", "bit", "contents", "empty", "text"])
def test_a_damaged_backup_is_known(whole, tmp_path, how) -> None:
    backup = tmp_path / "broken.tar"
    backup.write_bytes(broken(whole.read_bytes(), how))
    assert backup.read_bytes() != whole.read_bytes()
    (tmp_path / "aside").mkdir()
    with pytest.raises(InputProblem, match="not a whole backup"):
        unpack(backup, tmp_path / "aside", Silent())


def test_a_damaged_backup_changes_nothing(whole, empty, tmp_path) -> None:
    backup = tmp_path / "broken.tar"
    backup.write_bytes(broken(whole.read_bytes(), "bit"))
    code, told = empty.run("restore", backup, "--store", empty.store)
    assert (code, "not a whole backup" in told) == (3, True), told
    assert not empty.store.exists()
    assert not list(tmp_path.rglob(".evenrise-*"))
    if empty.database:
        assert tables(empty) == {}


def test_a_full_place_is_left_alone(whole, deployed, tmp_path) -> None:
    known = files(deployed.store)
    code, told = deployed.run("restore", whole, "--store", deployed.store)
    assert (code, "is not empty" in told) == (3, True), told
    assert files(deployed.store) == known
    if deployed.database:
        rows = tables(deployed)
        other = tmp_path / "other" / "store"
        code, told = deployed.run("restore", whole, "--store", other)
        assert (code, "holds tables already" in told) == (3, True), told
        assert not other.exists()
        assert tables(deployed) == rows


def test_a_backup_goes_with_its_kind_of_database(whole, empty, vendor):
    if vendor == "sqlite":
        pytest.skip("asked from the other side")
    code, told = Deployed(empty.store).run("restore", whole, "--store", empty.store)
    assert (code, "comes from postgresql" in told) == (3, True), told
    assert not empty.store.exists()


def kill_at_work(one: Deployed, place: Path, *words: object, after: float) -> None:
    """Begin a command, and kill it a moment after it laid its work aside."""
    process = one.start(*words)
    while process.poll() is None and not list(place.glob(".evenrise-*")):
        time.sleep(0.005)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_killed_backup_leaves_nothing_half(filled, empty, tmp_path) -> None:
    target = tmp_path / "b.tar"
    words = ("backup", "--store", filled.store, "--out", target)
    for after in (0.0, 0.03, 0.1):
        kill_at_work(filled, tmp_path, *words, after=after)
        if target.exists():
            unpack(target, tmp_path / f"whole-{after}", Silent())
            target.unlink()
    keep(filled, target)
    assert not list(tmp_path.glob(".evenrise-*"))


def test_a_killed_restore_leaves_nothing_half(whole, filled, empty) -> None:
    words = ("restore", whole, "--store", empty.store)
    empty.store.parent.mkdir()
    killed = 0
    # Restoring takes seconds: unpacking, tables, files.
    for after in (0.0, 0.7, 2.0):
        kill_at_work(empty, empty.store.parent, *words, after=after)
        if empty.store.exists():
            break  # it had ended
        killed += 1
    assert killed
    if not empty.store.exists():
        code, told = empty.run(*words)
        assert code == 0, told
    assert files(empty.store) == files(filled.store)
    assert tables(empty) == tables(filled)
    assert not list(empty.store.parent.glob(".evenrise-*"))
