"""A workbook read as tables of text; see `xlsx_file.py` for how it is written."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.parsers import expat

from evenrise.workspace.plans.content import PlanContent
from evenrise.workspace.plans.exchange.columns import TABLES
from evenrise.workspace.plans.exchange.one_reading import Reading
from evenrise.workspace.plans.exchange.packed import tree_of, unpack
from evenrise.workspace.plans.exchange.problems import (
    MOST_ROWS,
    Problem,
    Telling,
    check_size,
    unreadable,
)
from evenrise.workspace.plans.exchange.reading import read_rows
from evenrise.workspace.plans.exchange.words import SHEETS, both, plain
from evenrise.workspace.plans.exchange.writing import Row


LONG_SHEET = "Long texts · Textos largos"
OVERFLOW = "⟦{}⟧"
MORE = re.compile(r"⟦(\d+)⟧\Z")
_SHEETS = {
    plain(word): table
    for table, words in SHEETS.items()
    for word in (table, words.en, words.es, both(words))
}
_HEADINGS = {
    table: {
        plain(word): one.name
        for one in columns
        for word in (one.name, one.heading.en, one.heading.es, both(one.heading))
    }
    for table, columns in TABLES.items()
}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WIDEST = 200  # columns; the widest sheet of ours has 25
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_workbook(
    data: bytes, before: PlanContent, telling: Telling
) -> tuple[PlanContent, tuple[Problem, ...]]:
    """The plan that a workbook says; see `xlsx_file.read`."""
    check_size(data)
    parts = unpack(data)
    computed = {
        name: computing_cells(part)
        for name, part in parts.items()
        if name.startswith("xl/worksheets/") and name.endswith(".xml")
    }
    sheets = _sheets(data)
    tables = {
        table: rows
        for name, rows in sheets.items()
        if (table := _SHEETS.get(plain(name)))
    }
    if "rung" not in tables and "plan" not in tables:
        raise unreadable(
            "The workbook has no sheet named Ladder or Plan: begin with the file that "
            "this page gives.",
            "El libro no tiene una hoja llamada Escalera o Plan: empiece con el "
            "archivo que da esta página.",
        )
    telling(0.1)
    long = _long_texts(sheets.get(LONG_SHEET, ()))
    reading = Reading(
        before,
        frozenset(tables),
        sheeted=True,
        formulas=frozenset(_formulas(parts, computed, tables)),
        telling=telling,
    )
    rows = [row for table in TABLES for row in _rows(table, tables, long)]
    return read_rows(rows, reading)


def _sheets(data: bytes) -> Mapping[str, Sequence[Sequence[Any]]]:
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - 30 ms

    try:
        book = load_workbook(io.BytesIO(data))
        found: dict[str, Sequence[Sequence[Any]]] = {}
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            found[name] = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError):
        raise unreadable(
            "The workbook is damaged or locked by a password: save it again.",
            "El libro está dañado o bloqueado con contraseña: guárdelo de nuevo.",
        ) from None
    return found


def _columns(table: str, head: Sequence[Any]) -> dict[int, str]:
    known = _HEADINGS[table]
    found: dict[int, str] = {}
    for place, one in enumerate(head):
        name = known.get(plain(str(one)))
        if name and name not in found.values():
            found[place] = name
    return found


def _rows(
    table: str,
    tables: Mapping[str, Sequence[Sequence[Any]]],
    long: Mapping[str, str],
) -> Iterator[Row]:
    sheet = tables.get(table)
    if not sheet:
        return
    names = _columns(table, sheet[0])
    for number, line in enumerate(sheet[1:], start=2):
        cells = {name: _whole(_text(line[at]), long) for at, name in names.items()}
        if any(cell.strip() for cell in cells.values()):
            yield Row(table, number, cells)


def _text(value: Any) -> str:
    """A cell as a person would have typed it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)


def _whole(cell: str, long: Mapping[str, str]) -> str:
    more = MORE.search(cell)
    if more is None or more[1] not in long:
        return cell
    return cell[: more.start()] + long[more[1]]


def _long_texts(sheet: Sequence[Sequence[Any]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in sheet:
        if len(line) > 1:
            number = _text(line[0])
            found[number] = found.get(number, "") + _text(line[1])
    return found


def computing_cells(part: bytes) -> list[tuple[int, int]]:
    """The cells of a worksheet that compute: (row from 1, column from 0).

    Raises:
        InputProblem: when a cell lies so far out that a table up to it would fill the
            machine, or the sheet is not well-formed.
    """
    found: list[tuple[int, int]] = []
    here = (0, 0)

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal here
        kind = name.rpartition(":")[2]
        if kind == "f":
            found.append(here)
        elif kind == "c":
            told = _CELL.fullmatch(attributes.get("r", ""))
            here = (int(told[2]), _place(told[1])) if told else (here[0], here[1] + 1)
            if here[0] > MOST_ROWS + 1 or here[1] >= _WIDEST:
                raise _too_far()

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise unreadable(
            "The workbook is damaged inside: open it and save it again.",
            "El libro está dañado por dentro: ábralo y guárdelo de nuevo.",
        ) from None
    return found


def _too_far() -> Exception:
    return unreadable(
        f"A sheet has more than {MOST_ROWS:,} rows or {_WIDEST} columns: delete what "
        "is empty below and beside.",
        f"Una hoja tiene más de {MOST_ROWS:,} filas o {_WIDEST} columnas: borre lo "
        "vacío debajo y al lado.",
    )


def _formulas(
    parts: Mapping[str, bytes],
    computed: Mapping[str, list[tuple[int, int]]],
    tables: Mapping[str, Sequence[Sequence[Any]]],
) -> Iterator[tuple[str, int, str]]:
    """The cells that compute, by table, row and column."""
    for name, path in _paths(parts).items():
        table = _SHEETS.get(plain(name))
        if table is None or not tables.get(table):
            continue
        names = _columns(table, tables[table][0])
        for row, place in computed.get(path, ()):
            if place in names:
                yield table, row, names[place]


def _paths(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """Where each sheet lies in the file, by its name."""
    book = parts.get("xl/workbook.xml")
    links = parts.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}
    targets = {
        one.get("Id", ""): one.get("Target", "").removeprefix("/xl/")
        for one in tree_of(links)
    }
    return {
        one.get("name", ""): f"xl/{targets.get(one.get(_LINK, ''), '')}"
        for one in tree_of(book).iter(f"{_MAIN}sheet")
    }


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
