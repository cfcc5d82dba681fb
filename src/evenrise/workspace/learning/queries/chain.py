"""The chain of an initiative, read today: adults' counts and students' facts."""

from __future__ import annotations

import datetime as dt

from evenrise.findings.chain.judge import read_chain
from evenrise.findings.chain.model import Chain
from evenrise.findings.promises.model import MeasureReading
from evenrise.publishing.page_store import PageStore
from evenrise.workspace.learning.models import Initiative
from evenrise.workspace.learning.queries.dosage import dosage_of, placed_of
from evenrise.workspace.plans.content import GroupPromise, MeasureContent
from evenrise.workspace.plans.queries.readings import read_measure


def chain_of(one: Initiative, pages: PageStore | None, on: dt.date) -> Chain:
    """Whether learning reached them, practice changed, students gained.

    Args:
        one: the initiative.
        pages: the facts: all that is protected for people at work, what was released
            for everybody.
        on: the day it is read.
    """
    return read_chain(dosage_of(one, on), placed_of(one, on), students_of(one, pages))


def students_of(one: Initiative, pages: PageStore | None) -> list[MeasureReading]:
    """The indicator at each of its schools (or the district), since the year before."""
    if not one.indicator:
        return []
    places = [school.pk for school in one.schools.all()] or [""]
    return [read_measure(_measure(one, place), pages) for place in places]


def _measure(one: Initiative, place: str) -> MeasureContent:
    group = GroupPromise(family=one.group_family, group=one.group)
    return MeasureContent(
        key="chain",
        indicator=one.indicator,
        organization_id=place,
        baseline_year=one.begins_year - 1,
        groups=(group,) if one.group else (),
    )
