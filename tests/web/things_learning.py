"""What stands behind the arguments of the table of doors, in the room `learning`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from evenrise.workspace.learning.actions.learning_calendar import LEARNING
from evenrise.workspace.learning.actions.offerings import tell_what_changed
from evenrise.workspace.learning.actions.partners import (
    GivenHours,
    add_hours,
    add_partner,
)
from evenrise.workspace.learning.actions.standards import StandardSaid, add_standard
from evenrise.workspace.learning.map_content import Pair
from evenrise.workspace.people.models import Person
from tests.web.cycles.a_cycle import home_of
from tests.web.learning.a_catalogue import came, make_one, make_session
from tests.web.learning.a_coaching import make_coaching
from tests.web.learning.a_map import make_map, place_self
from tests.web.learning.a_team import make_team
from tests.web.learning.a_walk import make_walk
from tests.web.learning.an_assessment import make_assessment
from tests.web.learning.an_initiative import make_initiative


def make_learning_things(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """One of everything that an address of the room can name; a function a part.

    Args:
        cast: the people, by role.
        found: what is known already.
    """
    assert found
    return {
        **_adults(cast),
        **_maps(cast),
        **_standards(cast),
        **_of_initiatives(cast),
        **_catalogue(cast),
    }


def _adults(cast: dict[str, Person]) -> dict[str, object]:
    """Coaching and a learning team of the coach and the teacher: theirs alone."""
    coaching = make_coaching(cast)
    asked = make_coaching(cast, agreed_at=None, by=cast["coach"])
    team = make_team(cast)
    gone = make_team(cast, removed_at=timezone.now())
    walk = make_walk(cast)
    shared = make_walk(cast, shared_at=timezone.now())
    return {
        "coaching": coaching.pk,
        "coaching_asked": asked.pk,
        "coaching_note": coaching.notes.get(by=cast["coach"]).pk,
        "learning_team": team.pk,
        "learning_team_gone": gone.pk,
        "team_meeting": team.meetings.get().pk,
        "walk": walk.pk,
        "walk_shared": shared.pk,
        "walk_note": walk.notes.get().pk,
    }


def _maps(cast: dict[str, Person]) -> dict[str, object]:
    """A map in use, one in work, both the superintendent's; the teacher's placement."""
    used, draft = make_map(cast), make_map(cast, used=False)
    return {
        "map": used.slug,
        "map_draft": draft.slug,
        "component": used.components.values_list("key", flat=True)[0],
        "placement": place_self(used, cast["teacher"]).pk,
    }


def _of_initiatives(cast: dict[str, Person]) -> dict[str, object]:
    """One of the whole district, which only leads of the district change."""
    one = make_initiative(cast)
    gone = make_initiative(cast, slug="gone", map=one.map, removed_at=timezone.now())
    return {
        "initiative": one.slug,
        "initiative_gone": gone.slug,
        "mended": one.mended.get().pk,
    }


def _catalogue(cast: dict[str, Person]) -> dict[str, object]:
    """An offering of the principal's school with a session to come and one that was.

    The teacher led the one that was and came to it, as did the coach.
    """
    coach, teacher = cast["coach"], cast["teacher"]
    offering = make_one(coach, school_id=home_of(cast))
    session = make_session(offering)
    past = make_session(offering, days=-1, leader=teacher)
    came(past, [teacher, coach], attended=None, hours=None)
    changed = tell_what_changed(
        coach, slug=offering.slug, text_en="We begin later.", text_es=""
    )
    partner = add_partner(coach, name="A college nearby", kind="university")
    given = GivenHours(
        school_id=home_of(cast), on=dt.date(2026, 3, 2), people=4, hours=Decimal(12)
    )
    return {
        "offering": offering.slug,
        "session": session.pk,
        "session_past": past.pk,
        "what_changed": changed.pk,
        "partner": partner.pk,
        "partner_hours": add_hours(coach, partner=partner.pk, given=given).pk,
        "learning_secret": LEARNING.make(teacher),
    }


def _standards(cast: dict[str, Person]) -> dict[str, object]:
    """An own standard; an assessment that is open, and one that closed."""
    said = StandardSaid(Pair("Every adult learns", "Cada persona adulta aprende"))
    return {
        "standard": add_standard(cast["superintendent"], said=said).key,
        "assessment": make_assessment(cast).pk,
        "assessment_closed": make_assessment(cast, -20, -1).pk,
    }
