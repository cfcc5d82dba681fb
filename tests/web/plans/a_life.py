"""A plan on its way: in hearing, heard, adopted; for tests."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.adopting import (
    adopt,
    close_hearing,
    open_hearing,
)
from evenrise.workspace.plans.actions.making_editions import (
    Hearing,
    Vote,
    promised_bytes,
)
from evenrise.workspace.plans.content import digest_of
from evenrise.workspace.plans.models import Edition, Plan


def days_ago(days: int) -> dt.date:
    """A day before today; below 0 one after."""
    return timezone.localdate() - dt.timedelta(days=days)


def hearing(ago: int = 7, open_for: int = 14) -> Hearing:
    """A hearing that was held, with comments taken for some days more."""
    return Hearing(
        on=days_ago(ago),
        until=days_ago(ago - open_for),
        place_en="Board room",
        place_es="Sala de la junta",
    )


def vote(ago: int = 0, yes: int = 5, no: int = 1) -> Vote:
    """A vote that adopts."""
    return Vote(on=days_ago(ago), yes=yes, no=no, abstain=1, absent=0)


def work_digest(plan: Plan) -> str:
    """Of what the plan says now."""
    return digest_of(promised_bytes(plan))


def in_hearing(person: Person, plan: Plan) -> Edition:
    """The plan as it stands, open to be heard."""
    return open_hearing(person, plan=plan, hearing=hearing(), digest=work_digest(plan))


def adopted(person: Person, plan: Plan, ago: int = 0) -> Edition:
    """The plan as it stands, heard and adopted."""
    one = in_hearing(person, plan)
    close_hearing(person, edition=one.pk)
    return adopt(person, edition=one.pk, vote=vote(ago), digest=one.digest)
