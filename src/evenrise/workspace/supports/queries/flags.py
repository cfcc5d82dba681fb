"""The list of flags: whose, narrowed how, in which order, page by page.

Every question begins with the students within a person's reach. One row a student: the
flag that stands first is the one that leads. First those where something waits (a flag
with nothing begun), then the stronger lines, then the oldest. Pages are cut by the
place of a flag in that order, so that page 900 costs what page 1 costs; for a whole
district the order is that of an index.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Student
from evenrise.workspace.people.queries.students import schools_of
from evenrise.workspace.people.queries.words import grade_words
from evenrise.workspace.supports.models import (
    Domain,
    Flag,
    FlagAnswer,
    FlagRun,
    WatchState,
)


PAGE = 25
COUNTED = 1_000  # beyond this a list says "more than"
FRESH_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsWanted:
    """What of the list is wanted; empty means everything."""

    school: str = ""
    grade: str = ""
    domain: str = ""
    waiting: bool = False  # only with nothing begun
    fresh: bool = False  # only opened in the last seven days
    after: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """The flags that lead the rows of one page; `later` is where the next begins."""

    flags: list[Flag]
    later: int


def last_run() -> FlagRun | None:
    """The latest run over all students; None before the first."""
    return FlagRun.objects.first()


def set_aside_today() -> QuerySet[FlagAnswer]:
    """The answers that set a flag aside today."""
    return FlagAnswer.objects.filter(
        kind=FlagAnswer.Kind.SET_ASIDE, until__gt=timezone.localdate()
    )


def not_set_aside(flags: QuerySet[Flag]) -> QuerySet[Flag]:
    """Without those set aside today; they come back by themselves on their day."""
    return flags.filter(~Exists(set_aside_today().filter(flag=OuterRef("pk"))))


def anybodys_flags() -> QuerySet[Flag]:
    """All flags that are open, and not set aside today; never shown as they are."""
    return not_set_aside(Flag.objects.filter(closed_on__isnull=True))


def open_flags(students: QuerySet[Student]) -> QuerySet[Flag]:
    """The flags of some students that are open, and not set aside today."""
    return anybodys_flags().filter(student__in=students.values("pk"))


def open_flags_within(reach: Reach) -> QuerySet[Flag]:
    """The same for everybody within reach; the whole district without a detour."""
    if reach.district:
        return anybodys_flags()
    return open_flags(students_within(reach))


def narrowed(
    flags: QuerySet[Flag], wanted: FlagsWanted, run: FlagRun | None
) -> QuerySet[Flag]:
    """The flags that the filters leave."""
    if wanted.school:
        flags = flags.filter(school=wanted.school)
    if wanted.grade:
        flags = flags.filter(student__grade=wanted.grade)
    if wanted.domain:
        flags = flags.filter(domain=wanted.domain)
    if wanted.waiting:
        flags = flags.filter(first_support_on__isnull=True)
    if wanted.fresh:
        flags = flags.filter(opened_on__gt=fresh_since(run))
    return flags


def fresh_since(run: FlagRun | None) -> dt.date:
    """The day after which a flag is new this week."""
    day = timezone.localdate() if run is None else run.as_of
    return day - dt.timedelta(days=FRESH_DAYS)


def _begun(flags: QuerySet[Flag], *, begun: bool) -> QuerySet[Flag]:
    return flags.filter(first_support_on__isnull=not begun)


def _leading(part: QuerySet[Flag], among: QuerySet[Flag]) -> QuerySet[Flag]:
    """Of a part of the flags, the first one of each student among those given."""
    before = (
        Q(level__gt=OuterRef("level"))
        | Q(level=OuterRef("level"), opened_on__lt=OuterRef("opened_on"))
        | Q(
            level=OuterRef("level"),
            opened_on=OuterRef("opened_on"),
            pk__lt=OuterRef("pk"),
        )
    )
    same = among.filter(student=OuterRef("student"))
    return part.filter(~Exists(same.filter(before)))


def leading_flags(
    flags: QuerySet[Flag], wanted: FlagsWanted, run: FlagRun | None
) -> tuple[QuerySet[Flag], QuerySet[Flag]]:
    """One flag a student: of those for whom something waits, and of the others.

    Args:
        flags: within reach, and narrowed.
        wanted: what narrowed them.
        run: the latest run.
    """
    # A student's other flags are within reach as this one is: asked for again inside,
    # the reach would be looked up once a row (minutes, on PostgreSQL).
    among = narrowed(anybodys_flags(), wanted, run)
    waiting, begun = _begun(among, begun=False), _begun(among, begun=True)
    waits = waiting.filter(student=OuterRef("student"))
    return (
        _leading(_begun(flags, begun=False), waiting),
        _leading(_begun(flags, begun=True), begun).filter(~Exists(waits)),
    )


def cut(flags: QuerySet[Flag], wanted: FlagsWanted, run: FlagRun | None) -> Cut:
    """The rows of one page.

    Args:
        flags: within reach and narrowed.
        wanted: what narrowed them, and where the page begins; a place that is not in
            the list begins it anew.
        run: the latest run.
    """
    at = flags.filter(pk=wanted.after).first() if wanted.after else None
    waiting, begun = leading_flags(flags, wanted, run)
    rows: list[Flag] = []
    if at is None or at.first_support_on is None:
        rows = _first(waiting, at, PAGE + 1)
        at = None
    if len(rows) <= PAGE and not wanted.waiting:
        rows += _first(begun, at, PAGE + 1 - len(rows))
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Cut(rows, rows[-1].pk if more else 0)


def _first(flags: QuerySet[Flag], at: Flag | None, most: int) -> list[Flag]:
    if at is not None:
        # The first part lets an index be used.
        flags = flags.filter(
            Q(level__lte=at.level)
            & (
                Q(level__lt=at.level)
                | Q(opened_on__gt=at.opened_on)
                | Q(opened_on=at.opened_on, pk__gt=at.pk)
            )
        )
    return list(
        flags.select_related("student", "student__school").order_by(
            "-level", "opened_on", "pk"
        )[:most]
    )


def students_flagged(flags: QuerySet[Flag]) -> int:
    """How many students there are among some flags, counted up to `COUNTED` + 1."""
    keys = flags.order_by().values("student").distinct()
    return keys[: COUNTED + 1].count()


def students_waiting(flags: QuerySet[Flag]) -> int:
    """How many of them have a flag with nothing begun, counted so far."""
    return students_flagged(_begun(flags, begun=False))


def unknown_within(reach: Reach, wanted: FlagsWanted) -> QuerySet[WatchState]:
    """The students of whom something is not known, in the order of names.

    Args:
        reach: of the person.
        wanted: school, grade and domain; for a whole district a school must be named.
    """
    found = WatchState.objects.filter(unknown__gt=0)
    if not reach.district:
        found = found.filter(student__in=students_within(reach).values("pk"))
    if wanted.school:
        found = found.filter(student__school=wanted.school, student__current=True)
    if wanted.grade:
        found = found.filter(student__grade=wanted.grade)
    if wanted.domain:
        found = found.filter(**{wanted.domain: -1})
    return found.select_related("student", "student__school").order_by(
        "student__sort_name", "student_id"
    )


@dataclass(frozen=True, slots=True)
class FlagChoices:
    """What the list may be narrowed by: (value, words)."""

    schools: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, str], ...]
    domains: tuple[tuple[str, str], ...]


def choices_for(reach: Reach) -> FlagChoices:
    """The schools, grades and domains that a person may choose from."""
    return FlagChoices(
        schools=schools_of(reach),
        grades=tuple((grade, grade_words(grade)) for grade in GRADES),
        domains=tuple((one.value, str(one.label)) for one in Domain),
    )
