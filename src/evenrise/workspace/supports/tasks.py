"""Long work of this room, done by the worker; see `cli/worker.py`.

A task never fails: what stood before stays, and the log says what kind of fault it was,
never what a library said, which may name a student.
"""

from __future__ import annotations

import datetime as dt
import logging

from django_tasks import task

from evenrise.workspace.supports.actions.flag_cards import (
    look_back_current,
    look_back_due,
)
from evenrise.workspace.supports.actions.flagging import due, flag_current


_log = logging.getLogger(__name__)


@task()
def renew_flags() -> None:
    """Renew the flags for what is current."""
    try:
        flag_current()
    except Exception as problem:  # noqa: BLE001 - a task never fails, see above
        _log.error("The flags were not renewed: %s.", type(problem).__name__)


@task()
def look_back() -> None:
    """Look at the district's own past: cards, conditions, what each rule set finds."""
    try:
        look_back_current()
    except Exception as problem:  # noqa: BLE001 - a task never fails, see above
        _log.error("The cards were not renewed: %s.", type(problem).__name__)


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


def after_night() -> None:
    """The flags of the night, at once: a server may not run beside the command.

    Its worker, where there is one, finds them made; the look back is left to it.
    """
    renew_flags.call()
