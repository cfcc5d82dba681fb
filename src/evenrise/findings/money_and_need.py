"""Do schools with more need have more? Dollars or adults beside need, in a sentence.

METHODS card 13: every student counts once, a slope only from eight schools on, and it
describes where resources are, never what they cause. What is protected stays out: a
school whose students or whose share of need is hidden is not in the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from evenrise.statistics.resource_equity import ENOUGH, resource_equity
from evenrise.vocabulary.estimates import Estimate


TEN_POINTS = 0.1  # of need: what the slope is told for


class Tilt(StrEnum):
    """Towards whom resources lean."""

    MORE = "more"  # more where need is greater
    LESS = "less"
    UNCLEAR = "unclear"  # the interval holds both
    TOO_FEW = "too_few"  # fewer than eight schools
    SAME = "same"  # need, or the resource, does not vary
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class OfSchool:
    """A school's students, the share of them with need, and a resource, whole.

    None where it is hidden or not known; then the school is not counted.
    """

    students: int | None
    need: float | None
    amount: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideNeed:
    """A resource beside need.

    `more` is how much more of it for a student goes with ten points more of need, with
    its 95% interval (HC1, t of schools less two). `mean` is for a student of the
    schools counted; `high_to_low` what the quarter of students in the schools with most
    need has over the quarter with least; `concentration` above 0 leans towards need.
    """

    tilt: Tilt
    schools: int
    left_out: int
    mean: float | None = None
    more: Estimate | None = None
    high_to_low: float | None = None
    concentration: float | None = None


def beside_need(schools: Sequence[OfSchool]) -> BesideNeed:
    """Whether schools with more need have more of a resource for a student.

    Args:
        schools: all schools of a district; those with something hidden are left out.
    """
    known = [
        (one.students, one.need, one.amount)
        for one in schools
        if one.students and one.need is not None and one.amount is not None
    ]
    out = len(schools) - len(known)
    if not known:
        return BesideNeed(tilt=Tilt.NO_DATA, schools=0, left_out=out)
    pupils, need, amount = np.array(known, np.float64).T
    told = resource_equity(amount / pupils, pupils, need)
    mean = float(amount.sum() / pupils.sum())
    line = told.vertical
    if len(known) < ENOUGH:
        return BesideNeed(
            tilt=Tilt.TOO_FEW, schools=len(known), left_out=out, mean=mean
        )
    if line is None or line.slope is None or line.slope_se is None:
        return BesideNeed(tilt=Tilt.SAME, schools=len(known), left_out=out, mean=mean)
    reach = float(special.stdtrit(len(known) - 2, 0.975)) * line.slope_se
    more = Estimate(
        line.slope * TEN_POINTS,
        (line.slope - reach) * TEN_POINTS,
        (line.slope + reach) * TEN_POINTS,
        len(known),
    )
    return BesideNeed(
        tilt=_tilt(line.slope - reach, line.slope + reach),
        schools=len(known),
        left_out=out,
        mean=mean,
        more=more,
        high_to_low=line.high_to_low,
        concentration=line.concentration,
    )


def _tilt(lower: float, upper: float) -> Tilt:
    if lower > 0:
        return Tilt.MORE
    return Tilt.LESS if upper < 0 else Tilt.UNCLEAR
