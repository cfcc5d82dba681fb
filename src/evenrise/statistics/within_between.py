"""Is a gap inside schools or between them (METHODS card 2g)?

From sums by school and group alone, so it runs on counts as well as on scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


@dataclass(frozen=True, slots=True)
class WithinBetween:
    """A gap in three parts that sum to it: inside schools, between them, either.

    `gap` = (1 - variance_ratio) * within + variance_ratio * between.
    `part_within` is what remains if schools did not differ, `part_between` what comes
    from going to different schools, and `part_ambiguous` cannot be told apart.
    `variance_ratio` (eta squared) is how far the two groups attend different schools.
    """

    gap: float | None
    within: float | None
    between: float | None
    variance_ratio: float | None
    part_within: float | None
    part_between: float | None
    part_ambiguous: float | None
    n: int
    schools: int
    reason: Reason | None = None


def within_between(
    y: ArrayLike, in_group: ArrayLike, school: ArrayLike
) -> WithinBetween:
    """Split the gap in y between a group and the others (group minus others).

    Args:
        y: outcomes, shape (students,); nan is left out.
        in_group: whether each student is in the group.
        school: each student's school, any labels.
    """
    values = np.asarray(y, dtype=np.float64)
    member = np.asarray(in_group, dtype=bool)
    known = ~np.isnan(values)
    values, member = values[known], member[known]
    _, code = np.unique(np.asarray(school)[known], return_inverse=True)
    size = int(code.max()) + 1 if code.size else 0
    # Sums about the mean: a large constant in y must not cost digits.
    values = values - values.mean() if values.size else values

    def sums(weight: Floats) -> Floats:
        return np.bincount(code, weights=weight, minlength=size).astype(np.float64)

    inside = member.astype(np.float64)
    return within_between_sums(
        sums(values * inside),
        sums(inside),
        sums(values * (1 - inside)),
        sums(1 - inside),
    )


def within_between_sums(
    sum_group: ArrayLike, n_group: ArrayLike, sum_others: ArrayLike, n_others: ArrayLike
) -> WithinBetween:
    """The same from sums by school; for a yes or no outcome the sums are counts.

    Source: the OLS identity; three parts by Reardon 2008 ("Thirteen ways of looking
    at the black-white test score gap").

    Args:
        sum_group: sum of y over the group's students, shape (schools,).
        n_group: the group's students.
        sum_others: sum of y over the other students.
        n_others: the other students.
    """
    sum1, n1, sum0, n0 = (
        np.asarray(part, dtype=np.float64)
        for part in (sum_group, n_group, sum_others, n_others)
    )
    total = n1 + n0
    some = total > 0
    sum1, n1, sum0, n0, total = (part[some] for part in (sum1, n1, sum0, n0, total))
    n, schools = int(total.sum()), int(some.sum())
    if n1.sum() == 0 or n0.sum() == 0:
        return WithinBetween(*(None,) * 7, n, schools, Reason.NO_STUDENTS)
    gap = float(sum1.sum() / n1.sum() - sum0.sum() / n0.sum())
    if schools == 1:
        return WithinBetween(
            gap, gap, None, 0.0, gap, None, None, n, schools, Reason.ONE_SCHOOL
        )
    return _split(gap, (sum1, n1, sum0, n0), n, schools)


def _split(
    gap: float, sums: tuple[Floats, Floats, Floats, Floats], n: int, schools: int
) -> WithinBetween:
    sum1, n1, sum0, n0 = sums
    total = n1 + n0
    share, mean = n1 / total, (sum1 + sum0) / total
    all_share, all_mean = float(n1.sum() / n), float((sum1.sum() + sum0.sum()) / n)
    spread_within = float((n1 * (1 - share)).sum())
    spread_between = float((total * (share - all_share) ** 2).sum())
    ratio = spread_between / (spread_within + spread_between)
    within = (
        float((sum1 - share * (sum1 + sum0)).sum()) / spread_within
        if spread_within > 0
        else None
    )
    between = (
        float((total * (share - all_share) * (mean - all_mean)).sum()) / spread_between
        if ratio > 1e-14
        else None
    )
    if within is None:  # no school has both groups
        return WithinBetween(
            gap, None, between, 1.0, None, None, None, n, schools, Reason.SINGULAR
        )
    if between is None:  # every school has the same mix
        return WithinBetween(gap, within, None, 0.0, within, 0.0, 0.0, n, schools)
    return WithinBetween(
        gap,
        within,
        between,
        ratio,
        (1 - ratio) * within,
        ratio * (between - within),
        ratio * within,
        n,
        schools,
    )
