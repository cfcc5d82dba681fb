"""Long work, done by the worker one after the other; see `cli/worker.py`.

A task never fails: whatever happens, the import's own state says it, and no message of
a library reaches the table of tasks.
"""

from __future__ import annotations

from django_tasks import task

from evenrise.workspace.data import committing, reading
from evenrise.workspace.data.tidying import tidy


@task()
def read_import(key: str) -> None:
    """Read the files of an import."""
    reading.read(key)
    tidy()


@task()
def commit_import(key: str) -> None:
    """Make an import current."""
    committing.commit(key)
    tidy()
