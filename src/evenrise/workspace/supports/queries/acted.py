"""Counts of whether somebody acted in time, by school, grade and student group.

What counts as acting is a session that was given, and nothing else: not a note, not a
plan, not setting a flag aside. Everything is read from the sessions as they stand when
the page opens, so taking a session back takes back the answer. The rules:

- a session answers a flag when it was held after the flag opened (and not in the
  future), for a support begun because of the flag; or, while the flag was open, for one
  made for the same matter. So says `actions/answering.py` of each flag, too;
- a flag that closed by the rule before any session is not answered; it counts as
  waiting until the day it closed (Kaplan and Meier), and is told apart;
- setting a flag aside does not stop its clock;
- of the sessions of one support on one day, one counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from numpy.typing import NDArray

from evenrise.statistics.staff_retention import staying, times_of
from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.groups import Slice, groups_in
from evenrise.workspace.supports.models import Flag, FlagAnswer, Session, Support


FEWEST = 11  # students behind a number
SOON = 14  # days in which somebody is expected to begin
LATE = 7  # days after which a session was logged late
WAITS = (7, 14, 30, 60)  # days waiting, in steps

Days = NDArray[np.int64]
Yes = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Span:
    """From when flags are counted, and the day on which one looks."""

    begins: dt.date
    today: dt.date


@dataclass(frozen=True, slots=True)
class _Flags:
    """Flags in columns, one row a flag."""

    student: NDArray[np.str_]
    school: NDArray[np.str_]
    grade: NDArray[np.str_]
    codes: NDArray[np.str_]
    opened: Days
    until: Days  # answered, closed, or today
    logged: Days  # the same, by the day on which the answer was logged
    answered: Yes
    late: Yes  # the answering session was logged late
    closed: Yes
    planned: Yes  # a support was planned
    aside: Yes  # set aside today

    def __len__(self) -> int:
        return len(self.student)


def given(day: dt.date) -> Q:
    """The sessions that were given by a day; one of no minutes was not."""
    return Q(
        Q(minutes__isnull=True) | Q(minutes__gt=0),
        delivered=True,
        undone_at__isnull=True,
        held_on__lte=day,
    )


def acted_counts(students: QuerySet[Student] | None, span: Span) -> dict[str, Any]:
    """What the page says, as plain numbers.

    Args:
        students: whom the reader reaches; None for everybody.
        span: from when until when.

    Returns:
        `flags` and `dosage`, each a list of rows (family, group, students, ...), and
        `waiting`: the open flags with nothing begun.
    """
    flags = _flags(students, span)
    supports = _supports(students, span)
    return {
        "begins": span.begins.isoformat(),
        "today": span.today.isoformat(),
        "flags": [
            _times(flags, one) for one in slices(flags.school, flags.grade, flags.codes)
        ],
        "waiting": _waiting(flags, span),
        "dosage": [
            _dosage(supports, one)
            for one in slices(supports.school, supports.grade, supports.codes)
        ],
    }


def slices(
    school: NDArray[np.str_], grade: NDArray[np.str_], codes: NDArray[np.str_]
) -> Iterator[Slice]:
    """All rows, then by school, by grade and by student group."""
    yield Slice("all", "all", np.ones(len(school), dtype=np.bool_))
    for family, column in (("school", school), ("grade", grade)):
        for value in sorted(np.unique(column).tolist(), key=_grade_place):
            if value:
                yield Slice(family, str(value), column == value)
    yield from groups_in(codes)


def _grade_place(code: str) -> tuple[int, str]:
    """Grades as a child goes through them; anything else by code."""
    return (GRADES.index(code) if code in GRADES else -1, code)


def _flags(students: QuerySet[Student] | None, span: Span) -> _Flags:
    answering = Session.objects.filter(
        given(span.today),
        Q(support__because_of=OuterRef("pk"))
        | Q(support__kind__area=OuterRef("domain"), held_on__lte=OuterRef("until")),
        support__student=OuterRef("student"),
        held_on__gte=OuterRef("opened_on"),
    ).order_by("held_on", "at")
    planned = Support.objects.filter(
        Q(because_of=OuterRef("pk")) | Q(kind__area=OuterRef("domain")),
        Q(ended_on__isnull=True) | Q(ended_on__gte=OuterRef("opened_on")),
        student=OuterRef("student"),
    )
    said = FlagAnswer.objects.filter(flag=OuterRef("pk")).order_by("-id")
    rows = (
        within(Flag.objects.all(), students)
        .filter(opened_on__gte=span.begins, opened_on__lte=span.today)
        .order_by()
        .annotate(until=Coalesce("closed_on", Value(span.today)))
        .annotate(
            first=Subquery(answering.values("held_on")[:1]),
            first_at=Subquery(answering.values("at")[:1]),
            planned=Exists(planned),
            said=Subquery(said.values("kind")[:1]),
            said_until=Subquery(said.values("until")[:1]),
        )
        .values_list(
            "student_id",
            "school_id",
            "student__grade",
            "student__group_codes__codes",
            "opened_on",
            "closed_on",
            "first",
            "first_at",
            "planned",
            "said",
            "said_until",
        )
    )
    return _columns(list(rows), span)


def within(rows: QuerySet[Any], students: QuerySet[Student] | None) -> QuerySet[Any]:
    """Rows of some students; None leaves all."""
    if students is None:
        return rows
    return rows.filter(student__in=students.order_by().values("pk"))


def text_column(values: Sequence[str | None]) -> NDArray[np.str_]:
    """Words as an array; blank where there is none."""
    return np.array([value or "" for value in values], dtype=np.str_)


def _columns(rows: list[tuple[Any, ...]], span: Span) -> _Flags:
    columns = list(zip(*rows, strict=True)) or [()] * 11
    today = span.today.toordinal()
    opened = _ordinals(columns[4], today)
    closed = _ordinals(columns[5], 0)
    first = _ordinals(columns[6], 0)
    logged = np.array(
        [0 if at is None else timezone.localdate(at).toordinal() for at in columns[7]],
        dtype=np.int64,
    )
    answered = first > 0
    ended = np.where(closed > 0, closed, today)
    aside = [
        kind == FlagAnswer.Kind.SET_ASIDE and (until is None or until >= span.today)
        for kind, until in zip(columns[9], columns[10], strict=True)
    ]
    student, school, grade, codes = (text_column(columns[n]) for n in range(4))
    return _Flags(
        student,
        school,
        grade,
        codes,
        opened=opened,
        until=np.where(answered, first, ended),
        logged=np.where(answered, np.maximum(first, logged), ended),
        answered=answered,
        late=answered & (logged - first > LATE),
        closed=closed > 0,
        planned=np.array(columns[8], dtype=np.bool_),
        aside=np.array(aside, dtype=np.bool_),
    )


def _ordinals(days: Sequence[dt.date | None], blank: int) -> Days:
    return np.array(
        [blank if day is None else day.toordinal() for day in days], dtype=np.int64
    )


def _times(flags: _Flags, one: Slice) -> dict[str, Any]:
    """Days from flag to first session in one slice; nothing more where too few."""
    rows = one.rows
    students = int(np.unique(flags.student[rows]).size)
    told = {"family": one.family, "group": one.group, "students": students}
    if students < FEWEST:
        return told
    answered = flags.answered[rows]
    days = np.maximum(flags.until[rows] - flags.opened[rows], 0)
    logged = np.maximum(flags.logged[rows] - flags.opened[rows], 0)
    soon = staying(days, answered, [SOON])
    still = ~answered & ~flags.closed[rows]
    return told | {
        "flags": int(rows.sum()),
        "answered": int(answered.sum()),
        "quartiles": times_of(days, answered),
        "median_logged": times_of(logged, answered)[1],
        "late": int(flags.late[rows].sum()),
        "soon": _known(1 - soon.survival[0]),
        "soon_lower": _known(1 - soon.upper[0]),
        "soon_upper": _known(1 - soon.lower[0]),
        "waiting": int(still.sum()),
        "closed": int((~answered & flags.closed[rows]).sum()),
    }


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _waiting(flags: _Flags, span: Span) -> list[dict[str, Any]]:
    """The open flags with nothing begun, by how long they have waited."""
    open_ones = ~flags.answered & ~flags.closed
    days = span.today.toordinal() - flags.opened
    step = np.searchsorted(WAITS, days, side="left")
    return [
        {
            "from": 0 if place == 0 else WAITS[place - 1] + 1,
            "to": WAITS[place] if place < len(WAITS) else None,
            "flags": int(here.sum()),
            "planned": int((here & flags.planned).sum()),
            "aside": int((here & flags.aside).sum()),
        }
        for place in range(len(WAITS) + 1)
        for here in (open_ones & (step == place),)
    ]


@dataclass(frozen=True, slots=True)
class _Supports:
    """Supports in columns, one row a support of this span."""

    student: NDArray[np.str_]
    school: NDArray[np.str_]
    grade: NDArray[np.str_]
    codes: NDArray[np.str_]
    planned: NDArray[np.float64]  # sessions planned so far
    given: Days  # days on which a session was given


def _supports(students: QuerySet[Student] | None, span: Span) -> _Supports:
    rows = list(
        within(Support.objects.all(), students)
        .filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=span.begins),
            begins_on__gte=span.begins,
            begins_on__lte=span.today,
        )
        .order_by()
        .annotate(given=Coalesce(Subquery(_days_given(span)), 0))
        .values_list(
            "student_id",
            "student__school_id",
            "student__grade",
            "student__group_codes__codes",
            "begins_on",
            "ended_on",
            "planned_end_on",
            "sessions_planned",
            "given",
        )
    )
    columns = list(zip(*rows, strict=True)) or [()] * 9
    student, school, grade, codes = (text_column(columns[n]) for n in range(4))
    return _Supports(
        student,
        school,
        grade,
        codes,
        planned=spread(columns[4:8], span.today),
        given=np.array(columns[8], dtype=np.int64),
    )


def spread(columns: Sequence[Sequence[Any]], day: dt.date) -> NDArray[np.float64]:
    """Sessions planned until a day, spread evenly over each support's days.

    As `reached.planned_by` says it of one.

    Args:
        columns: begins_on, ended_on, planned_end_on, sessions_planned of supports.
        day: until when.
    """
    today = day.toordinal()
    begins, last, ends = (_ordinals(columns[place], today) for place in range(3))
    gone = np.minimum(last, today) - begins + 1
    share = np.clip(gone / np.maximum(ends - begins + 1, 1), 0, 1)
    planned = share * np.array(columns[3], dtype=np.float64)
    return np.asarray(np.round(planned), np.float64)


def _days_given(span: Span) -> QuerySet[Any]:
    """Of one support: the days on which a session was given, each once."""
    return (
        Session.objects.filter(
            given(span.today),
            support=OuterRef("pk"),
            held_on__gte=OuterRef("begins_on"),
        )
        .order_by()
        .values("support")
        .annotate(days=Count("held_on", distinct=True))
        .values("days")
    )


def _dosage(supports: _Supports, one: Slice) -> dict[str, Any]:
    """Sessions planned so far and given, in one slice."""
    rows = one.rows
    students = int(np.unique(supports.student[rows]).size)
    told = {"family": one.family, "group": one.group, "students": students}
    if students < FEWEST:
        return told
    # What was given beyond the plan of one student makes up for no other's.
    planned = supports.planned[rows]
    counted = np.minimum(supports.given[rows], planned)
    return told | {
        "supports": int(rows.sum()),
        "planned": int(planned.sum()),
        "given": int(supports.given[rows].sum()),
        "kept": float(counted.sum() / planned.sum()) if planned.any() else None,
        "none_given": int(((supports.given[rows] == 0) & (planned >= 1)).sum()),
    }
