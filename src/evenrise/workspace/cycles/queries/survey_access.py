"""Who asks, who is asked, and when a survey of beliefs is open."""

from __future__ import annotations

import datetime as dt

from evenrise.workspace.cycles.models import BeliefSurvey
from evenrise.workspace.insights.access import own_schools, places_with
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


HERE, ELSEWHERE = "here", "elsewhere"


def may_survey(person: Person) -> bool:
    """Whether the person organizes learning for the whole district."""
    return places_with(person, Right.ORGANIZE_LEARNING).district


def place_of(person: Person, survey: BeliefSurvey) -> str | None:
    """Which side of the survey the person belongs to; None when they are not asked."""
    if not person.may(Right.INQUIRE):
        return None
    schools = own_schools(person)
    if survey.here.filter(pk__in=schools).exists():
        return HERE
    return ELSEWHERE if survey.elsewhere.filter(pk__in=schools).exists() else None


def is_open(survey: BeliefSurvey, today: dt.date) -> bool:
    """Whether answers are taken today."""
    return survey.opens_on <= today <= survey.closes_on
