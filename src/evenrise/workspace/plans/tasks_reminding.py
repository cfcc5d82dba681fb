"""The nightly reminders, as a task of the worker; see `cli/worker.py`.

A task never fails: the log says what kind of fault it was, and nothing of a person.
"""

from __future__ import annotations

import logging

from django_tasks import task

from evenrise.workspace.plans.reminding import remind_owners


_log = logging.getLogger(__name__)


@task()
def remind() -> None:
    """Write to the owners of steps."""
    try:
        remind_owners()
    except Exception as problem:  # noqa: BLE001 - a task never fails, see above
        _log.error("The reminders were not sent: %s.", type(problem).__name__)


def after_night() -> None:
    """The reminders of the night, at once: a server may not run beside the command."""
    remind.call()
