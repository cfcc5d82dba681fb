"""A folder for records that must not stay: gone at the end, or at the next start.

A process that is killed cannot tidy up, and what lies in such a folder are records of
children. So each folder holds a lock that falls with its process, and whoever makes
the next one removes those whose lock is free.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evenrise.records.snapshots.locking import locked
from evenrise.vocabulary.errors import InputProblem


_PREFIX = "evenrise-records-"
_LOCK = "held.lock"
_BEING_MADE = 30.0  # seconds in which a folder may still be without its lock


@contextmanager
def folder_aside() -> Iterator[Path]:
    """A folder of this process alone; forgotten ones are removed first."""
    remove_forgotten(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as home:
        work = Path(home, "work")
        work.mkdir()
        with locked(Path(home, _LOCK)):
            yield work


def remove_forgotten(parent: Path) -> None:
    """Remove the folders that killed processes left; others' and busy ones stay."""
    for home in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError, InputProblem):
            lock = home / _LOCK
            age = time.time() - home.stat().st_mtime
            if not lock.exists() and age < _BEING_MADE:
                continue
            with locked(lock):
                shutil.rmtree(home / "work", ignore_errors=True)
            shutil.rmtree(home, ignore_errors=True)
