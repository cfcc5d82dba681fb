"""`kill -9` at any moment leaves the last snapshot whole and the next import works."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb
import pytest

from evenrise.records.snapshots import SnapshotStore
from tests.unit.records.district import STUDENTS, bring_in, folder, written


READ = """
import sys, datetime as dt
from pathlib import Path
from evenrise.records.importing import import_paths
from evenrise.records.settings import ImportOptions
from evenrise.records.snapshots import SnapshotStore
from evenrise.vocabulary.progress import Silent
"""
READY = f'{READ}print("ready", flush=True)\n'
IMPORT = """
import_paths([Path(sys.argv[2])], store=SnapshotStore(Path(sys.argv[1])),
    options=ImportOptions(as_of=dt.date(2026, 6, 30)), progress=Silent())
"""

# Stage the next records, make them current, go back, and retire them again.
STAGE = (
    IMPORT.replace("import_paths([", "made = import_paths([").replace(
        "2026, 6, 30)", "2026, 6, 30), make_current=False"
    )
    + """
store = SnapshotStore(Path(sys.argv[1]))
before = store.current().id
store.make_current(made.snapshot.id)
store.make_current(before)
store.retire(made.snapshot.id)
"""
)
# Reads what takes long to read once; then each line of its input says at which call of
# the step a forked process dies, and how that ended is said in return.
MORTAL = """
import os, pathlib, sys, traceback
{imports}
for line in sys.stdin:
    child = os.fork()
    if child:
        told = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(told, flush=True)
        continue
    left = [int(line)]
    def mortal(call):
        def stop(*a, **k):
            left[0] -= 1
            if left[0] < 0: os.kill(os.getpid(), 9)
            return call(*a, **k)
        return stop
    os.{step} = mortal(os.{step})
    try:
        exec({work!r})
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
"""


@contextmanager
def dying(step: str, work: str, *words: object) -> Iterator[Callable[[int], int]]:
    """What runs the work and dies at a call of a step; 0 when it came to its end."""
    program = MORTAL.format(step=step, imports=READ, work=work)
    with subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as runner:
        assert runner.stdin is not None
        assert runner.stdout is not None

        def die(calls: int) -> int:
            assert runner.stdin is not None
            assert runner.stdout is not None
            runner.stdin.write(f"{calls}\n")
            runner.stdin.flush()
            return int(runner.stdout.readline())

        yield die
        runner.stdin.close()


def _whole(store) -> str:
    """Every part of the current snapshot is there and is what its name says."""
    snapshot = SnapshotStore(store).current()
    assert snapshot is not None
    for table, content in snapshot.manifest["tables"].items():
        held = 0
        for part, told in zip(snapshot.parts(table), content["parts"], strict=True):
            digest = hashlib.sha256(part.read_bytes()).hexdigest()
            assert digest == told["sha256"]
            sql = "SELECT count(*) FROM read_parquet(?)"
            held += duckdb.execute(sql, [str(part)]).fetchall()[0][0]
        assert held == content["rows"]
    return snapshot.id


@pytest.mark.slow
def test_kill_9_at_random_moments_leaves_a_whole_snapshot(tmp_path):
    store = tmp_path / "store"
    first = written(bring_in(store, folder(tmp_path / "in"))).id
    days = "".join(
        f"S{n % 3 + 1},00{n % 2 + 1},2025-{9 + n // 28 % 4:02d}-{n % 28 + 1:02d},"
        "present,,\n"
        for n in range(2000)
    )
    header = "student_id,school_id,date,status,portion_absent,reason\n"
    given = folder(
        tmp_path / "next", students=STUDENTS + "S8,F,N,\n", attendance=header + days
    )
    chance = random.Random(11)  # noqa: S311 - moments, not secrets
    for _ in range(8):
        work = subprocess.Popen(
            [sys.executable, "-c", READY + IMPORT, str(store), str(given)],
            stdout=subprocess.PIPE,
        )
        assert work.stdout is not None
        assert work.stdout.readline() == b"ready\n"
        time.sleep(chance.random() * 0.8)
        os.kill(work.pid, signal.SIGKILL)
        work.communicate()
        assert _whole(store) in {first, *SnapshotStore(store).names()}
    done = written(bring_in(store, given))
    assert _whole(store) == done.id
    assert list(store.glob("aside-*")) == []
    used = {
        part.name
        for n in SnapshotStore(store).names()
        for t in SnapshotStore(store).get(n).manifest["tables"]
        for part in SnapshotStore(store).get(n).parts(t)
    }
    assert {part.name for part in (store / "parts").iterdir()} == used


@pytest.mark.slow
@pytest.mark.parametrize("step", ["rename", "replace", "fsync", "mkdir"])
def test_dying_inside_each_kind_of_step_leaves_the_last_one(tmp_path, step):
    """Die at the first, second, third ... such call instead of at a random time."""
    store = tmp_path / "store"
    bring_in(store, folder(tmp_path / "in"))
    given = folder(tmp_path / "next", students=STUDENTS + "S8,F,N,\n")
    with dying(step, IMPORT, store, given) as die:
        for calls in (0, 1, 2, 4):
            assert die(calls) in {0, -signal.SIGKILL}
            _whole(store)
    written(bring_in(store, given))
    _whole(store)


def _readable(store) -> None:
    """Every snapshot that is there is whole, not only the current one."""
    for name in SnapshotStore(store).names():
        for table in SnapshotStore(store).get(name).manifest["tables"]:
            for part in SnapshotStore(store).get(name).parts(table):
                assert hashlib.sha256(part.read_bytes()).hexdigest() == part.stem


@pytest.mark.slow
@pytest.mark.parametrize("step", ["rename", "replace", "fsync", "unlink", "rmdir"])
def test_dying_while_staging_swapping_and_retiring(tmp_path, step):
    store = tmp_path / "store"
    first = written(bring_in(store, folder(tmp_path / "in"))).id
    given = folder(tmp_path / "next", students=STUDENTS + "S8,F,N,\n")
    lived = False
    with dying(step, STAGE, store, given) as die:
        for calls in range(60):
            ended = die(calls)
            lived = ended == 0
            assert lived or ended == -signal.SIGKILL
            current = _whole(store)
            _readable(store)
            if lived:
                break
            SnapshotStore(store).make_current(first)
            assert current in SnapshotStore(store).names()
    assert calls  # it did die, at one call after the other
    assert lived  # every call of the whole way was once the last
    assert SnapshotStore(store).names() == (first,)
    used = {
        part.name
        for table in SnapshotStore(store).get(first).manifest["tables"]
        for part in SnapshotStore(store).get(first).parts(table)
    }
    assert {part.name for part in (store / "parts").iterdir()} == used
    assert list(store.glob("aside-*")) == []
