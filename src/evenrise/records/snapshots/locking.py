"""One import at a time: a lock that the system lets go of when a process dies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Text


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock, or say that somebody else does.

    Raises:
        InputProblem: when another import holds it.
    """
    with path.open("a+b") as file:
        try:
            _take(file)
        except OSError:
            raise InputProblem(
                Text(
                    f"Another import is writing to {path.parent}: wait until it is "
                    "done, then try again.",
                    f"Otra importación está escribiendo en {path.parent}: espere a que "
                    "termine y pruebe de nuevo.",
                )
            ) from None
        yield


def _take(file: IO[bytes]) -> None:
    """Take the lock without waiting; it falls when the file is closed."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only Windows has it

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - Windows has none

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
