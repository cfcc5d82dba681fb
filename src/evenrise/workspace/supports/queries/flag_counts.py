"""How many students have a flag, wait, or are not known: by school, or by grade.

Counts only, and only of students within reach. For a whole district the counts are kept
near for a while: who is not known changes with a run alone, who waits by the minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from evenrise.publishing.numbers import count
from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import School
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.models import Flag, WatchState
from evenrise.workspace.supports.queries.flag_pages import RunWords, run_words
from evenrise.workspace.supports.queries.flags import last_run, open_flags_within


_KEPT = 3_600  # seconds
_AWHILE = 60  # what people begin shows after that
_ORDER = {grade: place for place, grade in enumerate(GRADES)}
Counts = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class CountLine:
    """A school, or a grade: students enrolled, with a flag, waiting, not known."""

    key: str
    label: str
    url: str
    students: str
    flagged: str
    waiting: str
    unknown: str
    unknown_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsPage:
    """The table by school, or by grade of one school."""

    school: str
    name: str
    answer: str
    lines: tuple[CountLine, ...]
    run: RunWords | None


def counts_page(reach: Reach, school: str) -> CountsPage:
    """Counts by school; by grade where a school is named or there is only one.

    Args:
        reach: how far the person reaches; nobody beyond it is counted.
        school: its code; one with nobody within reach shows an empty table.
    """
    run = last_run()
    names = dict(School.objects.values_list("school_id", "name"))
    by_grade = bool(school)
    flags, states = _flags(reach, school), _states(reach, school)
    kept = ""
    if run is not None and reach.district:
        kept = f"flags.{run.pk}.{run.made_at.timestamp()}.{school}"
    found = _kept(
        f"{kept}.open", _AWHILE, lambda: _flag_counts(flags, by_grade=by_grade)
    )
    watched = _kept(kept, _KEPT, lambda: _watch_counts(states, by_grade=by_grade))
    keys = sorted(watched, key=lambda one: _place(one, names, by_grade=by_grade))
    lines = tuple(
        _line(
            key,
            grade_words(key) if by_grade else names.get(key, key),
            (*watched[key], *found.get(key, (0, 0))),
            {"school": school, "grade": key} if by_grade else {"school": key},
        )
        for key in keys
    )
    return CountsPage(
        school=school,
        name=names.get(school, ""),
        answer=_answer(found.values()),
        lines=lines,
        run=run_words(run),
    )


def _place(key: str, names: dict[str, str], *, by_grade: bool) -> tuple[int, str, str]:
    """Grades as children pass through them, schools by name."""
    if by_grade:
        return (_ORDER.get(key, len(_ORDER)), "", key)
    return (0, names.get(key, key), key)


def _flags(reach: Reach, school: str) -> QuerySet[Flag]:
    found = open_flags_within(reach)
    return found.filter(school=school) if school else found


def _states(reach: Reach, school: str) -> QuerySet[WatchState]:
    found = WatchState.objects.all()
    if not reach.district:
        found = found.filter(student__in=students_within(reach).values("pk"))
    return found.filter(student__school=school) if school else found


def _flag_counts(flags: QuerySet[Flag], *, by_grade: bool) -> Counts:
    """Students with a flag, and those for whom nothing has begun."""
    part = "student__grade" if by_grade else "school"
    rows = (
        flags.order_by()
        .values_list(part)
        .annotate(
            students=Count("student", distinct=True),
            waiting=Count(
                "student", distinct=True, filter=Q(first_support_on__isnull=True)
            ),
        )
    )
    return {str(key or ""): (flagged, waiting) for key, flagged, waiting in rows}


def _kept(name: str, seconds: int, count_them: Callable[[], Counts]) -> Counts:
    """Counts of a whole district are kept near for a while; others are made anew."""
    if not name.startswith("flags."):
        return count_them()
    found: Counts | None = caches["near"].get(name)
    if found is None:
        found = count_them()
        caches["near"].set(name, found, seconds)
    return found


def _watch_counts(states: QuerySet[WatchState], *, by_grade: bool) -> Counts:
    """Students watched, and those of whom something is not known."""
    part = "student__grade" if by_grade else "student__school"
    rows = (
        states.order_by()
        .values_list(part)
        .annotate(
            students=Count("student"),
            missing=Count("student", filter=Q(unknown__gt=0)),
        )
    )
    return {str(key or ""): (students, missing) for key, students, missing in rows}


def _line(
    key: str, label: str, counts: Iterable[int], told: dict[str, str]
) -> CountLine:
    language = page_language()
    students, missing, flagged, waiting = (count(one, language) for one in counts)
    where = f"{reverse('flags')}?{urlencode(told)}"
    return CountLine(
        key=key,
        label=label or _("No school"),
        url=where if key else "",
        students=students,
        flagged=flagged,
        waiting=waiting,
        unknown=missing,
        unknown_url=f"{where}&show=unknown" if key else "",
    )


def _answer(found: Iterable[tuple[int, ...]]) -> str:
    rows = list(found)
    language = page_language()
    return _(
        "%(flagged)s students have a flag today; for %(waiting)s of them nothing has"
        " begun."
    ) % {
        "flagged": count(sum(row[0] for row in rows), language),
        "waiting": count(sum(row[1] for row in rows), language),
    }
