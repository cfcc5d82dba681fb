"""How many students have a flag, wait, or are not known: by school, or by grade.

Counts only, and only of students within reach. Who is not known changes with a run
alone: for a whole large district that is counted with the run and kept. Who waits
changes when a support is planned or a flag is set aside: those counts are kept near
under what was planned and set aside so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenrise.publishing.numbers import count
from evenrise.vocabulary.grades import GRADES
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import School, Student
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.models import Flag, FlagRun, KeptAnswer, WatchState
from evenrise.workspace.supports.queries.acted import Span
from evenrise.workspace.supports.queries.flag_pages import RunWords, run_words
from evenrise.workspace.supports.queries.flags import (
    last_run,
    open_flags_within,
    set_aside_today,
)


_KEPT = 3_600  # seconds
WATCH = "watch"  # the key under which the counts of a run are kept
_CELL = '<td class="number" data-label="{}">{}</td>'
_ROW = (
    '<tr><th scope="row"><a href="{}">{}</a></th>'
    + _CELL * 3
    + '<td class="number" data-label="{}"><a href="{}">{}</a></td>{}</tr>'
)
# Students of no school: there is no list to lead to.
_ROW_OF_NONE = (
    '<tr><th scope="row">{1}</th>'
    '<td class="number" data-label="{2}">{3}</td>'
    '<td class="number" data-label="{4}">{5}</td>'
    '<td class="number" data-label="{6}">{7}</td>'
    '<td class="number" data-label="{8}">{10}</td>{11}</tr>'
)
_CLOSER = '<td data-label="{}"><a href="?{}">{}<span class="hush">: {}</span></a></td>'
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
    rows: SafeString  # blank where nobody is watched
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
    kept = opened = ""
    if run is not None and reach.district:
        kept = f"flags.{run.pk}.{run.made_at.timestamp()}.{school}"
        opened = f"{kept}.{_begun_and_aside()}"
    found = _kept(opened, lambda: _flag_counts(flags, by_grade=by_grade))
    watched = None if school or not reach.district else _watched(run)
    if watched is None:
        watched = _kept(kept, lambda: _watch_counts(states, by_grade=by_grade))
    keys = sorted(watched, key=lambda one: _place(one, names, by_grade=by_grade))
    flags_url, language = reverse("flags"), page_language()
    lines = tuple(
        _line(
            key,
            grade_words(key) if by_grade else names.get(key, key),
            (*watched[key], *found.get(key, (0, 0))),
            _where(
                flags_url,
                {"school": school, "grade": key} if by_grade else {"school": key},
            ),
            language,
        )
        for key in keys
    )
    return CountsPage(
        school=school,
        name=names.get(school, ""),
        answer=_answer(found.values()),
        lines=lines,
        rows=_rows(lines, by_grade=by_grade),
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


def _begun_and_aside() -> str:
    """Which open flags have a support, and which are set aside, in four numbers.

    Between two runs nothing else changes the counts: other flags, another sum.
    """
    begun = Flag.objects.filter(closed_on__isnull=True, first_support_on__isnull=False)
    aside = set_aside_today().order_by()
    told = [
        *begun.order_by().aggregate(n=Count("pk"), keys=Sum("pk")).values(),
        *aside.aggregate(n=Count("flag"), keys=Sum("flag")).values(),
    ]
    return ".".join(map(str, told))


def _kept(name: str, count_them: Callable[[], Counts]) -> Counts:
    """Counts of a whole district are kept near for a while; others are made anew."""
    if not name.startswith("flags."):
        return count_them()
    found: Counts | None = caches["near"].get(name)
    if found is None:
        found = count_them()
        caches["near"].set(name, found, _KEPT)
    return found


def watched_counts(students: QuerySet[Student] | None, span: Span) -> dict[str, Any]:
    """Students watched by the latest run, and those of whom something is not known.

    Args:
        students: whom the reader reaches; None for everybody.
        span: not used.

    Returns:
        `run` and `run_at`: which run told it; `schools`: both counts by school.
    """
    del span
    run, states = last_run(), WatchState.objects.all()
    if students is not None:
        states = states.filter(student__in=students.values("pk"))
    return _run_words(run) | {"schools": _watch_counts(states, by_grade=False)}


def watch_is_kept() -> bool:
    """Whether the counts of the latest run are kept."""
    return _watched(last_run()) is not None


def _watched(run: FlagRun | None) -> Counts | None:
    """The counts by school that were kept with a run; None where there are none."""
    kept = KeptAnswer.objects.filter(key=WATCH).first()
    if kept is None or not _run_words(run).items() <= kept.content.items():
        return None
    return {key: tuple(pair) for key, pair in kept.content["schools"].items()}


def _run_words(run: FlagRun | None) -> dict[str, Any]:
    """A run as kept counts name it."""
    if run is None:
        return {"run": None, "run_at": ""}
    return {"run": run.pk, "run_at": run.made_at.isoformat()}


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


def _where(url: str, told: dict[str, str]) -> str:
    return f"{url}?{urlencode(told)}"


def _line(
    key: str, label: str, counts: Iterable[int], where: str, language: Language
) -> CountLine:
    students, missing, flagged, waiting = (count(one, language) for one in counts)
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


def _rows(lines: Iterable[CountLine], *, by_grade: bool) -> SafeString:
    """The rows of the table: joined here, a template takes 140 ms for 850 schools."""
    heads = (_("Students"), _("With a flag"), _("Nothing has begun"), _("No data"))
    told = [*map(conditional_escape, heads)]  # once, not in each row
    closer = [conditional_escape(_("Look closer")), conditional_escape(_("By grade"))]
    rows = (
        format_html(
            _ROW if line.url else _ROW_OF_NONE,
            *(line.url, line.label, told[0], line.students, told[1], line.flagged),
            *(told[2], line.waiting, told[3], line.unknown_url, line.unknown),
            "" if by_grade else _closer(line, *closer),
        )
        for line in lines
    )
    return format_html_join("\n", "{}", ((row,) for row in rows))


def _closer(line: CountLine, head: str, words: str) -> SafeString:
    if not line.url:
        return format_html('<td data-label="{}"></td>', head)
    school = urlencode({"school": line.key})
    return format_html(_CLOSER, head, school, words, line.label)


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
