"""Before and after: one series, and schools beside comparison schools (card 9).

A single series is a weak design: it may be shown, and claims no effect. With
comparison schools it is a comparative interrupted time series, the third rung.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenrise.statistics.least_squares import LeastSquares, least_squares
from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Estimate, Reason


FEW_CLUSTERS = 40  # below: CR2 or the jackknife, never plain clusters
MIN_BEFORE = 4  # periods before the change


@dataclass(frozen=True, slots=True)
class Interrupted:
    """One series: level and slope before, and how both changed."""

    coefficients: dict[str, float]
    se: dict[str, float]  # independent errors
    se_newey_west: dict[str, float]
    freedom: int
    durbin_watson: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ComparedSeries:
    """Schools with a change beside schools without.

    `effect` is the jump of the changed schools beyond the comparison schools', with
    the interval of CR2 and Satterthwaite's degrees of freedom. `did` is the plain
    difference in differences with school and year levels.
    """

    effect: Estimate
    coefficients: dict[str, float]
    se_clustered: dict[str, float]
    se_cr2: dict[str, float]
    freedom: dict[str, float]
    p: dict[str, float]
    se_jackknife: dict[str, float]
    did: float | None
    did_se: float | None
    schools: int
    treated: int
    reason: Reason | None = None


def interrupted(
    t: ArrayLike, post: ArrayLike, since: ArrayLike, y: ArrayLike, *, lag: int = 2
) -> Interrupted:
    """Level and slope before a change and after it, for one series.

    Source: Bernal, Cummins and Gasparrini 2017, International Journal of Epidemiology
    46:348; Newey and West 1987.

    Args:
        t: time.
        post: 1 after the change.
        since: time since the change, 0 before.
        y: the outcome.
        lag: how many periods errors depend over.
    """
    names = ("(Intercept)", "t", "post", "tpost")
    parts = [np.asarray(part, np.float64) for part in (t, post, since)]
    design = np.column_stack([np.ones(parts[0].size), *parts])
    found = least_squares(names, design, y)
    if isinstance(found, Reason):
        return Interrupted({}, {}, {}, 0, None, found)
    rest = found.residuals
    total = float(rest @ rest)
    steps = np.diff(rest)
    return Interrupted(
        _named(found, found.beta),
        _named(found, _se(found.classical())),
        _named(found, _se(found.newey_west(lag))),
        found.freedom,
        float(steps @ steps) / total if total > 0 else None,
    )


def compared_series(
    year: ArrayLike,
    school: ArrayLike,
    treated: ArrayLike,
    post: ArrayLike,
    y: ArrayLike,
    *,
    center: float = 0.0,
) -> ComparedSeries:
    """Schools' levels, a slope and a jump, and what the changed schools add to both.

    y = school + b t + c post + d treated t + e treated post; e is the effect. Source:
    St.Clair, Hallberg and Cook 2016; Jacob et al. 2016 (MDRC).

    Args:
        year: time, shape (rows,).
        school: each row's school.
        treated: 1 for schools with the change, in all years.
        post: 1 from the change on.
        y: the outcome.
        center: the year from which time is counted.
    """
    when, treat, after, values = (
        np.asarray(part, np.float64) for part in (year, treated, post, y)
    )
    labels, code = np.unique(np.asarray(school), return_inverse=True)
    schools = len(labels)
    changed = np.bincount(code, weights=treat) > 0
    reason = _too_little(when, after, changed)
    levels = (code[:, None] == np.arange(schools)).astype(np.float64)
    time = when - center
    names = ("yc", "post", "treat_x_yc", "treat_x_post")
    extra = np.column_stack([time, after, treat * time, treat * after])
    all_names = (*names, *(f"school {label}" for label in labels))
    found = (
        reason
        if reason is Reason.ONE_SCHOOL
        else least_squares(all_names, np.column_stack([extra, levels]), values)
    )
    if isinstance(found, Reason):
        no: dict[str, float] = {}
        unknown, count = Estimate.unknown(found), int(changed.sum())
        return ComparedSeries(
            unknown, no, no, no, no, no, no, None, None, schools, count, found
        )
    return _compared(
        found, code, values, (when, treat * after, levels), changed, reason
    )


def _compared(
    found: LeastSquares,
    code: NDArray[np.intp],
    values: Floats,
    panel: tuple[Floats, Floats, Floats],
    changed: NDArray[np.bool_],
    reason: Reason | None,
) -> ComparedSeries:
    cov, freedom = found.bias_reduced(code)
    se = _se(cov)
    t = np.divide(found.beta, se, out=np.zeros(se.shape), where=se > 0)
    p = 2 * special.stdtr(freedom, -np.abs(t))
    half = float(special.stdtrit(freedom[3], 0.975)) * se[3]
    effect = float(found.beta[3])
    year, both, levels = panel
    years = (year[:, None] == np.unique(year)[1:]).astype(np.float64)
    plain = least_squares(
        ("did",) * (1 + years.shape[1] + levels.shape[1]),
        np.column_stack([both, years, levels]),
        values,
    )
    did: tuple[float | None, float | None] = (None, None)
    if not isinstance(plain, Reason):
        did = float(plain.beta[0]), float(_se(plain.clustered(code))[0])
    return ComparedSeries(
        Estimate(effect, effect - half, effect + half, len(values)),
        _first(found, found.beta),
        _first(found, _se(found.clustered(code))),
        _first(found, se),
        _first(found, freedom),
        _first(found, p),
        _first(found, _se(found.jackknife(code))),
        *did,
        len(changed),
        int(changed.sum()),
        reason,
    )


def _too_little(
    year: Floats, post: Floats, changed: NDArray[np.bool_]
) -> Reason | None:
    """Too few schools on a side to compare, or too few years before."""
    if changed.all() or not changed.any():
        return Reason.ONE_SCHOOL
    few = len(np.unique(year[post == 0])) < MIN_BEFORE or len(changed) < 4
    return Reason.TOO_FEW if few else None


def _se(cov: Floats) -> Floats:
    return np.asarray(np.sqrt(np.maximum(np.diagonal(cov), 0)))


def _named(found: LeastSquares, values: Floats) -> dict[str, float]:
    return dict(zip(found.names, values.tolist(), strict=True))


def _first(found: LeastSquares, values: Floats) -> dict[str, float]:
    """The four coefficients that are not schools' levels."""
    return dict(list(_named(found, values).items())[:4])
