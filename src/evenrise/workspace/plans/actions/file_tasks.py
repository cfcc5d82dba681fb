"""Tasks of the worker: a file of a plan is read, and written into the plan."""

from __future__ import annotations

from django_tasks import task

from evenrise.workspace.plans.actions import file_work


@task()
def read_plan_file(key: int) -> None:
    """Read a file that was brought."""
    file_work.read_file(key)


@task()
def write_plan_file(key: int) -> None:
    """Write a file that was agreed to into its plan."""
    file_work.write_file(key)
