"""A self-assessment and answers without names, for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from evenrise.workspace.learning.models import (
    SelfAnswer,
    SelfAssessment,
    StandardSet,
)
from evenrise.workspace.learning.starting_standards import ensure_standards
from evenrise.workspace.people.models import Person


LIST = "learning-forward-2022"


def make_assessment(
    cast: dict[str, Person], opens: int = -3, closes: int = 10
) -> SelfAssessment:
    """All staff are asked about the eleven of 2022; days from today."""
    ensure_standards()
    today = timezone.localdate()
    return SelfAssessment.objects.create(
        standards=StandardSet.objects.get(key=LIST),
        opens_on=today + dt.timedelta(days=opens),
        closes_on=today + dt.timedelta(days=closes),
        made_by=cast["superintendent"],
    )


def answered(one: SelfAssessment, school: str | None, said: Sequence[int]) -> None:
    """An answer on evidence for each of `said`, all of one school."""
    SelfAnswer.objects.bulk_create(
        SelfAnswer(assessment=one, school_id=school, answers={"evidence": each})
        for each in said
    )
