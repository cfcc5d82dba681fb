"""Worksheets as texts: xlsx, xlsm, xlsb, xls and ods through calamine."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evenrise.records.files.limits import (
    FREE_EXPANSION,
    MAX_RATIO,
    MAX_SHEET_CELLS,
    Unreadable,
)
from evenrise.vocabulary.text import Text


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
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - 30 ms

    _check_size(path)
    try:
        book = load_workbook(str(path))
        for place, name in enumerate(book.sheet_names):
            sheet = book.get_sheet_by_name(name)
            if sheet.height * sheet.width > MAX_SHEET_CELLS:
                raise Unreadable(
                    Text(
                        f"has a sheet ({name}) too large to read.",
                        f"tiene una hoja ({name}) demasiado grande para leerla.",
                    )
                )
            if not sheet.height:
                continue
            target = scratch / f"{number}-{place}.csv"
            _write(sheet.to_python(skip_empty_area=False), target)
            yield name, target
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as problem:
        locked = "password" in str(problem).lower()
        why = (
            Text("is locked by a password", "está bloqueado con una contraseña")
            if locked
            else Text("is a damaged workbook", "es un libro de cálculo dañado")
        )
        raise Unreadable(
            Text(
                f"{why.en}: save it again, as CSV or xlsx.",
                f"{why.es}: guárdelo de nuevo, como CSV o xlsx.",
            )
        ) from None


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


def _write(rows: Sequence[Sequence[Any]], target: Path) -> None:
    written = _Written()
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [
                value
                if type(value) is str and "\n" not in value
                else written[value]
                if type(value) is float
                else _cell(value)
                for value in row
            ]
            for row in rows
        )


class _Written(dict[float, str]):
    """Numbers as text, each worked out once: a sheet repeats its counts and codes."""

    def __missing__(self, value: float) -> str:
        text = self[value] = _cell(value)
        return text


def _cell(value: Any) -> str:
    """A cell as a person would have typed it."""
    if isinstance(value, str):
        # A line break inside a cell would make lines and records differ.
        return " ".join(value.splitlines())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return "" if value is None else str(value)
