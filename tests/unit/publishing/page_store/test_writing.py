"""A page store is there whole or not at all, whoever is stopped and whoever reads."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.writing import written
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
from tests.support.page_stores import drawn_store
from tests.support.paths import ROOT


SLOW = """
import sys, time
from pathlib import Path
from evenrise.publishing.page_store.writing import written

def rows():
    for number in range(1_000_000):
        if number == 50_000:
            print("half", flush=True)
            time.sleep(60)
        yield number, "x" * 50

with written(Path(sys.argv[1])) as pen:
    pen.fill("file", rows(), 2)
"""


def test_killed_while_writing_leaves_the_old_pages(tmp_path):
    target = tmp_path / "pages.sqlite"
    store = drawn_store(target)
    before = target.read_bytes()
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(target)], cwd=ROOT, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"half\n"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert target.read_bytes() == before
    left = [path for path in tmp_path.iterdir() if path != target]
    assert left, "the child was killed before it had written anything"
    other = tmp_path / "other.sqlite"
    drawn_store(other).close()  # the next one tidies up, whatever it writes
    assert sorted(tmp_path.iterdir()) == [other, target]
    store.close()


def test_a_fault_while_writing_leaves_nothing(tmp_path):
    target = tmp_path / "pages.sqlite"
    rows = ((number, str(1 // (3 - number))) for number in range(5))
    with pytest.raises(ZeroDivisionError), written(target) as pen:
        pen.fill("file", rows, 2)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(ArgumentProblem, match="cannot be written"):
        drawn_store(blocked / "pages.sqlite")


def test_whoever_reads_goes_on_reading_the_old_one(tmp_path):
    target = tmp_path / "pages.sqlite"
    old = drawn_store(target)
    count = old.facts_count
    new = drawn_store(target, source_file="other.csv")
    assert len(tuple(old.each_fact())) == count
    assert old.trace(next(old.each_fact())).file == "suspension.csv"
    assert new.trace(next(new.each_fact())).file == "other.csv"
    old.close()
    new.close()


def test_nobody_can_write_to_it(drawn: PageStore):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        drawn._reader.rows("DELETE FROM fact")


def test_eight_threads_read_alike(drawn: PageStore):
    keys = [
        (one, school)
        for one in ("suspension", "chronic_absence")
        for school in _ids(drawn)
    ]
    alone = [drawn.indicator_page(*key) for key in keys]

    def read(turn: int) -> list[object]:
        time.sleep(0.001 * turn)
        return [drawn.indicator_page(*key) for _ in range(10) for key in keys]

    with ThreadPoolExecutor(8) as pool:
        for told in pool.map(read, range(8)):
            assert told == alone * 10


def _ids(store: PageStore) -> list[str]:
    return [one.organization.organization_id for one in store.schools()]


def test_a_closed_store_opens_again_when_asked(tmp_path):
    store = drawn_store(tmp_path / "x.sqlite")
    before = store.facts("suspension")
    store.close()
    assert store.facts("suspension") == before
    store.close()


@pytest.mark.parametrize("name", ["pages 50% #1?.sqlite", "página ñ.sqlite"])
def test_any_name_of_a_file_will_do(tmp_path, name):
    store = drawn_store(tmp_path / name)
    assert store.facts_count > 0
    store.close()


def test_what_is_no_page_store_is_refused(tmp_path: Path):
    with pytest.raises(InputProblem, match="no pages at"):
        PageStore(tmp_path / "nothing.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"SQLite format 3\0" + b"\0" * 2000)
    with pytest.raises(InputProblem, match="no whole set of pages"):
        PageStore(broken)
    newer = tmp_path / "newer.sqlite"
    drawn_store(newer).close()
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'format'")
    connection.close()
    with pytest.raises(InputProblem, match="newer Evenrise"):
        PageStore(newer)
