"""Fills an invented district's room of learning by the verbs that people use.

What the ninth-grade team adopted becomes a practice, the practice an initiative with a
map, sessions and a coaching cycle. Placements of invented colleagues are drawn. Never
called where records are real.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from evenrise.publishing.page_store.reading import PageStore
from evenrise.workspace.cycles.actions.practices import PracticeSaid, make_practice
from evenrise.workspace.cycles.models import Cycle, CycleState, Practice
from evenrise.workspace.learning.actions.coaching import (
    Aim,
    Written,
    agree_coaching,
    ask_coaching,
    write_coaching_note,
)
from evenrise.workspace.learning.actions.initiatives import (
    InitiativeSaid,
    begin_initiative,
    move_initiative,
    note_mended,
)
from evenrise.workspace.learning.actions.maps import begin_map, set_state
from evenrise.workspace.learning.demo_catalogue import place_catalogue
from evenrise.workspace.learning.demo_people import place_colleagues
from evenrise.workspace.learning.demo_standards import (
    place_one_practice,
    place_standards,
    written_at,
)
from evenrise.workspace.learning.demo_teams import place_teams
from evenrise.workspace.learning.map_content import MapContent, Pair
from evenrise.workspace.learning.models import (
    ICMap,
    Initiative,
    InitiativeState,
    MapState,
    NoteKind,
    PlacedBy,
    Placement,
)
from evenrise.workspace.people.models import Person, RoleGrant, StaffAssignment


People = Mapping[str, Person]
Said = Mapping[str, Any]
_WATCHED = ("chronic_absence", "english_learner", "english_learner")
_HOURS = Decimal(3)
_PLACED = 60  # colleagues who place their practice twice
_MIDDLE = (0.12, 0.35, 0.36, 0.17)  # in a term that has ended, whatever the day
_FIRST, _SECOND = (0.05, 0.25, 0.45, 0.25), (0.2, 0.45, 0.27, 0.08)  # of levels 1 to 4


def place_learning(pages: PageStore, people: People) -> Initiative | None:
    """Make what an invented district's adults learn.

    Args:
        pages: what people at work see of its records.
        people: the cast, by role.

    Returns:
        The initiative; None where one is there already, or no cycle was adopted.
    """
    cycle = Cycle.objects.filter(state=CycleState.ADOPTED).order_by("pk").first()
    if cycle is None or Initiative.objects.exists():
        return None
    said, on = _words(), timezone.localdate()
    practice = _practice(cycle, people, said["practice"])
    shown = _map(people)
    made = _initiative(practice, shown, cycle, pages, people, said["initiative"])
    colleagues = place_colleagues(on)
    place_catalogue(people, colleagues, made)
    _place(shown, colleagues, on)
    _coach(shown, on, people, said["coaching"])
    place_one_practice(shown, people, on)
    place_standards(people, colleagues, on)
    place_teams(pages, people, colleagues, cycle)
    mended = said["mended"]
    note_mended(
        people["cabinet"],
        slug=made.slug,
        link="reached",
        text_en=mended["en"],
        text_es=mended["es"],
    )
    return made


@cache
def _words() -> dict[str, Any]:
    """What these people say."""
    path = Path(__file__).with_name("demo_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _practice(cycle: Cycle, people: People, said: Said) -> Practice:
    told = PracticeSaid(words=dict(said))
    return make_practice(people["teacher"], cycle=cycle.pk, said=told, ask_me=True)


def _map(people: People) -> ICMap:
    lead = people["cabinet"]
    whole = MapContent(title=Pair())  # every word is the example's
    made = begin_map(lead, said=whole, begin="example:every-student-known")
    return set_state(lead, slug=made.slug, state=MapState.USED)


def _initiative(
    practice: Practice,
    shown: ICMap,
    cycle: Cycle,
    pages: PageStore,
    people: People,
    said: Said,
) -> Initiative:
    indicator, family, group = _WATCHED
    years = pages.years_of(indicator, pages.district.organization_id)
    lead = people["cabinet"]
    made = begin_initiative(
        lead,
        said=InitiativeSaid(
            **said,
            practice=practice,
            rung=cycle.rung,
            map=shown,
            hours=_HOURS,
            level=2,
            roles=["teacher"],
            indicator=indicator,
            group_family=family,
            group=group,
            begins_on=dt.date(years[-1] - 1, 8, 18),
        ),
    )
    return move_initiative(lead, slug=made.slug, state=InitiativeState.UNDERWAY)


def _place(shown: ICMap, colleagues: Sequence[Person], on: dt.date) -> None:
    """Teachers place themselves in autumn, and nearer the ideal in spring."""
    drawn = random.Random(9)  # noqa: S311 - an invented district's
    held = RoleGrant.objects.on(on).filter(role="teacher", person__in=colleagues)
    posts = StaffAssignment.objects.filter(
        role="teacher", staff__in=held.values("person__staff_id")
    )
    at = dict(posts.order_by("-school_id").values_list("staff", "school"))
    people = list(held.values_list("person", "person__staff_id").distinct())
    components = list(shown.components.filter(removed_at=None))
    rows = [
        Placement(
            component=component,
            person_id=person,
            school_id=at.get(staff),
            level=drawn.choices((1, 2, 3, 4), weights)[0],
            kind=PlacedBy.SELF,
            by_id=person,
            on=on - dt.timedelta(weeks=ago),
            at=written_at(on - dt.timedelta(weeks=ago)),
        )
        for person, staff in sorted(people)[:_PLACED]
        for weights, ago in ((_FIRST, 34), (_MIDDLE, 18), (_SECOND, 3))
        for component in components
    ]
    Placement.objects.bulk_create(rows)


def _coach(shown: ICMap, on: dt.date, people: People, said: Said) -> None:
    """The coach and the teacher; nobody else will read it."""
    coach, teacher = people["coach"], people["teacher"]
    begins = on - dt.timedelta(weeks=6)
    one = ask_coaching(
        coach,
        coach=coach,
        colleague=teacher,
        aim=Aim(
            goal=said["goal"],
            component=shown.components.filter(removed_at=None).first(),
            begins_on=begins,
            ends_on=None,
        ),
    )
    agree_coaching(teacher, coaching=one.pk)
    for number, (kind, name) in enumerate(
        (
            (NoteKind.OBSERVATION, "coach"),
            (NoteKind.FEEDBACK, "coach"),
            (NoteKind.REFLECTION, "teacher"),
            (NoteKind.NEXT, "teacher"),
        )
    ):
        note = Written(
            kind=kind, on=begins + dt.timedelta(weeks=number), text=said[kind]
        )
        write_coaching_note(people[name], coaching=one.pk, written=note)
