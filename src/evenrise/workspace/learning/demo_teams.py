"""Gives an invented district learning teams, a walk, and people who lead.

By the verbs that people use; never called where records are real.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from evenrise.publishing.page_store.reading import PageStore
from evenrise.workspace.cycles.models import Cycle
from evenrise.workspace.data.standing import standing
from evenrise.workspace.learning.actions.learning_teams import (
    TeamTold,
    add_to_team,
    make_learning_team,
    tie_to_finding,
)
from evenrise.workspace.learning.actions.team_meetings import (
    Held,
    Planned,
    change_team_meeting,
    next_step_done,
    plan_team_meeting,
    stamp,
)
from evenrise.workspace.learning.actions.walks import (
    Seen,
    WalkTold,
    make_walk,
    note_walk,
    share_walk,
    thank,
)
from evenrise.workspace.learning.models import LearningTeam, LearningWalk, TeamKind
from evenrise.workspace.people.models import Person, School


People = Mapping[str, Person]
Said = Mapping[str, Any]


def place_teams(
    pages: PageStore, people: People, colleagues: Sequence[Person], cycle: Cycle
) -> None:
    """Make them once.

    Args:
        pages: what people at work see of the district's records.
        people: the cast, by role.
        colleagues: further staff; some lead a team too.
        cycle: the adopted one, of the teacher's team.
    """
    if LearningTeam.objects.exists():
        return
    said, home = _words(), cycle.school
    ninth = _team(people["teacher"], said["ninth"], TeamKind.TEACHERS, home, cycle)
    for role in ("coach", "counselor"):
        add_to_team(people["teacher"], team=ninth.pk, other=people[role])
    _tie(people["teacher"], ninth, pages)
    _meet(people["teacher"], people["coach"], ninth, said["ninth"]["meetings"])
    lead = people["principal"]
    together = _team(lead, said["principals"], TeamKind.PRINCIPALS, None)
    add_to_team(lead, team=together.pk, other=people["other_principal"])
    step = max(1, len(colleagues) // len(said["more"]))
    for person, told in zip(colleagues[::step], said["more"], strict=False):
        _team(person, told, TeamKind.TEACHERS, _school_of(person))
    if home is not None:
        _walk(people, home, said["walk"])


@cache
def _words() -> dict[str, Any]:
    path = Path(__file__).with_name("demo_teams.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _school_of(person: Person) -> School | None:
    return School.objects.filter(staff__staff=person.staff_id).order_by("pk").first()


def _team(
    person: Person,
    said: Said,
    kind: TeamKind,
    school: School | None,
    cycle: Cycle | None = None,
) -> LearningTeam:
    told = TeamTold(
        name=said["name"],
        kind=kind,
        school=school,
        goal=said["goal"],
        evidence=said.get("evidence", ""),
        cycle=cycle,
        begins_on=timezone.localdate() - dt.timedelta(weeks=8),
        ends_on=None,
    )
    return make_learning_team(person, told=told)


def _tie(person: Person, team: LearningTeam, pages: PageStore) -> None:
    now = standing()
    found = next(
        (one for one in pages.findings() if one.indicator == "chronic_absence"), None
    )
    if now is not None and found is not None:
        tie_to_finding(person, team=team.pk, finding=found, snapshot=now.snapshot)


def _meet(
    person: Person, other: Person, team: LearningTeam, said: Sequence[Said]
) -> None:
    today = timezone.localdate()
    for told in said:
        on = today + dt.timedelta(weeks=told["weeks"])
        planned = Planned(on=on, minutes=45, place="", agenda=told["agenda"])
        one = plan_team_meeting(person, team=team.pk, planned=planned)
        held = Held(
            product=told["product"],
            next_step=told["next_step"],
            next_by=other,
            next_on=on + dt.timedelta(weeks=3),
            held=True,
            there=(person, other),
        )
        change_team_meeting(
            person, meeting=one.pk, planned=planned, held=held, seen=stamp(one)
        )
        if told["done"]:
            next_step_done(other, meeting=one.pk)


def _walk(people: People, school: School, said: Said) -> None:
    if LearningWalk.objects.exists():
        return
    coach = people["coach"]
    told = WalkTold(
        school=school,
        on=timezone.localdate() - dt.timedelta(weeks=1),
        question=said["question"],
        map=None,
        walkers=(people["teacher"], people["other_principal"]),
    )
    walk = make_walk(coach, told=told)
    for number, stop in enumerate(said["stops"], start=1):
        seen = Seen(stop=number, seen=stop["seen"], wondered=stop["wondered"])
        note_walk(coach, walk=walk.pk, seen=seen)
    thank(coach, walk=walk.pk, thanks=said["thanks"], seen="")
    share_walk(coach, walk=walk.pk)
