"""Makes an import current, in one transaction, or not at all."""

from __future__ import annotations

import logging

from django.db import transaction

from evenrise.vocabulary.errors import EvenriseError
from evenrise.workspace.data.asking import keep_questions
from evenrise.workspace.data.at_work import one_at_a_time, working_on
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.moving import move
from evenrise.workspace.data.saying import BaseChanged, fault, sentences
from evenrise.workspace.data.standing import (
    agree,
    make_current,
    snapshot_store,
    standing,
)
from evenrise.workspace.data.states import State, Verb
from evenrise.workspace.foundation.audit import About, record


_log = logging.getLogger("evenrise.data")


def is_stale(one: Import) -> bool:
    """Whether what is current is no longer what the difference was made against."""
    now = standing()
    return ("" if now is None else now.snapshot) != one.base


def stop_if_stale(one: Import) -> None:
    """Stop when the difference that a person saw is no longer the difference.

    Raises:
        BaseChanged: somebody brought in files meanwhile.
    """
    if is_stale(one):
        raise BaseChanged


def commit(key: str) -> None:
    """Make an import current; when it cannot be, it is ready as before and says why."""
    with working_on(key):
        commit_held(Import.objects.get(key=key))


def commit_held(one: Import) -> None:
    """The same for whoever holds the import's lock already."""
    if one.state != State.COMMITTING:
        return
    try:
        with one_at_a_time():
            _commit(one)
    except EvenriseError as problem:
        _return(one, sentences(problem))
    except Exception:  # noqa: BLE001 - a task never fails, see tasks.py
        _log.exception("A commit ended by a fault of ours.")
        _return(one, fault())


def _commit(one: Import) -> None:
    snapshot = snapshot_store().get(one.snapshot)
    with transaction.atomic():
        stop_if_stale(one)
        move(one, Verb.FINISH, problem="", problem_es="")
        keep_questions(one)
        record(
            one.by,
            "data.brought_in",
            About("import", one.key),
            snapshot=snapshot.id,
            files=len(one.files),
        )
        # Last: it swaps the records too, which no transaction takes back.
        make_current(snapshot, as_of=one.as_of, by=one.by, brought=one)


def _return(one: Import, said: dict[str, str]) -> None:
    agree()
    one.refresh_from_db()
    move(one, Verb.RETURN, **said)
    record(one.by, "data.not_brought_in", About("import", one.key))
