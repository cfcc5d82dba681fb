"""Least squares with the standard errors that evaluations need, in NumPy.

HC1, Newey and West, clusters (CR1, CR2 with Satterthwaite's degrees of freedom, and
the leave-one-out jackknife), as R's sandwich and clubSandwich compute them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


_SAME = 1e-10  # relative size below which columns are taken as one


@dataclass(frozen=True, slots=True)
class LeastSquares:
    """A fit with names; covariances are methods, chosen by the design."""

    names: tuple[str, ...]
    design: Floats
    beta: Floats
    residuals: Floats
    weights: Floats
    inverse: Floats  # of X'WX

    @property
    def freedom(self) -> int:
        """Residual degrees of freedom."""
        return len(self.residuals) - len(self.beta)

    @property
    def scores(self) -> Floats:
        """Each row's part of the estimating equation, shape (rows, k)."""
        return self.design * (self.weights * self.residuals)[:, None]

    def classical(self) -> Floats:
        """Covariance with equal, independent errors."""
        total = float((self.weights * self.residuals**2).sum())
        return self.inverse * (total / self.freedom)

    def hc1(self) -> Floats:
        """Covariance with unequal errors: MacKinnon and White 1985."""
        meat = self.scores.T @ self.scores
        factor = len(self.residuals) / self.freedom
        return factor * self.inverse @ meat @ self.inverse

    def newey_west(self, lag: int) -> Floats:
        """Covariance with errors that depend over time: Newey and West 1987.

        Bartlett weights, no correction for small samples.
        """
        scores = self.scores
        meat = scores.T @ scores
        for step in range(1, lag + 1):
            cross = scores[step:].T @ scores[:-step]
            meat = meat + (1 - step / (lag + 1)) * (cross + cross.T)
        return self.inverse @ meat @ self.inverse

    def clustered(self, cluster: ArrayLike) -> Floats:
        """Covariance with clusters, small-sample factor G/(G-1) (n-1)/(n-k)."""
        code, groups = _codes(cluster)
        sums = np.zeros((groups, len(self.beta)))
        np.add.at(sums, code, self.scores)
        n = len(self.residuals)
        factor = groups / (groups - 1) * (n - 1) / self.freedom
        return factor * self.inverse @ (sums.T @ sums) @ self.inverse

    def bias_reduced(self, cluster: ArrayLike) -> tuple[Floats, Floats]:
        """CR2 covariance, and Satterthwaite's degrees of freedom by coefficient.

        Source: Bell and McCaffrey 2002; Pustejovsky and Tipton 2018, JBES 36:672. For
        unweighted fits.
        """
        code, groups = _codes(cluster)
        k = len(self.beta)
        adjusted = np.empty((groups, k, k))  # X_g' A_g X_g
        squared = np.empty((groups, k, k))  # X_g' A_g^2 X_g
        sums = np.empty((groups, k))
        for g in range(groups):
            rows = code == g
            x = self.design[rows]
            values, vectors = np.linalg.eigh(np.eye(len(x)) - x @ self.inverse @ x.T)
            root = np.where(values > 1e-8, values, np.inf) ** -0.5
            half = (vectors * root) @ (vectors.T @ x)
            adjusted[g], squared[g] = x.T @ half, half.T @ half
            sums[g] = half.T @ self.residuals[rows]
        covariance = self.inverse @ (sums.T @ sums) @ self.inverse
        freedom = np.empty(k)
        for j in range(k):
            side = adjusted @ self.inverse[:, j]
            products = -side @ self.inverse @ side.T
            column = self.inverse[:, j]
            products += np.diag(np.einsum("i,gij,j->g", column, squared, column))
            freedom[j] = np.trace(products) ** 2 / (products**2).sum()
        return covariance, freedom

    def jackknife(self, cluster: ArrayLike) -> Floats:
        """Covariance by leaving out one cluster at a time (CR3, about the full fit)."""
        code, groups = _codes(cluster)
        moves = np.empty((groups, len(self.beta)))
        for g in range(groups):
            rows = code == g
            x = self.design[rows]
            # Least norm: the columns only this cluster has (its own level) do not move.
            left = np.eye(len(x)) - x @ self.inverse @ x.T
            moves[g] = self.inverse @ x.T @ np.linalg.pinv(left) @ self.residuals[rows]
        return np.asarray(moves.T @ moves * (groups - 1) / groups)


def least_squares(
    names: tuple[str, ...],
    columns: ArrayLike,
    y: ArrayLike,
    weights: ArrayLike | None = None,
) -> LeastSquares | Reason:
    """Fit y on columns, or say that they cannot be told apart.

    Args:
        names: the columns' names.
        columns: shape (rows, k), with a constant if one is wanted.
        y: shape (rows,).
        weights: of the rows, above 0; all 1 when left out.
    """
    design = np.asarray(columns, dtype=np.float64)
    values = np.asarray(y, dtype=np.float64)
    weight = (
        np.ones(len(values)) if weights is None else np.asarray(weights, np.float64)
    )
    if len(values) <= design.shape[1]:
        return Reason.TOO_FEW
    size = np.sqrt((design**2 * weight[:, None]).sum(axis=0))
    if np.any(size == 0):
        return Reason.SINGULAR
    root = np.sqrt(weight)
    q, r = np.linalg.qr(design / size * root[:, None])
    if np.abs(np.diagonal(r)).min() < _SAME:
        return Reason.SINGULAR
    beta = np.linalg.solve(r, q.T @ (values * root)) / size
    r_inverse = np.linalg.inv(r) / size[:, None]
    return LeastSquares(
        names,
        design,
        beta,
        values - design @ beta,
        weight,
        np.asarray(r_inverse @ r_inverse.T, dtype=np.float64),
    )


def _codes(cluster: ArrayLike) -> tuple[NDArray[np.intp], int]:
    labels, code = np.unique(np.asarray(cluster), return_inverse=True)
    return code, len(labels)
