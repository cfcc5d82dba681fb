"""A folder for work that is seen only when it is whole; what a kill left is found.

Who works holds a lock that the system lets go of when a process dies. Whoever comes
next into the same place removes the folders whose lock is free.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evenrise.records.snapshots.locking import locked
from evenrise.vocabulary.errors import InputProblem


_LOCK = "lock"


@contextmanager
def laid_aside(place: Path, work: str) -> Iterator[Path]:
    """A folder beside what is to be made, read by its owner alone; gone at the end.

    Args:
        place: an existing folder, on the disk where the work will stand.
        work: what is done, for the folder's name.

    Raises:
        OSError: when the place cannot be written.
    """
    start = f".evenrise-{work}-"
    _sweep(place, start)
    folder = Path(tempfile.mkdtemp(prefix=start, dir=place))
    try:
        with locked(folder / _LOCK):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path, start: str) -> None:
    for left in place.glob(f"{start}*"):
        # Busy: somebody works there at this moment.
        with suppress(InputProblem, OSError):
            with locked(left / _LOCK):
                pass
            shutil.rmtree(left, ignore_errors=True)
