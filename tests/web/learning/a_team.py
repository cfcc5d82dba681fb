"""A learning team of the teacher (leads) and the coach, with one meeting, for tests."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from evenrise.workspace.cycles.models import MemberRole
from evenrise.workspace.learning.models import LearningTeam, TeamKind, TeamMeeting
from evenrise.workspace.people.models import Person


PRODUCT = "Three tasks that begin with a question zq81"
STEP = "Try the second task zq82"


def make_team(cast: dict[str, Person], **changed: object) -> LearningTeam:
    """A team of two; its meeting is held, its next step is the coach's.

    Args:
        cast: the people, by role.
        changed: fields of the team that replace its own.
    """
    teacher, coach = cast["teacher"], cast["coach"]
    today = timezone.localdate()
    told: dict[str, object] = {
        "name": "Algebra, ninth grade",
        "kind": TeamKind.TEACHERS,
        "school": cast["principal"].grants_today[0].school,
        "goal": "Every student solves a task in two ways by May zq80",
        "begins_on": today - dt.timedelta(days=60),
        "made_by": teacher,
    }
    team = LearningTeam.objects.create(**(told | changed))
    for person, role in ((teacher, MemberRole.LEAD), (coach, MemberRole.MEMBER)):
        team.members.create(person=person, role=role)
    meeting = TeamMeeting.objects.create(
        team=team,
        on=today - dt.timedelta(days=5),
        agenda="Exit tickets",
        product=PRODUCT,
        next_step=STEP,
        next_by=coach,
        next_on=today + dt.timedelta(days=5),
        held=True,
        by=teacher,
    )
    meeting.there.set([teacher, coach])
    return team
