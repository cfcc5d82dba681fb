"""Do these items measure one thing, and how precisely (METHODS card 10)?

Below 0.70 on a group's mean a scale is not reported. Reverse-coded items must be
declared, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from evenrise.statistics.rates import CONFIDENCE, Floats
from evenrise.vocabulary.estimates import Estimate, Reason


REPORTABLE = 0.70


@dataclass(frozen=True, slots=True)
class FactorFit:
    """A one-factor model by maximum likelihood; loadings in the items' own units.

    `cfi`, `rmsea` are None with three items or fewer: the model then fits exactly.
    """

    loadings: Floats
    uniquenesses: Floats
    chi_squared: float
    freedom: int
    cfi: float | None
    rmsea: float | None
    srmr: float

    @property
    def omega(self) -> float:
        """The share of the sum's variance that the factor makes (McDonald)."""
        common = float(self.loadings.sum()) ** 2
        return common / (common + float(self.uniquenesses.sum()))


@dataclass(frozen=True, slots=True)
class Reliability:
    """Alpha with Feldt's interval, omega, and each item's part in them."""

    alpha: Estimate
    n: int
    items: int
    alpha_standardized: float | None = None
    alpha_without: Floats | None = None  # each item left out
    item_rest: Floats | None = None  # correlation with the sum of the others
    factor: FactorFit | None = None

    @property
    def reportable(self) -> bool:
        """Whether the scale may be reported for groups."""
        return self.alpha.value is not None and self.alpha.value >= REPORTABLE


def reversed_items(
    answers: Mapping[str, ArrayLike], reverse: Mapping[str, float]
) -> Floats:
    """Items side by side, with the declared ones turned round.

    Args:
        answers: one column an item, shape (people,); nan for no answer.
        reverse: for each item to turn, lowest plus highest answer (7 for 1 to 6).

    Raises:
        ValueError: when a reversed item is none of the items.
    """
    unknown = set(reverse) - set(answers)
    if unknown:
        raise ValueError(f"No such item to reverse: {', '.join(sorted(unknown))}.")
    columns = []
    for name, part in answers.items():
        column = np.asarray(part, dtype=np.float64)
        columns.append(reverse[name] - column if name in reverse else column)
    return np.column_stack(columns)


def reliability(answers: ArrayLike, *, conf: float = CONFIDENCE) -> Reliability:
    """Cronbach's alpha and McDonald's omega of people who answered every item.

    Sources: Cronbach 1951; Feldt 1965 (interval); McDonald 1999.

    Args:
        answers: shape (people, items), reversed already; rows with a nan are left out.
        conf: the confidence of the interval.
    """
    table = np.asarray(answers, dtype=np.float64)
    table = table[~np.isnan(table).any(axis=1)]
    n, k = table.shape
    if k < 2 or n <= k:
        reason = Reason.NO_STUDENTS if n == 0 else Reason.TOO_FEW
        return Reliability(Estimate.unknown(reason, n), n, k)
    cov = np.cov(table, rowvar=False)
    if np.any(np.diagonal(cov) <= 0):
        return Reliability(Estimate.unknown(Reason.NO_VARIATION, n), n, k)
    alpha = _alpha(cov)
    f = special.fdtri(n - 1, (n - 1) * (k - 1), [0.5 + conf / 2, 0.5 - conf / 2])
    lower, upper = (1 - (1 - alpha) * f).tolist()
    cor = cov / np.sqrt(np.outer(np.diagonal(cov), np.diagonal(cov)))
    rest = table.sum(axis=1)[:, None] - table
    without = [
        _alpha(np.delete(np.delete(cov, i, 0), i, 1)) if k > 2 else np.nan
        for i in range(k)
    ]
    return Reliability(
        Estimate(alpha, lower, upper, n),
        n,
        k,
        _alpha(cor),
        np.array(without),
        np.array([_correlation(table[:, i], rest[:, i]) for i in range(k)]),
        one_factor(cov * (n - 1) / n, n) if k > 2 else None,
    )


def one_factor(cov: Floats, n: int) -> FactorFit | None:
    """One common factor by maximum likelihood; None when there is no maximum.

    Args:
        cov: covariance of the items with divisor n, shape (k, k).
        n: how many people.
    """
    k = len(cov)
    size = np.sqrt(np.diagonal(cov))
    cor = cov / np.outer(size, size)
    log_det = float(np.linalg.slogdet(cor)[1])
    if not np.isfinite(log_det):
        return None

    def loss(theta: Floats) -> tuple[float, Floats]:
        loading, unique = theta[:k], np.exp(theta[k:])
        sigma = np.outer(loading, loading) + np.diag(unique)
        inverse = np.linalg.inv(sigma)
        misfit = float(np.linalg.slogdet(sigma)[1] + np.trace(cor @ inverse))
        pull = inverse - inverse @ cor @ inverse
        slope = np.concatenate([2 * pull @ loading, np.diagonal(pull) * unique])
        return misfit - log_det - k, slope

    first = np.linalg.eigh(cor)[1][:, -1]
    start = np.concatenate([0.7 * np.sign(first + 1e-12), np.full(k, np.log(0.5))])
    found = optimize.minimize(
        loss, start, jac=True, method="BFGS", options={"gtol": 1e-9, "maxiter": 2000}
    )
    loading, unique = found.x[:k], np.exp(found.x[k:])
    loading = loading * np.sign(loading.sum())
    freedom = k * (k - 1) // 2 - k
    chi, base = n * float(found.fun), n * -log_det
    base_freedom = k * (k - 1) // 2
    over, base_over = max(chi - freedom, 0.0), max(base - base_freedom, 0.0)
    worst = max(over, base_over)
    left = (cor - np.outer(loading, loading) - np.diag(unique))[np.tril_indices(k)]
    return FactorFit(
        loading * size,
        unique * size**2,
        chi,
        freedom,
        (1 - over / worst if worst > 0 else 1.0) if freedom > 0 else None,
        float(np.sqrt(over / (freedom * n))) if freedom > 0 else None,
        float(np.sqrt((left**2).mean())),
    )


def _alpha(cov: Floats) -> float:
    k = len(cov)
    return float(k / (k - 1) * (1 - np.trace(cov) / cov.sum()))


def _correlation(a: Floats, b: Floats) -> float:
    spread = float(a.std() * b.std())
    return (
        float(((a - a.mean()) * (b - b.mean())).mean()) / spread if spread else np.nan
    )
