"""Rows pasted from a spreadsheet, as cells: a day, a count, of how many, a group."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from evenrise.findings.weeks.judging import monday
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions.weeks import Counted
from evenrise.workspace.foundation.day_field import YEARS


_SPLIT = re.compile(r"\t|;|,(?=\s)|,(?!\d{3}\b)")
_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")


def pasted(rows: str, groups: Mapping[str, str], *, sized: bool) -> list[Counted]:
    """What the lines say; cells are held apart by tabs, semicolons or commas.

    Args:
        rows: the lines.
        groups: a group's code by its name, in lower case; also by its code.
        sized: whether a count is of so many.

    Raises:
        InputProblem: a line that cannot be read, by its number.
    """
    found: list[Counted] = []
    for number, line in enumerate(rows.splitlines(), 1):
        cells = [cell.strip() for cell in _SPLIT.split(line)]
        if not any(cells):
            continue
        on = _day(cells[0])
        if on is None and not found and number == 1:
            continue  # headings
        if on is None:
            raise _problem(number, _("the first cell is no day, such as 2026-09-14"))
        count = _number(cells[1] if len(cells) > 1 else "")
        if count is None:
            raise _problem(number, _("the second cell is no number"))
        size = _number(cells[2]) if sized and len(cells) > 2 else None
        name = cells[3 if sized else 2] if len(cells) > (3 if sized else 2) else ""
        group = groups.get(name.lower()) if name else ""
        if group is None:
            raise _problem(number, _("this measure does not watch that group"))
        found.append(Counted(group, monday(on), count, size))
    if not found:
        raise InputProblem(_("There is no line with a day and a count."))
    return found


def _problem(number: int, why: str) -> InputProblem:
    return InputProblem(_("Line %(number)s: %(why)s.") % {"number": number, "why": why})


def _day(cell: str) -> dt.date | None:
    for form in _FORMS:
        try:
            found = dt.datetime.strptime(cell, form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
        return found if found.year in YEARS else None
    return None


def _number(cell: str) -> float | None:
    try:
        found = float(cell.replace(",", "").rstrip("%"))
    except ValueError:
        return None
    return found if abs(found) < 1e6 else None
