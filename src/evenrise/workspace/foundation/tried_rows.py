"""The rows of a CSV file that is tried row by row, before all of it is written or none.

    for line, row in rows_in(text, needed=("email", "came"), most=2_000):
        try:
            until = day_in(row, "until", latest=today)
        except ColumnProblem as problem:
            problems.append(RowProblem(line, problem.column, str(problem)))

It stands in this room because the lowest room that takes files, people, needs it too.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import EvenriseError, InputProblem


Row = dict[str, str]
Shown = TypeVar("Shown")
_YES = frozenset({"1", "true", "yes", "y", "sí", "si", "x"})
_NO = frozenset({"0", "false", "no", "n"})
_YEARS = range(2000, 2101)
_LONGEST = 100_000  # letters of a line


class ColumnProblem(EvenriseError):  # noqa: N818 - read aloud: "a problem"
    """What is wrong in one column of one row."""

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column = column


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One row that cannot be brought in: its line, its column, and why."""

    line: int
    column: str
    problem: str


@dataclass(frozen=True, slots=True)
class Tried(Generic[Shown]):
    """A file as it was tried: what a page shows of each good row, and the others.

    `batch` names what was written, so that it can be taken back as one; blank when
    nothing was.
    """

    rows: tuple[Shown, ...]
    problems: tuple[RowProblem, ...]
    batch: str = ""


def columns_in(text: str) -> frozenset[str]:
    """The names in a file's first row, in small letters.

    Raises:
        InputProblem: when it is no CSV file.
    """
    try:
        return frozenset(_named(head) for head in _reader(text).fieldnames or ())
    except csv.Error as problem:
        raise InputProblem(no_csv()) from problem


def rows_in(
    text: str, *, needed: Sequence[str], most: int, filled: str = ""
) -> list[tuple[int, Row]]:
    """The rows of a file, each with the line on which it ends.

    Args:
        text: the file.
        needed: the columns without which nothing can be said.
        most: rows a file may hold.
        filled: the column whose empty cell passes a row over; blank for every row.

    Returns:
        Lines and cells by column; a cell that is not there is blank.

    Raises:
        InputProblem: when it is no CSV file, lacks a column, or has too many rows.
    """
    try:
        reader = _reader(text)
        heads = {_named(head) for head in reader.fieldnames or ()}
        rows = [(reader.line_num, _cells(row)) for row in reader]
    except csv.Error as problem:
        raise InputProblem(no_csv()) from problem
    if missing := [name for name in needed if name not in heads]:
        raise InputProblem(
            _("The file lacks these columns: %(names)s. Its first row names them.")
            % {"names": ", ".join(missing)}
        )
    told = [(line, row) for line, row in rows if not filled or row[filled]]
    if len(told) > most:
        raise InputProblem(
            _("A file holds at most %(n)s rows; divide it into several.") % {"n": most}
        )
    return told


def _reader(text: str) -> csv.DictReader[str]:
    # The module's own limit is the process's, and whoever reads records has lifted it.
    if max(map(len, text.splitlines()), default=0) > _LONGEST:
        raise csv.Error
    return csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restval="")


def _named(head: str | None) -> str:
    return (head or "").strip().lower()


def _cells(row: Mapping[str | None, object]) -> Row:
    # Cells beyond the first row's come as a list; nobody knows what they are.
    return {
        _named(head): _plain(cell)
        for head, cell in row.items()
        if isinstance(cell, str)
    }


def _plain(cell: str) -> str:
    """Without what a database cannot take, and without a spreadsheet's apostrophe."""
    told = cell.replace("\x00", "").strip()
    return told[1:] if told[:2] in {"'=", "'+", "'-", "'@"} else told


def no_csv() -> str:
    """What to say of a text that is no table."""
    return _("The file is not a CSV file; save the table as CSV and try it again.")


def day_in(
    row: Mapping[str, str],
    column: str,
    usual: dt.date | None = None,
    *,
    latest: dt.date | None = None,
) -> dt.date:
    """The day of a column; what is usual where the cell is empty.

    Raises:
        ColumnProblem: when it is no day, of no year that can be, or after the latest.
    """
    text = row.get(column, "")
    if not text and usual is not None:
        return usual
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as problem:
        raise ColumnProblem(
            column, _("This is not a day; write it as 2026-08-01.")
        ) from problem
    if day.year not in _YEARS:
        raise ColumnProblem(column, _("Write a day of the years 2000 to 2100."))
    if latest is not None and day > latest:
        raise ColumnProblem(column, _("This day has not come yet."))
    return day


def whole_in(
    row: Mapping[str, str], column: str, low: int, high: int, usual: int
) -> int:
    """The whole number of a column; what is usual where the cell is empty.

    Raises:
        ColumnProblem: when it is none between low and high.
    """
    text = row.get(column, "")
    if not text:
        return min(max(usual, low), high)
    if not (text.isascii() and text.isdigit()) or not low <= int(text[:9]) <= high:
        raise ColumnProblem(
            column,
            _("Write a whole number from %(low)s to %(high)s.")
            % {"low": low, "high": high},
        )
    return int(text)


def yes_in(row: Mapping[str, str], column: str) -> bool:
    """What a column says: yes or no, in English or Spanish.

    Raises:
        ColumnProblem: when it is neither.
    """
    said = row.get(column, "").casefold()
    if said not in _YES | _NO:
        raise ColumnProblem(column, _("Write yes or no."))
    return said in _YES
