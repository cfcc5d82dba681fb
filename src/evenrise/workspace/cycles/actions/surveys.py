"""Surveys of beliefs and practices: asked, answered once and without a name, removed.

The answer and the fact that somebody answered stand in two tables that share nothing
but the survey.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.models import (
    BeliefAnswer,
    BeliefAnswered,
    BeliefSurvey,
)
from evenrise.workspace.cycles.queries.survey_access import (
    is_open,
    may_survey,
    place_of,
)
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person, School


_APART = dt.timedelta(days=60)  # between two surveys of the staff of a school


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySaid:
    """What a survey asks, of whom, and until when."""

    name_en: str
    name_es: str
    statements: tuple[dict[str, str], ...]  # key, en, es
    here: Collection[str]
    elsewhere: Collection[str]
    opens_on: dt.date
    closes_on: dt.date
    finding_key: str = ""


def make_survey(person: Person, *, said: SurveySaid) -> BeliefSurvey:
    """Ask the staff of a place and of others.

    The staff of a school are asked again only 60 days after the last time closed: two
    results with nearly the same people would tell what a single one of them said.

    Raises:
        NotYours: when the person does not organize learning for the district.
        InputProblem: when one of the schools was asked lately.
    """
    if not may_survey(person):
        raise NotYours
    with transaction.atomic():
        _refuse_soon({*said.here, *said.elsewhere}, said.opens_on)
        made = BeliefSurvey.objects.create(
            name_en=said.name_en.strip(),
            name_es=said.name_es.strip(),
            statements=list(said.statements),
            opens_on=said.opens_on,
            closes_on=said.closes_on,
            finding_key=said.finding_key,
            made_by=person,
        )
        made.here.set(School.objects.filter(pk__in=said.here))
        made.elsewhere.set(School.objects.filter(pk__in=said.elsewhere))
        record(person, "cycles.make_survey", _about(made))
    return made


def answer_survey(
    person: Person, *, survey: int, answers: Mapping[str, int]
) -> BeliefSurvey:
    """Answer once; who answered is kept apart from what was answered.

    Args:
        person: a member of the staff of one of its schools.
        survey: which one.
        answers: from 1 to 5 by the statement's key; a statement may be passed over.

    Raises:
        NotYours: when the person is not asked, or the survey is not open.
        InputProblem: when they answered already, or answered nothing.
    """
    with transaction.atomic():
        one = BeliefSurvey.objects.filter(pk=survey, removed_at__isnull=True).first()
        place = None if one is None else place_of(person, one)
        if one is None or place is None or not is_open(one, timezone.localdate()):
            raise NotYours
        keys = {statement["key"] for statement in one.statements}
        told = {key: n for key, n in answers.items() if key in keys and 1 <= n <= 5}
        if not told:
            raise InputProblem(_("Answer at least one statement."))
        _done, is_new = BeliefAnswered.objects.get_or_create(survey=one, person=person)
        if not is_new:
            raise InputProblem(_("You answered this survey already, and once counts."))
        BeliefAnswer.objects.create(survey=one, place=place, answers=told)
    return one


def remove_survey(person: Person, *, survey: int, back: bool = False) -> BeliefSurvey:
    """Remove a survey that one made, or bring it back.

    Raises:
        NotYours: when somebody else made it.
        InputProblem: when one of its schools was asked again since it was removed.
    """
    with transaction.atomic():
        one = (
            BeliefSurvey.objects.select_for_update()
            .filter(pk=survey, made_by=person, removed_at__isnull=not back)
            .first()
        )
        if one is None or not may_survey(person):
            raise NotYours
        if back:
            asked = {str(each.pk) for each in (*one.here.all(), *one.elsewhere.all())}
            _refuse_soon(asked, one.opens_on, but=one.pk)
        one.removed_at = None if back else timezone.now()
        one.save(update_fields=["removed_at"])
        verb = "cycles.bring_survey_back" if back else "cycles.remove_survey"
        record(person, verb, _about(one))
    return one


def _refuse_soon(
    schools: Collection[str], opens_on: dt.date, but: int | None = None
) -> None:
    """Refuse a survey too near to another one; one that was answered counts for good.

    Whoever removes a survey has read what it found.
    """
    there = Q(here__in=schools) | Q(elsewhere__in=schools)
    stands = Q(removed_at__isnull=True) | Q(answered__isnull=False)
    others = BeliefSurvey.objects.filter(there, stands, closes_on__gt=opens_on - _APART)
    if (others if but is None else others.exclude(pk=but)).exists():
        raise InputProblem(
            _(
                "The staff of one of these schools are asked already, or were less than"
                " 60 days before: choose a later first day, or other schools."
            )
        )


def _about(one: BeliefSurvey) -> About:
    return About("belief_survey", str(one.pk))
