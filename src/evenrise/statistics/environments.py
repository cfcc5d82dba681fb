"""Act on the setting, or on single students (METHODS card 8)?

Where risk lies between schools, classes or bus routes, changing the setting reaches
about as many students as picking them one by one, and labels nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.early_warning import precision_at
from evenrise.vocabulary.estimates import Reason


@dataclass(frozen=True, slots=True)
class Environments:
    """How much of the outcome lies between settings, and what each way reaches.

    `reached_by_student` and `reached_by_setting` are students with the outcome among
    `budget` students, taken by their own chance or by whole settings.
    """

    share_between: float | None
    reached_by_student: float | None
    reached_by_setting: float | None
    budget: int
    reason: Reason | None = None


def environments(
    p: ArrayLike, y: ArrayLike, setting: ArrayLike, budget: int
) -> Environments:
    """Compare two ways to spend the same budget.

    Settings are taken by their mean chance, the last in part and ties averaged.
    Source: after Perdomo, Britton, Hardt and Abebe 2023, arXiv:2304.06205.

    Args:
        p: predicted chances, shape (students,).
        y: outcomes, 0 or 1.
        setting: each student's school, class or route.
        budget: how many students can be served.

    Raises:
        ValueError: unless the budget is 1 or more.
    """
    chance, outcome = np.asarray(p, np.float64), np.asarray(y, np.float64)
    if budget < 1:
        raise ValueError("A budget serves one student or more.")
    if chance.size == 0:
        return Environments(None, None, None, budget, Reason.NO_STUDENTS)
    _, code = np.unique(np.asarray(setting), return_inverse=True)
    size = np.bincount(code)
    mean = np.bincount(code, weights=outcome) / size
    total = float(((outcome - outcome.mean()) ** 2).sum())
    between = float((size * (mean - outcome.mean()) ** 2).sum())
    # Settings whose students' mean chances agree to rounding are tied.
    risk = np.round(np.bincount(code, weights=chance) / size, 12)
    served = min(budget, chance.size)
    return Environments(
        between / total if total > 0 else None,
        precision_at(chance, outcome, served) * served,
        precision_at(risk[code], outcome, served) * served,
        budget,
        None if total > 0 else Reason.NO_VARIATION,
    )
