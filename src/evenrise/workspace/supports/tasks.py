"""Long work of this room, done by the worker; see `cli/worker.py` and `trying.py`."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from evenrise.workspace.supports.actions.effects import effects_due, keep_answers
from evenrise.workspace.supports.actions.flag_cards import (
    look_back_current,
    look_back_due,
)
from evenrise.workspace.supports.actions.flagging import due, flag_current
from evenrise.workspace.supports.actions.pathways import pathways_due
from evenrise.workspace.supports.tasks_effects import renew_answers
from evenrise.workspace.supports.tasks_pathways import renew_pathways
from evenrise.workspace.supports.trying import tried


@task()
def renew_flags() -> None:
    """Renew the flags for what is current, and the figures that are made of them."""
    tried(flag_current)
    tried(keep_answers)


@task()
def look_back() -> None:
    """Look at the district's own past: cards, conditions, what each rule set finds."""
    tried(look_back_current)


def after_current(snapshot: str, as_of: dt.date) -> None:
    """What follows when a snapshot became current; see `data/standing.py`.

    Both tasks look up what is current when they begin: it may have changed meanwhile.
    """
    del snapshot, as_of
    renew_flags.enqueue()
    look_back.enqueue()


def after_choice() -> None:
    """What follows when a rule was chosen: flags, where it holds by now."""
    renew_flags.enqueue()
    look_back.enqueue()


def after_start() -> None:
    """What follows when the server starts: what is missing for what is current.

    Nothing told this version of what became current before it was there.
    """
    if due() is not None:
        renew_flags.enqueue()
    if look_back_due():
        look_back.enqueue()
    if effects_due():
        renew_answers.enqueue()
    if pathways_due():
        renew_pathways.enqueue()


def after_night() -> None:
    """The flags of the night, at once: a server may not run beside the command.

    Its worker, where there is one, finds them made; the look back is left to it.
    """
    renew_flags.call()
