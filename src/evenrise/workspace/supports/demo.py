"""Fills an invented district's supports: flags with a history, supports, sessions.

The files `supports.csv` and `support_sessions.csv` lie beside the invented records (see
`synthetic/support_files.py`); their rows go into the workspace in bulk. Flags are made
for some days of the year, each with what was known then, so that the time from flag to
session is as real as can be here. Never called where records are real.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from pyarrow import csv

from evenrise.records.snapshots import Snapshot
from evenrise.records.snapshots.last_day import last_school_day
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.workspace.people.models import (
    CaseloadPlace,
    Person,
    Roster,
    StaffMember,
    Student,
)
from evenrise.workspace.people.placing import roles_from_records
from evenrise.workspace.supports.actions.answering import keep_all_first_days
from evenrise.workspace.supports.actions.effects import keep_answers, make_effects
from evenrise.workspace.supports.actions.flagging import flag_all
from evenrise.workspace.supports.demo_answers import answer_flags
from evenrise.workspace.supports.demo_people import place_people
from evenrise.workspace.supports.demo_words import EXIT_RULE, REASON_OF_STAY
from evenrise.workspace.supports.groups import place_groups
from evenrise.workspace.supports.models import (
    Session,
    Support,
    SupportKind,
    TierPlacement,
)
from evenrise.workspace.supports.starting_menu import ensure_menu


# Days of a school year for which flags are made, before its last one.
FLAG_DAYS = ((10, 15), (12, 10), (2, 12), (4, 16))
_AT = dt.time(15, 30)  # when a session is logged, on its day
_AT_ONCE = 2000  # rows of one statement
_PAUSE = 30  # days between two supports of one stay in a tier

Row = dict[str, Any]


def place_supports(
    snapshot: Snapshot, on: dt.date, people: dict[str, Person], beside: Path
) -> None:
    """Fill the room of supports of an invented district; once.

    Args:
        snapshot: the invented records, current.
        on: the day of the demo.
        people: the cast, by key.
        beside: the folder of the two files; where it is missing, only flags are made.
    """
    if Support.objects.exists():
        return
    ensure_menu()
    with transaction.atomic():
        place_groups(snapshot, on)
        supports = _read(beside / "supports.csv")
        sessions = _read(beside / "support_sessions.csv")
        placed = _place_supports(supports, people)
        _place_sessions(sessions, placed)
        _place_tiers(list(placed.values()), on)
    last = last_school_day(snapshot, on)
    for day in flag_days(last):
        flag_all(snapshot.id, day)
    owners = {
        one.student.school_id or "": one.owner
        for one in Support.objects.select_related("student", "owner").order_by("pk")
        if one.owner_id not in {person.pk for person in people.values()}
    }
    answer_flags(owners, people["counselor"], last, _served(people["counselor"]))
    place_people(people, on)
    keep_all_first_days()
    make_effects(snapshot, on)
    keep_answers()


def flag_days(last: dt.date) -> list[dt.date]:
    """The days of the last day's school year for which flags are made, in order."""
    spring = SchoolYear.of(last).spring
    days = [
        dt.date(spring - (1 if month >= 7 else 0), month, day)
        for month, day in FLAG_DAYS
    ]
    return [*(day for day in days if day < last), last]


def _read(path: Path) -> list[Row]:
    """The rows of one of the files; none where it is missing."""
    if not path.exists():
        return []
    table = csv.read_csv(
        path,
        convert_options=csv.ConvertOptions(
            column_types={"student_id": "string", "owner_staff_id": "string"},
            strings_can_be_null=True,
        ),
    )
    rows: list[Row] = table.to_pylist()
    return rows


def _place_supports(
    rows: list[Row], people: dict[str, Person]
) -> dict[tuple[str, str, dt.date], Support]:
    """The supports of the file, by student, support and first day."""
    kinds = {kind.key: kind for kind in SupportKind.objects.all()}
    known = set(Student.objects.values_list("pk", flat=True))
    rows = [row for row in rows if row["student_id"] in known]
    owners = _owners(rows, people)
    made = {
        (row["student_id"], row["support"], row["begins_on"]): Support(
            student_id=row["student_id"],
            kind=kinds[row["support"]],
            tier=row["tier"],
            goal=row["goal"],
            owner=owner,
            begins_on=row["begins_on"],
            review_on=row["review_on"],
            planned_end_on=row["planned_end_on"],
            sessions_a_week=_a_week(row),
            sessions_planned=row["sessions_planned"],
            minutes=row["minutes"],
            measure=kinds[row["support"]].measure_en,
            rises=kinds[row["support"]].rises,
            exit_rule=EXIT_RULE,
            ended_on=row["ended_on"],
            ended_how=row["ended_how"] or ("stopped" if row["ended_on"] else ""),
            made_by=owner,
            made_at=_moment(row["begins_on"]),
        )
        for row, owner in zip(rows, owners, strict=True)
    }
    Support.objects.bulk_create(made.values(), batch_size=_AT_ONCE)
    return made


def _a_week(row: Row) -> Decimal:
    weeks = max((row["planned_end_on"] - row["begins_on"]).days / 7, 1)
    return Decimal(str(round(row["sessions_planned"] / weeks, 1)))


def _moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, _AT))


def _owners(rows: list[Row], people: dict[str, Person]) -> list[Person]:
    """Who owns each support: the cast for the students they serve, else the file's.

    A school's supports of one kind have one owner, so that a demo has some dozens of
    accounts and not hundreds.
    """
    schools = dict(Student.objects.values_list("pk", "school_id"))
    counselor, teacher = people["counselor"], people["teacher"]
    served = _served(counselor)
    taught = set(
        Roster.objects.filter(section__staff_id=teacher.staff_id).values_list(
            "student_id", flat=True
        )
    )
    first: dict[tuple[str | None, str], str] = {}
    for row in rows:
        where = (schools[row["student_id"]], row["support"])
        first[where] = min(first.get(where, "~"), row["owner_staff_id"])
    accounts = _accounts(set(first.values()))

    def owner(row: Row) -> Person:
        student = row["student_id"]
        if student in served:
            return counselor
        if student in taught and row["support"] == "homework_club":
            return teacher
        return accounts[first[schools[student], row["support"]]]

    return [owner(row) for row in rows]


def _served(counselor: Person) -> set[str]:
    """The students on a counselor's caseload."""
    places = CaseloadPlace.objects.filter(caseload__owner=counselor)
    return set(places.values_list("student_id", flat=True))


def _accounts(staff: set[str]) -> dict[str, Person]:
    """An account for each of some adults; nobody signs in with one."""
    have = set(Person.objects.exclude(staff_id="").values_list("staff_id", flat=True))
    members = StaffMember.objects.in_bulk(staff - have)
    Person.objects.bulk_create(
        Person(
            email=f"{code.lower()}@demo.example",
            name=members[code].name if code in members else code,
            staff_id=code,
            password="!",  # noqa: S106 - no password fits
        )
        for code in sorted(staff - have)
    )
    with connection.cursor() as cursor:
        roles_from_records(cursor, timezone.localdate())
    return {one.staff_id: one for one in Person.objects.filter(staff_id__in=staff)}


def _place_sessions(
    rows: list[Row], placed: Mapping[tuple[str, str, dt.date], Support]
) -> None:
    def made() -> Iterator[Session]:
        for row in rows:
            support = placed.get((row["student_id"], row["support"], row["begins_on"]))
            if support is None:
                continue
            yield Session(
                support=support,
                held_on=row["held_on"],
                delivered=row["delivered"] in {"Y", True},
                minutes=row["minutes"],
                why_not=row["why_not"] or "",
                by_id=support.owner_id,
                at=_moment(row["held_on"]),
            )

    Session.objects.bulk_create(made(), batch_size=_AT_ONCE)


def _place_tiers(supports: list[Support], on: dt.date) -> None:
    """Stays in tier 2 and 3, from the supports of tier 2: one stretch a student."""
    supports = sorted(
        (one for one in supports if one.tier > 1),
        key=lambda one: (one.student_id, one.kind.area, one.begins_on),
    )
    stays: list[TierPlacement] = []
    for one in supports:
        before = stays[-1] if stays else None
        same = before is not None and (before.student_id, before.area) == (
            one.student_id,
            one.kind.area,
        )
        if before is not None and same and _goes_on(before, one):
            before.ends_on = _later(before.ends_on, one.ended_on)
            continue
        stays.append(
            TierPlacement(
                student_id=one.student_id,
                area=one.kind.area,
                tier=2,
                begins_on=one.begins_on,
                ends_on=one.ended_on,
                reason=REASON_OF_STAY,
                by_id=one.owner_id,
                made_at=one.made_at,
            )
        )
    for number, stay in enumerate(stays):
        if number % 9 == 0:
            stay.tier = 3
        # Some stay on though nothing is given any more: the page about tiers shows it.
        last = number + 1 == len(stays) or stays[number + 1].student_id != (
            stay.student_id
        )
        if last and number % 6 == 0 and stay.ends_on is not None and stay.ends_on <= on:
            stay.ends_on = None
    TierPlacement.objects.bulk_create(stays, batch_size=_AT_ONCE)


def _goes_on(before: TierPlacement, one: Support) -> bool:
    end = before.ends_on
    return end is None or (one.begins_on - end).days <= _PAUSE


def _later(first: dt.date | None, second: dt.date | None) -> dt.date | None:
    return None if first is None or second is None else max(first, second)
