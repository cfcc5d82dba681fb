"""What the cast of an invented district wrote and did for a few of its students.

Few, invented and respectful: what a student said, whom a family talked to, who knows
whom, a team that met. Half of it is in Spanish, as it would be.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from evenrise.workspace.people.models import (
    CaseloadPlace,
    Person,
    Roster,
    School,
    Student,
)
from evenrise.workspace.supports.demo_words import (
    ADVISORY,
    DECIDED,
    EXIT_RULE,
    GOALS,
    HELPS,
    NOTE,
    REASON,
    RESTRICTED_NOTE,
    SAID,
    STRENGTHS,
    TALKED,
    TEAM,
    TEAM_NOTES,
    WISHES,
)
from evenrise.workspace.supports.models import (
    Advisory,
    AdvisoryPlace,
    FamilyContact,
    Flag,
    KnownBy,
    Meeting,
    MeetingItem,
    Note,
    ProgressPoint,
    Session,
    StudentVoice,
    Support,
    SupportKind,
    Team,
    TeamMember,
    TierPlacement,
    TransitionNote,
)


KNOWN = 18  # of the caseload, whom the counselor knows well
BEGUN = 2  # students of the caseload with a support that runs
_WEEKS = 5  # since when these run


def place_people(people: dict[str, Person], on: dt.date) -> None:
    """What the cast did for the students they serve, once flags stand.

    Args:
        people: the cast, by key.
        on: the day of the demo.
    """
    counselor, teacher = people["counselor"], people["teacher"]
    served = list(
        Student.objects.filter(
            pk__in=CaseloadPlace.objects.filter(caseload__owner=counselor).values(
                "student"
            ),
            current=True,
        )
    )
    if not served:
        return
    flagged = _flagged(served)
    _begin(counselor, flagged[:BEGUN], on)
    _voices(counselor, flagged + served, on)
    _contacts(counselor, flagged + served, on)
    _knows(counselor, [one.pk for one in served[:KNOWN]], on)
    taught = list(
        Roster.objects.filter(section__staff_id=teacher.staff_id)
        .order_by("student_id")
        .values_list("student_id", flat=True)
        .distinct()
    )
    _knows(teacher, taught[::2], on)
    _team(people, served[0].school, flagged, on)
    _advisory(teacher, served[0].school, on)
    _notes(counselor, served, on)


def _flagged(served: list[Student]) -> list[Student]:
    """The students with an open flag of attendance and nothing running.

    Those for whom something was begun before come first, then by code.
    """
    running = Support.objects.filter(ended_on__isnull=True).values("student")
    flags = Flag.objects.filter(
        student__in=[one.pk for one in served],
        closed_on__isnull=True,
        domain="attendance",
    ).exclude(student__in=running)
    wanted = set(flags.values_list("student_id", flat=True))
    begun = set(
        Support.objects.filter(student__in=wanted).values_list("student_id", flat=True)
    )
    found = [one for one in served if one.pk in wanted]
    return sorted(found, key=lambda one: (one.pk not in begun, one.pk))


def _begin(owner: Person, students: list[Student], on: dt.date) -> None:
    """A check-in that runs, with progress: one student misses fewer days, one not."""
    kind = SupportKind.objects.get(key="check_in")
    begins = on - dt.timedelta(weeks=_WEEKS)
    readings = ((3, 2, 2, 1, 0), (2, 3, 2, 3, 3), (4, 3, 3, 2, 2))
    for number, student in enumerate(students):
        flag = Flag.objects.filter(
            student=student, domain="attendance", closed_on__isnull=True
        ).first()
        one = Support.objects.create(
            student=student,
            kind=kind,
            tier=2,
            goal=GOALS["attendance"],
            owner=owner,
            begins_on=begins,
            review_on=on + dt.timedelta(days=7 * number),
            planned_end_on=begins + dt.timedelta(weeks=12),
            sessions_a_week=kind.sessions_a_week,
            sessions_planned=60,
            minutes=kind.minutes,
            measure=kind.measure_en,
            baseline=3,
            target=0,
            rises=False,
            exit_rule=EXIT_RULE,
            because_of=flag,
            made_by=owner,
        )
        Session.objects.bulk_create(
            Session(
                support=one,
                held_on=day,
                delivered=day.day % 7 != 3,
                minutes=None if day.day % 7 == 3 else kind.minutes,
                why_not="absent" if day.day % 7 == 3 else "",
                by=owner,
                at=_moment(day),
            )
            for day in _school_days(begins, on)
        )
        ProgressPoint.objects.bulk_create(
            ProgressPoint(
                support=one,
                on=begins + dt.timedelta(weeks=week, days=4),
                value=value,
                by=owner,
                at=_moment(begins + dt.timedelta(weeks=week, days=4)),
            )
            for week, value in enumerate(readings[number])
        )
        TierPlacement.objects.get_or_create(
            student=student,
            area=kind.area,
            ends_on=None,
            defaults={
                "tier": 2,
                "begins_on": begins,
                "reason": REASON,
                "by": owner,
            },
        )


def _school_days(first: dt.date, last: dt.date) -> list[dt.date]:
    days = [first + dt.timedelta(days=n) for n in range((last - first).days)]
    return [day for day in days if day.weekday() < 5]


def _moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(15, 30)))


def _voices(by: Person, students: list[Student], on: dt.date) -> None:
    """Two students say four things each, in their language."""
    said_on = on - dt.timedelta(days=30)
    StudentVoice.objects.bulk_create(
        StudentVoice(
            student=students[0 if language == "en" else 1],
            kind=kind,
            text=text,
            language=language,
            said_on=said_on,
            by=by,
        )
        for kind, language, text in SAID
        if len(students) > 1
    )


def _contacts(by: Person, students: list[Student], on: dt.date) -> None:
    FamilyContact.objects.bulk_create(
        FamilyContact(
            student=student,
            held_on=on - dt.timedelta(days=9 * number + 4),
            how=how,
            direction="from_school",
            language=language,
            interpreter=language == "es" and how != "message",
            reached=reached,
            about=about,
            by=by,
        )
        for number, (student, (how, language, reached, about)) in enumerate(
            zip(students, TALKED, strict=False)
        )
    )


def _knows(person: Person, students: list[str], on: dt.date) -> None:
    KnownBy.objects.bulk_create(
        KnownBy(person=person, student_id=code, since=on - dt.timedelta(days=40))
        for code in students
    )


def _team(
    people: dict[str, Person],
    school: School | None,
    flagged: list[Student],
    on: dt.date,
) -> None:
    """A team that met two weeks ago and meets again tomorrow."""
    if school is None:
        return
    lead = people["principal"]
    team = Team.objects.create(name=TEAM, school=school, made_by=lead)
    TeamMember.objects.bulk_create(
        TeamMember(team=team, person=people[key], leads=key == "principal")
        for key in ("principal", "counselor", "teacher")
    )
    held_on = on - dt.timedelta(days=14)
    met = Meeting.objects.create(
        team=team,
        held_on=held_on,
        notes=TEAM_NOTES,
        closed_at=_moment(held_on),
        recap_at=_moment(held_on),
        made_by=lead,
    )
    ahead = Meeting.objects.create(
        team=team, held_on=on + dt.timedelta(days=1), made_by=lead
    )
    flags = {
        flag.student_id: flag
        for flag in Flag.objects.filter(
            student__in=[one.pk for one in flagged], closed_on__isnull=True
        )
    }
    MeetingItem.objects.bulk_create(
        MeetingItem(
            meeting=met,
            student=student,
            why="flag",
            flag=flags.get(student.pk),
            decision=decision,
            owner=people["counselor"],
            due_on=on + dt.timedelta(days=days),
            done_at=None if days > 0 else _moment(on - dt.timedelta(days=5)),
            place=place,
        )
        for place, (student, (decision, days)) in enumerate(
            zip(flagged, DECIDED, strict=False)
        )
    )
    MeetingItem.objects.bulk_create(
        MeetingItem(
            meeting=ahead,
            student=student,
            why="flag",
            flag=flags.get(student.pk),
            place=place,
        )
        for place, student in enumerate(flagged[BEGUN : BEGUN + 4])
    )


def _advisory(owner: Person, school: School | None, on: dt.date) -> None:
    """A teacher's advisory of a dozen students of the school."""
    if school is None:
        return
    codes = list(
        Student.objects.filter(
            pk__in=Roster.objects.filter(section__staff_id=owner.staff_id).values(
                "student"
            ),
            school=school,
            current=True,
        )
        .exclude(pk__in=CaseloadPlace.objects.values("student"))
        .values_list("pk", flat=True)[:12]
    )
    advisory = Advisory.objects.create(name=ADVISORY, owner=owner, school=school)
    AdvisoryPlace.objects.bulk_create(
        AdvisoryPlace(
            advisory=advisory, student_id=code, since=on - dt.timedelta(days=60)
        )
        for code in codes
    )


def _notes(by: Person, students: list[Student], on: dt.date) -> None:
    if len(students) < 3:
        return
    Note.objects.create(
        student=students[2],
        text=NOTE,
        by=by,
    )
    Note.objects.create(
        student=students[0],
        text=RESTRICTED_NOTE,
        restricted=True,
        by=by,
    )
    TransitionNote.objects.create(
        student=students[1],
        from_school=students[1].school,
        strengths=STRENGTHS,
        helps=HELPS,
        trusted_adult=by.name,
        family_wishes=WISHES,
        written_on=on - dt.timedelta(days=20),
        by=by,
    )
