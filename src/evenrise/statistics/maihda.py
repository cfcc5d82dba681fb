"""Which combinations of groups are served worst, beyond the sum of parts (card 4)?

Multilevel analysis of individual heterogeneity: students in strata, a stratum being
one combination of identities. It describes how the system serves groups; race is here
for that alone, and is never an input of early warning. Strata of a few students stay
in the model (that is what shrinkage is for) but are not published singly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenrise.statistics.binomial_effects import BinomialFit, fit_binomial
from evenrise.statistics.moments import ONE, Moments
from evenrise.statistics.multilevel import fit
from evenrise.statistics.multilevel_fit import Method, MultilevelFit
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import Floats, two_sided_p
from evenrise.vocabulary.estimates import Reason


FEW_STRATA = 20  # below, variances are very uncertain: say so
LATENT = np.pi**2 / 3  # variance of the logistic distribution


@dataclass(frozen=True, slots=True)
class StrataModel:
    """One model of students in strata; `share` is the VPC."""

    names: tuple[str, ...]
    fixed: Floats
    variance: float  # between strata
    residual_variance: float
    log_likelihood: float
    singular: bool

    @property
    def share(self) -> float:
        """The share of variance that lies between strata."""
        return self.variance / (self.variance + self.residual_variance)


@dataclass(frozen=True, slots=True)
class Strata:
    """The combinations observed; arrays have one entry a stratum.

    `main` is what the parts alone predict, `interaction` what the combination adds
    (drawn towards 0), `expected` both together; for a yes or no outcome `main` and
    `interaction` are on the logit scale, and the two rates are shares.
    """

    labels: tuple[tuple[str, ...], ...]
    n: Floats
    raw: Floats  # mean, or rate
    main: Floats
    interaction: Floats
    interaction_sd: Floats
    expected: Floats  # mean or rate with the interaction
    expected_main: Floats  # and without
    stands_out: NDArray[np.bool_]  # after allowing for many strata


@dataclass(frozen=True, slots=True)
class Maihda:
    """The two models, and how much of the variance the sum of parts explains.

    `explained` (PCV) near 1: inequalities are additive. Below 0 can happen, and is
    said. None where strata do not differ at all. `few` warns of fewer than 20 strata.
    """

    dimensions: tuple[str, ...]
    null: StrataModel | None
    main: StrataModel | None
    explained: float | None
    strata: Strata | None
    few: bool
    reason: Reason | None = None


def maihda_linear(
    dimensions: Mapping[str, ArrayLike], y: ArrayLike, *, method: Method = "REML"
) -> Maihda:
    """Students' scores in strata.

    Source: Evans et al. 2018, Social Science and Medicine 203:64; Merlo 2018; Evans,
    Leckie et al. 2024 (tutorial). With few strata REML and ML disagree: REML, stated.

    Args:
        dimensions: each student's group by dimension, shape (students,) each.
        y: scores, shape (students,); nan is left out.
        method: REML or ML.
    """
    values = np.asarray(y, dtype=np.float64)
    known = ~np.isnan(values)
    values = values[known]
    labels, code = _combine(
        {name: np.asarray(part)[known] for name, part in dimensions.items()}
    )
    size = len(labels[0])
    n = np.bincount(code, minlength=size).astype(np.float64)
    center = float(values.mean()) if values.size else 0.0
    total = np.bincount(code, weights=values - center, minlength=size)
    squares = np.bincount(code, weights=(values - center) ** 2, minlength=size)
    return maihda_sums(
        dict(zip(dimensions, labels, strict=True)),
        n,
        total + n * center,
        squares + 2 * center * total + n * center**2,
        method=method,
    )


def maihda_sums(
    dimensions: Mapping[str, ArrayLike],
    n: ArrayLike,
    total: ArrayLike,
    squares: ArrayLike,
    *,
    method: Method = "REML",
) -> Maihda:
    """The same from sums by stratum.

    Args:
        dimensions: each stratum's group by dimension, shape (strata,) each.
        n: students.
        total: sum of y.
        squares: sum of y squared.
        method: REML or ML.
    """
    count, sums, more = (np.asarray(p, dtype=np.float64) for p in (n, total, squares))
    some = count > 0
    groups = {name: np.asarray(part)[some] for name, part in dimensions.items()}
    count, sums, more = count[some], sums[some], more[some]
    if not some.any():
        return _nothing(tuple(dimensions), 0, Reason.NO_STUDENTS)
    names, design = _dummies(groups)
    center = float(sums.sum() / count.sum())
    moments = _moments(names, design, count, sums, more, center)
    null = fit(moments, "y", [ONE], method=method)
    main = fit(moments, "y", [ONE, *names], method=method)
    reason = null.reason or main.reason
    if reason is not None:
        return _nothing(tuple(dimensions), len(count), reason)
    parts = np.column_stack([np.ones(len(count)), design]) @ main.fixed + center
    effect, sd = main.effects[:, 0], main.effect_sd[:, 0]
    strata = Strata(
        _tuples(groups),
        count,
        sums / count,
        parts,
        effect,
        sd,
        parts + effect,
        parts,
        _stands_out(effect, sd),
    )
    return Maihda(
        tuple(dimensions),
        _linear(null, center),
        _linear(main, center),
        _explained(null.levels[-1].cov[0, 0], main.levels[-1].cov[0, 0]),
        strata,
        len(count) < FEW_STRATA,
    )


def maihda_binomial(
    dimensions: Mapping[str, ArrayLike],
    events: ArrayLike,
    n: ArrayLike,
    *,
    points: int = 25,
) -> Maihda:
    """A yes or no outcome in strata, from counts.

    By adaptive Gauss-Hermite quadrature (1 point is Laplace); variances are on the
    logit scale, so the share between strata sets the residual to pi^2 / 3.

    Args:
        dimensions: each stratum's group by dimension, shape (strata,) each.
        events: counts by stratum.
        n: students by stratum.
        points: of the quadrature.

    Raises:
        ValueError: when a count lies outside 0 to its n.
    """
    x, count = np.asarray(events, np.float64), np.asarray(n, np.float64)
    if not np.all((x >= 0) & (x <= count)):
        raise ValueError("A count lies between 0 and its n.")
    some = count > 0
    groups = {name: np.asarray(part)[some] for name, part in dimensions.items()}
    x, count = x[some], count[some]
    if not some.any():
        return _nothing(tuple(dimensions), 0, Reason.NO_STUDENTS)
    names, design = _dummies(groups)
    ones = np.ones((len(count), 1))
    null = fit_binomial(x, count, ones, points=points)
    main = fit_binomial(x, count, np.hstack([ones, design]), points=points)
    reason = null.reason or main.reason
    if reason is not None:
        return _nothing(tuple(dimensions), len(count), reason)
    strata = Strata(
        _tuples(groups),
        count,
        x / count,
        main.linear,
        main.effects,
        main.effect_sd,
        np.asarray(special.expit(main.linear + main.effects)),
        np.asarray(special.expit(main.linear)),
        _stands_out(main.effects, main.effect_sd),
    )
    return Maihda(
        tuple(dimensions),
        _logit((ONE,), null),
        _logit((ONE, *names), main),
        _explained(null.variance, main.variance),
        strata,
        len(count) < FEW_STRATA,
    )


def _combine(
    dimensions: Mapping[str, NDArray[np.generic]],
) -> tuple[list[NDArray[np.generic]], NDArray[np.intp]]:
    """The strata observed (their group by dimension) and each student's stratum."""
    levels, codes = zip(
        *(np.unique(part, return_inverse=True) for part in dimensions.values()),
        strict=True,
    )
    together = np.zeros(codes[0].shape, dtype=np.int64)
    for level, code in zip(levels, codes, strict=True):
        together = together * len(level) + code
    _, at, code = np.unique(together, return_index=True, return_inverse=True)
    strata = [level[part[at]] for level, part in zip(levels, codes, strict=True)]
    return strata, code


def _dummies(
    groups: Mapping[str, NDArray[np.generic]],
) -> tuple[tuple[str, ...], Floats]:
    """Indicator columns, the first group of each dimension being the reference."""
    names, columns = [], []
    for name, part in groups.items():
        for level in np.unique(part)[1:]:
            names.append(f"{name}={level}")
            columns.append((part == level).astype(np.float64))
    return tuple(names), (
        np.column_stack(columns) if columns else np.empty((len(part), 0))
    )


def _moments(
    names: tuple[str, ...],
    design: Floats,
    n: Floats,
    total: Floats,
    squares: Floats,
    center: float,
) -> Moments:
    """Sums by stratum of columns that are constant in it, and of y about its mean."""
    x = np.column_stack([np.ones(len(n)), design])
    k = x.shape[1]
    cross = np.empty((len(n), k + 1, k + 1))
    cross[:, :k, :k] = n[:, None, None] * x[:, :, None] * x[:, None, :]
    left = total - n * center
    cross[:, :k, k] = cross[:, k, :k] = x * left[:, None]
    cross[:, k, k] = squares - 2 * center * total + n * center**2
    return Moments.from_sums(range(len(n)), (ONE, *names, "y"), cross)


def _linear(model: MultilevelFit, center: float) -> StrataModel:
    fixed = model.fixed.copy()
    fixed[0] += center
    return StrataModel(
        model.names,
        fixed,
        float(model.levels[-1].cov[0, 0]),
        model.residual_variance,
        model.log_likelihood,
        model.singular,
    )


def _logit(names: tuple[str, ...], model: BinomialFit) -> StrataModel:
    return StrataModel(
        names,
        model.fixed,
        model.variance,
        float(LATENT),
        model.log_likelihood,
        model.singular,
    )


def _explained(null: float, main: float) -> float | None:
    return float(1 - main / null) if null > 0 else None


def _stands_out(effect: Floats, sd: Floats) -> NDArray[np.bool_]:
    z = np.divide(effect, sd, out=np.zeros(effect.shape), where=sd > 0)
    return np.asarray(benjamini_hochberg(two_sided_p(z)) < 0.05)


def _tuples(groups: Mapping[str, NDArray[np.generic]]) -> tuple[tuple[str, ...], ...]:
    return tuple(zip(*(map(str, part) for part in groups.values()), strict=True))


def _nothing(dimensions: tuple[str, ...], strata: int, reason: Reason) -> Maihda:
    return Maihda(dimensions, None, None, None, None, strata < FEW_STRATA, reason)
