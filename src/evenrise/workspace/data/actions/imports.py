"""What people do with imports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text
from evenrise.workspace.data.at_work import one_at_a_time
from evenrise.workspace.data.committing import stop_if_stale
from evenrise.workspace.data.fetching import connection_named
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.moving import move
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.saying import BaseChanged, Said
from evenrise.workspace.data.standing import (
    agree,
    make_current,
    snapshot_store,
    stack,
)
from evenrise.workspace.data.states import State, Verb
from evenrise.workspace.data.tasks import commit_import, read_import
from evenrise.workspace.data.uploads import land
from evenrise.workspace.data.warning import leaving
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person


_PATIENCE = 5  # seconds that a person waits for others at work
NO_REASON = Text("Say why, in a sentence.", "Diga por qué, en una frase.")
NO_FILES = Text(
    "Choose at least one file with something in it: nothing was sent.",
    "Elija al menos un archivo que no esté vacío: no se envió nada.",
)
FILES_GONE = Text(
    "The files of this import were removed from this server: bring them in again.",
    "Los archivos de esta importación ya se borraron de este servidor: incorpórelos de "
    "nuevo.",
)
NO_CONNECTION = Text(
    "The settings of this district name no such connection: look at district.toml.",
    "La configuración de este distrito no nombra esa conexión: revise district.toml.",
)
NOTHING_BEFORE = Text(
    "There is nothing before this import to go back to.",
    "No hay nada anterior a esta importación a lo que volver.",
)


def bring_in(  # noqa: PLR0913 - what an import is made of, each by its name
    person: Person | None,
    *,
    key: str,
    files: Sequence[dict[str, Any]],
    as_of: dt.date,
    origin: str = Import.Origin.PERSON,
    connection: str = "",
    queue: bool = True,
) -> Import:
    """Make an import of files that landed under its key, and have it read.

    Args:
        person: whose deed it is; None for a command's.
        key: where the files landed.
        files: name and bytes of each.
        as_of: the day that they speak of.
        origin: where they come from.
        connection: the server to fetch them from, instead.
        queue: have the worker read it; whoever does not holds its lock and reads.

    Raises:
        Said: when there is no file.
    """
    if not files and not connection:
        raise Said(NO_FILES)
    with transaction.atomic():
        one = Import.objects.create(
            key=key,
            files=list(files),
            as_of=as_of,
            by=person,
            origin=origin,
            connection=connection,
        )
        record(
            person,
            "data.bring_in",
            About("import", key),
            files=len(files),
            bytes=sum(file["bytes"] for file in files),
        )
        if queue:
            _enqueue_reading(one)
    one.refresh_from_db()
    return one


def fetch(person: Person | None, *, key: str, name: str, as_of: dt.date) -> Import:
    """Make an import of what a connection gives.

    Raises:
        Said: when the settings name no such connection.
    """
    try:
        connection_named(district_settings(), name)
    except ArgumentProblem as problem:
        raise Said(NO_CONNECTION) from problem
    land(key)
    return bring_in(
        person,
        key=key,
        files=(),
        as_of=as_of,
        origin=Import.Origin.CONNECTION,
        connection=name,
    )


def _enqueue_reading(one: Import) -> None:
    """In the transaction of the state: no waiting import without its task."""
    task = read_import.enqueue(one.key)
    Import.objects.filter(pk=one.pk).update(task=task.id)


def stop(person: Person, *, one: Import) -> None:
    """Ask the reading to stop; what has not begun is set aside at once.

    Raises:
        NotNow: when it is not being read any more.
    """
    with transaction.atomic():
        record(person, "data.stop", About("import", one.key))
        if one.state == State.READING:
            Import.objects.filter(pk=one.pk, state=State.READING).update(
                stop_asked=True
            )
            return
        move(one, Verb.SET_ASIDE)


def set_aside(person: Person | None, *, one: Import) -> None:
    """Do not bring it in; what is shown stays as it is.

    Raises:
        NotNow: when it has moved on.
    """
    with transaction.atomic():
        move(one, Verb.SET_ASIDE)
        record(person, "data.set_aside", About("import", one.key))


def begin_again(person: Person | None, *, one: Import) -> None:
    """Read the files once more, against what stands now.

    Raises:
        NotNow: when it has moved on.
        Said: when its files were removed.
    """
    if one.files_gone:
        raise Said(FILES_GONE)
    with transaction.atomic():
        move(one, Verb.BEGIN_AGAIN, stop_asked=False, moves=None, reason="")
        record(person, "data.begin_again", About("import", one.key))
        _enqueue_reading(one)


def commit(
    person: Person | None,
    *,
    one: Import,
    agreed: bool = False,
    reason: str = "",
    queue: bool = True,
) -> None:
    """Say yes to a difference: it becomes current in the background.

    Args:
        person: who says yes; they answer for it from now on.
        one: the import.
        agreed: that many students leave is meant.
        reason: why, where many students leave.
        queue: have the worker do it; whoever does not holds its lock and does it.

    Raises:
        BaseChanged: somebody brought in files since the difference was made.
        NotNow: when it has moved on.
        Said: when many students would leave and nobody said why.
    """
    many = leaving(one)
    with transaction.atomic():
        stop_if_stale(one)
        if many.many and not (agreed and reason.strip()):
            raise Said(many.ask())
        move(one, Verb.COMMIT, by=person or one.by, reason=reason.strip()[:500])
        record(
            person,
            "data.commit",
            About("import", one.key),
            snapshot=one.snapshot,
            students_gone=many.gone,
            many_leave=many.many,
        )
        if queue:
            task = commit_import.enqueue(one.key)
            Import.objects.filter(pk=one.pk).update(task=task.id)


def undo(person: Person, *, seen: int, reason: str) -> None:
    """Put back what stood before the last import.

    Args:
        person: who does it.
        seen: the key of what stood when the person decided.
        reason: why.

    Raises:
        AtWork: files are being read or brought in at this moment.
        BaseChanged: something else stands by now.
        Said: without a reason, or when there is nothing before.
    """
    if not reason.strip():
        raise Said(NO_REASON)
    try:
        with one_at_a_time(patience=_PATIENCE), transaction.atomic():
            _undo(person, seen, reason.strip()[:500])
    except Exception:
        agree()
        raise


def _undo(person: Person, seen: int, reason: str) -> None:
    stood = stack()
    if not stood or stood[-1].pk != seen:
        raise BaseChanged
    if len(stood) < 2:
        raise Said(NOTHING_BEFORE)
    before, now = stood[-2:]
    brought = now.brought
    if brought is not None and brought.state == State.CURRENT:
        move(brought, Verb.UNDO, reason=reason)
    record(
        person,
        "data.undo_import",
        About("import", "" if brought is None else brought.key),
        reason=reason,
    )
    make_current(
        snapshot_store().get(before.snapshot),
        as_of=before.as_of,
        by=person,
        undoes=True,
        brought=before.brought,
    )
