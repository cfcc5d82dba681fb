"""Review a support, end it, begin it again after an end by mistake."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.actions.answering import keep_first_days
from evenrise.workspace.supports.actions.sessions import find_support
from evenrise.workspace.supports.actions.tiers import place_in_tier
from evenrise.workspace.supports.models import Review, Support, TierPlacement
from evenrise.workspace.supports.queries.reached import (
    planned_by,
    sessions_between,
    supports_of,
)


CHANGES_DOSAGE = frozenset({Review.Decision.INTENSIFY, Review.Decision.FADE})
ENDS = frozenset({Review.Decision.CHANGE, Review.Decision.EXIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What a review decided; a new dosage where it was made more or less.

    `how` and `step_down` belong to an exit: how it ended, and whether the student goes
    down one tier in the support's area.
    """

    decision: str
    reason: str
    next_on: dt.date | None = None
    sessions_a_week: Decimal | None = None
    minutes: int | None = None
    how: str = Support.Ended.GOAL_MET
    step_down: bool = False


def review(person: Person, *, support: int, reviewed: Reviewed) -> Review:
    """Review a support: keep on, change to another, more, less, or end it.

    Raises:
        NotYours: when the support is not within the person's reach.
        InputProblem: when it has ended, or the next date or dosage is missing.
    """
    today = timezone.localdate()
    decision = Review.Decision(reviewed.decision)
    with transaction.atomic():
        one = find_support(person, support)
        if one.ended_on is not None:
            raise InputProblem(_("This support has ended. It needs no review."))
        before = _plan_of(one)
        if decision not in ENDS:
            _look_again(one, reviewed, today)
        if decision in CHANGES_DOSAGE:
            _dose(one, reviewed, today)
        made = Review.objects.create(
            support=one,
            on=today,
            decision=decision,
            reason=reviewed.reason.strip(),
            next_on=None if decision in ENDS else reviewed.next_on,
            before=before,
            by=person,
        )
        one.save()
        record(
            person,
            "supports.review",
            About("support", str(one.pk)),
            decision=str(decision),
        )
        if decision in ENDS:
            changed = decision == Review.Decision.CHANGE
            end_support(
                person,
                support=one.pk,
                how=Support.Ended.CHANGED if changed else reviewed.how,
                reason=reviewed.reason,
                step_down=reviewed.step_down and not changed,
            )
    return made


def _plan_of(one: Support) -> dict[str, Any]:
    """What a review may change, as it stands: the plan, and the tier of its area."""
    tier = TierPlacement.objects.filter(
        student=one.student_id, area=one.kind.area, ends_on__isnull=True
    ).first()
    return {
        "review_on": one.review_on.isoformat(),
        "planned_end_on": one.planned_end_on.isoformat(),
        "sessions_a_week": str(one.sessions_a_week),
        "sessions_planned": one.sessions_planned,
        "minutes": one.minutes,
        "tier": 1 if tier is None else tier.tier,
    }


def undo_review(person: Person, *, review: int) -> Support:
    """Take back the latest review of a support, written today by the same person.

    The plan is as it was before; a support that the review ended goes on, and a student
    who went down a tier with it is in the tier of before.

    Raises:
        NotYours: when it is not there, is not the person's, or is not the latest.
    """
    today = timezone.localdate()
    with transaction.atomic():
        found = (
            Review.objects.filter(pk=review, by=person, on=today)
            .filter(undone_at=None, support__in=supports_of(person).values("pk"))
            .first()
        )
        if found is None or not found.before:
            raise NotYours
        one = find_support(person, found.support_id)
        if one.reviews.filter(undone_at__isnull=True).first() != found:
            raise NotYours
        _as_before(person, one, found)
        found.undone_at = timezone.now()
        found.save(update_fields=["undone_at"])
        record(person, "supports.undo_review", About("support", str(one.pk)))
    return one


def _as_before(person: Person, one: Support, found: Review) -> None:
    before = found.before
    ended = one.ended_on is not None
    if ended:
        one.ended_on, one.ended_how, one.end_reason = None, "", ""
    one.review_on = dt.date.fromisoformat(before["review_on"])
    one.planned_end_on = dt.date.fromisoformat(before["planned_end_on"])
    one.sessions_a_week = Decimal(before["sessions_a_week"])
    one.sessions_planned = before["sessions_planned"]
    one.minutes = before["minutes"]
    one.save()
    if ended and _plan_of(one)["tier"] == before["tier"] - 1:
        place_in_tier(
            person,
            student=one.student,
            area=one.kind.area,
            tier=before["tier"],
            reason=_("A review was taken back."),
        )
    if ended:
        keep_first_days([one.student_id])


def _look_again(one: Support, reviewed: Reviewed, today: dt.date) -> None:
    if reviewed.next_on is None or reviewed.next_on <= today:
        raise InputProblem(_("Say when to look again: a day after today."))
    if reviewed.next_on > today + dt.timedelta(days=366):
        raise InputProblem(_("The next review lies more than a year ahead."))
    one.review_on = reviewed.next_on
    if one.planned_end_on < reviewed.next_on:
        more = sessions_between(
            one.sessions_a_week, max(one.planned_end_on, today), reviewed.next_on
        )
        one.sessions_planned += more
        one.planned_end_on = reviewed.next_on


def _dose(one: Support, reviewed: Reviewed, today: dt.date) -> None:
    """Sessions planned so far stay; what is left follows the new dosage."""
    if reviewed.sessions_a_week is None or not reviewed.minutes:
        raise InputProblem(_("Say how often and how long from now on."))
    so_far = planned_by(one, today)
    one.sessions_a_week = reviewed.sessions_a_week
    one.minutes = reviewed.minutes
    one.sessions_planned = so_far + sessions_between(
        reviewed.sessions_a_week, today, one.planned_end_on
    )


def end_support(
    person: Person, *, support: int, how: str, reason: str, step_down: bool = False
) -> Support:
    """End a support: how, why, and whether the student goes down one tier.

    Raises:
        NotYours: when the support is not within the person's reach.
        InputProblem: when it has ended already.
    """
    today = timezone.localdate()
    with transaction.atomic():
        one = find_support(person, support)
        if one.ended_on is not None:
            raise InputProblem(_("This support has ended already."))
        one.ended_on = max(today, one.begins_on)
        one.ended_how = Support.Ended(how)
        one.end_reason = reason.strip()
        one.save(update_fields=["ended_on", "ended_how", "end_reason"])
        if step_down:
            _step_down(person, one)
        record(
            person,
            "supports.end_support",
            About("support", str(one.pk)),
            how=str(one.ended_how),
        )
        keep_first_days([one.student_id])
    return one


def _step_down(person: Person, one: Support) -> None:
    now = TierPlacement.objects.filter(
        student=one.student_id, area=one.kind.area, ends_on__isnull=True
    ).first()
    if now is not None:
        place_in_tier(
            person,
            student=one.student,
            area=now.area,
            tier=now.tier - 1,
            reason=one.end_reason,
        )


def undo_end(person: Person, *, support: int) -> Support:
    """Begin a support again that was ended today by mistake.

    Raises:
        NotYours: when it is not there, or was not ended today.
    """
    with transaction.atomic():
        one = find_support(person, support)
        if one.ended_on is None or one.ended_on < timezone.localdate():
            raise NotYours
        one.ended_on, one.ended_how, one.end_reason = None, "", ""
        one.save(update_fields=["ended_on", "ended_how", "end_reason"])
        record(person, "supports.undo_end", About("support", str(one.pk)))
        keep_first_days([one.student_id])
    return one
