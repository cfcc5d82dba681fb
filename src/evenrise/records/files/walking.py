"""Which files lie under the paths, and the one name that the report gives to each.

Two folders may each hold a `suspension.txt`: then their folders' names tell them
apart. A file that is reached twice is read once, and a review or a store that lies
below a folder of data is passed by. What is no file at all (a pipe, a device) is named
and left alone: it could keep an import waiting for ever.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from evenrise.records.files import limits
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem, why_refused
from evenrise.vocabulary.text import Text


_SKIP = frozenset({"thumbs.db", "desktop.ini"})
# A review and a store, by what they hold. Read again as data they would count twice.
_OURS = (
    ("findings.json", "facts.csv", "import.json"),
    ("current.json", "parts", "snapshots"),
)


def printable(name: str) -> str:
    """A name safe to print and to write: no letters that steer, none half read."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def is_litter(name: str) -> bool:
    """Whether a file is what a Mac, Windows or an open workbook adds on its own."""
    return name.startswith((".", "~$")) or name.casefold() in _SKIP


def files_under(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """Every file once, in order, with the name the report gives it.

    The name is the path below its folder; where that is not enough to tell two files
    apart the folder's own name stands before it, and then the whole path.

    Raises:
        ArgumentProblem: a path does not exist or is no file or folder, or there are
            too many files.
        InputProblem: a folder cannot be listed.
    """
    found: dict[tuple[int, int], tuple[Path, Path]] = {}
    for root in paths:
        for path in _walk(root):
            told = path.stat()
            found.setdefault((told.st_dev, told.st_ino), (root, path))
            if len(found) > limits.MAX_FILES:
                raise ArgumentProblem(
                    Text(
                        f"{root} holds more than {limits.MAX_FILES:,} files: name the "
                        "folder with the records in it.",
                        f"{root} contiene más de {limits.MAX_FILES:,} archivos: "
                        "indique la carpeta donde están los registros.",
                    )
                )
    return _named(list(found.values()))


def _walk(root: Path) -> Iterator[Path]:
    if not root.exists():
        raise ArgumentProblem(
            Text(
                f"There is no file or folder {root}.",
                f"No existe el archivo o la carpeta {root}.",
            )
        )
    if root.is_file():
        yield root
        return
    if not root.is_dir():
        raise ArgumentProblem(
            Text(
                f"{root} is a pipe or a device, not a file or a folder: save what it "
                "gives as a file first.",
                f"{root} es una tubería o un dispositivo, no un archivo ni una "
                "carpeta: guarde primero como archivo lo que da.",
            )
        )
    for folder, folders, files in os.walk(root, onerror=_stop):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not _is_ours(Path(folder, name))
        )
        for name in sorted(files):
            path = Path(folder, name)
            if not is_litter(name) and path.is_file():
                yield path


def _is_ours(folder: Path) -> bool:
    """Whether a folder is a review or a store that was written beside the data."""
    return any(all((folder / name).exists() for name in names) for names in _OURS)


def _stop(problem: OSError) -> NoReturn:
    """A folder that cannot be listed is not a folder without files."""
    why = why_refused(problem)
    raise InputProblem(
        Text(
            f"The folder {problem.filename} cannot be read: {why.en}. Nothing was "
            "written.",
            f"No se puede leer la carpeta {problem.filename}: {why.es}. No se escribió "
            "nada.",
        )
    ) from problem


def _named(found: Sequence[tuple[Path, Path]]) -> list[tuple[str, Path]]:
    """Each file with the shortest of three names that no other file has."""
    choices = [tuple(map(printable, _names(root, path))) for root, path in found]
    taken = [Counter(names) for names in zip(*choices, strict=True)]
    return [
        (
            next(
                (
                    name
                    for name, often in zip(names, taken, strict=True)
                    if often[name] == 1
                ),
                printable(str(path)),
            ),
            path,
        )
        for names, (_, path) in zip(choices, found, strict=True)
    ]


def _names(root: Path, path: Path) -> tuple[str, str, str]:
    if root == path:
        above = Path(os.path.realpath(path)).parent.name
        return path.name, f"{above}/{path.name}", str(path)
    below = path.relative_to(root).as_posix()
    top = Path(os.path.realpath(root)).name
    return below, f"{top}/{below}", str(path)
