"""Alike students, two schools: the exact comparison, cell by cell (card 3c).

Cells (grade, prior band, language, disability, income ...) are set before looking.
Only cells with students of both schools are compared, and how many that leaves is
always said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenrise.statistics.rates import CONFIDENCE, Floats, quantile
from evenrise.vocabulary.estimates import Estimate, Reason


COVERED = 0.5  # below this share the schools do not serve alike students


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many students of each school have alike students in the other."""

    first: int
    second: int
    matched_first: int
    matched_second: int
    cells: int

    @property
    def share_first(self) -> float | None:
        """The share of the first school's students who are compared."""
        return self.matched_first / self.first if self.first else None

    @property
    def share_second(self) -> float | None:
        """The share of the second school's students who are compared."""
        return self.matched_second / self.second if self.second else None

    @property
    def enough(self) -> bool:
        """Whether the schools serve alike students at all."""
        shares = (self.share_first, self.share_second)
        return all(share is not None and share >= COVERED for share in shares)


@dataclass(frozen=True, slots=True)
class AlikeStudents:
    """The difference (first minus second) among alike students, and among all."""

    difference: Estimate  # with the robust interval
    raw_difference: float | None
    coverage: Coverage
    se: float | None = None  # classical
    se_robust: float | None = None  # HC1


@dataclass(frozen=True, slots=True)
class AlikeRates:
    """The same for a yes or no outcome, from counts by cell."""

    risk_difference: Estimate
    odds_ratio: Estimate
    coverage: Coverage
    risk_difference_se: float | None = None  # Sato
    log_odds_ratio_se: float | None = None  # Robins, Breslow, Greenland
    chi_squared: float | None = None  # Cochran, Mantel, Haenszel; no correction
    p: float | None = None


def alike_students(
    y: ArrayLike, in_first: ArrayLike, cell: ArrayLike, *, conf: float = CONFIDENCE
) -> AlikeStudents:
    """Compare the mean of y between two schools within cells.

    D = sum w_c (mean_A - mean_B) / sum w_c, w = n_A n_B / (n_A + n_B), which is least
    squares with an effect for each cell. Source: Iacus, King and Porro 2012,
    Political Analysis 20:1; HC1 by MacKinnon and White 1985.

    Args:
        y: outcomes of both schools' students, shape (students,); nan is left out.
        in_first: whether each student is at the first school.
        cell: each student's cell, any labels.
        conf: the confidence of the interval.
    """
    values = np.asarray(y, dtype=np.float64)
    known = ~np.isnan(values)
    values = values[known]
    first = np.asarray(in_first, dtype=bool)[known].astype(np.float64)
    _, code = np.unique(np.asarray(cell)[known], return_inverse=True)
    n1 = np.bincount(code, weights=first).astype(np.float64)
    n0 = np.bincount(code, weights=1 - first).astype(np.float64)
    coverage = _coverage(n1, n0)
    if coverage.first == 0 or coverage.second == 0:
        return AlikeStudents(Estimate.unknown(Reason.NO_STUDENTS), None, coverage)
    raw = float(values[first == 1].mean() - values[first == 0].mean())
    if coverage.cells == 0:
        return AlikeStudents(Estimate.unknown(Reason.NOT_APPLICABLE), raw, coverage)
    used = ((n1 > 0) & (n0 > 0))[code]
    values, first, code = values[used], first[used], code[used]
    n = np.bincount(code)[code]
    y_left = values - np.bincount(code, weights=values)[code] / n
    a_left = first - np.bincount(code, weights=first)[code] / n
    weight = float(a_left @ a_left)
    difference = float(a_left @ y_left) / weight
    freedom = values.size - coverage.cells - 1
    if freedom < 1:
        value = Estimate(difference, n=int(values.size))
        return AlikeStudents(value, raw, coverage)
    rest = y_left - difference * a_left
    classical = math.sqrt(float(rest @ rest) / freedom / weight)
    robust = math.sqrt(values.size / freedom * float((a_left * rest) @ (a_left * rest)))
    robust /= weight
    half = quantile(conf) * robust
    value = Estimate(difference, difference - half, difference + half, values.size)
    return AlikeStudents(value, raw, coverage, classical, robust)


def alike_rates(
    events: tuple[ArrayLike, ArrayLike],
    n: tuple[ArrayLike, ArrayLike],
    *,
    conf: float = CONFIDENCE,
) -> AlikeRates:
    """Compare a yes or no outcome between two schools within cells.

    Mantel and Haenszel's risk difference with Sato's variance (1989) and odds ratio
    with Robins, Breslow and Greenland's (1986).

    Args:
        events: counts of the (first, second) school by cell, each of shape (cells,).
        n: students of both schools by cell.
        conf: the confidence of the intervals.

    Raises:
        ValueError: when a count lies outside 0 to its n.
    """
    x1, x0 = (np.asarray(part, dtype=np.float64) for part in events)
    n1, n0 = (np.asarray(part, dtype=np.float64) for part in n)
    if not (np.all((x1 >= 0) & (x1 <= n1)) and np.all((x0 >= 0) & (x0 <= n0))):
        raise ValueError("A count lies between 0 and its n.")
    coverage = _coverage(n1, n0)
    if coverage.cells == 0:
        none = coverage.first == 0 or coverage.second == 0
        unknown = Estimate.unknown(
            Reason.NO_STUDENTS if none else Reason.NOT_APPLICABLE
        )
        return AlikeRates(unknown, unknown, coverage)
    used = (n1 > 0) & (n0 > 0)
    x1, x0, n1, n0 = (part[used] for part in (x1, x0, n1, n0))
    difference, difference_se = _risk_difference(x1, n1, x0, n0, conf)
    ratio, log_se = _odds_ratio(x1, n1, x0, n0, conf)
    chi_squared = _chi_squared(x1, n1, x0, n0)
    p = None if chi_squared is None else float(special.chdtrc(1, chi_squared))
    return AlikeRates(
        difference, ratio, coverage, difference_se, log_se, chi_squared, p
    )


def _coverage(n1: Floats, n0: Floats) -> Coverage:
    both = (n1 > 0) & (n0 > 0)
    return Coverage(
        int(n1.sum()),
        int(n0.sum()),
        int(n1[both].sum()),
        int(n0[both].sum()),
        int(both.sum()),
    )


def _risk_difference(
    x1: Floats, n1: Floats, x0: Floats, n0: Floats, conf: float
) -> tuple[Estimate, float]:
    n = n1 + n0
    weight = float((n1 * n0 / n).sum())
    value = float(((x1 * n0 - x0 * n1) / n).sum()) / weight
    p = x0 * (n1 / n) ** 2 - x1 * (n0 / n) ** 2 + (n1 / n) * (n0 / n) * (n0 - n1) / 2
    q = (x1 * (n0 - x0) + x0 * (n1 - x1)) / n / 2
    se = math.sqrt(max(0.0, value * float(p.sum()) + float(q.sum()))) / weight
    half = quantile(conf) * se
    lower, upper = max(-1.0, value - half), min(1.0, value + half)
    return Estimate(value, lower, upper, int(n.sum())), se


def _odds_ratio(
    x1: Floats, n1: Floats, x0: Floats, n0: Floats, conf: float
) -> tuple[Estimate, float | None]:
    n = n1 + n0
    r, s = x1 * (n0 - x0) / n, x0 * (n1 - x1) / n
    up, down = float(r.sum()), float(s.sum())
    if down == 0:
        reason = Reason.NO_VARIATION if up == 0 else Reason.NO_EVENTS_IN_REFERENCE
        return Estimate.unknown(reason, int(n.sum())), None
    if up == 0:
        return Estimate(0.0, n=int(n.sum())), None
    p, q = (x1 + n0 - x0) / n, (x0 + n1 - x1) / n
    variance = (
        float((p * r).sum()) / (2 * up**2)
        + float((p * s + q * r).sum()) / (2 * up * down)
        + float((q * s).sum()) / (2 * down**2)
    )
    se, value = math.sqrt(variance), up / down
    half = math.exp(quantile(conf) * se)
    return Estimate(value, value / half, value * half, int(n.sum())), se


def _chi_squared(x1: Floats, n1: Floats, x0: Floats, n0: Floats) -> float | None:
    n, x = n1 + n0, x1 + x0
    more = n > 1
    spread = (n1 * n0 * x * (n - x))[more] / (n[more] ** 2 * (n[more] - 1))
    total = float(spread.sum())
    return float((x1 - n1 * x / n).sum()) ** 2 / total if total > 0 else None
