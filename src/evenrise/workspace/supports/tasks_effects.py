"""Long work of the answers, done by the worker after the flags; see `tasks.py`.

A task never fails: what stood before stays, and the log says what kind of fault it was,
never what a library said, which may name a student.
"""

from __future__ import annotations

import datetime as dt
import logging

from django_tasks import task

from evenrise.workspace.supports.actions.effects import (
    keep_answers,
    read_current_effects,
    renew_groups,
)


_log = logging.getLogger(__name__)


@task()
def renew_answers() -> None:
    """Renew groups, the figures of large districts, and the readings of supports."""
    for part in (renew_groups, keep_answers, read_current_effects):
        try:
            part()
        except Exception as problem:  # noqa: BLE001 - a task never fails, see above
            _log.error("%s was not done: %s.", part.__name__, type(problem).__name__)


@task()
def renew_kept() -> None:
    """Count the figures of a large district anew."""
    try:
        keep_answers()
    except Exception as problem:  # noqa: BLE001 - a task never fails, see above
        _log.error("The figures were not counted: %s.", type(problem).__name__)


def after_current(snapshot: str, as_of: dt.date) -> None:
    """What follows when a snapshot became current; see `data/standing.py`."""
    del snapshot, as_of
    renew_answers.enqueue()
