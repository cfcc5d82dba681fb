"""Runs about a line: has something shifted, or is it the usual wobble (card 7)?

Anhøj's rules: an unusually long run, or unusually few crossings. The textbook's rules
(shift of six, trend of five, runs table) ring more often; this set is stated wherever
a chart is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenrise.vocabulary.estimates import Reason


ENOUGH = 10  # useful points; below it is too early to say anything
_RARE = 0.05


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs and crossings of the points that do not lie on the line.

    `signal` is never a proof of stability when it is false: see `too_early`.
    """

    useful: int
    longest_run: int | None
    longest_run_limit: int | None
    crossings: int | None
    crossings_limit: int | None
    signal: bool
    reason: Reason | None = None

    @property
    def too_early(self) -> bool:
        """Fewer than ten useful points: the rules have almost no power."""
        return self.useful < ENOUGH


def runs_about(y: ArrayLike, line: ArrayLike) -> Runs:
    """Anhøj's runs rules.

    Signal when the longest run exceeds round(log2 n) + 3 or there are fewer crossings
    than the 5 % quantile of a binomial(n - 1, 1/2). Source: Anhøj and Olesen 2014,
    PLoS One 9:e113825.

    Args:
        y: values in order of time; nan is left out.
        line: the center line, one number or one a value.
    """
    values = np.asarray(y, dtype=np.float64)
    side = np.sign(values - np.asarray(line, dtype=np.float64))
    side = side[~np.isnan(side) & (side != 0)]
    n = int(side.size)
    if n == 0:
        return Runs(0, None, None, None, None, False, Reason.NO_VARIATION)
    turns = np.flatnonzero(np.diff(side) != 0)
    edges = np.concatenate([[-1], turns, [n - 1]])
    longest = int(np.diff(edges).max())
    longest_limit = round(math.log2(n)) + 3
    crossings = int(turns.size)
    crossings_limit = _binomial_quantile(n - 1)
    return Runs(
        n,
        longest,
        longest_limit,
        crossings,
        crossings_limit,
        longest > longest_limit or crossings < crossings_limit,
    )


def _binomial_quantile(n: int) -> int:
    """The smallest k with P(binomial(n, 1/2) <= k) >= 5 %, in whole numbers."""
    target, total = _RARE * 2.0**n, 0
    for k in range(n + 1):
        total += math.comb(n, k)
        if total >= target:
            return k
    return n
