"""Local polynomials at a cut, and the bandwidth that suits them best.

The engine of `cutoff_effect`; see there for the source. Scores are centered at the cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenrise.statistics.rates import Floats


NEIGHBORS = 3
_PILOT = 2.576  # the rule of thumb's constant for triangular weights
_KEEP = 10  # distinct scores a bandwidth must reach where scores are heaped


@dataclass(frozen=True, slots=True)
class Bandwidths:
    """How far from the cut students count: for the lines, and for their bias."""

    main: float
    bias: float


@dataclass(frozen=True, slots=True)
class AtCut:
    """One side's value at the cut, as it is and corrected for curvature."""

    plain: float
    corrected: float
    plain_variance: float
    corrected_variance: float


@dataclass(frozen=True, slots=True)
class _Constants:
    """Variance, bias and the bias's own noise, on one side."""

    variance: float
    bias: float
    noise: float


@dataclass(frozen=True)
class Side:
    """Students on one side of the cut, in order of their score."""

    x: Floats
    y: Floats

    @classmethod
    def of(cls, x: Floats, y: Floats) -> Side:
        """Sorted by score."""
        order = np.argsort(x, kind="stable")
        return cls(x[order], y[order])

    @property
    def distinct(self) -> int:
        """How many different scores there are."""
        return int(np.unique(self.x).size)

    @property
    def reach(self) -> float:
        """The farthest score from the cut."""
        return float(np.abs(self.x).max())

    def weights(self, h: float) -> Floats:
        """Triangular weights within h."""
        return np.asarray(np.maximum(1 - np.abs(self.x) / h, 0.0) / h)

    def nearest(self, keep: int) -> float:
        """The distance of the `keep`-th distinct score from the cut."""
        away = np.unique(np.abs(self.x))
        return float(away[min(keep, away.size) - 1]) + 1e-8

    def at_cut(self, h: float, b: float) -> AtCut:
        """A local line within h, corrected by a local parabola within b."""
        used = self.weights(max(h, b)) > 0
        x, y = self.x[used], self.y[used]
        w_h, w_b = self.weights(h)[used], self.weights(b)[used]
        line, curve = _powers(x, 1), _powers(x, 2)
        g_line = _inverse(line, w_h)
        g_curve = _inverse(curve, w_b)
        lift = line.T @ (w_h * (x / h) ** 2)
        bend = (g_curve @ (curve * w_b[:, None]).T)[2]
        corrected = line * w_h[:, None] - h**2 * np.outer(bend, lift)
        rest = neighbor_residuals(x, y)
        plain_part = (line * w_h[:, None]) @ g_line[0]
        corrected_part = corrected @ g_line[0]
        return AtCut(
            float(plain_part @ y),
            float(corrected_part @ y),
            float(((plain_part * rest) ** 2).sum()),
            float(((corrected_part * rest) ** 2).sum()),
        )

    def constants(
        self, order: int, derivative: int, widths: tuple[float, float], *, noise: bool
    ) -> _Constants:
        """What the mean squared error of a local polynomial is made of.

        Args:
            order: of the polynomial whose bandwidth is sought.
            derivative: which derivative at the cut it estimates.
            widths: pilot bandwidths for the variance and for the bias.
            noise: whether to allow for the noise of the bias.
        """
        h_v, h_b = widths
        x, _, w, basis, rest = self._local(h_v, order)
        inverse = _inverse(basis, w)
        part = (basis * w[:, None]) @ inverse[derivative]
        variance = float(((part * rest) ** 2).sum())
        lift = basis.T @ (w * (x / h_v) ** (order + 1))
        factor = h_v**derivative * float(inverse[derivative] @ lift)
        # One order more than the bias needs, so that its own bias is small.
        _, y, w, basis, rest = self._local(h_b, order + 1)
        inverse = _inverse(basis, w)
        part = (basis * w[:, None]) @ inverse[order + 1]
        slack = 2 * (order + 1 - derivative)
        spread = 3 * factor**2 * float(((part * rest) ** 2).sum()) if noise else 0.0
        return _Constants(
            (2 * derivative + 1) * h_v ** (2 * derivative + 1) * variance,
            float(np.sqrt(slack)) * factor * float(part @ y),
            slack * spread,
        )

    def _local(
        self, h: float, order: int
    ) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        weight = self.weights(h)
        used = weight > 0
        x, y = self.x[used], self.y[used]
        return x, y, weight[used], _powers(x, order), neighbor_residuals(x, y)


def best_bandwidths(left: Side, right: Side, *, heaped: bool = False) -> Bandwidths:
    """Bandwidths that minimize the mean squared error of the jump, both sides alike.

    Three steps, each giving the pilot of the next: for the third derivative, for the
    second (the bias), for the value.
    """
    x = np.concatenate([left.x, right.x])
    low, high = np.quantile(x, [0.25, 0.75], method="averaged_inverted_cdf")
    spread = min(float(x.std(ddof=1)), float(high - low) / 1.349)
    farthest = max(left.reach, right.reach)
    least = max(left.nearest(_KEEP), right.nearest(_KEEP)) if heaped else 0.0

    def kept(h: float) -> float:
        return max(min(h, farthest), least)

    pilot = kept(_PILOT * spread * (left.distinct + right.distinct) ** -0.2)

    def step(order: int, derivative: int, widths: tuple[float, float]) -> float:
        first = order == 3
        one = left.constants(order, derivative, (pilot, widths[0]), noise=not first)
        two = right.constants(order, derivative, (pilot, widths[1]), noise=not first)
        bias = (two.bias - one.bias) ** 2 + two.noise + one.noise
        if not bias > 0:
            return farthest
        return kept(((one.variance + two.variance) / bias) ** (1 / (2 * order + 3)))

    third = step(3, 3, (left.reach, right.reach))
    second = step(2, 2, (third, third))
    return Bandwidths(step(1, 0, (second, second)), second)


def neighbor_residuals(x: Floats, y: Floats) -> Floats:
    """Each outcome less the mean of its three nearest neighbors', rescaled.

    Neighbors by score; equal scores go together, and so do the two sides of a tie.
    """
    starts, counts = _ties(x)
    n, matches = x.size, min(NEIGHBORS, x.size - 1)
    low, high = starts.copy(), starts + counts  # [low, high) are the neighbors
    for _ in range(matches):  # each step brings every student one or more
        wanting = high - low - 1 < matches
        down = np.where(low > 0, x - x[np.maximum(low - 1, 0)], np.inf)
        up = np.where(high < n, x[np.minimum(high, n - 1)] - x, np.inf)
        more = np.minimum(high, n - 1)
        high = np.where(wanting & (up <= down), starts[more] + counts[more], high)
        low = np.where(wanting & (down <= up), starts[np.maximum(low - 1, 0)], low)
    total = np.concatenate([[0.0], np.cumsum(y)])
    others = np.maximum(high - low - 1, 1)
    mean = (total[high] - total[low] - y) / others
    rest: Floats = np.sqrt(others / (others + 1)) * (y - mean)
    return rest


def _ties(x: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each sorted score, where its run of equals starts, and how long it is."""
    _, first, code, count = np.unique(
        x, return_index=True, return_inverse=True, return_counts=True
    )
    return first[code], count[code]


def _powers(x: Floats, order: int) -> Floats:
    return np.asarray(x[:, None] ** np.arange(order + 1))


def _inverse(basis: Floats, weight: Floats) -> Floats:
    """(B'WB)^-1 by QR on columns of one size; nan where it does not exist."""
    part = basis * np.sqrt(weight)[:, None]
    size = np.sqrt((part**2).sum(axis=0))
    k = basis.shape[1]
    if len(part) < k or np.any(size == 0):
        return np.full((k, k), np.nan)
    r = np.linalg.qr(part / size, mode="r")
    if np.abs(np.diagonal(r)).min() < 1e-12:
        return np.full((k, k), np.nan)
    half = np.linalg.inv(r) / size[:, None]
    return np.asarray(half @ half.T, dtype=np.float64)
