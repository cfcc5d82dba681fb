"""Looking early without fooling oneself: critical values for planned looks (card 9).

No unplanned stopping for success.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import optimize, special

from evenrise.statistics.rates import Floats


class Boundary(StrEnum):
    """How much of the error is spent at each look."""

    OBRIEN_FLEMING = "OF"
    POCOCK = "P"
    SPEND_OBRIEN_FLEMING = "asOF"  # Lan and DeMets
    SPEND_POCOCK = "asP"


@dataclass(frozen=True, slots=True)
class PlannedLooks:
    """At each look: the critical z, its one-sided p, and the error spent so far."""

    z: tuple[float, ...]
    p: tuple[float, ...]
    spent: tuple[float, ...]


def planned_looks(
    looks: int, boundary: Boundary | str, *, one_sided_alpha: float = 0.025
) -> PlannedLooks:
    """Critical values for equally spaced looks.

    Sources: O'Brien and Fleming 1979; Pocock 1977; Lan and DeMets 1983; recursion by
    Armitage, McPherson and Rowe 1969.

    Args:
        looks: how many, the last one included.
        boundary: how the error is spent.
        one_sided_alpha: the error in all.

    Raises:
        ValueError: unless looks is 1 or more and alpha between 0 and 0.5.
    """
    if looks < 1 or not 0 < one_sided_alpha < 0.5:
        raise ValueError("Looks are 1 or more, and the error lies between 0 and 0.5.")
    kind = Boundary(boundary)
    share = np.arange(1, looks + 1) / looks
    if kind in (Boundary.OBRIEN_FLEMING, Boundary.POCOCK):
        shape = share**-0.5 if kind is Boundary.OBRIEN_FLEMING else np.ones(looks)
        level = _root(lambda c: _crossed(c * shape)[-1] - one_sided_alpha, 0.5, 10.0)
        z = level * shape
    else:
        z = _spending(_budget(kind, share, one_sided_alpha))
    spent = _crossed(z)
    p = special.ndtr(-z)
    return PlannedLooks(*(tuple(part.tolist()) for part in (z, p, spent)))


def _budget(kind: Boundary, share: Floats, alpha: float) -> Floats:
    """Error that may be spent up to each look."""
    if kind is Boundary.SPEND_OBRIEN_FLEMING:
        edge = special.ndtri(1 - alpha / 2)
        return np.asarray(2 * special.ndtr(-edge / np.sqrt(share)))
    return np.asarray(alpha * np.log(1 + (math.e - 1) * share))


def _spending(budget: Floats) -> Floats:
    z = np.full(budget.size, np.inf)
    for look in range(budget.size):

        def left(value: float, look: int = look) -> float:
            tried = z[: look + 1].copy()
            tried[look] = value
            return float(_crossed(tried)[look] - budget[look])

        z[look] = _root(left, 0.0, 12.0)
    return z


def _crossed(z: Floats) -> Floats:
    """The chance of having crossed by each look, when nothing happens.

    The density of the sum of increments below the boundary is carried from look to
    look on Gauss-Legendre points.
    """
    nodes, weights = np.polynomial.legendre.leggauss(60)
    spent, total = np.empty(z.size), 0.0
    at = density = np.empty(0)
    for look, limit in enumerate(z, 1):
        edge = limit * math.sqrt(look)  # on the scale of the sum
        if look == 1:
            total += float(special.ndtr(-edge))
        else:
            total += float(density @ special.ndtr(at - edge))
        spent[look - 1] = total
        low = -8.5 * math.sqrt(look)
        points = low + (edge - low) * (nodes + 1) / 2
        step = points[:, None] if look == 1 else points[:, None] - at
        normal = np.exp(-(step**2) / 2) / math.sqrt(2 * math.pi)
        carried = normal[:, 0] if look == 1 else normal @ density
        density = carried * weights * (edge - low) / 2
        at = points
    return spent


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(optimize.brentq(function, low, high, xtol=1e-9))
