"""Students in schools: what a school adds, drawn towards the mean (METHODS card 3a).

y = x'b + z'u_j + e, u ~ N(0, O), e ~ N(0, s2), two levels or more. The likelihood is
profiled over the relative Cholesky factor of O and evaluated from sums by group
alone (Bates et al. 2015, Journal of Statistical Software 67(1), whose lme4 it meets),
so its cost does not depend on the number of students.

What to print beside it: value-added is no rating of a teacher or principal, students
are not assigned at random, one year is one year, and never below school level.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.moments import ONE, Moments
from evenrise.statistics.multilevel_fit import Method, MultilevelFit
from evenrise.statistics.profiled_likelihood import Problem
from evenrise.vocabulary.estimates import Reason


def fit(
    moments: Moments,
    y: str,
    fixed: Sequence[str],
    random: Sequence[str] = (ONE,),
    *,
    method: Method = "REML",
) -> MultilevelFit:
    """Fit students in groups, with random intercepts and slopes.

    Args:
        moments: sums by group of `y`, and of the columns of both parts.
        y: the outcome's column.
        fixed: columns of the fixed part, `ONE` for the constant.
        random: columns whose effect differs by group, `ONE` for the constant.
        method: REML for variances; ML only to compare fixed parts.
    """
    return fit_nested(moments, y, fixed, [(random, None)], method=method)


def fit_nested(
    moments: Moments,
    y: str,
    fixed: Sequence[str],
    levels: Sequence[tuple[Sequence[str], ArrayLike | None]],
    *,
    method: Method = "REML",
) -> MultilevelFit:
    """Fit groups in groups: scores in students in schools, for example.

    Args:
        moments: sums by the lowest group.
        y: the outcome's column.
        fixed: columns of the fixed part.
        levels: from the lowest level to the highest, its random columns and, except
            for the first, the group of that level that each group of the level below
            lies in.
        method: REML or ML.
    """
    problem = Problem.of(moments, y, fixed, levels, method)
    if isinstance(problem, Reason):
        return _nothing(moments, method, problem)
    theta = problem.solve()
    if theta is None:
        return _nothing(moments, method, Reason.DID_NOT_CONVERGE)
    return problem.answer(theta)


def _nothing(moments: Moments, method: Method, reason: Reason) -> MultilevelFit:
    empty = np.empty(0)
    return MultilevelFit(
        method,
        int(moments.n.sum()),
        (),
        empty,
        np.empty((0, 0)),
        0.0,
        (),
        0.0,
        False,
        np.empty(0, dtype=object),
        np.empty(0, dtype=np.int64),
        np.empty((0, 1)),
        np.empty((0, 1, 1)),
        reason,
    )
