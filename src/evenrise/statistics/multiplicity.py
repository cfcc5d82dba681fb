"""Many comparisons on one page: p-values adjusted for looking often (card 1e).

NumPy only. A family is one page or one question; missing p-values stay missing and
do not count.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.rates import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """P-values adjusted for the false discovery rate; nan stays nan.

    Sorted p(i) times m / i, then the running minimum from the largest.
    Source: Benjamini and Hochberg 1995, JRSS B 57:289.

    Args:
        p: p-values of one family, shape (m,).

    Raises:
        ValueError: when a p-value lies outside 0 to 1.
    """
    return _adjust(p, lambda m: m / np.arange(1, m + 1), step_up=True)


def benjamini_yekutieli(p: ArrayLike) -> Floats:
    """As Benjamini-Hochberg, but safe under any dependence.

    Source: Benjamini and Yekutieli 2001, Annals of Statistics 29:1165.
    """

    def factor(m: int) -> Floats:
        rank = np.arange(1, m + 1)
        return np.asarray(m * np.sum(1 / rank) / rank, dtype=np.float64)

    return _adjust(p, factor, step_up=True)


def holm(p: ArrayLike) -> Floats:
    """P-values adjusted so that any false finding at all is rare.

    Source: Holm 1979, Scandinavian Journal of Statistics 6:65.
    """
    return _adjust(p, lambda m: np.arange(m, 0, -1, dtype=np.float64), step_up=False)


def _adjust(p: ArrayLike, factor: Callable[[int], Floats], *, step_up: bool) -> Floats:
    given = np.asarray(p, dtype=np.float64)
    flat = given.ravel()
    known = ~np.isnan(flat)
    if np.any((flat[known] < 0) | (flat[known] > 1)):
        raise ValueError("A p-value lies between 0 and 1.")
    adjusted = np.full(flat.shape, np.nan)
    values = flat[known]
    if values.size:
        order = np.argsort(values, kind="stable")
        scaled = values[order] * factor(values.size)
        run = (
            np.minimum.accumulate(scaled[::-1])[::-1]
            if step_up
            else np.maximum.accumulate(scaled)
        )
        back = np.empty_like(run)
        back[order] = np.minimum(run, 1.0)
        adjusted[known] = back
    return adjusted.reshape(given.shape)
