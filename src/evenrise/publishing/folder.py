"""The folder of a review: written aside, renamed last, never somebody else's.

A reader of the folder sees the old review or the new one, never half of either: the two
folders are exchanged in one step where the system can (Linux), by two renames
elsewhere.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evenrise.vocabulary.errors import ArgumentProblem, why_refused
from evenrise.vocabulary.text import Text


NAMES = frozenset(
    {
        "index.html",
        "es",
        "review.pdf",
        "review.es.pdf",
        "board.pptx",
        "board.es.pptx",
        "facts.csv",
        "findings.json",
        "import.json",
    }
)
SIGNS = ("facts.csv", "findings.json", "import.json")  # every review has them
# What a desktop leaves in a folder that somebody has looked into.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_ASIDE = ".evenrise-"
_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


def check_target(out: Path) -> None:
    """Refuse a place that a review must not be written to.

    Raises:
        ArgumentProblem: when it is a file, or a folder that holds anything but a
            review of ours.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise ArgumentProblem(
            Text(
                f"{out} is a file: name a folder for the review, which may be new.",
                f"{out} es un archivo: indique una carpeta para la revisión, que puede "
                "ser nueva.",
            )
        )
    found = {entry.name for entry in out.iterdir()} - LITTER
    if not found:
        return
    strange = sorted(found - NAMES)
    if strange:
        raise ArgumentProblem(
            Text(
                f"{out} holds files that are no part of a review ({strange[0]}): "
                "nothing was deleted; name a new folder, or empty this one yourself.",
                f"{out} contiene archivos que no son de una revisión ({strange[0]}): "
                "no se borró nada; indique una carpeta nueva o vacíe usted esta.",
            )
        )
    missing = [name for name in SIGNS if name not in found]
    if missing:
        raise ArgumentProblem(
            Text(
                f"{out} does not look like a review ({missing[0]} is not there): "
                "nothing was deleted; name a new folder, or empty this one yourself.",
                f"{out} no parece una revisión (falta {missing[0]}): no se borró nada; "
                "indique una carpeta nueva o vacíe usted esta.",
            )
        )


@contextmanager
def written_aside(out: Path) -> Iterator[Path]:
    """A new folder that takes the place of `out` when the block ends well.

    When it does not, `out` stays as it was and the new folder is gone.

    Raises:
        ArgumentProblem: when the place may not be used, or cannot be written.
    """
    check_target(out)
    out = out.resolve()
    aside = out.parent / f".{out.name}{_ASIDE}{os.getpid()}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        aside.mkdir()
    except OSError as error:
        why = why_refused(error)
        raise ArgumentProblem(
            Text(
                f"{out} cannot be written ({why.en}): name another folder.",
                f"No se puede escribir en {out} ({why.es}): indique otra carpeta.",
            )
        ) from None
    try:
        yield aside
        check_target(out)
        _put_in_place(aside, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Remove what a run that was killed left beside the folder."""
    for left in out.parent.glob(f".{out.name}{_ASIDE}*"):
        process = left.name.rpartition("-")[2]
        if process.isdigit() and not _runs(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _put_in_place(aside: Path, out: Path) -> None:
    if not out.exists():
        aside.rename(out)
        return
    if _exchange(aside, out):
        return
    old = aside.with_name(aside.name + "-old")
    out.rename(old)
    try:
        aside.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system has no such step."""
    with suppress(OSError, AttributeError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        names = os.fsencode(one), os.fsencode(other)
        return int(rename(_HERE, names[0], _HERE, names[1], _EXCHANGE)) == 0
    return False
