"""What the room's tasks share: a task never fails.

What stood before stays, and the log says what kind of fault it was, never what a
library said, which may name a student.
"""

from __future__ import annotations

import logging
from collections.abc import Callable


_log = logging.getLogger("evenrise.workspace.supports.tasks")


def tried(work: Callable[[], object]) -> bool:
    """Do a piece of work; whether it was done."""
    try:
        work()
    except Exception as problem:  # noqa: BLE001 - a task never fails, see above
        _log.error("%s was not done: %s.", work.__name__, type(problem).__name__)
        return False
    return True
