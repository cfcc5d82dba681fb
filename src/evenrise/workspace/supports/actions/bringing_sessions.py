"""Sessions of supports from a file: tried row by row, then all written, or none."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping

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
    yes_in,
)
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.access import reach_today
from evenrise.workspace.supports.actions.answering import keep_first_days
from evenrise.workspace.supports.actions.file_rows import RowShown, TriedCare
from evenrise.workspace.supports.models import Session, Support
from evenrise.workspace.supports.queries.reached import supports_of, supports_within


def bring_sessions(
    person: Person, rows: list[tuple[int, Row]], *, write: bool
) -> TriedCare:
    """Try the rows, and write them when each is good; within a transaction."""
    by_key = _running(person, {row.get("student_id", "") for _line, row in rows})
    logged = _logged(one.pk for one in by_key.values())
    made: list[Session] = []
    shown: list[RowShown] = []
    problems: list[RowProblem] = []
    for line, row in rows:
        try:
            one = _of_session(row, by_key)
            held_on = _held_on(row, one, logged)
            made.append(_session(row, one, held_on, person))
        except ColumnProblem as problem:
            problems.append(RowProblem(line, problem.column, str(problem)))
            continue
        logged.add((one.pk, held_on))
        shown.append(
            RowShown(
                line,
                one.student.name,
                one.kind.name[page_language()],
                held_on,
                one.owner.name,
            )
        )
    if problems or not write or not made:
        return TriedCare(tuple(shown), tuple(problems), kind="sessions")
    batch = secrets.token_hex(6)
    for session in made:
        session.batch = batch
    Session.objects.bulk_create(made, batch_size=AT_ONCE)
    record(person, "supports.bring_sessions", About("batch", batch), sessions=len(made))
    keep_first_days(one.student_id for one in by_key.values())
    return TriedCare(tuple(shown), (), batch, kind="sessions")


def undo_sessions(person: Person, *, batch: str) -> int:
    """Take back the sessions that one brought in with a file today; returns how many.

    Raises:
        NotYours: when there is no such file of the person's, brought in today.
    """
    with transaction.atomic():
        brought = Session.objects.filter(
            batch=batch,
            by=person,
            at__date=timezone.localdate(),
            undone_at__isnull=True,
            support__in=supports_of(person).values("pk"),
        )
        rows = list(brought.values_list("pk", "support__student")) if batch else []
        if not rows:
            raise NotYours
        for keys in in_batches([pk for pk, _student in rows]):
            Session.objects.filter(pk__in=keys).update(undone_at=timezone.now())
        record(person, "supports.undo_sessions", About("batch", batch), gone=len(rows))
        keep_first_days({student for _pk, student in rows})
    return len(rows)


def _running(
    person: Person, students: set[str]
) -> dict[tuple[str, str, dt.date], Support]:
    found = dict[tuple[str, str, dt.date], Support]()
    within = supports_within(reach_today(person)).select_related(
        "student", "kind", "owner"
    )
    for some in in_batches(sorted(students)):
        for one in within.filter(student__in=some).order_by():
            found[one.student_id, one.kind.key, one.begins_on] = one
    return found


def _logged(supports: Iterable[int]) -> set[tuple[int, dt.date]]:
    found = set[tuple[int, dt.date]]()
    for some in in_batches(sorted(supports)):
        live = Session.objects.filter(support__in=some, undone_at__isnull=True)
        found |= set(live.values_list("support_id", "held_on"))
    return found


def _of_session(
    row: Mapping[str, str], by_key: Mapping[tuple[str, str, dt.date], Support]
) -> Support:
    key = (row.get("student_id", ""), row.get("support", ""), day_in(row, "begins_on"))
    found = by_key.get(key)
    if found is None:
        raise ColumnProblem(
            "student_id",
            _("No student whom you may see has this support with this first day."),
        )
    return found


def _held_on(
    row: Mapping[str, str], one: Support, logged: set[tuple[int, dt.date]]
) -> dt.date:
    held_on = day_in(row, "held_on", latest=timezone.localdate())
    if not one.begins_on <= held_on <= (one.ended_on or timezone.localdate()):
        raise ColumnProblem("held_on", _("The support did not run on this day."))
    if (one.pk, held_on) in logged:
        raise ColumnProblem("held_on", _("A session of this day is there already."))
    return held_on


def _session(
    row: Mapping[str, str], one: Support, held_on: dt.date, person: Person
) -> Session:
    given, why_not = yes_in(row, "delivered"), row.get("why_not", "")
    if not given and why_not not in Session.WhyNot.values:
        raise ColumnProblem(
            "why_not",
            _("Write one of these: %(all)s.")
            % {"all": ", ".join(Session.WhyNot.values)},
        )
    return Session(
        support=one,
        held_on=held_on,
        delivered=given,
        minutes=whole_in(row, "minutes", 1, 600, one.minutes) if given else None,
        why_not="" if given else why_not,
        by=person,
    )
