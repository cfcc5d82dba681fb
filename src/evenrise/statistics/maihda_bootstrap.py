"""How sure is the share that the sum of parts explains (METHODS card 4)?

With few strata the variances are very uncertain. A parametric bootstrap draws districts
like the fitted one, and fits both models to each.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

from evenrise.statistics.maihda import (
    LATENT,
    Maihda,
    Strata,
    StrataModel,
    maihda_binomial,
    maihda_sums,
)
from evenrise.statistics.rates import CONFIDENCE, Floats
from evenrise.vocabulary.estimates import Estimate, Reason


Labels = dict[str, list[str]]

DRAWS = 200
_LEAST = 0.8  # of the draws must have an answer


def explained_interval(
    seen: Maihda, *, draws: int = DRAWS, seed: int = 1, conf: float = CONFIDENCE
) -> Estimate:
    """The share explained (PCV), with a percentile interval.

    Args:
        seen: a fitted analysis, linear (by REML) or of a yes or no outcome.
        draws: how many districts to draw.
        seed: of the draws, so that the same data give the same interval.
        conf: the confidence of the interval.
    """
    if seen.reason is not None or seen.strata is None or seen.main is None:
        return Estimate.unknown(seen.reason or Reason.NO_STUDENTS)
    strata = len(seen.strata.n)
    if seen.explained is None:
        return Estimate.unknown(Reason.NO_VARIATION, strata)
    rng = np.random.default_rng(seed)
    yes_no = seen.main.residual_variance == float(LATENT)
    columns = zip(*seen.strata.labels, strict=True)
    labels = {
        name: list(part) for name, part in zip(seen.dimensions, columns, strict=True)
    }
    draw = (_counts if yes_no else _sums)(seen.strata, seen.main, labels, rng)
    found = [one.explained for one in (draw() for _ in range(draws))]
    known = [value for value in found if value is not None]
    if len(known) < _LEAST * draws:
        return Estimate.unknown(Reason.DID_NOT_CONVERGE, strata)
    lower, upper = np.quantile(known, [0.5 - conf / 2, 0.5 + conf / 2])
    # The estimate may lie at its limit (1), which draws reach only in part.
    value = seen.explained
    return Estimate(value, min(float(lower), value), max(float(upper), value), strata)


def _counts(
    strata: Strata, main: StrataModel, labels: Labels, rng: np.random.Generator
) -> Callable[[], Maihda]:
    """Draw events by stratum from the fitted main model."""
    sigma = np.sqrt(main.variance)

    def draw() -> Maihda:
        effect = rng.normal(0, sigma, strata.n.size)
        rate = special.expit(strata.main + effect)
        events = rng.binomial(strata.n.astype(np.int64), rate)
        return maihda_binomial(labels, events, strata.n)

    return draw


def _sums(
    strata: Strata, main: StrataModel, labels: Labels, rng: np.random.Generator
) -> Callable[[], Maihda]:
    """Draw sums by stratum from the fitted main model."""
    n = strata.n
    between, within = np.sqrt(main.variance), np.sqrt(main.residual_variance)
    # About the first stratum: a large constant in y must not cost digits.
    center = strata.main - strata.main[0]

    def draw() -> Maihda:
        mean: Floats = center + rng.normal(0, between, n.size)
        mean = mean + rng.normal(0, within / np.sqrt(n))
        left = within**2 * rng.chisquare(np.maximum(n - 1, 1)) * (n > 1)
        return maihda_sums(labels, n, n * mean, left + n * mean**2)

    return draw
