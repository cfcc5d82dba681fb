"""What stands behind the arguments of the table of doors, in the room `supports`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.supports.actions import care
from evenrise.workspace.supports.actions.care import (
    Reviewed,
    begin_support,
    plan_from_menu,
)
from evenrise.workspace.supports.actions.line_readings import read_line
from evenrise.workspace.supports.models import (
    Advisory,
    AdvisoryPlace,
    FamilyContact,
    Flag,
    FlagAnswer,
    LineReading,
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
    TransitionNote,
)
from evenrise.workspace.supports.starting_menu import ensure_menu


def make_support_things(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """One of everything that an address of the room can name.

    Args:
        cast: the people, by role.
        found: what is known already: the students served, taught, elsewhere.
    """
    things: dict[str, object] = {}
    assert cast
    assert found
    things |= _of_meetings(cast, found)
    things |= _of_care(cast, found)
    things |= _of_flags(cast, found)
    things |= _of_known(cast, found)
    return things


def _of_flags(cast: dict[str, Person], found: dict[str, object]) -> dict[str, object]:
    """An open flag of the student served and one of a student elsewhere, answered."""
    made: dict[str, object] = {}
    for who, by in (("served", "counselor"), ("elsewhere", "other_principal")):
        student, day = Student.objects.get(pk=found[who]), timezone.localdate()
        Flag.objects.filter(student=student, closed_on__isnull=True).delete()
        flag = Flag.objects.create(
            student=student,
            school=student.school,
            domain="attendance",
            level=1,
            rule_set="abc",
            opened_on=day,
            seen_on=day,
            reasons=[],
        )
        answer = FlagAnswer.objects.create(
            flag=flag, kind="contested", reason="She was there.", by=cast[by]
        )
        made |= {f"flag_{who}": flag.pk, f"answer_{who}": answer.pk}
    return made


def _of_meetings(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """The counselor's team, a meeting about two students, words about one of them.

    `meeting_item_elsewhere` is about a student of the other principal's school.
    """
    today, by = timezone.localdate(), cast["counselor"]
    served = {"student_id": found["served"], "by": by}
    team = Team.objects.create(name="A team", school_id=str(found["school"]))
    TeamMember.objects.create(team=team, person=by)
    meeting = Meeting.objects.create(team=team, held_on=today)
    items = [
        MeetingItem.objects.create(
            meeting=meeting, student_id=str(found[who]), why="added", place=place
        )
        for place, who in enumerate(("served", "elsewhere"))
    ]
    contact = FamilyContact.objects.create(
        **served, held_on=today, how="call", direction="from_school", language="en"
    )
    voice = StudentVoice.objects.create(
        **served, kind="words", text="I like to draw", language="en", said_on=today
    )
    note, restricted = (
        Note.objects.create(**served, text="We meet on Mondays", restricted=hidden)
        for hidden in (False, True)
    )
    transition = TransitionNote.objects.create(
        **served, strengths="Draws", helps="Time", written_on=today
    )
    return {
        "team": team.pk,
        "meeting": meeting.pk,
        "meeting_item": items[0].pk,
        "meeting_item_elsewhere": items[1].pk,
        "contact": contact.pk,
        "voice": voice.pk,
        "note": note.pk,
        "restricted_note": restricted.pk,
        "transition": transition.pk,
    }


def _of_care(cast: dict[str, Person], found: dict[str, object]) -> dict[str, object]:
    """A support of the counselor's for the student served, with all that hangs on it.

    `support_elsewhere` is of a student of the other principal's school.
    """
    ensure_menu()
    kind, today = SupportKind.objects.get(key="check_in"), timezone.localdate()
    begins_on = today - dt.timedelta(weeks=2)
    plan = replace(
        plan_from_menu(kind, owner=cast["counselor"], begins_on=begins_on),
        goal="Here every Monday.",
    )
    made = {}
    for who, by in (("served", "counselor"), ("elsewhere", "other_principal")):
        student = Student.objects.get(pk=found[who])
        Support.objects.filter(student=student).delete()  # a demo's
        made[who] = begin_support(
            cast[by], student=student, plan=replace(plan, owner=cast[by])
        )
    one = made["served"]
    session = Session.objects.create(support=one, held_on=today, delivered=True)
    Session.objects.create(
        support=one,
        held_on=today - dt.timedelta(days=1),
        delivered=True,
        by=cast["counselor"],
        batch="fromafile",
    )
    reviewed = Reviewed(
        decision="continue", reason="Well.", next_on=today + dt.timedelta(weeks=3)
    )
    review = care.review(cast["counselor"], support=one.pk, reviewed=reviewed)
    LineReading.objects.all().delete()  # of a district that is kept between runs
    reading = read_line(
        cast["superintendent"],
        key=kind.key,
        rule_set="abc",
        line="absent_share",
        read_on=today,
    )
    point = ProgressPoint.objects.create(support=one, on=today, value=2)
    return {
        "support": one.pk,
        "support_elsewhere": made["elsewhere"].pk,
        "support_batch": one.batch,
        "session": session.pk,
        "point": point.pk,
        "session_batch": "fromafile",
        "review": review.pk,
        "line_reading": reading.pk,
    }


def _of_known(cast: dict[str, Person], found: dict[str, object]) -> dict[str, object]:
    """The counselor's advisory in the principal's school, and one that has ended."""
    today, school = timezone.localdate(), str(found["school"])
    advisory, ended = (
        Advisory.objects.create(
            name=name, owner=cast["counselor"], school_id=school, ended_on=ended_on
        )
        for name, ended_on in (("An advisory", None), ("Last year", today))
    )
    AdvisoryPlace.objects.create(
        advisory=advisory, student_id=str(found["served"]), since=today
    )
    return {"advisory": advisory.pk, "ended_advisory": ended.pk}
