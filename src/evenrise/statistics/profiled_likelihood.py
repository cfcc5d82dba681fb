"""The profiled likelihood of nested groups, from their sums (the engine of multilevel).

See `multilevel` for the model and its source.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from evenrise.statistics.moments import Moments
from evenrise.statistics.multilevel_fit import Level, Method, MultilevelFit
from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


Bounds = list[tuple[float | None, float | None]]
_SINGULAR = 1e-4  # of a relative standard deviation: on the boundary
_TOLERANCE = 1e-13
_FAR = 1e3  # a relative standard deviation no school has


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
class Problem:
    """The sums, columns and levels of one model, ready to be solved."""

    cross: Floats
    x: tuple[int, ...]
    y: int
    names: tuple[str, ...]
    stages: tuple[_Stage, ...]
    n: int
    method: Method
    scale: Floats
    group_n: NDArray[np.int64]
    total: Floats

    @classmethod
    def of(
        cls,
        moments: Moments,
        y: str,
        fixed: Sequence[str],
        levels: Sequence[tuple[Sequence[str], ArrayLike | None]],
        method: Method,
    ) -> Problem | Reason:
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
        total = total / np.outer(scale, scale)
        names = tuple(fixed)
        return cls(cross, x, target, names, stages, n, method, scale, group_n, total)

    def solve(self) -> Floats | None:
        """Relative Cholesky factors that maximise the likelihood."""
        start = np.concatenate([_identity(len(s.columns)) for s in self.stages])
        if len(start) == 1:
            return self._search()
        # Signs of a factor's columns do not matter. A bound at zero would: the slope
        # vanishes there, and the search would stay.
        bounds: Bounds = [(-_FAR, _FAR)] * len(start)
        exact = len(self.stages) == 1
        best: tuple[float, Floats] | None = None
        for factor in (0.5, 0.05):
            found = optimize.minimize(
                self.deviance_and_slope if exact else self.deviance,
                start * factor,
                method="L-BFGS-B",
                jac=True if exact else "3-point",
                bounds=bounds,
                options={"ftol": _TOLERANCE, "gtol": 1e-7, "maxiter": 500},
            )
            if np.isfinite(found.fun) and (best is None or found.fun < best[0]):
                best = (float(found.fun), np.asarray(found.x))
        if best is None:
            return None
        return self._dropped(best[1] if exact else self._polish(best[1], bounds))

    def _search(self) -> Floats:
        """One factor: a search over theta / (1 + theta), which ends at 1."""

        def at(share: float) -> float:
            return self.deviance(np.array([share / (1 - share)]))

        found = optimize.minimize_scalar(
            at, bounds=(0.0, 1 - 1e-6), method="bounded", options={"xatol": 1e-9}
        )
        # The bounded search never tries the end itself.
        share = 0.0 if at(0.0) <= found.fun + 1e-9 else float(found.x)
        return np.array([share / (1 - share)])

    def _polish(self, theta: Floats, bounds: Bounds) -> Floats:
        """Numerical slopes end early on a flat top: finish without them."""
        found = optimize.minimize(
            self.deviance,
            theta,
            method="Nelder-Mead",
            bounds=bounds,
            options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 400 * len(theta)},
        )
        return np.asarray(found.x if found.fun <= self.deviance(theta) else theta)

    def _dropped(self, theta: Floats) -> Floats:
        """A part that can be dropped without loss is zero."""
        for number in np.flatnonzero(np.abs(theta) < 1e-3):
            zero = theta.copy()
            zero[number] = 0.0
            if self.deviance(zero) <= self.deviance(theta) + 1e-9:
                theta = zero
        return theta

    def deviance(self, theta: Floats) -> float:
        """Minus twice the profiled log likelihood, restricted or not."""
        total, log_det = self._absorb(theta)
        try:
            _, rest, log_det_x = self._solve_fixed(total)
        except np.linalg.LinAlgError:
            return math.inf
        freedom, extra = self._freedom(log_det_x)
        if rest <= 0:
            return math.inf
        return log_det + extra + freedom * (1 + math.log(2 * math.pi * rest / freedom))

    def deviance_and_slope(self, theta: Floats) -> tuple[float, Floats]:
        """The same with its slope, for one level of groups.

        With C = Z'V^-1[Z, X, e] of a group and L the factor, the slope is 2 S L for
        S = sum C_z C_z' parts of: log|V|, less the residuals' share, less (REML) that
        of the fixed part.
        """
        (stage,), (factor,) = self.stages, self._split(theta)
        side, solved, log_det = _integrate(self.cross, stage.columns, factor)
        width, z, x = side.shape[-1], list(stage.columns), list(self.x)
        total = self.total - side.reshape(-1, width).T @ solved.reshape(-1, width)
        beta, rest, log_det_x = self._solve_fixed(total)
        freedom, extra = self._freedom(log_det_x)
        own = self.cross[:, z] - np.swapaxes(side[:, :, z], 1, 2) @ solved
        left = own[:, :, self.y] - own[:, :, x] @ beta
        pull = own[:, :, z].sum(axis=0) - freedom / rest * left.T @ left
        if self.method == "REML":
            inverse = np.linalg.inv(total[np.ix_(x, x)])
            by_x = own[:, :, x]
            pull = pull - np.tensordot(by_x @ inverse, by_x, axes=([0, 2], [0, 2]))
        slope = 2 * (pull @ factor)[np.tril_indices(len(z))]
        spread = math.log(2 * math.pi * rest / freedom)
        return log_det + extra + freedom * (1 + spread), slope

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

    def _absorb(self, theta: Floats) -> tuple[Floats, float]:
        """Integrate the effects out, level by level (Woodbury on sums).

        Returns the sums left over all groups and the log determinant of V.
        """
        cross, log_det, parts = self.cross, 0.0, self._split(theta)
        for stage, factor in zip(self.stages[:-1], parts, strict=False):
            cross = _above(cross, stage)
            side, solved, part = _integrate(cross, stage.columns, factor)
            cross = cross - np.swapaxes(side, 1, 2) @ solved
            log_det += part
        cross = _above(cross, self.stages[-1])
        side, solved, part = _integrate(cross, self.stages[-1].columns, parts[-1])
        # The last level's sums are needed over all groups only: one product.
        width = side.shape[-1]
        left = cross.sum(axis=0) if len(self.stages) > 1 else self.total
        return left - side.reshape(-1, width).T @ solved.reshape(-1, width), (
            log_det + part
        )

    def _split(self, theta: Floats) -> list[Floats]:
        """The relative Cholesky factor of each level."""
        ends = np.cumsum([stage.size for stage in self.stages])[:-1]
        return [
            _factor(part, len(stage.columns))
            for part, stage in zip(np.split(theta, ends), self.stages, strict=True)
        ]

    def _last_sums(self, theta: Floats) -> Floats:
        """The highest level's sums, the levels below integrated out."""
        cross = self.cross
        for stage, factor in zip(self.stages[:-1], self._split(theta), strict=False):
            cross = _above(cross, stage)
            side, solved, _ = _integrate(cross, stage.columns, factor)
            cross = cross - np.swapaxes(side, 1, 2) @ solved
        return _above(cross, self.stages[-1])

    def answer(self, theta: Floats) -> MultilevelFit:
        """Everything at the maximum, on the columns' own sizes."""
        total, _ = self._absorb(theta)
        beta, rest, log_det_x = self._solve_fixed(total)
        freedom, _ = self._freedom(log_det_x)
        variance = rest / freedom
        x, size = list(self.x), self.scale[self.y]
        factors = self._split(theta)
        levels = self._levels(factors, variance * size**2)
        sums = self._last_sums(theta)
        effects, cov = self._effects(sums, factors[-1], beta, variance)
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

    def _levels(self, factors: list[Floats], variance: float) -> tuple[Level, ...]:
        levels = []
        for stage, factor in zip(self.stages, factors, strict=True):
            size = self.scale[list(stage.columns)]
            cov = variance * factor @ factor.T / np.outer(size, size)
            levels.append(Level(stage.names, cov, len(stage.ids)))
        return tuple(levels)

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


def _above(cross: Floats, stage: _Stage) -> Floats:
    """Sums of a level's groups from those of the level below."""
    if stage.code is None:
        return cross
    sums = np.zeros((len(stage.ids), *cross.shape[1:]))
    np.add.at(sums, stage.code, cross)
    return sums


def _integrate(
    cross: Floats, columns: tuple[int, ...], factor: Floats
) -> tuple[Floats, Floats, float]:
    """What integrating one level's effects takes off the sums, and log determinant."""
    if len(columns) == 1:  # a random intercept: no matrices are needed
        z, size = columns[0], factor[0, 0]
        side = size * cross[:, z : z + 1]
        whole = 1 + size * size * cross[:, z, z]
        return side, side / whole[:, None, None], float(np.log(whole).sum())
    z_all = list(columns)
    side = factor.T @ cross[:, z_all]
    middle = side[:, :, z_all] @ factor + np.eye(len(z_all))
    if len(z_all) == 2:  # one slope: in closed form, three times as fast
        determinant = middle[:, 0, 0] * middle[:, 1, 1] - middle[:, 0, 1] ** 2
        turned = np.empty_like(side)
        turned[:, 0] = middle[:, 1, 1, None] * side[:, 0]
        turned[:, 0] -= middle[:, 0, 1, None] * side[:, 1]
        turned[:, 1] = middle[:, 0, 0, None] * side[:, 1]
        turned[:, 1] -= middle[:, 0, 1, None] * side[:, 0]
        log_det = float(np.log(determinant).sum())
        return side, turned / determinant[:, None, None], log_det
    solved = np.asarray(np.linalg.solve(middle, side), dtype=np.float64)
    return side, solved, float(np.linalg.slogdet(middle)[1].sum())


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


def _factor(theta: Floats, q: int) -> Floats:
    factor = np.zeros((q, q))
    factor[np.tril_indices(q)] = theta
    return factor
