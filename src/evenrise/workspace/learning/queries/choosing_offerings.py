"""What the forms of the catalogue offer: places, roles, standards, people, partners."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.learning.models import (
    Initiative,
    Offering,
    Partner,
    Session,
    Standard,
    StandardSet,
)
from evenrise.workspace.learning.queries.for_whom import LEARNERS
from evenrise.workspace.learning.starting_standards import ensure_standards
from evenrise.workspace.people.models import Person, RoleGrant, School
from evenrise.workspace.people.roles import ROLES, Right


Choice = tuple[str, str]
DISTRICT = "-"  # whose offering: the district's
_NONE: Choice = ("", "–")


def place_choices(person: Person) -> list[Choice]:
    """The places for which the person organizes learning."""
    places = places_with(person, Right.ORGANIZE_LEARNING)
    schools = School.objects.filter(current=True).order_by("name")
    if not places.district:
        schools = schools.filter(pk__in=places.schools)
    first = [(DISTRICT, _("The whole district"))] if places.district else []
    return [*first, *((one.pk, one.name) for one in schools)]


def offering_choices(
    person: Person, offering: Offering | None, language: Language
) -> dict[str, list[Choice]]:
    """By the form's field; `offering` is the one that is changed."""
    partners = Q(ended_at=None)
    if offering is not None and offering.partner_id:
        partners |= Q(pk=offering.partner_id)
    initiatives = Initiative.objects.filter(removed_at=None)
    return {
        "place": place_choices(person),
        "roles": [(role, ROLES[role].name[language]) for role in LEARNERS],
        "standards": standard_choices(language),
        "initiative": [
            _NONE,
            *((str(one.pk), one.said("title", language)[0]) for one in initiatives),
        ],
        "partner": [
            _NONE,
            *((str(one.pk), one.name) for one in Partner.objects.filter(partners)),
        ],
    }


def standard_choices(language: Language) -> list[Choice]:
    """The standards of the lists in use, each with its list's name."""
    ensure_standards()
    rows = Standard.objects.filter(
        removed_at=None, standards__used=True
    ).select_related("standards")
    return [
        (
            str(one.pk),
            f"{_name(one.standards, language)}: {_name(one, language)}",
        )
        for one in rows.order_by("standards__own", "standards__key", "place", "pk")
    ]


def _name(one: Standard | StandardSet, language: Language) -> str:
    return (one.name_es if language == "es" else "") or one.name_en


def may_lead(session: Session | None, today: dt.date) -> QuerySet[Person]:
    """All staff with an account, by name."""
    staff = RoleGrant.objects.on(today).filter(role__in=LEARNERS)
    among = Q(pk__in=staff.values("person"), is_active=True)
    if session is not None and session.leader_id:
        among |= Q(pk=session.leader_id)
    return Person.objects.filter(among).order_by("name", "pk")
