"""What the trace asks of whoever writes plans: accepted recommendations in no plan."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from evenrise.workspace.insights.access import places_with
from evenrise.workspace.insights.due import Due
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.models import Plan
from evenrise.workspace.plans.queries.trace_gaps import accepted_in_no_plan


def due_trace(person: Person) -> Iterator[Due]:
    """One line where recommendations were accepted and no plan stands on them.

    Leads are asked about those to the district, a principal about those to the school.
    """
    if not person.may(Right.WRITE_PLANS):
        return
    places = places_with(person, Right.WRITE_PLANS)
    named = [None] if places.district else sorted(places.schools)
    waiting = accepted_in_no_plan(named)
    if not waiting:
        return
    plans = Plan.objects.filter(set_aside_at=None)
    plans = (
        plans.filter(school=None)
        if places.district
        else plans.filter(school__in=places.schools)
    )
    plan = plans.order_by("-begins_year", "pk").first()
    words = ngettext(
        "%(n)s recommendation was accepted and is in no plan",
        "%(n)s recommendations were accepted and are in no plan",
        waiting,
    ) % {"n": waiting}
    url = (
        reverse("plan_trace", args=[plan.slug]) if plan else reverse("recommendations")
    )
    yield Due(words, f"{url}#gaps" if plan else url)
