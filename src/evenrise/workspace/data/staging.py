"""Staged snapshots that nobody needs any more, and their pages."""

from __future__ import annotations

from collections.abc import Iterable

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.data.models import Import, Standing
from evenrise.workspace.data.standing import page_file, snapshot_store
from evenrise.workspace.data.states import State


_NEEDED = (State.READING, State.READY, State.COMMITTING)


def retire(names: Iterable[str]) -> int:
    """Retire the snapshots among these that nothing needs; how many.

    What stood once stays, and what the store itself calls current.
    """
    store = snapshot_store()
    kept = set(Standing.objects.values_list("snapshot", flat=True))
    kept |= set(
        Import.objects.filter(state__in=_NEEDED).values_list("snapshot", flat=True)
    )
    current = store.current()
    if current is not None:
        kept.add(current.id)
    gone = sorted((set(names) & set(store.names())) - kept)
    for done, name in enumerate(gone):
        try:
            store.retire(name)
        except InputProblem:
            return done  # somebody is writing: the next time
        page_file(name).unlink(missing_ok=True)
    return len(gone)
