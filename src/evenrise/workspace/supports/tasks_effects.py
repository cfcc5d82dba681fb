"""Long work of the answers, done by the worker after the flags; see `trying.py`."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from evenrise.workspace.supports.actions.effects import (
    keep_answers,
    read_current_effects,
    renew_groups,
)
from evenrise.workspace.supports.trying import tried


@task()
def renew_answers() -> None:
    """Renew groups, the figures of large districts, and the readings of supports."""
    for part in (renew_groups, keep_answers, read_current_effects):
        tried(part)


@task()
def renew_kept() -> None:
    """Count the figures of a large district anew."""
    tried(keep_answers)


@task()
def renew_readings() -> None:
    """Make the readings of supports anew."""
    tried(read_current_effects)


def after_current(snapshot: str, as_of: dt.date) -> None:
    """What follows when a snapshot became current; see `data/standing.py`."""
    del snapshot, as_of
    renew_answers.enqueue()


def after_menu() -> None:
    """What follows when the menu says otherwise who is given a support, or why."""
    renew_readings.enqueue()
