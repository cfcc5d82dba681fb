"""Rows of a file of supports or sessions: read, and said wrong by line and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import EvenriseError, InputProblem


MOST = 5_000  # supports of one file
MOST_SESSIONS = 40_000
SUPPORT_COLUMNS = (
    "student_id",
    "support",
    "tier",
    "owner_staff_id",
    "begins_on",
    "review_on",
    "planned_end_on",
    "ended_on",
    "ended_how",
    "sessions_planned",
    "minutes",
    "goal",
)
SESSION_COLUMNS = (
    "student_id",
    "support",
    "begins_on",
    "held_on",
    "delivered",
    "minutes",
    "why_not",
)


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
class RowShown:
    """One row that can: what the page shows of it."""

    line: int
    student: str
    support: str
    day: dt.date
    owner: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A file as it was tried; `batch` names what was written, blank for nothing."""

    kind: str  # supports | sessions
    rows: tuple[RowShown, ...]
    problems: tuple[RowProblem, ...]
    batch: str = ""


def rows_in(text: str) -> tuple[set[str], list[tuple[int, dict[str, str]]]]:
    """The columns of a file, and its rows, each with its line.

    Raises:
        InputProblem: when it is no CSV file with the columns that both kinds need.
    """
    try:
        reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restval="")
        heads = {(head or "").strip().lower() for head in reader.fieldnames or ()}
        rows = [
            (
                reader.line_num,
                {
                    (head or "").strip().lower(): _plain(value)
                    for head, value in row.items()
                    if isinstance(value, str)
                },
            )
            for row in reader
        ]
    except csv.Error as problem:
        raise InputProblem(_("The file is not a CSV file.")) from problem
    needed = {"student_id", "support", "begins_on"}
    if missing := sorted(needed - heads):
        raise InputProblem(
            _("The file lacks the columns %(names)s.") % {"names": ", ".join(missing)}
        )
    most = MOST_SESSIONS if "held_on" in heads else MOST
    if len(rows) > most:
        raise InputProblem(_("A file holds at most %(n)s rows.") % {"n": most})
    return heads, rows


def _plain(value: str) -> str:
    """Without what a database cannot take, and without a spreadsheet's apostrophe."""
    told = value.replace("\x00", "").strip()
    return told[1:] if told[:2] in {"'=", "'+", "'-", "'@"} else told


def day_in(
    row: Mapping[str, str], column: str, usual: dt.date | None = None
) -> dt.date:
    """The day of a column; what is usual where the cell is empty.

    Raises:
        ColumnProblem: when it is no day.
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
    if not 2000 <= day.year <= 2100:
        raise ColumnProblem(column, _("This year cannot be."))
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
