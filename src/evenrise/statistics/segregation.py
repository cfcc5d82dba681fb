"""How far groups attend different schools (METHODS card 2h).

From counts by school and group; natural logarithms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


@dataclass(frozen=True, slots=True)
class Segregation:
    """Indices of one district; 0 is even, 1 is complete.

    `exposure[i, j]` is the share of group j in the school of an average student of
    group i; its diagonal is isolation. `local` is each school's part and `weight` its
    share of students. With exactly two groups: `dissimilarity`, what chance alone
    would make of it in schools of these sizes, it corrected for that (below 0: more
    even than chance), and `variance_ratio`.
    """

    theil: float | None
    mutual_information: float | None
    local: Floats
    weight: Floats
    exposure: Floats
    dissimilarity: float | None = None
    dissimilarity_by_chance: float | None = None
    dissimilarity_corrected: float | None = None
    variance_ratio: float | None = None
    reason: Reason | None = None

    @property
    def isolation(self) -> Floats:
        """The share of one's own group in the school of its average student."""
        return np.diagonal(self.exposure).copy()


def segregation(counts: ArrayLike) -> Segregation:
    """Theil's H, exposure, isolation and (two groups) dissimilarity.

    Sources: Theil and Finizza 1971; Reardon and Firebaugh 2002, Sociological
    Methodology 32:33; Duncan and Duncan 1955; chance in small schools by Carrington
    and Troske 1997, Journal of Business and Economic Statistics 15:402.

    Args:
        counts: students, shape (schools, groups); groups must be a partition.

    Raises:
        ValueError: for negative counts or not a table.
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or np.any(table < 0):
        raise ValueError(
            "Counts need schools in rows, groups in columns, none below 0."
        )
    schools = table.sum(axis=1)
    groups = table.sum(axis=0)
    students = float(table.sum())
    size = np.where(schools > 0, schools, 1.0)[:, None]
    mix = table / size
    exposure = np.full((groups.size, groups.size), np.nan)
    present = groups > 0
    exposure[present] = (table[:, present] / groups[present]).T @ mix
    if students == 0:
        nothing = np.zeros(schools.shape)
        return Segregation(
            None, None, nothing, nothing, exposure, reason=Reason.NO_STUDENTS
        )
    overall = groups / students
    weight = schools / students
    odds = np.where(table > 0, mix / np.where(overall > 0, overall, 1), 1.0)
    local = np.where(schools > 0, (mix * np.log(odds)).sum(axis=1), 0.0)
    information = float(weight @ local)
    entropy = -float(special.xlogy(overall, overall).sum())
    if present.sum() < 2:  # one group cannot be segregated
        return Segregation(
            None, information, local, weight, exposure, reason=Reason.NO_VARIATION
        )
    seen = Segregation(
        information / entropy,
        information,
        local,
        weight,
        exposure,
        reason=Reason.ONE_SCHOOL if np.sum(schools > 0) == 1 else None,
    )
    if groups.size != 2:
        return seen
    found, chance, corrected, ratio = _two_groups(table)
    return replace(
        seen,
        dissimilarity=found,
        dissimilarity_by_chance=chance,
        dissimilarity_corrected=corrected,
        variance_ratio=ratio,
    )


def _two_groups(table: Floats) -> tuple[float, float, float, float]:
    """Dissimilarity, by chance, corrected, and the variance ratio."""
    first, second = table.sum(axis=0)
    found = float(np.abs(table[:, 0] / first - table[:, 1] / second).sum() / 2)
    chance = sum(
        _by_chance(float(size), float(first), float(second))
        for size in table.sum(axis=1)
    )
    room = 1 - chance if found >= chance else chance
    corrected = (found - chance) / room if room > 0 else 0.0
    size = table.sum(axis=1)
    some = size > 0
    share, all_share = table[some, 0] / size[some], first / (first + second)
    ratio = float(
        (size[some] * (share - all_share) ** 2).sum()
        / (size.sum() * all_share * (1 - all_share))
    )
    return found, chance, corrected, ratio


def _by_chance(size: float, first: float, second: float) -> float:
    """A school's expected part of D when its students are drawn at random."""
    least, most = max(0.0, size - second), min(size, first)
    drawn = np.arange(least, most + 1, dtype=np.float64)
    log_chance = (
        _log_choose(first, drawn)
        + _log_choose(second, np.subtract(size, drawn))
        - _log_choose(first + second, size)
    )
    apart = np.abs(drawn / first - (size - drawn) / second)
    return float((np.exp(log_chance) * apart).sum() / 2)


def _log_choose(n: float, k: Floats | float) -> Floats:
    log: Floats = (
        special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    )
    return log
