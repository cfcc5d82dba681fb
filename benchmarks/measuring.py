"""Runs a piece of work in a process of its own and measures it from outside."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


ROOT = Path(__file__).parent.parent
# Compiled modules are kept between runs, as they are on a person's machine, whatever
# this shell says; but aside, so that measuring leaves nothing in the checkout.
_COMPILED = Path(tempfile.gettempdir()) / "evenrise-bench-compiled"


@dataclass(frozen=True)
class Measured:
    """One piece of work: medians over its runs.

    `work` is what the process itself says its work took, without starting Python and
    reading modules (the whole process where it says nothing); `process` is the whole
    process; `processor` is the time its processors were busy, which a crowded machine
    does not lengthen; `memory` is its largest resident size in GB; `told` is the JSON
    that the last run printed.
    """

    work: float
    process: float
    processor: float
    memory: float
    runs: int
    told: dict[str, Any]


class WorkFailed(Exception):  # noqa: N818 - read aloud: "the work failed"
    """A piece of work ended with an error; its last words are the message."""


def measure(command: list[str], *, runs: int = 1) -> Measured:
    """Run a command several times and take medians.

    Args:
        command: the words of the command.
        runs: how often; the first of several is a warm-up and does not count.

    Raises:
        WorkFailed: when it ends with an error.
    """
    took = [_once(command) for _ in range(runs + (runs > 1))][runs > 1 :]
    return Measured(
        statistics.median(one.told.get("seconds", one.wall) for one in took),
        statistics.median(one.wall for one in took),
        statistics.median(one.processor for one in took),
        max(one.memory for one in took),
        runs,
        took[-1].told,
    )


@dataclass(frozen=True)
class _Run:
    """One run: wall seconds, processor seconds, GB, and what the process told."""

    wall: float
    processor: float
    memory: float
    told: dict[str, Any]


def _once(command: list[str]) -> _Run:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=err, env=_environment()
        )
        # wait4 gives the use of this child alone; RUSAGE_CHILDREN would give the
        # largest of all children so far.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            err.seek(0)
            last = err.read().decode(errors="replace").strip()[-600:]
            raise WorkFailed(f"{' '.join(command)}: {last}")
        out.seek(0)
        busy = usage.ru_utime + usage.ru_stime
        return _Run(wall, busy, usage.ru_maxrss / 1e6, _told(out.read().decode()))


def _environment() -> dict[str, str]:
    """This environment, with a place for compiled modules."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(_COMPILED)}


def _told(text: str) -> dict[str, Any]:
    """The JSON object of the last line; empty when there is none."""
    last = text.strip().splitlines()[-1:]
    if last and last[0].startswith("{"):
        told: dict[str, Any] = json.loads(last[0])
        return told
    return {}


def python(module: str, *words: object) -> list[str]:
    """The command that runs one module of `benchmarks.work`."""
    return [
        sys.executable,
        "-m",
        f"benchmarks.work.{module}",
        *(str(word) for word in words),
    ]
