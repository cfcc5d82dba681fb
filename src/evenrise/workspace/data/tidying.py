"""Sets right what kills and time leave: states, staged snapshots, files past a day.

Called when the workspace starts, after each reading or commit, and by the nightly
command. It may be stopped anywhere and begun again.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.data.at_work import is_abandoned
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.moving import move
from evenrise.workspace.data.saying import NotNow
from evenrise.workspace.data.staging import retire
from evenrise.workspace.data.standing import snapshot_store
from evenrise.workspace.data.states import AT_WORK, State, Verb
from evenrise.workspace.data.uploads import folder_of, unknown_folders
from evenrise.workspace.foundation.audit import About, record


_UNKNOWN_FOR = 86_400  # seconds: a drop in a browser may take long
_LEFT = (State.REFUSED, State.SET_ASIDE, State.INTERRUPTED)


def tidy() -> None:
    """Do all of it."""
    find_interrupted()
    retire_leftovers()
    sweep_store()
    remove_old_files()


def find_interrupted(among: Iterable[Import] | None = None) -> int:
    """Say of imports whose worker was killed that they were interrupted; how many.

    Args:
        among: those to look at; all that say they are at work unless told.
    """
    at_work = Import.objects.filter(state__in=AT_WORK) if among is None else among
    found = 0
    for one in at_work:
        if one.state in AT_WORK and is_abandoned(one):
            try:
                move(one, Verb.INTERRUPT)
            except NotNow:
                continue  # it went on after all
            record(None, "data.interrupted", About("import", one.key))
            found += 1
    return found


def retire_leftovers() -> int:
    """Retire staged snapshots that no import waits with; how many.

    Only what an import of ours staged is touched: a snapshot of the command line, and
    everything that stood once, stays.
    """
    if Import.objects.filter(state=State.READING).exists():
        return 0  # it may have staged one that it has not told of yet
    there = set(snapshot_store().names())
    ours: set[str] = set()
    for one in Import.objects.filter(state__in=_LEFT, files_gone=False).only(
        "snapshot", "seen", "state"
    ):
        ours.add(one.snapshot)
        if one.state == State.INTERRUPTED and not one.snapshot:
            ours |= there - set(one.seen)
    return retire(ours)


def sweep_store() -> None:
    """Remove what a killed import left half-written in the store."""
    store = snapshot_store()
    if any(store.root.glob("aside-*")):
        # Somebody who is writing sweeps by himself.
        with suppress(InputProblem):
            store.sweep()


def remove_old_files() -> int:
    """Remove uploads whose day has come, and those of drops that never ended."""
    due = Import.objects.filter(files_gone=False, files_until__lte=timezone.now())
    removed = 0
    for one in due:
        _remove(folder_of(one.key))
        Import.objects.filter(pk=one.pk).update(files_gone=True)
        record(
            None, "data.files_removed", About("import", one.key), files=len(one.files)
        )
        removed += 1
    known = set(Import.objects.values_list("key", flat=True)) | {"one-at-a-time"}
    for path in unknown_folders(known):
        if path.stat().st_mtime < time.time() - _UNKNOWN_FOR:
            _remove(path)
            removed += 1
    return removed


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
