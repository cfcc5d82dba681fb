"""Where to go and look: schools that do well by alike students (METHODS card 5).

A bright spot is an invitation to visit, not a prize. Never the highest average, never
the smallest gap alone; no bright spot is a legitimate answer, and a list is tested
again on a year that was not used to make it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenrise.statistics.multilevel_fit import MultilevelFit
from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


SURE = 0.9
TESTED = 0.9  # share of students with a score
ENOUGH = 10  # tested students in each group
YEARS, OF_YEARS = 2, 3


@dataclass(frozen=True, slots=True)
class BrightSpots:
    """Which schools lie above a line, and how surely; one entry a school."""

    ids: NDArray[np.object_]
    effect: Floats
    sd: Floats
    chance: Floats  # that the effect lies above the line
    bright: NDArray[np.bool_]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class BrightForBoth:
    """Schools that do well by a group and by everybody else, each in its own right."""

    ids: NDArray[np.object_]
    effect_others: Floats
    sd_others: Floats
    effect_group: Floats
    sd_group: Floats
    chance_others: Floats
    chance_group: Floats
    bright: NDArray[np.bool_]
    reason: Reason | None = None


def chance_above(effect: ArrayLike, sd: ArrayLike, line: float = 0.0) -> Floats:
    """P(effect > line); 0 or 1 (a half on the line) where the spread is 0.

    Source: Normand et al. 1997, JASA 92:803; Jones and Spiegelhalter 2011, American
    Statistician 65:24.
    """
    value, spread = np.asarray(effect, np.float64), np.asarray(sd, np.float64)
    gap = value - line
    z = np.divide(gap, spread, out=np.where(gap < 0, -np.inf, np.inf), where=spread > 0)
    return np.asarray(special.ndtr(np.where((spread == 0) & (gap == 0), 0.0, z)))


def bright_spots(fit: MultilevelFit, line: float, *, sure: float = SURE) -> BrightSpots:
    """Schools whose effect lies above `line` with probability `sure` or more.

    Args:
        fit: students in schools, prior score and intake in the fixed part.
        line: set before looking: 0.1 to 0.2 standard deviations of students.
        sure: the probability asked for.
    """
    if fit.reason is not None:
        nothing = np.empty(0)
        return BrightSpots(
            fit.ids, nothing, nothing, nothing, np.empty(0, bool), fit.reason
        )
    effect, sd = fit.effects[:, 0], fit.effect_sd[:, 0]
    chance = chance_above(effect, sd, line)
    return BrightSpots(fit.ids, effect, sd, chance, chance >= sure)


def bright_for_both(
    fit: MultilevelFit,
    n_group: ArrayLike,
    *,
    line: float = 0.0,
    sure: float = SURE,
    enough: int = ENOUGH,
) -> BrightForBoth:
    """Schools above the line for a group and for everybody else.

    Args:
        fit: a model with a random intercept and a random effect of being in the
            group, in this order.
        n_group: tested students of the group by school, in the fit's order.
        line: the line, for both.
        sure: the probability asked for, of both.
        enough: how many students of each kind a school needs.
    """
    if fit.reason is not None:
        nothing = np.empty(0)
        return BrightForBoth(fit.ids, *(nothing,) * 6, np.empty(0, bool), fit.reason)
    members = np.asarray(n_group, dtype=np.float64)
    others, others_sd = fit.effect_at([1, 0])
    group, group_sd = fit.effect_at([1, 1])
    chance_others = chance_above(others, others_sd, line)
    chance_group = chance_above(group, group_sd, line)
    bright = (
        (np.minimum(chance_others, chance_group) >= sure)
        & (members >= enough)
        & (fit.group_n - members >= enough)
    )
    return BrightForBoth(
        fit.ids,
        others,
        others_sd,
        group,
        group_sd,
        chance_others,
        chance_group,
        bright,
    )


def lasting(
    bright: ArrayLike, tested: ArrayLike | None = None, *, years: int = YEARS
) -> NDArray[np.bool_]:
    """Schools that are bright in `years` or more of the years given.

    Args:
        bright: shape (years, schools).
        tested: shares of students with a score, same shape; a year below 90 % does
            not count.
        years: how many years are asked for.
    """
    seen = np.asarray(bright, dtype=bool)
    if tested is not None:
        seen = seen & (np.asarray(tested, dtype=np.float64) >= TESTED)
    return np.asarray(seen.sum(axis=0) >= years)


def held(chosen: ArrayLike, again: ArrayLike) -> tuple[int, int]:
    """How many of the schools chosen are bright in a year not used to choose them."""
    first = np.asarray(chosen, dtype=bool)
    return int((first & np.asarray(again, dtype=bool)).sum()), int(first.sum())
