"""The share of favorable answers, for a school where nearly everybody was asked.

METHODS card 10. The interval is about this year's people only, and says nothing of
those who did not answer: the response rate stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.rates import CONFIDENCE, quantile, wilson
from evenrise.vocabulary.estimates import Estimate, Reason


MIN_ANSWERS = 10


@dataclass(frozen=True, slots=True)
class Favorable:
    """The share of favorable answers among those who answered the item.

    `share` carries the interval for a finite population, `share_infinite` Wilson's
    plain one. Both have a reason, and no number, below the least number of answers.
    """

    share: Estimate
    share_infinite: Estimate
    answered: int
    not_answered: int
    response_rate: float | None
    correction: float | None  # (N - n) / (N - 1)


def favorable(
    answers: ArrayLike,
    population: int,
    top: Collection[float],
    *,
    min_answers: int = MIN_ANSWERS,
    conf: float = CONFIDENCE,
) -> Favorable:
    """Count the most favorable answers.

    Wilson's interval with z^2 / n replaced by z^2 (N - n) / ((N - 1) n): when everybody
    answered it is a point.

    Args:
        answers: nan for no answer and for "don't know", which are counted apart.
        population: how many people there are to ask.
        top: the favorable answers.
        min_answers: below this nothing is reported.
        conf: the confidence of the interval.

    Raises:
        ValueError: when more people answered than there are.
    """
    given = np.asarray(answers, dtype=np.float64)
    known = given[~np.isnan(given)]
    n = int(known.size)
    if n > population:
        raise ValueError(f"{n} people answered, and there are {population}.")
    rate = n / population if population else None
    if n < max(min_answers, 1):
        none = Estimate.unknown(Reason.TOO_FEW if n else Reason.NO_STUDENTS, n)
        return Favorable(none, none, n, given.size - n, rate, None)
    x = int(np.isin(known, list(top)).sum())
    correction = (population - n) / (population - 1) if population > 1 else 0.0
    lower, upper = _limits(x / n, quantile(conf) ** 2 * correction / n)
    return Favorable(
        Estimate(x / n, lower, upper, n),
        wilson(x, n, conf=conf),
        n,
        given.size - n,
        rate,
        correction,
    )


def _limits(rate: float, z2_n: float) -> tuple[float, float]:
    """Wilson's limits, written in z^2 / n."""
    centre = (rate + z2_n / 2) / (1 + z2_n)
    half = math.sqrt(z2_n * rate * (1 - rate) + z2_n**2 / 4) / (1 + z2_n)
    return max(0.0, centre - half), min(1.0, centre + half)
