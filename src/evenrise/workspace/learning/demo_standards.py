"""What an invented district's staff say of standards, and one teacher's own practice.

Drawn answers without names, two times that closed and one that is open; the teacher's
placements beside the coach's. Never called where records are real.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence

from django.utils import timezone

from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.learning.actions.self_assessing import open_assessment
from evenrise.workspace.learning.actions.standards import StandardSaid, add_standard
from evenrise.workspace.learning.map_content import Pair
from evenrise.workspace.learning.models import (
    ICMap,
    PlacedBy,
    Placement,
    SelfAnswer,
    SelfAnswered,
    SelfAssessment,
    StandardSet,
)
from evenrise.workspace.people.models import Person


_LIST, _OTHER = "learning-forward-2022", "learning-forward-2011"
_TIMES = ((26, (0.3, 0.35, 0.25, 0.1)), (4, (0.15, 0.3, 0.35, 0.2)))  # of 1 to 4
_DAYS = dt.timedelta(days=14)


def place_standards(
    people: Mapping[str, Person], colleagues: Sequence[Person], on: dt.date
) -> None:
    """An own standard, two times of answers, and one that is open.

    Args:
        people: the cast, by role.
        colleagues: who answers; the cast's teacher finds the open one waiting.
        on: today.
    """
    lead = people["superintendent"]
    add_standard(
        lead,
        said=StandardSaid(
            Pair(
                "Adults learn from what students say",
                "Las personas adultas aprenden de lo que dice el estudiantado",
            ),
            Pair(
                "Teams ask students what helped them, and change something because of"
                " it.",
                "Los equipos preguntan al estudiantado qué le ayudó y cambian algo por"
                " ello.",
            ),
        ),
    )
    drawn = random.Random(11)  # noqa: S311 - an invented district's
    schools = {one.pk: sorted(own_schools(one)) for one in colleagues}
    asked = StandardSet.objects.get(key=_LIST)
    keys = list(asked.items.values_list("key", flat=True))
    for weeks, weights in _TIMES:
        closed = on - dt.timedelta(weeks=weeks)
        one = SelfAssessment.objects.create(
            standards=asked,
            opens_on=closed - _DAYS,
            closes_on=closed,
            made_by=lead,
        )
        SelfAnswered.objects.bulk_create(
            SelfAnswered(assessment=one, person=person) for person in colleagues
        )
        SelfAnswer.objects.bulk_create(
            SelfAnswer(
                assessment=one,
                school_id=next(iter(schools[person.pk]), None),
                answers={key: drawn.choices((1, 2, 3, 4), weights)[0] for key in keys},
            )
            for person in colleagues
        )
    open_assessment(
        lead, standards=_OTHER, opens_on=on, closes_on=on + _DAYS, schools=()
    )


def place_one_practice(shown: ICMap, people: Mapping[str, Person], on: dt.date) -> None:
    """The teacher's own placements of a component, and what the coach saw.

    Args:
        shown: the map.
        people: the cast, by role.
        on: today.
    """
    teacher, coach = people["teacher"], people["coach"]
    component = shown.components.filter(removed_at=None).first()
    schools = sorted(own_schools(teacher))
    Placement.objects.bulk_create(
        Placement(
            component=component,
            person=teacher,
            school_id=schools[0] if schools else None,
            level=level,
            kind=PlacedBy.SELF if by is teacher else PlacedBy.OBSERVER,
            by=by,
            on=on - dt.timedelta(weeks=weeks),
            at=written_at(on - dt.timedelta(weeks=weeks)),
        )
        for weeks, level, by in (
            *((20, 4, teacher), (12, 3, teacher), (5, 3, coach)),
            *((2, 2, teacher), (1, 2, coach)),
        )
    )


def written_at(day: dt.date) -> dt.datetime:
    """Noon of a day, as the district's clock has it."""
    noon = dt.datetime.combine(day, dt.time(12))
    return timezone.make_aware(noon)
