"""What people lead, as one reader may know of it: teams, cycles, steps, initiatives.

A cycle that its team keeps to itself is neither named nor counted: that somebody leads
one would be told by the number alone where a school is small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.access import cycles_read_by
from evenrise.workspace.cycles.models import CycleMember, CycleState, MemberRole
from evenrise.workspace.learning.models import (
    Initiative,
    InitiativeState,
    LearningTeam,
    TeamMember,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models import Rung, RungKind, StepState
from evenrise.workspace.plans.queries.standing_rungs import standing_rungs
from evenrise.workspace.plans.said import rung_url


_GOING = (CycleState.DRAFT, CycleState.RUNNING, CycleState.STUDIED)


@dataclass(frozen=True, slots=True)
class Led:
    """One thing that somebody leads."""

    kind: str
    name: str
    language: Language
    url: str
    school: str
    leads: tuple[Person, ...]


def everything_led(person: Person, language: Language) -> list[Led]:
    """What is led today, as far as the person reads it: by school, kind and name."""
    found = [
        *_teams(language),
        *_cycles(person, language),
        *_steps(language),
        *_initiatives(language),
    ]
    return sorted(found, key=lambda one: (one.school, one.kind, one.name.casefold()))


def _teams(language: Language) -> Iterable[Led]:
    today = timezone.localdate()
    rows = (
        LearningTeam.objects.filter(removed_at__isnull=True)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        .select_related("school")
    )
    seats = TeamMember.objects.filter(left_at__isnull=True, role=MemberRole.LEAD)
    leads = _by(seats.select_related("person"), "team_id")
    for row in rows:
        yield Led(
            _("Learning team"),
            row.name,
            language,
            reverse("learning_team", args=(row.pk,)),
            "" if row.school is None else row.school.name,
            leads.get(row.pk, ()),
        )


def _cycles(person: Person, language: Language) -> Iterable[Led]:
    rows = list(
        cycles_read_by(person).filter(state__in=_GOING).select_related("school")
    )
    seats = CycleMember.objects.filter(
        left_at__isnull=True, role=MemberRole.LEAD, cycle__in=rows
    )
    leads = _by(seats.select_related("person"), "cycle_id")
    for row in rows:
        title, written = row.said("title", language)
        yield Led(
            _("Inquiry cycle"),
            title,
            written,
            reverse("cycle", args=(row.pk,)),
            "" if row.school is None else row.school.name,
            leads.get(row.pk, ()),
        )


def _steps(language: Language) -> Iterable[Led]:
    """The steps of plans that stand; who answers for one leads it."""
    rows = standing_rungs(
        Rung.objects.filter(
            kind=RungKind.STEP,
            person__isnull=False,
            state__in=(StepState.PLANNED, StepState.BEGUN),
        ).select_related("plan__school", "person")
    )
    for row in rows:
        title, written = row.said("title", language)
        school = row.plan.school
        yield Led(
            _("Step of a plan"),
            title,
            written,
            rung_url(row.plan, row.key),
            "" if school is None else school.name,
            (row.person,) if row.person is not None else (),
        )


def _initiatives(language: Language) -> Iterable[Led]:
    rows = (
        Initiative.objects.filter(removed_at__isnull=True, lead__isnull=False)
        .exclude(state=InitiativeState.ENDED)
        .select_related("lead")
    )
    for row in rows:
        title, written = row.said("title", language)
        leads = (row.lead,) if row.lead is not None else ()
        url = reverse("initiative", args=(row.slug,))
        yield Led(_("Initiative"), title, written, url, "", leads)


def _by(
    seats: Iterable[TeamMember | CycleMember], key: str
) -> dict[int, tuple[Person, ...]]:
    found: dict[int, list[Person]] = defaultdict(list)
    for seat in seats:
        if seat.person.is_active:
            found[getattr(seat, key)].append(seat.person)
    return {one: tuple(people) for one, people in found.items()}
