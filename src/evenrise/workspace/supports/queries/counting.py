"""What the pages of counts share: whom they count, since when, how rows are said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.publishing import numbers
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.shown import family_words
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import School, Student
from evenrise.workspace.supports.models import FlagRun, KeptAnswer
from evenrise.workspace.supports.queries.acted import Span


LIVE = 3_000  # students; of more, the district's figures are kept
Counts = dict[str, Any]
Counting = Callable[[Any, Span], Counts]


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts, and when they were made; None when just now."""

    counts: Counts
    made_at: dt.datetime | None = None


def span_today() -> Span:
    """The school year in which flags were last looked at, until today."""
    today = timezone.localdate()
    run = FlagRun.objects.only("as_of").first()
    looked_on = today if run is None else run.as_of
    return Span(SchoolYear.of(looked_on).first_day, today)


def counted(key: str, reach: Reach, count: Counting) -> Counted:
    """The counts for a reader: the kept ones of a large district, else those of now.

    Args:
        key: which page's.
        reach: how far the reader reaches.
        count: counts anew.
    """
    if not reach.district:
        return Counted(count(students_within(reach), span_today()))
    kept = KeptAnswer.objects.filter(key=key).first()
    if kept is not None:
        made_at = dt.datetime.fromisoformat(kept.content["made_at"])
        return Counted(kept.content, made_at)
    return Counted(count(None, span_today()))


def keep(key: str, count: Counting) -> bool:
    """Count for the whole district and keep it where it is large; whether it was."""
    if Student.objects.filter(current=True).count() <= LIVE:
        KeptAnswer.objects.filter(key=key).delete()
        return False
    now = timezone.now()
    content = count(None, span_today()) | {"made_at": now.isoformat()}
    KeptAnswer.objects.update_or_create(
        key=key, defaults={"content": content, "made_at": now}
    )
    return True


def row_name(row: Counts, schools: dict[str, str], language: Language) -> str:
    """What a row is called."""
    family, group = row["family"], row["group"]
    if family == "all":
        return _("All students within your reach")
    if family == "school":
        return str(schools.get(group, group))
    try:
        return FAMILIES[family].group(group).name[language]
    except KeyError:
        return str(group)


def school_names() -> dict[str, str]:
    """Schools by code."""
    return dict(School.objects.order_by().values_list("school_id", "name"))


def part_name(family: str, language: Language) -> str:
    """What a part of a table is called."""
    if family == "school":
        return _("Schools")
    return family_words(family, language)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table as words; without cells where there are too few."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together: the schools, the grades, a family of groups."""

    name: str
    lines: list[Line]


def parts(
    rows: list[Counts], cells: Callable[[Counts], tuple[str, ...]], language: Language
) -> tuple[list[Part], list[Part]]:
    """Rows as words, part by part: all and the schools, then grades and groups.

    One school alone says the same as all, and is left out.

    Args:
        rows: as counted; `flags` or whatever it counts is missing where too few.
        cells: words of one row; none where there are too few students.
        language: the reader's.
    """
    names = school_names()
    found: dict[str, list[Line]] = {}
    for row in rows:
        line = Line(row_name(row, names, language), cells(row))
        found.setdefault(row["family"], []).append(line)
    if len(found.get("school", [])) < 2:
        found.pop("school", None)
    every = {
        family: Part(
            part_name(family, language) if family != "all" else "",
            _by_name(lines) if family == "school" else lines,
        )
        for family, lines in found.items()
    }
    first = [every.pop(family) for family in ("all", "school") if family in every]
    return first, list(every.values())


def _by_name(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.name.casefold())


def days_words(days: float | None, language: Language) -> str:
    """Days without decimals; a dash where so many never came."""
    if days is None:
        return "–"
    return numbers.number(days, 0, language)


def share_words(share: float | None, language: Language) -> str:
    """A share without decimals; a dash where there is none."""
    if share is None:
        return "–"
    return numbers.amount(share, "share", language, digits=0)
