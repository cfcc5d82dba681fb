"""Renewing pathways, done by the worker; see `cli/worker.py`."""

from __future__ import annotations

import datetime as dt
import logging

from django_tasks import task

from evenrise.workspace.supports.actions.pathways import renew


_log = logging.getLogger(__name__)


@task()
def renew_pathways() -> None:
    """Renew the pathways for what is current; what stood before stays on a fault."""
    try:
        renew()
    except Exception as problem:  # noqa: BLE001 - a task never fails
        _log.error("The pathways were not renewed: %s.", type(problem).__name__)


def after_current(snapshot: str, as_of: dt.date) -> None:
    """What follows when a snapshot became current; see `data/standing.py`."""
    del snapshot, as_of
    renew_pathways.enqueue()
