"""Renewing pathways, done by the worker; see `cli/worker.py`, `trying.py`."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from evenrise.workspace.supports.actions.pathways import renew
from evenrise.workspace.supports.trying import tried


@task()
def renew_pathways() -> None:
    """Renew the pathways for what is current."""
    tried(renew)


def after_current(snapshot: str, as_of: dt.date) -> None:
    """What follows when a snapshot became current; see `data/standing.py`."""
    del snapshot, as_of
    renew_pathways.enqueue()
