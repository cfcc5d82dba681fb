"""Did students move over a line? As many should lie just short of it as just past it.

Scores that hardly repeat are counted in a window around the line; scores that repeat
(whole days, whole marks) by the step they come in, since the line is a score itself.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from evenrise.statistics.rates import Floats


WINDOW = 20  # students on the fuller side
BEND = 0.05  # how far three neighboring counts may lie from a straight line
_OFTEN = 0.25  # of the commonest score's students: part of the steps
_ROUNDING = 1e-9
_FEWEST = 3  # scores common enough to see a step


def crowding(left: Floats, right: Floats, *, heaped: bool) -> float | None:
    """A p-value; small where scores were moved over the line.

    Args:
        left: scores below the line, which is 0.
        right: scores on it and above.
        heaped: whether scores repeat.

    Returns:
        None where scores repeat in no even step, so that nobody can tell.
    """
    if not heaped:
        return _smooth(left, right)
    step = _step(np.concatenate([left, right]))
    return None if step is None else _in_steps(left, right, step)


def _smooth(left: Floats, right: Floats) -> float:
    """Exact binomial test that the students nearest the cut fell on either side.

    Of the window that holds twenty on its fuller side. Source: Cattaneo, Titiunik and
    Vazquez-Bare 2017, Journal of Policy Analysis and Management 36:643.
    """
    distance: list[Floats] = [np.sort(np.abs(side)) for side in (left, right)]
    reach = min(float(part[min(WINDOW, part.size) - 1]) for part in distance)
    counts = [int((part <= reach).sum()) for part in distance]
    few, n = min(counts), sum(counts)
    return min(1.0, 2 * float(special.bdtr(few, n, 0.5)))


def _in_steps(left: Floats, right: Floats, step: float) -> float:
    """Whether the first step past the line holds what those beside it lead to expect.

    Where three counts lie on a line, a third of their students is in the middle; they
    may bend by `BEND`. Source: Frandsen 2017, Advances in Econometrics 38:281.
    """
    step += _ROUNDING  # one step holds one score, wherever it lies within it
    middle = int((right < step - 2 * _ROUNDING).sum())
    beside = int((left >= -step).sum()) + int((right < 2 * step - 4 * _ROUNDING).sum())
    beside -= middle
    n = middle + beside
    least, most = (1 - BEND) / (3 - BEND), (1 + BEND) / (3 + BEND)
    fewer = float(special.bdtr(middle, n, least))
    more = float(special.bdtrc(middle - 1, n, most)) if middle else 1.0
    return min(1.0, 2 * min(fewer, more))


def _step(scores: Floats) -> float | None:
    """The usual distance between the common scores; None where there is none."""
    values, counts = np.unique(scores.round(9), return_counts=True)
    common = values[counts >= _OFTEN * counts.max()]
    if len(common) < _FEWEST:
        return None
    return float(np.median(np.diff(common)))
