"""One import from one state to the next: the table is asked, and only one wins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from evenrise.workspace.data.models import Import
from evenrise.workspace.data.saying import NotNow
from evenrise.workspace.data.states import State, Verb, after


# How long the files of an import stay on the disk after it came to this state.
KEPT_FOR: dict[State, dt.timedelta] = {
    State.CURRENT: dt.timedelta(days=7),
    State.UNDONE: dt.timedelta(days=7),
    State.REFUSED: dt.timedelta(days=7),
    State.INTERRUPTED: dt.timedelta(days=7),
    State.SET_ASIDE: dt.timedelta(days=1),
}


def move(one: Import, verb: Verb, **also: Any) -> Import:
    """Move an import by a verb, with what else is to be kept; the row as it is now.

    One statement reads and writes: of two who do it at once, one is told that it was
    too late.

    Raises:
        NotNow: when the table does not allow it, or the row moved meanwhile.
    """
    before = State(one.state)
    target = after(before, verb)
    now = timezone.now()
    if target is not None:
        kept = KEPT_FOR.get(target)
        moved = Import.objects.filter(pk=one.pk, state=before).update(
            state=target,
            moved_at=now,
            files_until=None if kept is None else now + kept,
            **also,
        )
        if moved:
            one.refresh_from_db()
            return one
    raise NotNow
