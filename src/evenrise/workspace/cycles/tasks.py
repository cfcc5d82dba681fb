"""Long work of this room, done by the worker; see `cli/worker.py`.

A task never fails: the log says what kind of fault it was, and nothing of a person.
"""

from __future__ import annotations

import datetime as dt
import logging

from django_tasks import task

from evenrise.workspace.cycles.actions.live import renew, renew_all
from evenrise.workspace.cycles.models import CycleMeasure


_log = logging.getLogger(__name__)


@task()
def renew_weeks() -> None:
    """Count the weeks of every live measure anew."""
    try:
        renew_all()
    except Exception as problem:  # noqa: BLE001 - a task never fails, see above
        _log.error("The weeks were not counted: %s.", type(problem).__name__)


@task()
def renew_one(measure: int) -> None:
    """Count one live measure of the whole district, which may take a minute."""
    try:
        renew(CycleMeasure.objects.select_related("cycle").get(pk=measure))
    except Exception as problem:  # noqa: BLE001 - a task never fails, see above
        _log.error("The weeks were not counted: %s.", type(problem).__name__)


def after_current(snapshot: str, as_of: dt.date) -> None:
    """What follows when a snapshot became current; see `data/standing.py`."""
    del snapshot, as_of
    renew_weeks.enqueue()


def after_night() -> None:
    """The weeks of the night, at once: a server may not run beside the command."""
    renew_weeks.call()
