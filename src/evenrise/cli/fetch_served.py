"""`evenrise fetch` in a district that is served: an import that its people can see.

What the pages show is decided in the workspace, so a night goes the same way as files
that a person drops: read, staged, compared, and then made current, or left waiting for
a person where many students would leave. Whichever process is free does the work: the
server's worker, or this one where no server runs.
"""

from __future__ import annotations

import datetime as dt
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evenrise.cli.serving import begin, ready
from evenrise.config.home import Home


_SIGNALS = ("SIGINT", "SIGTERM", "SIGQUIT")
_LOOK_EVERY = 1.0  # seconds
_LOOK_CLOSELY_EVERY = 30  # looks: is whoever works on it still alive?


def is_served(store: Path) -> bool:
    """Whether people sign in to this district: its key is made on the first start."""
    return Home(store).key_file.exists()


def fetch_in_workspace(
    store: Path, name: str, as_of: dt.date, *, allow_removal: bool
) -> tuple[dict[str, Any] | None, str]:
    """Bring a connection in through the workspace.

    Returns:
        The story of the import as JSON (None when nothing came), and what a person
        should know (empty when it is current).
    """
    ready(begin(store))
    from evenrise.workspace.data.actions.imports import bring_in, commit
    from evenrise.workspace.data.models import Import, new_key
    from evenrise.workspace.data.saying import Said
    from evenrise.workspace.data.states import State
    from evenrise.workspace.data.uploads import land

    key = new_key()
    land(key)
    one = bring_in(
        None,
        key=key,
        files=(),
        as_of=as_of,
        origin=Import.Origin.NIGHT,
        connection=name,
    )
    _wait(one)
    if one.state != State.READY:
        return None, one.problem or "It was stopped; nothing was imported."
    try:
        reason = "evenrise fetch --allow-removal" if allow_removal else ""
        commit(None, one=one, agreed=allow_removal, reason=reason)
        _wait(one)
    except Said as problem:
        return None, f"{problem} It waits in the workspace; nothing has changed."
    if one.state != State.CURRENT:
        return None, f"{one.problem} It waits in the workspace; nothing has changed."
    return one.story, ""


def _wait(one: Any) -> None:
    """Do what waits in the queue, and wait for what another process has taken."""
    from evenrise.workspace.data.states import AT_WORK
    from evenrise.workspace.data.tidying import find_interrupted

    looks = 0
    while True:
        _work()
        one.refresh_from_db()
        if one.state not in AT_WORK:
            return
        time.sleep(_LOOK_EVERY)
        looks += 1
        if looks % _LOOK_CLOSELY_EVERY == 0:
            find_interrupted([one])


def _work() -> None:
    """All tasks of the queue that nobody has taken."""
    from django.core.management import call_command

    with _our_signals():
        call_command(
            "db_worker", batch=True, interval=0.0, startup_delay=False, verbosity=0
        )


@contextmanager
def _our_signals() -> Iterator[None]:
    """The worker takes signals for itself; afterwards they are ours again."""
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
