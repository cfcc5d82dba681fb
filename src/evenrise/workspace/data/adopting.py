"""Shows what was imported on the command line: the store's own current snapshot."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from evenrise.publishing.page_store.prepare import prepare_pages
from evenrise.publishing.reviewing.settings_file import settings_beside
from evenrise.vocabulary.progress import Progress
from evenrise.workspace.data.standing import (
    agree,
    make_current,
    page_file,
    snapshot_store,
    standing,
)
from evenrise.workspace.data.tidying import tidy


def adopt_current(as_of: dt.date, progress: Progress) -> bool:
    """Prepare and show the store's current snapshot when no page shows it yet.

    Where something stands already, the store is set right to name it: people decide
    in the workspace what is shown, and a command line import waits there. What a kill
    left is set right.

    Returns:
        Whether something new is shown.
    """
    if standing() is not None:
        agree()
        tidy()
        return False
    snapshot = snapshot_store().current()
    if snapshot is None:
        return False
    target = page_file(snapshot.id)
    if not target.exists():
        prepare_pages(
            snapshot,
            target=target,
            as_of=as_of,
            settings=settings_beside([settings.HOME.store]),
            district=None,
            report=None,
            progress=progress,
        )
    make_current(snapshot, as_of=as_of, by=None)
    return True
