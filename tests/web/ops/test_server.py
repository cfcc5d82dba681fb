"""`evenrise serve` killed, stopped and started again: what was acknowledged stands."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.served import begun
from tests.web.ops.deployed import AWAY, Browser, Deployed, Server, Writer, said


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]
SOON = 20  # seconds; on a quiet machine a tenth of it


def is_there(pid: int) -> bool:
    """Whether a process lives (one that only waits to be buried does not)."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return told.rsplit(")", 1)[1].split()[0] != "Z"


def gone(pids: list[int]) -> bool:
    """Whether all of them end by themselves."""
    until = time.monotonic() + SOON
    while any(is_there(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_kills_lose_nothing_that_was_acknowledged(
    deployed: Deployed, vendor: str
) -> None:
    # PostgreSQL is not killed with us: each of the two kinds of kill once.
    turns = 4 if vendor == "sqlite" else 2
    moments = random.Random(20261122)  # noqa: S311 - the same moments every time
    server = Server(deployed)
    kept: set[str] = set()
    try:
        for turn in range(turns):
            server.wait()
            helpers = server.helpers()
            assert len(helpers) >= 2  # for pages, and for long work
            first, second = Writer(server, f"a{turn}"), Writer(server, f"b{turn}")
            with first, second:
                while not (first.kept and second.kept):
                    time.sleep(0.02)
                time.sleep(moments.uniform(0.0, 0.6))
                os.kill(server.process.pid, signal.SIGKILL)
                if turn % 2:  # together, as when the power goes
                    for pid in helpers:
                        os.kill(pid, signal.SIGKILL)
            server.process.communicate()
            assert gone(helpers), "a helper went on without its server"
            kept.update(first.kept, second.kept)
            server.begin()
        server.wait()
        page = Browser(server, "cabinet").get(f"/findings/{deployed.things['finding']}")
        assert said(page) >= kept
        # At most the one that was under way came through without an answer.
        assert len(said(page) - kept) <= 2 * turns
    finally:
        server.stop()


def test_what_falls_over_is_started_again(deployed: Deployed, vendor: str) -> None:
    if vendor != "sqlite":
        pytest.skip("the same on both")
    with deployed.served() as server:
        before = server.helpers()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + SOON * 3
        while len(set(server.helpers()) - set(before)) < len(before):
            assert time.monotonic() < until
            assert server.process.poll() is None
            time.sleep(0.05)
        server.wait()
        assert "<h1" in Browser(server, "principal").get("/start")


def test_a_second_server_is_told_so(
    filled: Deployed, vendor: str, tmp_path: Path, tmp_path_factory
) -> None:
    if vendor != "sqlite":
        pytest.skip("the same on both")
    with filled.served() as server:
        code, told = filled.run("serve", "--store", filled.store, "--port", 1)
        assert code == 3
        assert "is served already by another process" in told
        assert server.process.poll() is None
        other = begun(tmp_path_factory, tmp_path / "store")
        words = ("serve", "--store", other, "--port", server.port)
        code, told = Deployed(other).run(*words)
        assert (code, "is taken" in told) == (2, True), told


def test_a_stop_is_tidy_also_while_an_import_runs(deployed: Deployed, vendor) -> None:
    server = Server(deployed)
    try:
        server.wait()
        steward = Browser(server, "steward")
        steward.get("/data/imports/new")
        records = deployed.records
        assert steward.upload("/data/imports/new", *sorted(records.glob("*.csv"))) in {
            200,
            302,
        }
        address = steward.went_to
        assert address.startswith("/data/imports/"), address
        helpers = server.helpers()
        time.sleep(1.5)  # the worker looks for work once a second
        begun = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - begun < SOON
        assert gone(helpers)

        server.begin()
        server.wait()
        page = Browser(server, "steward").get(address)
        assert "<h1" in page  # the import is there, at whatever step it was left
    finally:
        with suppress(*AWAY):
            server.stop()
