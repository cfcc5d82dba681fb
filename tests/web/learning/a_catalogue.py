"""A small catalogue for tests: offerings, sessions, and people who learn."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from evenrise.workspace.learning.actions.offerings import OfferingSaid, make_offering
from evenrise.workspace.learning.models import Offering, Session, SignUp
from evenrise.workspace.people.models import Person, RoleGrant
from evenrise.workspace.people.roles import Role, Scope


def make_one(by: Person, **changed: Any) -> Offering:
    """An offering of the district, for everybody."""
    told: dict[str, Any] = {
        "title_en": "A greeting that brings students back",
        "title_es": "Un saludo que hace volver",
        "text_en": "You try three greetings and see what they change.",
        "text_es": "",
        "kind": "workshop",
        "credit": "2 clock hours",
    }
    return make_offering(by, said=OfferingSaid(**(told | changed)))


def make_session(offering: Offering, *, days: float = 10, **changed: Any) -> Session:
    """A session of two hours, so many days from now (below nothing: before)."""
    begins = timezone.now() + dt.timedelta(days=days)
    told: dict[str, Any] = {
        "begins_at": begins,
        "ends_at": begins + dt.timedelta(hours=2),
        "hours": Decimal("2.00"),
        "place": "Library",
    }
    return Session.objects.create(offering=offering, **(told | changed))


def make_staff(
    number: int, school: str | None, role: Role = Role.TEACHER
) -> list[Person]:
    """Further colleagues with an account, of a school."""
    made = []
    for place in range(number):
        name = f"{role}-{school}-{place}"
        person = Person.objects.create_user(
            f"{name}@more.example", name=f"Colleague {name}"
        )
        RoleGrant.objects.create(
            person=person,
            role=role,
            scope=Scope.SCHOOL if school else Scope.DISTRICT,
            school_id=school,
            begins_on=dt.date(2026, 1, 1),
            origin="hand",
        )
        made.append(person)
    return made


def came(session: Session, people: list[Person], **changed: Any) -> list[SignUp]:
    """These people came to a session."""
    told: dict[str, Any] = {"attended": True, "hours": session.hours}
    return [
        SignUp.objects.create(session=session, person=one, **(told | changed))
        for one in people
    ]
