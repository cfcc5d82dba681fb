"""Worksheets as texts: xlsx, xlsm, xlsb, xls and ods through calamine."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from evenrise.records.files.limits import (
    FREE_EXPANSION,
    MAX_RATIO,
    MAX_SHEET_CELLS,
    MAX_SHEET_MEMORY,
    Unreadable,
)
from evenrise.vocabulary.text import Text


_WRITER = Path(__file__).with_name("sheet_writer.py")


def is_workbook(path: Path) -> bool:
    """Whether a zip is an Office workbook."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return any(
        name.startswith("xl/") or name in {"mimetype", "content.xml"} for name in names
    )


def sheets(path: Path, scratch: Path, number: int) -> Iterator[tuple[str, Path]]:
    """Each sheet that holds anything, as (its name, a UTF-8 CSV in scratch).

    Raises:
        Unreadable: when the workbook is damaged, locked, or unpacks to too much.
    """
    _check_size(path)
    told = _written(path, scratch / f"{number}-")
    if "problem" in told:
        raise Unreadable(_why(told))
    for name, file in told["sheets"]:
        yield name, Path(file)


def _written(path: Path, target: Path) -> dict[str, Any]:
    """What the writer of sheets tells; a workbook that ends it asks for too much."""
    limits = (MAX_SHEET_CELLS, MAX_SHEET_MEMORY)
    done = subprocess.run(  # noqa: S603 - our own script, beside this file
        [sys.executable, "-I", _WRITER, path, target, *map(str, limits)],
        capture_output=True,
        check=False,
    )
    try:
        return cast("dict[str, Any]", json.loads(done.stdout))
    except ValueError:
        return {"problem": "memory"}


def _why(told: Mapping[str, Any]) -> Text:
    if told["problem"] == "large":
        name = told["sheet"]
        return Text(
            f"has a sheet ({name}) too large to read.",
            f"tiene una hoja ({name}) demasiado grande para leerla.",
        )
    return _PROBLEMS[told["problem"]]


_PROBLEMS = {
    "memory": Text(
        "asks for far more memory than a table should: save it as CSV.",
        "pide mucha más memoria de la que debería una tabla: guárdelo como CSV.",
    ),
    "locked": Text(
        "is locked by a password: save it again, as CSV or xlsx.",
        "está bloqueado con una contraseña: guárdelo de nuevo, como CSV o xlsx.",
    ),
    "damaged": Text(
        "is a damaged workbook: save it again, as CSV or xlsx.",
        "es un libro de cálculo dañado: guárdelo de nuevo, como CSV o xlsx.",
    ),
}


def _check_size(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        total = sum(part.file_size for part in packed.infolist())
    if total > FREE_EXPANSION and total > MAX_RATIO * path.stat().st_size:
        raise Unreadable(
            Text(
                f"unpacks to {total / 2**20:,.0f} MB, far more than a table that size "
                "should: it was not opened.",
                f"se descomprime a {total / 2**20:,.0f} MB, mucho más de lo que "
                "debería una tabla de ese tamaño: no se abrió.",
            )
        )
