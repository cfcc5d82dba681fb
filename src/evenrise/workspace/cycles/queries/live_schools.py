"""For which schools somebody may have weeks counted from the records."""

from __future__ import annotations

from django.utils.translation import gettext as _

from evenrise.workspace.cycles.models import CycleMeasure
from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Scope


def live_schools(
    person: Person, measure: CycleMeasure | None = None
) -> list[tuple[str, str]]:
    """Their schools; every school, and the whole district, for its own staff.

    A team could otherwise have the small groups of schools that it has nothing to do
    with told week by week. What a measure is counted for already stays a choice.
    """
    found = School.objects.filter(current=True).order_by("name")
    wide = any(grant.scope == Scope.DISTRICT for grant in person.grants_today)
    if not wide:
        kept = {*own_schools(person), measure.school_id if measure else None}
        found = found.filter(pk__in=[code for code in kept if code])
    everywhere = wide or (measure is not None and measure.school_id is None)
    district = [("", _("The whole district"))] if everywhere else []
    return [*district, *found.values_list("pk", "name")]
