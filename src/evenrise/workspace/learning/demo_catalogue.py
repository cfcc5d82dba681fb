"""Fills an invented district's catalogue by the verbs that people use.

What was said of sessions long ago is written as it would stand now: the verb takes
answers for a week only. Never called where records are real.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from evenrise.workspace.learning.actions.bringing_roll import bring_roll
from evenrise.workspace.learning.actions.offerings import (
    OfferingSaid,
    make_offering,
    tell_what_changed,
)
from evenrise.workspace.learning.actions.partners import (
    GivenHours,
    add_hours,
    add_partner,
)
from evenrise.workspace.learning.actions.sessions import SessionSaid, add_session
from evenrise.workspace.learning.actions.signing_up import sign_up
from evenrise.workspace.learning.models import (
    FeedbackGiven,
    Initiative,
    Offering,
    Session,
    SessionFeedback,
    SignUp,
    Standard,
)
from evenrise.workspace.learning.queries.for_whom import is_for
from evenrise.workspace.learning.queries.posts import posts_of
from evenrise.workspace.learning.starting_standards import ensure_standards
from evenrise.workspace.people.models import Person


People = Mapping[str, Person]

_BEGINS = dt.time(15, 30)
_SIGNED = 12  # colleagues who are signed up for what comes


def place_catalogue(
    people: People, colleagues: Sequence[Person], initiative: Initiative | None = None
) -> tuple[Offering, ...]:
    """Make the catalogue of an invented district; nothing where one is there.

    Args:
        people: the cast, by role.
        colleagues: further staff with accounts; see `demo_people.py`.
        initiative: the one that the first offering belongs to.
    """
    if Offering.objects.exists():
        return ()
    ensure_standards()
    college = _partners(people)
    return tuple(
        _offering(told, people, colleagues, college, initiative)
        for told in _words()["offering"]
    )


@cache
def _words() -> dict[str, Any]:
    path = Path(__file__).with_name("demo_catalogue.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _partners(people: People) -> int:
    """The partners and what they gave; returns the first one's key."""
    lead, today = people["superintendent"], timezone.localdate()
    home = people["principal"].grants_today[0].school_id
    made = []
    for told in _words()["partner"]:
        one = add_partner(lead, name=told["name"], kind=told["kind"])
        for given in told["given"]:
            add_hours(
                lead,
                partner=one.pk,
                given=GivenHours(
                    school_id=home if given.get("home") else None,
                    on=today + dt.timedelta(days=given["days"]),
                    people=given["people"],
                    hours=Decimal(str(given["hours"])),
                    what=given["what"],
                ),
            )
        made.append(one.pk)
    return made[0]


def _offering(
    told: Mapping[str, Any],
    people: People,
    colleagues: Sequence[Person],
    college: int,
    initiative: Initiative | None,
) -> Offering:
    lead = people["cabinet"]
    standards = Standard.objects.filter(removed_at=None).values_list("pk", flat=True)
    names = ("title_en", "title_es", "text_en", "text_es", "kind")
    made = make_offering(
        lead,
        said=OfferingSaid(
            **{name: told[name] for name in names},
            credit=told.get("credit", ""),
            roles=tuple(told.get("roles", ())),
            standards=tuple(standards[: told.get("standards", 0)]),
            partner_id=college if told.get("partner") else None,
            initiative_id=initiative.pk
            if initiative and "initiative" in told
            else None,
        ),
    )
    for one in told["sessions"]:
        _session(made, one, people, colleagues)
    if "changed_en" in told:
        texts = {"text_en": told["changed_en"], "text_es": told["changed_es"]}
        tell_what_changed(lead, slug=made.slug, **texts)
    return made


def _session(
    offering: Offering,
    told: Mapping[str, Any],
    people: People,
    colleagues: Sequence[Person],
) -> None:
    lead = people["cabinet"]
    day = timezone.localdate() + dt.timedelta(days=told["days"])
    begins = timezone.make_aware(dt.datetime.combine(day, _BEGINS))
    lasts = dt.timedelta(days=told.get("lasts", 0), hours=min(3, told["hours"]))
    session = add_session(
        lead,
        slug=offering.slug,
        said=SessionSaid(
            begins_at=begins,
            ends_at=begins + lasts,
            hours=Decimal(str(told["hours"])),
            place="Alder Hall",
            leader_id=people["coach"].pk,
            places=told.get("places"),
        ),
    )
    cast = [people[role] for role in ("teacher", "counselor", "principal")]
    meant = [one for one in (*cast, *colleagues) if is_for(one, offering)]
    if told["days"] > 0:
        for one in meant[: min(_SIGNED, told.get("places", _SIGNED))]:
            sign_up(one, session=session.pk)
    elif told.get("waits"):  # nobody has noted yet who came
        posts = posts_of(meant[:_SIGNED], timezone.localdate())
        SignUp.objects.bulk_create(
            SignUp(
                session=session,
                person=one,
                school_id=posts[one.pk].school_id,
                role=posts[one.pk].role,
            )
            for one in meant[:_SIGNED]
        )
    else:
        _came(session, people["coach"], meant[: told["came"]])
        _said(session, meant, told.get("said", ()), told.get("words", ()))


def _came(session: Session, leader: Person, people: Sequence[Person]) -> None:
    lines = ["email,came", *(f"{one.email},yes" for one in people)]
    bring_roll(leader, session=session.pk, text="\n".join(lines), write=True)


def _said(
    session: Session,
    people: Sequence[Person],
    taps: Sequence[Sequence[int]],
    words: Sequence[str],
) -> None:
    SessionFeedback.objects.bulk_create(
        SessionFeedback(
            session=session,
            useful=tap[0],
            fits=tap[1],
            time=tap[2],
            words=words[place] if place < len(words) else "",
        )
        for place, tap in enumerate(taps[: len(people)])
    )
    FeedbackGiven.objects.bulk_create(
        FeedbackGiven(session=session, person=one) for one in people[: len(taps)]
    )
