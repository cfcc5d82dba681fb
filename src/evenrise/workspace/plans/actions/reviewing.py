"""Verbs of a review: planned, filled rung by rung, closed with its page frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.models import Plan, ReviewItem, ReviewMeeting, Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What was noticed about a rung, what was decided, who does it until when."""

    noticed: str = ""
    decided: str = ""
    owner: Person | None = None
    due_on: dt.date | None = None


def make_review(
    person: Person, *, plan: Plan, held_on: dt.date, title_en: str, title_es: str
) -> ReviewMeeting:
    """Plan a review of the plan.

    Raises:
        NotYours: when the person does not write the plan.
    """
    if not may_write(person, plan):
        raise NotYours
    with transaction.atomic():
        one = ReviewMeeting.objects.create(
            plan=plan,
            held_on=held_on,
            title_en=title_en.strip(),
            title_es=title_es.strip(),
            made_by=person,
        )
        record(person, "plans.make_review", _about(one))
    return one


def note(person: Person, *, review: int, rung: str, told: Noted) -> ReviewItem | None:
    """Write down what was noticed and decided about a rung; all blank takes it off.

    Raises:
        Overtaken: when the review is closed.
        InputProblem: when something was decided and nobody does it.
    """
    if told.decided.strip() and (told.owner is None or told.due_on is None):
        raise InputProblem(_("Say who does it, and until when."))
    with transaction.atomic():
        one = _own(person, review)
        if one.closed_at is not None:
            raise Overtaken
        about = Rung.objects.filter(plan=one.plan, key=rung, removed_at=None).first()
        if about is None:
            raise NotYours
        record(person, "plans.note", _about(one), rung=rung)
        if not (told.noticed.strip() or told.decided.strip()):
            ReviewItem.objects.filter(review=one, rung=about).delete()
            return None
        item, _made = ReviewItem.objects.update_or_create(
            review=one,
            rung=about,
            defaults={
                "noticed": told.noticed.strip(),
                "decided": told.decided.strip(),
                "owner": told.owner if told.decided.strip() else None,
                "due_on": told.due_on if told.decided.strip() else None,
            },
        )
    return item


def decision_done(person: Person, *, item: int, done: bool = True) -> ReviewItem:
    """Say that what was decided is done, or that it is not.

    Raises:
        NotYours: unless it is the person's to do, or they write the plan.
    """
    with transaction.atomic():
        one = (
            ReviewItem.objects.select_for_update(of=("self",))
            .select_related("review__plan")
            .filter(pk=item)
            .exclude(decided="")
            .first()
        )
        if one is None or not (
            one.owner_id == person.pk or may_write(person, one.review.plan)
        ):
            raise NotYours
        one.done_at = timezone.now() if done else None
        one.save(update_fields=["done_at"])
        verb = "decision_done" if done else "decision_not_done"
        record(person, f"plans.{verb}", _about(one.review))
    return one


def close_review(person: Person, *, review: int, page: dict[str, Any]) -> ReviewMeeting:
    """Close a review: its page is kept as it stood.

    Args:
        person: who closes it.
        review: its key.
        page: steps, readings and decisions in plain values, both languages.

    Raises:
        Overtaken: when it is closed already.
        InputProblem: before its day.
    """
    with transaction.atomic():
        one = _own(person, review)
        if one.closed_at is not None:
            raise Overtaken
        if one.held_on > timezone.localdate():
            raise InputProblem(_("The day of the review has not come yet."))
        one.closed_at, one.page = timezone.now(), page
        one.save(update_fields=["closed_at", "page"])
        record(person, "plans.close_review", _about(one))
    return one


def open_review_again(person: Person, *, review: int) -> ReviewMeeting:
    """Undo the closing; the page is made anew when it is closed again."""
    with transaction.atomic():
        one = _own(person, review)
        if one.closed_at is None:
            raise Overtaken
        one.closed_at = one.page = None
        one.save(update_fields=["closed_at", "page"])
        record(person, "plans.open_review_again", _about(one))
    return one


def _own(person: Person, review: int) -> ReviewMeeting:
    one = (
        ReviewMeeting.objects.select_for_update(of=("self",))
        .select_related("plan")
        .filter(pk=review)
        .first()
    )
    if one is None or not may_write(person, one.plan):
        raise NotYours
    return one


def _about(one: ReviewMeeting) -> About:
    return About("review", str(one.pk))
