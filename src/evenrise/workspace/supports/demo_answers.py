"""What an invented district's schools did about flags: something for most, in time.

Who gets something, what, and after how many days hangs on the student's code alone, so
the same district is filled the same way. Kinds of support that the records plant a
truth for are left alone.
"""

from __future__ import annotations

import datetime as dt
import zlib

from django.utils import timezone

from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.demo_words import EXIT_RULE, GOALS, REASON_OF_STAY
from evenrise.workspace.supports.models import (
    Flag,
    Session,
    Support,
    SupportKind,
    TierPlacement,
)


SHARE = 70  # of a hundred flags, something was begun for so many
GIVEN = 80  # of a hundred sessions, so many took place
SESSIONS = 5
WEEKS = 6
_AT_ONCE = 2000
# By what the flag is about: what was begun, and for how many of a hundred.
_CHOICES = {
    "attendance": (("attendance_letters", 60), ("mentoring", 85), ("home_visit", 100)),
    "behavior": (("restorative_circle", 100),),
    "course": (("math_lab", 50), ("small_group_reading", 100)),
}
_LOGGED_LATE = 6  # of a hundred sessions, so many were logged ten days later


def answer_flags(
    owners: dict[str, Person], other: Person, last: dt.date, spared: set[str]
) -> None:
    """Begin supports for most flags, some days later, and log their sessions.

    Args:
        owners: who begins them, by school.
        other: who begins them in other schools.
        last: the last day that flags were made for; flags of that day wait.
        spared: students of whom most still wait, for whoever tries the demo.
    """
    kinds = {kind.key: kind for kind in SupportKind.objects.all()}
    supports: list[Support] = []
    for flag in Flag.objects.filter(opened_on__lt=last).order_by("pk"):
        draw = _draw(flag.student_id, flag.domain)
        if draw % 100 >= SHARE or (flag.student_id in spared and draw % 3):
            continue
        owner = owners.get(flag.school_id or "", other)
        kind = kinds[_kind(flag.domain, draw // 100 % 100)]
        begins = flag.opened_on + dt.timedelta(days=2 + (draw // 10_000 % 36))
        supports.append(_support(flag, kind, owner, begins))
    Support.objects.bulk_create(supports, batch_size=_AT_ONCE)
    Session.objects.bulk_create(
        (one for support in supports for one in _sessions(support)),
        batch_size=_AT_ONCE,
    )
    _tiers(supports)


def _draw(*words: str) -> int:
    return zlib.crc32("/".join(words).encode())


def _kind(domain: str, draw: int) -> str:
    return next(key for key, until in _CHOICES[domain] if draw < until)


def _support(flag: Flag, kind: SupportKind, owner: Person, begins: dt.date) -> Support:
    ends = begins + dt.timedelta(weeks=WEEKS)
    return Support(
        student_id=flag.student_id,
        kind=kind,
        tier=kind.tier,
        goal=GOALS[flag.domain],
        owner=owner,
        begins_on=begins,
        review_on=begins + dt.timedelta(weeks=4),
        planned_end_on=ends,
        sessions_a_week=1,
        sessions_planned=SESSIONS,
        minutes=kind.minutes,
        measure=kind.measure_en,
        rises=kind.rises,
        exit_rule=EXIT_RULE,
        because_of=flag,
        ended_on=ends,
        ended_how="goal_met" if flag.closed_on else "stopped",
        made_by=owner,
        made_at=_moment(begins),
    )


def _moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(15, 30)))


def _sessions(support: Support) -> list[Session]:
    made = []
    for number in range(SESSIONS):
        draw = _draw(support.student_id, support.kind.key, str(number))
        day = support.begins_on + dt.timedelta(weeks=number)
        given = draw % 100 < GIVEN
        late = draw // 100 % 100 < _LOGGED_LATE
        made.append(
            Session(
                support=support,
                held_on=day,
                delivered=given,
                minutes=support.minutes if given else None,
                why_not="" if given else "absent",
                by_id=support.owner_id,
                at=_moment(day + dt.timedelta(days=10 if late else 0)),
            )
        )
    return made


def _tiers(supports: list[Support]) -> None:
    """A stay in the support's tier, where the student is in none of that area."""
    taken = set(TierPlacement.objects.values_list("student_id", "area"))
    stays: dict[tuple[str, str], TierPlacement] = {}
    for one in supports:
        key = (one.student_id, one.kind.area)
        if key in taken or key in stays:
            continue
        stays[key] = TierPlacement(
            student_id=one.student_id,
            area=one.kind.area,
            tier=one.kind.tier,
            begins_on=one.begins_on,
            ends_on=None if _draw(*key) % 5 == 0 else one.ended_on,
            reason=REASON_OF_STAY,
            by_id=one.owner_id,
            made_at=one.made_at,
        )
    TierPlacement.objects.bulk_create(stays.values(), batch_size=_AT_ONCE)
