"""What is current: the snapshot, its page store, and the act of making one current."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenrise.publishing.page_store.reading import PageStore
from evenrise.records.snapshots import Snapshot, SnapshotStore
from evenrise.records.snapshots.directory import read_directory
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.data.models import Import, Standing
from evenrise.workspace.foundation import furniture
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.placing import Placed, place_directory


_then: list[Callable[[str, dt.date], None]] = []


def when_current(how: Callable[[str, dt.date], None]) -> None:
    """Rooms above this one say what follows when a snapshot became current.

    Each is called with the snapshot's name and the day it stands for, after the
    transaction; long work belongs into a task. Called in `apps.py: ready()`.
    """
    if how not in _then:
        _then.append(how)


def snapshot_store() -> SnapshotStore:
    """The records of the district that is served."""
    return SnapshotStore(settings.HOME.store)


def page_file(snapshot: str) -> Path:
    """Where the page store of a snapshot lies."""
    return Path(settings.HOME.pages) / f"{snapshot}.sqlite"


def standing() -> Standing | None:
    """What is current; None before the first import."""
    return Standing.objects.order_by("-id").first()


@lru_cache(maxsize=4)
def _opened(path: Path) -> PageStore:
    return PageStore(path)


def pages_of(snapshot: str) -> PageStore:
    """The page store of a snapshot, opened once a process."""
    return _opened(page_file(snapshot))


def current_pages() -> PageStore | None:
    """The page store of what is current; None before the first import."""
    now = standing()
    return None if now is None else pages_of(now.snapshot)


def make_current(
    snapshot: Snapshot,
    *,
    as_of: dt.date,
    by: Person | None,
    undoes: bool = False,
    brought: Import | None = None,
) -> Placed:
    """Show this snapshot on every page from now on: directory, pages, records.

    Its page store must have been prepared. In one transaction: the directory, the
    roles that follow it, the row that says what is current, and the audit.

    Args:
        snapshot: what is to stand.
        as_of: the day that its pages speak of.
        by: whose deed it is; None for a command's.
        undoes: whether it puts back what stood before.
        brought: the import that brought it.

    Raises:
        InputProblem: when the snapshot's pages are not prepared.
    """
    if not page_file(snapshot.id).exists():
        raise InputProblem(
            f"The pages of snapshot {snapshot.id} are not prepared; nothing changed."
        )
    pages = pages_of(snapshot.id)
    directory = read_directory(snapshot, as_of)
    with transaction.atomic():
        before = standing()
        placed = place_directory(directory, timezone.localdate())
        Standing.objects.create(
            snapshot=snapshot.id,
            as_of=as_of,
            district_id=pages.district.organization_id,
            district_name=pages.district.name,
            by=by,
            undoes=before if undoes else None,
            brought=brought,
        )
        record(
            by,
            "data.undo" if undoes else "data.make_current",
            About("snapshot", snapshot.id),
            students=placed.students,
        )
        # Last: if this fails, the transaction is undone; if the machine stops between
        # the two, the next start sets it right (see `agree`).
        snapshot_store().make_current(snapshot.id)
        for how in _then:
            transaction.on_commit(partial(how, snapshot.id, as_of), robust=True)
    return placed


def agree() -> None:
    """Let the store name the snapshot that the pages show; called at start."""
    now = standing()
    store = snapshot_store()
    if now is None:
        return
    current = store.current()
    if current is None or current.id != now.snapshot:
        store.make_current(now.snapshot)


def stack() -> list[Standing]:
    """What stood, one upon the other: the last is current, an undo takes one away."""
    stood: list[Standing] = []
    for one in Standing.objects.select_related("brought").order_by("id"):
        if one.undoes_id is None:
            stood.append(one)
        elif len(stood) > 1:
            stood.pop()
            stood[-1] = one  # what stands again: since when, and who did it
    return stood


def told_standing() -> furniture.Standing:
    """What every page's foot says."""
    now = standing()
    if now is None:
        return furniture.Standing()
    return furniture.Standing(now.district_name, now.as_of, now.snapshot)
