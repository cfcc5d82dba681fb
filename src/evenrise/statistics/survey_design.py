"""Means and shares from a sample that was drawn by design (METHODS card 10).

Strata, clusters, finite populations; part of the sample (a domain); raked weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenrise.statistics.rates import CONFIDENCE, Floats
from evenrise.vocabulary.estimates import Estimate, Reason


@dataclass(frozen=True, slots=True)
class Design:
    """How the sample was drawn; arrays have one entry a respondent.

    `population` is the number of units (or of clusters, where there are clusters) in
    the respondent's stratum: None for a sample from a very large one.
    """

    weight: Floats
    stratum: NDArray[np.intp]
    cluster: NDArray[np.intp]
    population: Floats | None

    @classmethod
    def of(
        cls,
        weight: ArrayLike,
        *,
        stratum: ArrayLike | None = None,
        cluster: ArrayLike | None = None,
        population: ArrayLike | None = None,
    ) -> Design:
        """From labels; one stratum and no clusters where they are left out."""
        given = np.asarray(weight, np.float64)
        size = given.size
        layers = np.zeros(size) if stratum is None else np.asarray(stratum)
        groups = np.arange(size) if cluster is None else np.asarray(cluster)
        return cls(
            given,
            np.unique(layers, return_inverse=True)[1],
            np.unique(groups, return_inverse=True)[1],
            None if population is None else np.asarray(population, np.float64),
        )

    @property
    def freedom(self) -> int:
        """Clusters (or respondents) less strata."""
        return int(np.unique(self.cluster).size - np.unique(self.stratum).size)

    def variance(self, influence: Floats) -> float | None:
        """Variance of a total of weighted influence; None for a lone cluster.

        sum over strata of (1 - n / N) n / (n - 1) sum of squares about the mean.
        """
        total = 0.0
        sums = np.bincount(self.cluster, weights=influence)
        layer = np.zeros(sums.size, dtype=np.intp)
        layer[self.cluster] = self.stratum
        size = np.full(sums.size, np.inf)
        if self.population is not None:
            size[self.cluster] = self.population
        for number in np.unique(layer):
            here = layer == number
            n, part = int(here.sum()), sums[here]
            left = 1 - n / float(size[here][0])
            if left <= 0:
                continue
            if n < 2:
                return None
            total += left * n / (n - 1) * float(((part - part.mean()) ** 2).sum())
        return total


@dataclass(frozen=True, slots=True)
class DesignMean:
    """A mean or share with its design-based error.

    `effect` (deff) is the variance over that of a simple random sample of this size.
    """

    mean: Estimate
    se: float | None
    effect: float | None
    n: int
    freedom: int


def design_mean(
    design: Design,
    y: ArrayLike,
    *,
    domain: ArrayLike | None = None,
    raked_on: Sequence[ArrayLike] = (),
    share: bool = False,
    conf: float = CONFIDENCE,
) -> DesignMean:
    """The weighted mean of y, its standard error by linearization, and deff.

    Source: Cochran 1977; Lumley 2010 (domains; calibration residuals for raked
    weights; logit interval of a share on t quantiles).

    Args:
        design: how the sample was drawn, with the weights to use.
        y: the answer, 0 or 1 for a share.
        domain: the respondents the mean is of; all when left out. The others still
            belong to the design.
        raked_on: each margin's cells, when the weights are raked.
        share: give the interval on the logit scale.
        conf: the confidence of the interval.
    """
    values, w = np.asarray(y, np.float64), design.weight
    part = ~np.isnan(values)
    if domain is not None:
        part = part & np.asarray(domain, bool)
    values = np.where(part, values, 0.0)
    total, n = float(w[part].sum()), int(part.sum())
    if total <= 0:
        none = Estimate.unknown(Reason.NO_STUDENTS, n)
        return DesignMean(none, None, None, n, design.freedom)
    mean = float((w * values * part).sum()) / total
    left = np.where(part, values - mean, 0.0)
    if raked_on:
        left = _off_margins(left, raked_on)
    variance = design.variance(w * left / total)
    if variance is None:
        return DesignMean(Estimate(mean, n=n), None, None, n, design.freedom)
    se = float(np.sqrt(variance))
    lower, upper = _limits(mean, se, design.freedom, share=share, conf=conf)
    return DesignMean(
        Estimate(mean, lower, upper, n),
        se,
        _effect(values[part], w[part], mean, variance),
        n,
        design.freedom,
    )


def _limits(
    mean: float, se: float, freedom: int, *, share: bool, conf: float
) -> tuple[float | None, float | None]:
    if freedom < 1:
        return None, None
    t = float(special.stdtrit(freedom, 0.5 + conf / 2))
    if not share or not 0 < mean < 1:
        return mean - t * se, mean + t * se
    logit, half = float(special.logit(mean)), t * se / (mean * (1 - mean))
    return float(special.expit(logit - half)), float(special.expit(logit + half))


def _effect(y: Floats, w: Floats, mean: float, variance: float) -> float | None:
    """Variance over that of a simple random sample (of a population of sum w)."""
    n, total = y.size, float(w.sum())
    if n < 2:
        return None
    spread = float(w @ (y - mean) ** 2) / total * n / (n - 1)
    simple = spread / n * max(total - n, 0.0) / total
    return variance / simple if simple > 0 else None


def _off_margins(left: Floats, raked_on: Sequence[ArrayLike]) -> Floats:
    """What the margins do not explain: residuals on their cells.

    Unweighted, as R's `survey` takes them; weights change the error by 0.1 % here.
    """
    columns = []
    for cells in raked_on:
        label = np.asarray(cells).astype(str)
        columns += [(label == one).astype(np.float64) for one in np.unique(label)]
    design = np.column_stack(columns)
    beta, *_ = np.linalg.lstsq(design, left, rcond=None)
    return np.asarray(left - design @ beta, dtype=np.float64)
