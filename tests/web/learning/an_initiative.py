"""A small initiative with learning, placements and an indicator, for tests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.learning.models import (
    Component,
    ICMap,
    Initiative,
    InitiativeState,
    Level,
    MapState,
    Mended,
    Offering,
    OfferingKind,
    PlacedBy,
    Placement,
    Session,
    SignUp,
)
from evenrise.workspace.people.models import Person, RoleGrant, School


def make_initiative(cast: dict[str, Person], **changed: object) -> Initiative:
    """An initiative of the whole district for teachers, under way since last August.

    Args:
        cast: the people, by role.
        changed: fields that replace its own.
    """
    by, today = cast["coach"], timezone.localdate()
    told: dict[str, object] = {
        "slug": "known-by-name",
        "title_en": "Every student known by name",
        "title_es": "Cada estudiante conocido por su nombre",
        "en_at": timezone.now(),
        "es_at": timezone.now(),
        "state": InitiativeState.UNDERWAY,
        "map": changed.get("map") or make_map(by),
        "hours": Decimal(6),
        "level": 2,
        "roles": ["teacher"],
        "indicator": "chronic_absence",
        "group_family": "english_learner",
        "group": "english_learner",
        "begins_on": today - dt.timedelta(days=90),
        "begins_year": latest_year(),
        "lead": by,
        "made_by": by,
    }
    one = Initiative.objects.create(**(told | changed))
    Mended.objects.create(initiative=one, link="reached", text_en="Mornings", by=by)
    return one


def latest_year() -> int:
    """The latest school year with a figure of the indicator."""
    pages = current_pages()
    assert pages is not None
    return pages.years_of("chronic_absence", pages.district.organization_id)[-1]


def make_map(by: Person, slug: str = "greeting") -> ICMap:
    """A map of one component with three levels, in use."""
    made = ICMap.objects.create(
        slug=slug,
        title_en="Greeting",
        title_es="El saludo",
        levels=3,
        state=MapState.USED,
        made_by=by,
    )
    component = Component.objects.create(map=made, key="door", name_en="At the door")
    Level.objects.bulk_create(
        Level(component=component, number=number, text_en=f"Level {number}")
        for number in (1, 2, 3)
    )
    return made


def teachers(number: int, school_id: str | None = None) -> list[Person]:
    """So many teachers with accounts, at a school (or the first one)."""
    school = school_id or School.objects.filter(current=True).values_list("pk")[0][0]
    made = [
        Person.objects.create_user(
            f"t{one}@{school.lower()}.test".replace(" ", ""), name=f"Alma Quirós {one}"
        )
        for one in range(number)
    ]
    RoleGrant.objects.bulk_create(
        RoleGrant(
            person=person,
            role="teacher",
            scope="section",
            school_id=school,
            begins_on=timezone.localdate() - dt.timedelta(days=365),
            origin="hand",
        )
        for person in made
    )
    return made


def let_learn(one: Initiative, people: list[Person], hours: str) -> Session:
    """The people came to a session of an offering of the initiative."""
    now = timezone.now()
    offering = Offering.objects.create(
        slug=f"learning-{Offering.objects.count()}",
        title_en="Names",
        kind=OfferingKind.WORKSHOP,
        initiative=one,
        made_by=one.made_by,
    )
    session = Session.objects.create(
        offering=offering,
        begins_at=now - dt.timedelta(days=30),
        ends_at=now - dt.timedelta(days=30, hours=-6),
        hours=Decimal(hours),
    )
    SignUp.objects.bulk_create(
        SignUp(session=session, person=person, attended=True) for person in people
    )
    return session


def place(one: Initiative, people: list[Person], levels: list[int]) -> None:
    """Each person places themselves at these levels, some weeks apart."""
    component = Component.objects.get(map=one.map)
    today = timezone.localdate()
    Placement.objects.bulk_create(
        Placement(
            component=component,
            person=person,
            level=level,
            kind=PlacedBy.SELF,
            by=person,
            on=today - dt.timedelta(weeks=8 - 2 * number),
            at=timezone.now() - dt.timedelta(days=130),  # in a term that has ended
        )
        for person in people
        for number, level in enumerate(levels)
    )
