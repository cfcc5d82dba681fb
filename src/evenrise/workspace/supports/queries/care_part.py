"""What a student's page says of tiers and supports; two queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.models import Support, TierPlacement
from evenrise.workspace.supports.models.words import AREA_NAMES
from evenrise.workspace.supports.queries.mine import GIVEN
from evenrise.workspace.supports.said import (
    day_words,
    delivered_words,
    dosage_words,
    ended_words,
    kind_name,
    tier_words,
)


@dataclass(frozen=True, slots=True)
class TierShown:
    """A stretch of time in a tier, with its reason."""

    area: str
    tier: str
    begins_on: str
    ends_on: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class SupportLine:
    """A support as a row of the student's page shows it."""

    url: str
    name: str
    owner: str
    dosage: str
    delivered: str
    review_on: str
    late: bool
    ended: str


@dataclass(frozen=True, slots=True)
class CarePart:
    """Tiers now and before, supports now and before, and where to begin one."""

    tiers: tuple[TierShown, ...]
    tiers_before: tuple[TierShown, ...]
    running: tuple[SupportLine, ...]
    ended: tuple[SupportLine, ...]
    enrolled: bool
    begin_url: str
    tier_url: str


def care_part(person: Person, student: Student, reach: Reach) -> CarePart | None:
    """The part for whoever plans supports; None for others. The student is reached."""
    del reach
    if not may_support(person):
        return None
    today = timezone.localdate()
    placed = [
        (one.ends_on is None, _tier(one))
        for one in TierPlacement.objects.filter(student=student).select_related("by")
    ]
    rows = list(
        Support.objects.filter(student=student)
        .select_related("kind", "owner")
        .annotate(given=GIVEN)
        .order_by("review_on", "pk")
    )
    lines = [
        (
            row.ended_on is None,
            SupportLine(
                reverse("support", args=(row.pk,)),
                kind_name(row.kind),
                row.owner.name,
                dosage_words(row.sessions_a_week, row.minutes),
                delivered_words(int(getattr(row, "given", 0)), row.sessions_planned),
                day_words(row.review_on),
                row.review_on < today,
                f"{day_words(row.ended_on)}: {ended_words(row.ended_how)}"
                if row.ended_on
                else "",
            ),
        )
        for row in rows
    ]
    return CarePart(
        tiers=tuple(one for now, one in placed if now),
        tiers_before=tuple(one for now, one in placed if not now),
        running=tuple(line for now, line in lines if now),
        ended=tuple(line for now, line in lines if not now),
        enrolled=student.current,
        begin_url=reverse("begin_support", args=(student.pk,)),
        tier_url=reverse("place_in_tier", args=(student.pk,)),
    )


def _tier(one: TierPlacement) -> TierShown:
    return TierShown(
        str(AREA_NAMES[one.area]),
        tier_words(one.tier),
        day_words(one.begins_on),
        day_words(one.ends_on) if one.ends_on else "",
        one.reason,
        "" if one.by is None else one.by.name,
    )
