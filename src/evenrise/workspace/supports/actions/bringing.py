"""Supports and their sessions from a file: tried row by row, then all written, or none.

Supports: student_id, support, tier, owner_staff_id, begins_on, review_on,
planned_end_on, ended_on, ended_how, sessions_planned, minutes, goal. Sessions:
student_id, support, begins_on, held_on, delivered, minutes, why_not. A file with the
column held_on holds sessions. `support` is the key of the menu.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.foundation.batches import AT_ONCE, in_batches
from evenrise.workspace.foundation.tried_rows import (
    ColumnProblem,
    Row,
    RowProblem,
    day_in,
    whole_in,
)
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.access import students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.access import may_support, reach_today
from evenrise.workspace.supports.actions.answering import keep_first_days
from evenrise.workspace.supports.actions.bringing_sessions import bring_sessions
from evenrise.workspace.supports.actions.file_rows import (
    RowShown,
    TriedCare,
    care_rows,
)
from evenrise.workspace.supports.actions.planning import (
    not_reached_by,
    usual_exit_rule,
)
from evenrise.workspace.supports.models import Support, SupportKind
from evenrise.workspace.supports.starting_menu import ensure_menu


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows are held against, read once for the whole file."""

    students: Mapping[str, Student]
    kinds: Mapping[str, SupportKind]
    owners: Mapping[str, Person]
    beyond: Mapping[int, frozenset[str]]  # owner: students whom they do not see
    begun: frozenset[tuple[str, str, dt.date]]
    person: Person
    own_missing: bool  # where the owner has no account, whoever brings the file


@dataclass(slots=True)
class _Read:
    """What became of the rows so far."""

    made: list[Support] = field(default_factory=list)
    shown: list[RowShown] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def bring_file(
    person: Person, *, text: str, write: bool, own_missing: bool = False
) -> TriedCare:
    """Try a file of supports or of sessions, and write it when every row is good.

    Args:
        person: who brings it; only students within reach are found.
        text: the file.
        write: whether to write; with any problem nothing is written.
        own_missing: whoever brings the file owns the supports whose owner has no
            account here.

    Raises:
        NotYours: without the right to plan supports.
        InputProblem: when it is no such CSV file, or too long.
    """
    if not may_support(person):
        raise NotYours
    ensure_menu()
    of_sessions, rows = care_rows(text)
    with transaction.atomic():
        if of_sessions:
            return bring_sessions(person, rows, write=write)
        return _supports(person, rows, write=write, own_missing=own_missing)


def _supports(
    person: Person,
    rows: list[tuple[int, Row]],
    *,
    write: bool,
    own_missing: bool,
) -> TriedCare:
    known = _known(person, [row for _line, row in rows], own_missing=own_missing)
    read, batch = _Read(), secrets.token_hex(6)
    coming: set[tuple[str, str, dt.date]] = set(known.begun)
    for line, row in rows:
        try:
            made = _support(row, known, batch)
            _refuse_twice(made, coming)
        except ColumnProblem as problem:
            read.problems.append(RowProblem(line, problem.column, str(problem)))
            continue
        read.made.append(made)
        read.shown.append(_shown(line, made, made.begins_on, known))
    if read.problems or not write or not read.made:
        return TriedCare(tuple(read.shown), tuple(read.problems))
    Support.objects.bulk_create(read.made, batch_size=AT_ONCE)
    record(
        person,
        "supports.bring_supports",
        About("batch", batch),
        supports=len(read.made),
    )
    keep_first_days(made.student_id for made in read.made)
    return TriedCare(tuple(read.shown), (), batch)


def _refuse_twice(made: Support, coming: set[tuple[str, str, dt.date]]) -> None:
    key = (made.student_id, made.kind.key, made.begins_on)
    if key in coming:
        raise ColumnProblem(
            "begins_on",
            _("This support of this student with this first day is there."),
        )
    coming.add(key)


def _known(person: Person, rows: list[Row], *, own_missing: bool) -> _Known:
    students = _students(person, {row.get("student_id", "") for row in rows})
    owners = {
        owner.staff_id: owner
        for owner in _in_chunks_of_owners(
            {row.get("owner_staff_id", "") for row in rows}
        )
    }
    theirs: dict[int, tuple[Person, set[str]]] = {}
    for row in rows:
        owner = owners.get(row.get("owner_staff_id", ""))
        if owner and not row.get("ended_on") and row.get("student_id") in students:
            theirs.setdefault(owner.pk, (owner, set()))[1].add(row["student_id"])
    return _Known(
        students=students,
        kinds={kind.key: kind for kind in SupportKind.objects.all()},
        owners=owners,
        beyond={
            pk: frozenset(not_reached_by(owner, keys))
            for pk, (owner, keys) in theirs.items()
            if pk != person.pk
        },
        begun=frozenset(_begun(students)),
        person=person,
        own_missing=own_missing,
    )


def _students(person: Person, keys: set[str]) -> dict[str, Student]:
    reach, found = reach_today(person), dict[str, Student]()
    for some in in_batches(sorted(key for key in keys if key)):
        seen = students_within(reach).filter(pk__in=some)
        found |= {one.pk: one for one in seen.order_by()}
    return found


def _in_chunks_of_owners(staff: set[str]) -> Iterable[Person]:
    for some in in_batches(sorted(key for key in staff if key)):
        yield from Person.objects.filter(is_active=True, staff_id__in=some)


def _begun(students: Mapping[str, Student]) -> set[tuple[str, str, dt.date]]:
    found = set[tuple[str, str, dt.date]]()
    for some in in_batches(sorted(students)):
        theirs = Support.objects.filter(student__in=some)
        found |= set(theirs.values_list("student_id", "kind__key", "begins_on"))
    return found


def _support(row: Mapping[str, str], known: _Known, batch: str) -> Support:
    """One row, or the first problem with it."""
    student, kind = _student(row, known), _kind(row, known)
    ended_on, ended_how = _end(row)
    owner = _owner(row, known, student, ended=ended_on is not None)
    begins_on = day_in(row, "begins_on")
    ends_on = day_in(row, "planned_end_on", begins_on + dt.timedelta(weeks=kind.weeks))
    review_on = day_in(
        row, "review_on", min(begins_on + dt.timedelta(weeks=6), ends_on)
    )
    if ends_on <= begins_on:
        raise ColumnProblem("planned_end_on", _("It ends before it begins."))
    if review_on < begins_on:
        raise ColumnProblem("review_on", _("The review lies before the first day."))
    weeks = max((ends_on - begins_on).days / 7, 1.0)
    planned = whole_in(
        row, "sessions_planned", 1, 2_000, round(float(kind.sessions_a_week) * weeks)
    )
    return Support(
        student=student,
        kind=kind,
        tier=whole_in(row, "tier", 1, 3, kind.tier),
        goal=row.get("goal", "")[:500] or kind.about_en[:500],
        owner=owner,
        begins_on=begins_on,
        review_on=review_on,
        planned_end_on=ends_on,
        sessions_a_week=Decimal(str(round(min(planned / weeks, 99.0), 1))),
        sessions_planned=planned,
        minutes=whole_in(row, "minutes", 1, 600, kind.minutes),
        rises=kind.rises,
        exit_rule=usual_exit_rule(),
        ended_on=ended_on,
        ended_how=ended_how,
        batch=batch,
        made_by=known.person,
    )


def _student(row: Mapping[str, str], known: _Known) -> Student:
    found = known.students.get(row.get("student_id", ""))
    if found is None:
        raise ColumnProblem(
            "student_id", _("There is no such student among those whom you may see.")
        )
    return found


def _kind(row: Mapping[str, str], known: _Known) -> SupportKind:
    found = known.kinds.get(row.get("support", ""))
    if found is None:
        raise ColumnProblem(
            "support", _("The menu has no support with this key; see the menu.")
        )
    return found


def _owner(
    row: Mapping[str, str], known: _Known, student: Student, *, ended: bool
) -> Person:
    staff = row.get("owner_staff_id", "")
    if not staff:
        return known.person
    owner = known.owners.get(staff)
    if owner is None:
        if known.own_missing:
            return known.person
        raise ColumnProblem(
            "owner_staff_id", _("Nobody with this staff number has an account.")
        )
    if not ended and student.pk in known.beyond.get(owner.pk, frozenset()):
        if known.own_missing:
            return known.person
        raise ColumnProblem(
            "owner_staff_id", _("This adult does not see this student.")
        )
    return owner


def _end(row: Mapping[str, str]) -> tuple[dt.date | None, str]:
    if not row.get("ended_on"):
        return None, ""
    ended_on = day_in(row, "ended_on", latest=timezone.localdate())
    if ended_on < day_in(row, "begins_on"):
        raise ColumnProblem("ended_on", _("It ends before it begins."))
    how = row.get("ended_how", "") or Support.Ended.STOPPED
    if how not in Support.Ended.values:
        raise ColumnProblem(
            "ended_how",
            _("Write one of these: %(all)s.")
            % {"all": ", ".join(Support.Ended.values)},
        )
    return ended_on, how


def _shown(line: int, one: Support, day: dt.date, known: _Known) -> RowShown:
    return RowShown(
        line,
        known.students[one.student_id].name,
        one.kind.name[page_language()],
        day,
        one.owner.name,
    )
