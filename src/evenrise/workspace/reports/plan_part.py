"""What an edition's page says of everybody: whether they read it, and how they will."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.models import Edition
from evenrise.workspace.reports.actions import UNDER_WAY
from evenrise.workspace.reports.models import Release
from evenrise.workspace.reports.plan_releasing import TOLD
from evenrise.workspace.reports.states import State


def public_part(person: Person, edition: Edition) -> dict[str, Any] | None:
    """Whether everybody reads the edition, and what the person may do about it."""
    found = list(
        Release.objects.filter(plan_edition=edition).defer("told").order_by("-id")[:20]
    )
    public = next((one for one in found if one.state == State.PUBLIC), None)
    waiting = next((one for one in found if one.state in UNDER_WAY), None)
    writes = edition.state in TOLD and may_write(person, edition.plan)
    if not (writes or public):
        return None
    looks = writes or person.may(Right.APPROVE_RELEASES)
    return {
        "edition": edition,
        "public": public,
        "waiting": waiting if looks else None,
        "propose": writes and waiting is None,
        "language": "es" if get_language() == "es" else "en",
    }
