"""A plan as a workbook and back: a sheet a table, with lists to choose from.

Texts are written as texts, so that no cell computes and no key becomes a number; a
text longer than a cell goes on in the sheet of long texts.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from evenrise.publishing.spreadsheets import workbook_of_texts
from evenrise.workspace.plans.content import PlanContent
from evenrise.workspace.plans.exchange.columns import TABLES, Column
from evenrise.workspace.plans.exchange.guide import GUIDE
from evenrise.workspace.plans.exchange.problems import Problem, Telling, silent
from evenrise.workspace.plans.exchange.words import CODES, SHEETS, both
from evenrise.workspace.plans.exchange.writing import Row, rows_of
from evenrise.workspace.plans.exchange.xlsx_reading import (
    LONG_SHEET,
    MORE,
    OVERFLOW,
    read_workbook,
)


_MOST_IN_CELL = 32_000  # letters; a cell of Excel takes 32,767 of UTF-16
_NUMBERS = frozenset({"number", "year", "share", "money"})
_EMPTY_ROWS = 500  # below what is written: lists to choose from reach so far
_DECORATED = {
    "share": "0.0%",
    "money": "#,##0.00",
    "number": "0",
    "year": "0",
}


def write(content: PlanContent) -> bytes:
    """The plan as XLSX: a guide, a sheet a table, frozen heads, choices."""
    out = io.BytesIO()
    book = workbook_of_texts(out)
    book.set_properties({"title": content.title_en or content.title_es or "Plan"})
    _Writer(book, content).write()
    book.close()
    return out.getvalue()


def read(
    data: bytes, before: PlanContent, telling: Telling = silent
) -> tuple[PlanContent, tuple[Problem, ...]]:
    """The plan that a workbook says.

    Args:
        data: the file.
        before: the plan as it stands: a sheet or a column that is not there says
            nothing, so what it would speak of stays.
        telling: is told how far the reading is, 0 to 1.

    Raises:
        InputProblem: when nothing can be read from it.
    """
    return read_workbook(data, before, telling)


class _Writer:
    """One workbook while it is written."""

    def __init__(self, book: Any, content: PlanContent) -> None:
        self.book = book
        self.content = content
        self.long: list[tuple[int, str]] = []
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1,
             "bg_color": "#E8EEF4"}
        )  # fmt: skip
        self.text = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top"}
        )
        self.formats = {
            sort: book.add_format({"num_format": told, "valign": "top"})
            for sort, told in _DECORATED.items()
        }

    def write(self) -> None:
        self._guide()
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        for row in rows_of(self.content):
            rows[row.table].append(row)
        for table, columns in TABLES.items():
            self._sheet(table, columns, rows[table])
        if self.long:
            self._long_texts()

    def _guide(self) -> None:
        sheet = self.book.add_worksheet("Guide · Guía")
        sheet.set_column(0, 1, 70, self.text)
        sheet.write_string(0, 0, "How this file works", self.head)
        sheet.write_string(0, 1, "Cómo funciona este archivo", self.head)
        for row, one in enumerate(GUIDE, start=1):
            sheet.write_string(row, 0, one.en, self.text)
            sheet.write_string(row, 1, one.es, self.text)

    def _sheet(self, table: str, columns: Sequence[Column], rows: list[Row]) -> None:
        sheet = self.book.add_worksheet(both(SHEETS[table]))
        sheet.freeze_panes(1, 2 if table == "rung" else 1)
        sheet.set_row(0, 32)
        last = len(rows) + _EMPTY_ROWS
        for place, column in enumerate(columns):
            wear = self.formats.get(column.sort, self.text)
            sheet.set_column(place, place, column.width, wear)
            sheet.write_string(0, place, both(column.heading), self.head)
            self._choices(sheet, table, place, column, last)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                self._cell(sheet, number, place, column, row.cells[column.name])
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

    def _choices(
        self, sheet: Any, table: str, place: int, column: Column, last: int
    ) -> None:
        if column.sort in CODES:
            source: Any = [both(one) for one in CODES[column.sort].values()]
            if sum(len(one) + 1 for one in source) > 255:  # Excel takes no more
                source = list(CODES[column.sort])
        elif table == "rung" and column.name == "department":
            departments = both(SHEETS["department"])
            source = f"='{departments}'!$A$2:$A${last + 1}"
        else:
            return
        sheet.data_validation(
            1,
            place,
            last,
            place,
            {
                "validate": "list",
                "source": source,
                "error_type": "warning",
                "ignore_blank": True,
            },
        )

    def _cell(
        self, sheet: Any, row: int, place: int, column: Column, cell: str
    ) -> None:
        if not cell:
            return
        if column.sort in _NUMBERS and _stays_whole(cell, column.sort):
            wear = self.formats[column.sort]
            sheet.write_number(row, place, float(cell), wear)
            return
        sheet.write_string(row, place, self._fitting(cell), self.text)

    def _fitting(self, cell: str) -> str:
        """The cell, or its beginning and where it goes on."""
        whole = MORE.search(cell) is None
        if whole and len(cell.encode("utf-16-le")) <= 2 * _MOST_IN_CELL:
            return cell
        number = len(self.long) and self.long[-1][0] + 1
        half = _MOST_IN_CELL // 2  # letters beyond the plane count twice
        parts = [cell[at : at + half] for at in range(0, len(cell), half)]
        self.long += [(number, part) for part in parts[1:]] or [(number, "")]
        return parts[0] + OVERFLOW.format(number)

    def _long_texts(self) -> None:
        sheet = self.book.add_worksheet(LONG_SHEET)
        sheet.set_column(0, 0, 10, self.text)
        sheet.set_column(1, 1, 100, self.text)
        for row, (number, part) in enumerate(self.long):
            sheet.write_string(row, 0, str(number), self.text)
            sheet.write_string(row, 1, part, self.text)


def _stays_whole(cell: str, sort: str) -> bool:
    """Whether a number is the same after a workbook has kept it (16 digits)."""
    kept = float(f"{float(cell):.16G}")
    if sort == "money":
        return f"{kept:.2f}" == cell
    return repr(kept) == cell or (sort != "share" and str(int(kept)) == cell)
