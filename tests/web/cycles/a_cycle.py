"""A small cycle with a team, a theory and six weeks of counts, for tests."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.cycles.models import (
    Cause,
    CauseState,
    Cycle,
    CycleMeasure,
    CycleMember,
    CycleState,
    Driver,
    DriverKind,
    MeasureKind,
    MemberRole,
    StartsFrom,
    Voice,
    WeekCount,
)
from evenrise.workspace.people.models import Person, RoleGrant


WEEKS = 6


def text(browser: Client, name: str, *arguments: object) -> str:
    """What a page says that opens."""
    page = browser.get(reverse(name, args=arguments))
    assert page.status_code == 200
    return page.content.decode()


def make_cycle(cast: dict[str, Person], **changed: object) -> Cycle:
    """A running cycle of the teacher (leads) and the coach, private to the two.

    Args:
        cast: the people, by role.
        changed: fields of the cycle that replace its own.
    """
    teacher, coach = cast["teacher"], cast["coach"]
    now = timezone.now()
    begins = monday(timezone.localdate()) - dt.timedelta(weeks=WEEKS - 2)
    told: dict[str, object] = {
        "title_en": "A greeting at the door",
        "title_es": "Un saludo en la puerta",
        "en_at": now,
        "es_at": now,
        "school_id": home_of(cast),
        "language": "en",
        "starts_from": StartsFrom.OWN,
        "notice": "On Mondays many seats are empty in the first period.",
        "wonder": "Would a greeting by name bring students back?",
        "aim": "Nine of ten ninth graders are here on Mondays by the end of six weeks.",
        "groups": ["english_learner"],
        "change": "Greet every student by name at the door.",
        "where": "Two ninth-grade sections",
        "who": "Two teachers",
        "how_small": "First period on Mondays",
        "begins_on": begins,
        "until": begins + dt.timedelta(weeks=WEEKS),
        "prediction": "Absences on Mondays fall from twelve to eight in a hundred.",
        "locked_at": now,
        "state": CycleState.RUNNING,
        "made_by": teacher,
    }
    cycle = Cycle.objects.create(**(told | changed))
    for person, role in ((teacher, MemberRole.LEAD), (coach, MemberRole.MEMBER)):
        CycleMember.objects.create(
            cycle=cycle, person=person, role=role, added_by=teacher
        )
    _theory(cycle, teacher)
    _weeks(cycle, teacher)
    return cycle


def home_of(cast: dict[str, Person]) -> str:
    """The school of the cast's principal."""
    grant = RoleGrant.objects.filter(person=cast["principal"], school__isnull=False)
    return str(grant.values_list("school", flat=True)[0])


def monday(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def _theory(cycle: Cycle, by: Person) -> None:
    Voice.objects.create(
        cycle=cycle, said_by="student", how_many=6, said="Nobody notices.", by=by
    )
    Cause.objects.create(
        cycle=cycle,
        text="The bus comes late",
        state=CauseState.RULED_OUT,
        evidence="The bus came on time on nine of ten Mondays.",
        by=by,
    )
    driver = Driver.objects.create(
        cycle=cycle, kind=DriverKind.PRIMARY, text="Students are known by name"
    )
    Driver.objects.create(
        cycle=cycle,
        parent=driver,
        kind=DriverKind.IDEA,
        text="Greet at the door",
        tried=True,
    )


def _weeks(cycle: Cycle, by: Person) -> None:
    measure = CycleMeasure.objects.create(
        cycle=cycle, name="Absent on Monday", kind=MeasureKind.SHARE, good=-1, by=by
    )
    first = monday(timezone.localdate()) - dt.timedelta(weeks=WEEKS)
    WeekCount.objects.bulk_create(
        WeekCount(
            measure=measure,
            week_on=first + dt.timedelta(weeks=number),
            count=count,
            size=60,
            by=by,
        )
        for number, count in enumerate((8, 7, 8, 5, 4, 4))
    )
