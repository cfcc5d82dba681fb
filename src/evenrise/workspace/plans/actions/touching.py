"""What every change of a plan does besides: counts it, and keeps what stood before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db.models import F, Max

from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models import Plan, Rung, RungVersion
from evenrise.workspace.plans.queries.content import rung_content


def touch(plan: Plan, now: datetime) -> None:
    """Count a change of anything in the plan; `plan` knows its new version after."""
    Plan.objects.filter(pk=plan.pk).update(version=F("version") + 1, changed_at=now)
    plan.refresh_from_db(fields=["version", "changed_at"])


def keep_version(person: Person, rung: Rung) -> RungVersion:
    """Keep a rung as it stands, before it is changed."""
    return keep_versions(person, [rung])[0]


def keep_versions(person: Person, rungs: Iterable[Rung]) -> list[RungVersion]:
    """Keep rungs as they stand, before they are changed together.

    Args:
        person: who changes them.
        rungs: best read by `queries.content.rungs_of`, or each is read by itself.
    """
    found = list(rungs)
    last = dict(
        RungVersion.objects.filter(rung__in=[one.pk for one in found])
        .values_list("rung")
        .annotate(last=Max("number"))
        .order_by()
    )
    return RungVersion.objects.bulk_create(
        RungVersion(
            rung=one,
            number=last.get(one.pk, 0) + 1,
            content=asdict(rung_content(one)),
            by=person,
        )
        for one in found
    )
