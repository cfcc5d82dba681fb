"""Verbs on self-assessments: open one, remove it, answer it without a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.access import own_schools, places_with
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.models import (
    SelfAnswer,
    SelfAnswered,
    SelfAssessment,
    StandardSet,
)
from evenrise.workspace.learning.starting_standards import ensure_standards
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Right


ANSWERS = (4, 3, 2, 1)  # everywhere, in most places, in some, not yet
_APART = dt.timedelta(days=60)  # between two of the same list at a place
_LONGEST = dt.timedelta(days=120)


def open_assessment(
    person: Person,
    *,
    standards: str,
    opens_on: dt.date,
    closes_on: dt.date,
    schools: Collection[str],
) -> SelfAssessment:
    """Ask the staff of schools, or of all of the district, about a list of standards.

    The same place is asked again only 60 days after the last time closed: two results
    with nearly the same people would tell what a single one of them said.

    Args:
        person: who asks.
        standards: the list's key.
        opens_on: its first day.
        closes_on: its last day; results stand from the day after.
        schools: none for all of the district.

    Raises:
        NotYours: when the person does not organize learning at each place.
        InputProblem: when the days do not fit, or the place was asked lately.
    """
    places = places_with(person, Right.ORGANIZE_LEARNING)
    if not all(places.hold(each) for each in (schools or (None,))):
        raise NotYours
    ensure_standards()
    with transaction.atomic():
        asked = StandardSet.objects.select_for_update(of=("self",)).filter(
            key=standards, used=True, items__removed_at=None
        )
        found = asked.filter(items__isnull=False).first()
        if found is None:
            raise InputProblem(_("Choose a list that has standards and is used."))
        _refuse_days(opens_on, closes_on)
        _refuse_soon(found, opens_on, frozenset(schools))
        made = SelfAssessment.objects.create(
            standards=found, opens_on=opens_on, closes_on=closes_on, made_by=person
        )
        made.schools.set(School.objects.filter(pk__in=sorted(schools)))
        record(person, "learning.open_assessment", _about(made))
    return made


def remove_assessment(
    person: Person, *, key: int, again: bool = False
) -> SelfAssessment:
    """Remove an assessment that has not closed, or (`again`) bring it back.

    Raises:
        NotYours: when it is not there, not theirs, or has closed.
        InputProblem: when the place was asked again since it was removed.
    """
    with transaction.atomic():
        found = (
            SelfAssessment.objects.select_for_update()
            .filter(pk=key, removed_at__isnull=not again)
            .first()
        )
        if found is None or not may_change(person, found):
            raise NotYours
        if again:
            asked = frozenset(str(each.pk) for each in found.schools.all())
            _refuse_soon(found.standards, found.opens_on, asked)
        found.removed_at = None if again else timezone.now()
        found.save(update_fields=["removed_at"])
        verb = "restore" if again else "remove"
        record(person, f"learning.{verb}_assessment", _about(found))
    return found


def may_change(person: Person, one: SelfAssessment) -> bool:
    """Whether the person may remove it: an organizer of its places, until it closed."""
    places = places_with(person, Right.ORGANIZE_LEARNING)
    schools = [str(each) for each in one.schools.values_list("pk", flat=True)]
    there = all(places.hold(each) for each in (schools or (None,)))
    return there and one.closes_on >= timezone.localdate()


def answer(
    person: Person, *, key: int, answers: Mapping[str, int], school_id: str | None
) -> None:
    """Answer once, without a name.

    What was said and that somebody said it stand in two tables with nothing in common.
    The deed is not put on record: its moment and its person would stand beside the
    answer's place in the file.

    Args:
        person: who answers; staff of one of the places that are asked.
        key: the assessment's.
        answers: standard to 1 (not yet) to 4 (everywhere); any may be left out.
        school_id: where they work.

    Raises:
        NotYours: when it does not ask this person, or is not open today.
        InputProblem: when nothing was answered, or they answered before.
    """
    with transaction.atomic():
        today = timezone.localdate()
        one = (
            SelfAssessment.objects.filter(
                pk=key, removed_at=None, opens_on__lte=today, closes_on__gte=today
            )
            .select_related("standards")
            .first()
        )
        if one is None or not asks(person, one):
            raise NotYours
        if school_id is not None and school_id not in places_asked(person, one):
            raise NotYours
        known = set(
            one.standards.items.filter(removed_at=None).values_list("key", flat=True)
        )
        kept = {k: v for k, v in answers.items() if k in known and v in ANSWERS}
        if not kept:
            raise InputProblem(_("Answer for at least one standard."))
        try:
            with transaction.atomic():
                SelfAnswered.objects.create(assessment=one, person=person)
        except IntegrityError:
            raise InputProblem(
                _("You have answered already; an answer without a name cannot change.")
            ) from None
        SelfAnswer.objects.create(assessment=one, school_id=school_id, answers=kept)


def asks(person: Person, one: SelfAssessment) -> bool:
    """Whether it asks this person: staff of a place that is asked."""
    if not person.may(Right.INQUIRE):
        return False
    schools = {str(each.pk) for each in one.schools.all()}
    return not schools or bool(schools & own_schools(person))


def places_asked(person: Person, one: SelfAssessment) -> frozenset[str]:
    """The person's schools that are asked."""
    schools = {str(each.pk) for each in one.schools.all()}
    mine = own_schools(person)
    return mine & schools if schools else mine


def _refuse_days(opens_on: dt.date, closes_on: dt.date) -> None:
    if closes_on < opens_on or closes_on - opens_on > _LONGEST:
        raise InputProblem(_("Choose a last day from the first one to 120 days later."))
    if closes_on < timezone.localdate():
        raise InputProblem(_("Choose a last day that is yet to come."))


def _refuse_soon(
    found: StandardSet, opens_on: dt.date, schools: frozenset[str]
) -> None:
    others = SelfAssessment.objects.filter(
        standards=found, removed_at=None, closes_on__gt=opens_on - _APART
    ).prefetch_related("schools")
    for other in others:
        theirs = {str(each.pk) for each in other.schools.all()}
        if not theirs or not schools or theirs & schools:
            raise InputProblem(
                _(
                    "This list is asked there already, or closed less than 60 days"
                    " before: choose a later first day."
                )
            )


def _about(one: SelfAssessment) -> About:
    return About("self_assessment", str(one.pk))
