"""How far a long work is, told from within its transaction.

What a transaction writes nobody else sees before its end, and SQLite lets nobody else
write meanwhile: so the worker tells it in a small file of the workspace's folder, which
the server reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


_A_STEP = 0.02  # of the way: as often is the file written


@contextmanager
def telling(name: str) -> Iterator[Callable[[float], None]]:
    """Gives what is told how far the work is, 0 to 1; forgets it at the end.

    Args:
        name: of the work; letters, digits and hyphens.
    """
    path, told = _path(name), -1.0

    def tell(done: float) -> None:
        nonlocal told
        if done - told < _A_STEP:
            return
        told = done
        aside = path.with_suffix(".new")
        aside.write_text(f"{done:.3f}", encoding="ascii")
        aside.replace(path)

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        tell(0)
        yield tell
    finally:
        path.unlink(missing_ok=True)


def how_far(name: str) -> float:
    """How far a work is, 0 to 1; 0 where it has not begun or tells nothing."""
    try:
        return min(max(float(_path(name).read_text(encoding="ascii")), 0.0), 1.0)
    except (OSError, ValueError):
        return 0.0


def _path(name: str) -> Path:
    home: Path = settings.HOME.workspace
    return home / "progress" / name
