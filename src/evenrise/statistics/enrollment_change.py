"""Did a rate change, or did who is enrolled change (METHODS card 2b)?

Kitagawa's decomposition: every group may rise while the total falls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


@dataclass(frozen=True, slots=True)
class EnrollmentChange:
    """A change of the total rate, split in two; parts sum to `change` exactly.

    `rate_effect` is what the groups' own rates did, `composition` what the change of
    the groups' shares did. Arrays have one entry a group, in the order given.
    `newcomers` marks groups that one of the two times has not got: they have no
    change of rate, so all they bring counts as composition.
    """

    before: float | None
    after: float | None
    change: float | None
    composition: float | None
    rate_effect: float | None
    composition_by_group: Floats
    rate_effect_by_group: Floats
    newcomers: tuple[int, ...] = ()
    reason: Reason | None = None

    @property
    def reversal(self) -> bool:
        """Whether the total moved against every group's own rate (Simpson)."""
        if self.change is None:
            return False
        moves = self.rate_effect_by_group
        return bool(
            self.change != 0
            and np.all(moves * self.change <= 0)
            and np.any(moves * self.change < 0)
        )


def enrollment_change(
    x_before: ArrayLike, n_before: ArrayLike, x_after: ArrayLike, n_after: ArrayLike
) -> EnrollmentChange:
    """Split the change of a total rate into the groups' rates and their shares.

    change = sum(mean share * change of rate) + sum(mean rate * change of share).
    Source: Kitagawa 1955, JASA 50:1168. The groups must be a partition.

    Args:
        x_before: counts by group, first time, shape (groups,).
        n_before: students by group, first time.
        x_after: counts by group, second time.
        n_after: students by group, second time.

    Raises:
        ValueError: when a count lies outside 0 to its n, or the shapes differ.
    """
    x1, n1, x2, n2 = (
        np.asarray(part, dtype=np.float64)
        for part in (x_before, n_before, x_after, n_after)
    )
    if not x1.shape == n1.shape == x2.shape == n2.shape or x1.ndim != 1:
        raise ValueError("All four need one number for each group.")
    if not (np.all((x1 >= 0) & (x1 <= n1)) and np.all((x2 >= 0) & (x2 <= n2))):
        raise ValueError("A count lies between 0 and its n.")
    nothing = np.zeros(x1.shape)
    if n1.sum() == 0 or n2.sum() == 0:
        return EnrollmentChange(
            *(None,) * 5, nothing, nothing, reason=Reason.NO_STUDENTS
        )
    rate1, rate2 = _rates(x1, n1, x2, n2)
    share1, share2 = n1 / n1.sum(), n2 / n2.sum()
    by_rate = (share1 + share2) / 2 * (rate2 - rate1)
    by_share = (rate1 + rate2) / 2 * (share2 - share1)
    before, after = float(x1.sum() / n1.sum()), float(x2.sum() / n2.sum())
    return EnrollmentChange(
        before,
        after,
        after - before,
        float(by_share.sum()),
        float(by_rate.sum()),
        by_share,
        by_rate,
        tuple(int(i) for i in np.flatnonzero((n1 == 0) ^ (n2 == 0))),
    )


def _rates(x1: Floats, n1: Floats, x2: Floats, n2: Floats) -> tuple[Floats, Floats]:
    """Both times' rates; a group absent at one time takes its rate at the other."""
    rate1 = np.divide(x1, n1, out=np.zeros(x1.shape), where=n1 > 0)
    rate2 = np.divide(x2, n2, out=np.zeros(x2.shape), where=n2 > 0)
    return np.where(n1 > 0, rate1, rate2), np.where(n2 > 0, rate2, rate1)
