"""Students in schools: what a school adds, drawn towards the mean (METHODS card 3a).

y = x'b + z'u_j + e, u ~ N(0, O), e ~ N(0, s2), two levels or more. The likelihood is
profiled over the relative Cholesky factor of O and evaluated from sums by group
alone (Bates et al. 2015, Journal of Statistical Software 67(1), whose lme4 it meets),
so its cost does not depend on the number of students.

What to print beside it: value-added is no rating of a teacher or principal, students
are not assigned at random, one year is one year, and never below school level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from evenrise.statistics.moments import ONE, Moments
from evenrise.statistics.multilevel_fit import Level, Method, MultilevelFit
from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


Bounds = list[tuple[float | None, float | None]]
_SINGULAR = 1e-4  # of a relative standard deviation: on the boundary
_TOLERANCE = 1e-11


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
    problem = _Problem.of(moments, y, fixed, levels, method)
    if isinstance(problem, Reason):
        return _nothing(moments, method, problem)
    theta = problem.solve()
    if theta is None:
        return _nothing(moments, method, Reason.DID_NOT_CONVERGE)
    return problem.answer(theta)


@dataclass(frozen=True)
class _Stage:
    """One level of the problem: its random columns and where its groups go next."""

    columns: tuple[int, ...]
    names: tuple[str, ...]
    code: NDArray[np.intp] | None  # the group above of each group of the level below
    ids: NDArray[np.object_]

    @property
    def size(self) -> int:
        q = len(self.columns)
        return q * (q + 1) // 2


@dataclass(frozen=True)
class _Problem:
    cross: Floats
    x: tuple[int, ...]
    y: int
    names: tuple[str, ...]
    stages: tuple[_Stage, ...]
    n: int
    method: Method
    scale: Floats
    group_n: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        moments: Moments,
        y: str,
        fixed: Sequence[str],
        levels: Sequence[tuple[Sequence[str], ArrayLike | None]],
        method: Method,
    ) -> _Problem | Reason:
        """The problem on columns of one size, or why there is no model."""
        n = int(moments.n.sum())
        if n == 0:
            return Reason.NO_STUDENTS
        stages, group_n = _stages(moments, levels)
        total = moments.cross.sum(axis=0)
        scale = np.sqrt(np.diagonal(total) / n)
        x, target = tuple(moments.columns(fixed)), moments.columns([y])[0]
        if len(stages[-1].ids) < 2:
            return Reason.ONE_SCHOOL
        if n <= len(x) + 1:
            return Reason.TOO_FEW
        random = [c for stage in stages for c in stage.columns]
        reason = _no_model(total, [*x, *random], target)
        if reason is not None:
            return reason
        scale = np.where(scale > 0, scale, 1.0)
        cross = moments.cross / np.outer(scale, scale)
        return cls(cross, x, target, tuple(fixed), stages, n, method, scale, group_n)

    def solve(self) -> Floats | None:
        """Relative Cholesky factors that maximise the likelihood."""
        start = np.concatenate([_identity(len(s.columns)) for s in self.stages])
        diagonal = np.concatenate([_diagonal(len(s.columns)) for s in self.stages])
        bounds: Bounds = [(0.0, None) if on else (None, None) for on in diagonal]
        best: tuple[float, Floats] | None = None
        for factor in (0.5, 0.05):
            found = optimize.minimize(
                self.deviance,
                start * factor,
                method="L-BFGS-B",
                jac="3-point",
                bounds=bounds,
                options={"ftol": _TOLERANCE, "gtol": 1e-6, "maxiter": 500},
            )
            if np.isfinite(found.fun) and (best is None or found.fun < best[0]):
                best = (float(found.fun), np.asarray(found.x))
        if best is None:
            return None
        return self._polish(best[1], bounds)

    def _polish(self, theta: Floats, bounds: Bounds) -> Floats:
        """Numerical slopes end early on a flat top: finish without them."""
        found = optimize.minimize(
            self.deviance,
            theta,
            method="Nelder-Mead",
            bounds=bounds,
            options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 400 * len(theta)},
        )
        better = found.x if found.fun <= self.deviance(theta) else theta
        # A variance that can be dropped without loss is zero.
        for number in np.flatnonzero(np.abs(better) < 1e-3):
            zero = better.copy()
            zero[number] = 0.0
            if self.deviance(zero) <= self.deviance(better) + 1e-9:
                better = zero
        return np.asarray(better)

    def deviance(self, theta: Floats) -> float:
        """Minus twice the profiled log likelihood, restricted or not."""
        total, log_det, _ = self._absorb(theta)
        try:
            _, rest, log_det_x = self._solve_fixed(total)
        except np.linalg.LinAlgError:
            return math.inf
        freedom, extra = self._freedom(log_det_x)
        if rest <= 0:
            return math.inf
        return log_det + extra + freedom * (1 + math.log(2 * math.pi * rest / freedom))

    def _freedom(self, log_det_x: float) -> tuple[int, float]:
        if self.method == "REML":
            # The columns' sizes are not the model's: give back their determinant.
            sizes = 2 * float(np.log(self.scale[list(self.x)]).sum())
            return self.n - len(self.x), log_det_x + sizes
        return self.n, 0.0

    def _solve_fixed(self, total: Floats) -> tuple[Floats, float, float]:
        """Fixed part, residual sum of squares, log determinant of X'V^-1 X."""
        x = list(self.x)
        root = np.linalg.cholesky(total[np.ix_(x, x)])
        half = np.linalg.solve(root, total[x, self.y])
        rest = float(total[self.y, self.y] - half @ half)
        beta = np.linalg.solve(root.T, half)
        return beta, rest, 2 * float(np.log(np.diagonal(root)).sum())

    def _absorb(self, theta: Floats) -> tuple[Floats, float, list[Floats]]:
        """Integrate the effects out, level by level (Woodbury on sums).

        Returns the sums left, the log determinant of V, and each level's sums before
        its own effects were integrated out.
        """
        cross, log_det, before, at = self.cross, 0.0, [], 0
        for stage in self.stages:
            if stage.code is not None:
                above = np.zeros((len(stage.ids), *cross.shape[1:]))
                np.add.at(above, stage.code, cross)
                cross = above
            before.append(cross)
            factor = _factor(theta[at : at + stage.size], len(stage.columns))
            at += stage.size
            z = list(stage.columns)
            middle = factor.T @ cross[:, z][:, :, z] @ factor + np.eye(len(z))
            side = factor.T @ cross[:, z]
            solved = np.linalg.solve(middle, side)
            cross = cross - np.swapaxes(side, 1, 2) @ solved
            log_det += float(np.linalg.slogdet(middle)[1].sum())
        return cross.sum(axis=0), log_det, before

    def answer(self, theta: Floats) -> MultilevelFit:
        """Everything at the maximum, on the columns' own sizes."""
        total, _, before = self._absorb(theta)
        beta, rest, log_det_x = self._solve_fixed(total)
        freedom, _ = self._freedom(log_det_x)
        variance = rest / freedom
        x, size = list(self.x), self.scale[self.y]
        levels, factors = self._levels(theta, variance * size**2)
        effects, cov = self._effects(before[-1], factors[-1], beta, variance)
        own = size / self.scale[list(self.stages[-1].columns)]
        fixed_size = size / self.scale[x]
        inverse = np.asarray(np.linalg.inv(total[np.ix_(x, x)]), dtype=np.float64)
        fixed_cov = variance * inverse
        deviance = self.deviance(theta) + 2 * freedom * math.log(size)
        singular = any(
            np.linalg.eigvalsh(factor @ factor.T)[0] < _SINGULAR**2
            for factor in factors
        )
        return MultilevelFit(
            self.method,
            self.n,
            self.names,
            beta * fixed_size,
            fixed_cov * fixed_size[:, None] * fixed_size,
            variance * size**2,
            levels,
            -deviance / 2,
            singular,
            self.stages[-1].ids,
            self.group_n,
            effects * own,
            cov * np.outer(own, own),
        )

    def _levels(
        self, theta: Floats, variance: float
    ) -> tuple[tuple[Level, ...], list[Floats]]:
        levels, factors, at = [], [], 0
        for stage in self.stages:
            factor = _factor(theta[at : at + stage.size], len(stage.columns))
            at += stage.size
            size = self.scale[list(stage.columns)]
            cov = variance * factor @ factor.T / np.outer(size, size)
            levels.append(Level(stage.names, cov, len(stage.ids)))
            factors.append(factor)
        return tuple(levels), factors

    def _effects(
        self, cross: Floats, factor: Floats, beta: Floats, variance: float
    ) -> tuple[Floats, Floats]:
        """BLUPs of the highest level and their conditional covariance."""
        z, x = list(self.stages[-1].columns), list(self.x)
        middle = factor.T @ cross[:, z][:, :, z] @ factor + np.eye(len(z))
        left = cross[:, z, self.y] - cross[:, z][:, :, x] @ beta
        inner = np.linalg.inv(middle)
        effects = np.einsum("ij,gjk,lk,gl->gi", factor, inner, factor, left)
        return effects, variance * (factor @ inner @ factor.T)


def _stages(
    moments: Moments, levels: Sequence[tuple[Sequence[str], ArrayLike | None]]
) -> tuple[tuple[_Stage, ...], NDArray[np.int64]]:
    ids, n, stages = moments.ids, moments.n, []
    for random, parent in levels:
        code = None
        if parent is not None:
            labels, code = np.unique(np.asarray(parent), return_inverse=True)
            ids = labels.astype(object)
            n = np.bincount(code, weights=n).round().astype(np.int64)
        columns = tuple(moments.columns(random))
        stages.append(_Stage(columns, tuple(random), code, ids))
    return tuple(stages), n


def _no_model(total: Floats, columns: list[int], y: int) -> Reason | None:
    """Whether the outcome or the columns leave nothing to fit."""
    n = total[0, 0]
    square = total[y, y] / n
    if square - (total[0, y] / n) ** 2 <= 1e-14 * max(square, 1e-300):
        return Reason.NO_VARIATION
    used = sorted(set(columns))
    size = np.sqrt(np.diagonal(total)[used])
    if np.any(size == 0):
        return Reason.SINGULAR
    design = total[np.ix_(used, used)] / np.outer(size, size)
    return Reason.SINGULAR if np.linalg.eigvalsh(design)[0] < 1e-11 else None


def _identity(q: int) -> Floats:
    return np.eye(q)[np.tril_indices(q)]


def _diagonal(q: int) -> NDArray[np.bool_]:
    rows, columns = np.tril_indices(q)
    return np.asarray(rows == columns)


def _factor(theta: Floats, q: int) -> Floats:
    factor = np.zeros((q, q))
    factor[np.tril_indices(q)] = theta
    return factor


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
