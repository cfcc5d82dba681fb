"""What the worker keeps of finished work: a month, and never a library's words."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from evenrise.cli.worker import forget_details, remove_old


pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def task(days: int | None, *, begun: int, **also: object) -> DBTaskResult:
    """A task that began, and ended unless told, so many days ago."""
    return DBTaskResult.objects.create(
        task_path="evenrise.workspace.data.tasks.read_import",
        args_kwargs={"args": ["key"], "kwargs": {}},
        backend_name="default",
        run_after=NOW,
        started_at=NOW - dt.timedelta(days=begun),
        finished_at=None if days is None else NOW - dt.timedelta(days=days),
        **also,
    )


def test_old_work_is_removed_and_work_at_hand_is_not():
    others = set(DBTaskResult.objects.values_list("pk", flat=True))
    ended, killed = task(31, begun=32), task(None, begun=31)
    lately, at_hand = task(29, begun=40), task(None, begun=1)
    waiting = task(None, begun=0)
    DBTaskResult.objects.filter(pk=waiting.pk).update(started_at=None)
    assert remove_old(NOW) == 2
    left = set(DBTaskResult.objects.values_list("pk", flat=True)) - others
    assert left == {lately.pk, at_hand.pk, waiting.pk}
    assert not left & {ended.pk, killed.pk}


def test_sessions_that_ended_are_removed():
    from django.contrib.sessions.models import Session

    now = timezone.now()
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=now + dt.timedelta(days=days)
        )
    remove_old(now)
    assert [one.session_key for one in Session.objects.all()] == ["new"]


def test_a_fault_keeps_its_kind_and_no_words():
    one = task(
        0,
        begun=0,
        status=TaskResultStatus.FAILED,
        exception_class_path="builtins.ValueError",
        traceback="ValueError: Ana Lopez",
    )
    forget_details(sender=None, task_result=SimpleNamespace(id=one.pk))
    one.refresh_from_db()
    assert one.traceback == ""
    assert one.exception_class_path == "builtins.ValueError"


WATCHED = """
import sys, threading, time
from evenrise.cli.worker import _end_with_the_server
threading.Thread(target=_end_with_the_server, daemon=True).start()
time.sleep(0.3)
print("waiting", flush=True)
{rest}
"""


def watched(rest: str) -> subprocess.Popen[str]:
    """A process that watches its standard input as the worker does."""
    return subprocess.Popen(
        [sys.executable, "-c", WATCHED.format(rest=rest)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_worker_that_ends_by_itself_ends_tidily():
    """Read by `sys.stdin`, a lock of the watching thread made this a fatal error."""
    with watched("sys.exit(7)") as worker:
        assert worker.stdout.readline() == "waiting\n"
        # Standard input stays open, as it does while the server runs.
        assert worker.wait(30) == 7
        assert worker.stderr.read() == ""


def test_a_worker_ends_when_the_server_is_gone():
    with watched("time.sleep(60)") as worker:
        assert worker.stdout.readline() == "waiting\n"
        worker.stdin.close()
        assert worker.wait(30) == -signal.SIGTERM
