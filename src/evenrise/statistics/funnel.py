"""Which schools stand out beyond chance: a funnel with over-dispersion (card 1g).

NumPy only. Never a league table: the funnel says "different" or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenrise.statistics.rates import Floats, quantile
from evenrise.vocabulary.estimates import Reason


Spread = Literal["additive", "multiplicative", "unadjusted"]
WARNING, ALARM = 0.95, 0.998
TRIM = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """The funnel's curves over an axis of n, cut to 0 to 1; one array a curve."""

    n: Floats
    lower_95: Floats
    upper_95: Floats
    lower_998: Floats
    upper_998: Floats


@dataclass(frozen=True, slots=True)
class Funnel:
    """The pooled rate, how much schools differ beyond chance, and who stands out.

    Arrays have one entry a school, in the order given; nan where a school has no
    students. `outside` is 0 inside the 95 % limits, 1 (or -1, below) outside them and
    2 (or -2) outside the 99.8 % limits, after allowing for over-dispersion (additive).
    `reason` says why nothing can stand out; `center` may be known all the same.
    """

    center: float | None
    phi: float
    tau2: float
    z: Floats  # without allowance for over-dispersion
    z_adjusted: Floats  # with it (additive)
    outside: NDArray[np.int8]
    winsor_limits: tuple[float, float] | None = None
    z_winsorised: Floats | None = None
    reason: Reason | None = None

    def limits(self, n: ArrayLike, spread: Spread = "additive") -> Limits:
        """The curves at denominators `n`.

        Raises:
            ValueError: when there is no center to draw around.
        """
        if self.center is None:
            raise ValueError("A funnel without students has no limits.")
        axis = np.asarray(n, dtype=np.float64)
        if np.any(axis <= 0):
            raise ValueError("The axis of a funnel starts above 0 students.")
        variance = self.center * (1 - self.center) / axis
        if spread == "additive":
            variance = variance + self.tau2
        elif spread == "multiplicative":
            variance = variance * max(1.0, self.phi)
        half = np.sqrt(variance)
        near, far = quantile(WARNING) * half, quantile(ALARM) * half
        return Limits(
            axis,
            *(
                np.clip(self.center + side, 0.0, 1.0)
                for side in (-near, near, -far, far)
            ),
        )


def funnel(x: ArrayLike, n: ArrayLike, *, trim: float = TRIM) -> Funnel:
    """Compare schools' rates with their pooled rate.

    z_i = (p_i - p) / sqrt(p (1 - p) / n_i), winsorised at `trim` and 1 - `trim`
    (type-7 quantiles); phi is the mean of z squared; tau2 is the variance between
    schools beyond chance by moments, 0 when I phi < I - 1.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185.

    Args:
        x: counts, shape (schools,).
        n: students, shape (schools,); a school with none is left out.
        trim: the share winsorised at each end; 0 for none.

    Raises:
        ValueError: when a count lies outside 0 to its n, or the shapes differ.
    """
    count = np.asarray(x, dtype=np.float64)
    total = np.asarray(n, dtype=np.float64)
    if count.shape != total.shape or count.ndim != 1:
        raise ValueError("A funnel needs one count and one n for each school.")
    if not np.all((count >= 0) & (count <= total)):
        raise ValueError("A count lies between 0 and its n.")
    some = total > 0
    if not some.any():
        return _nothing(total, None, Reason.NO_STUDENTS)
    center = float(count[some].sum() / total[some].sum())
    if some.sum() == 1:
        return _nothing(total, center, Reason.ONE_SCHOOL)
    if center in (0.0, 1.0):
        return _nothing(total, center, Reason.NO_VARIATION)
    return _funnel(count, total, center, trim)


def _funnel(count: Floats, total: Floats, center: float, trim: float) -> Funnel:
    some = total > 0
    size = np.where(some, total, np.nan)
    variance = center * (1 - center) / size
    z = (count / size - center) / np.sqrt(variance)
    low, high = (float(edge) for edge in np.quantile(z[some], [trim, 1 - trim]))
    winsorised = np.clip(z, low, high)
    phi = float(np.mean(winsorised[some] ** 2))
    tau2 = _between(phi, 1 / variance[some])
    adjusted = z * np.sqrt(variance / (variance + tau2))
    return Funnel(
        center,
        phi,
        tau2,
        z,
        adjusted,
        _outside(adjusted),
        winsor_limits=(low, high),
        z_winsorised=winsorised,
    )


def _between(phi: float, weight: Floats) -> float:
    """The variance between schools beyond chance (DerSimonian and Laird's moments)."""
    freedom = weight.size - 1
    excess = weight.size * phi - freedom
    total = float(weight.sum())
    return max(0.0, excess / (total - float((weight**2).sum()) / total))


def _outside(z: Floats) -> NDArray[np.int8]:
    size = np.abs(np.nan_to_num(z))
    level = (size > quantile(WARNING)).astype(np.int8)
    level += (size > quantile(ALARM)).astype(np.int8)
    return (level * np.sign(np.nan_to_num(z))).astype(np.int8)


def _nothing(total: Floats, center: float | None, reason: Reason) -> Funnel:
    z = np.where((total > 0) & (center is not None), 0.0, np.nan)
    return Funnel(center, 0.0, 0.0, z, z, np.zeros(total.shape, np.int8), reason=reason)
