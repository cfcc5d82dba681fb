"""Who works on an import: a lock that the system lets go of when a process dies.

A state alone cannot tell a long reading from one whose process was killed. The lock
can, at once and without a clock.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from evenrise.records.snapshots.locking import locked
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.saying import AtWork
from evenrise.workspace.data.states import State


_TAKEN = dt.timedelta(seconds=10)  # from taking a task to the lock: milliseconds
_PAUSE = 0.1  # seconds between two tries
_A_LOOK = 5  # seconds: whoever only looks whether somebody works lets go at once


@contextmanager
def working_on(key: str) -> Iterator[None]:
    """Hold the lock of one import.

    Raises:
        AtWork: when somebody else works on it.
    """
    with _held(key, _A_LOOK):
        yield


@contextmanager
def one_at_a_time(patience: float = 3600) -> Iterator[None]:
    """Readings and commits happen one after the other, whichever process does them.

    Args:
        patience: seconds to wait for the others.

    Raises:
        AtWork: when others took longer.
    """
    with _held("one-at-a-time", patience):
        yield


@contextmanager
def _held(name: str, patience: float) -> Iterator[None]:
    until = time.monotonic() + patience
    path = Path(settings.HOME.uploads) / f"{name}.work"
    while True:
        lock = locked(path)
        try:
            lock.__enter__()
            break
        except InputProblem:
            if time.monotonic() > until:
                raise AtWork from None
            time.sleep(_PAUSE)
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def is_abandoned(one: Import) -> bool:
    """Whether an import says that it is being worked on and nobody does."""
    if not _is_free(one.key):
        return False
    if one.state == State.READING:
        return True
    task = _task(one.task)
    if task is None or task.started_at is None:
        return task is None  # a task that nobody took yet is in the queue
    return bool(task.started_at < timezone.now() - _TAKEN)


def _task(key: str) -> DBTaskResult[Any, Any] | None:
    try:
        return DBTaskResult.objects.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None


def _is_free(key: str) -> bool:
    try:
        with _held(key, 0):
            return True
    except AtWork:
        return False
