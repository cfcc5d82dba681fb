"""Do those who answered speak for those who were asked (METHODS card 10)?

Raking corrects only what its margins explain: say so wherever weights are used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


_CLOSE = 1e-10
_ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Response:
    """Who answered, by group; arrays in the order given, nan where nobody was asked.

    `ratio` is a group's share of the answers over its share of the people. `indicator`
    (R) is 1 when all groups answered alike.
    """

    rate: float | None
    by_group: Floats
    ratio: Floats
    dissimilarity: float | None
    chi_squared: float | None
    freedom: int
    p: float | None
    indicator: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Raked:
    """Weights that meet known counts, or the reason why they cannot.

    `design_effect` is Kish's n sum(w^2) / sum(w)^2 and `n_effective` what it leaves of
    n. `empty` names margin cells without any answer: collapse them first.
    """

    weights: Floats
    design_effect: float | None
    n_effective: float | None
    rounds: int
    capped: int = 0
    empty: tuple[str, ...] = ()
    reason: Reason | None = None


def response(respondents: ArrayLike, population: ArrayLike) -> Response:
    """Compare the people who answered with the people asked, by group.

    Sources: chi-squared of answered and not by group; R-indicator 1 - 2 S(rates) by
    Schouten, Cobben and Bethlehem 2009, Survey Methodology 35:101.

    Args:
        respondents: answers by group.
        population: people by group.

    Raises:
        ValueError: when a group has more answers than people.
    """
    x, n = np.asarray(respondents, np.float64), np.asarray(population, np.float64)
    if x.shape != n.shape or not np.all((x >= 0) & (x <= n)):
        raise ValueError("Answers by group lie between 0 and the people of the group.")
    some = n > 0
    rates = np.divide(x, n, out=np.full(n.shape, np.nan), where=some)
    freedom = max(int(some.sum()) - 1, 0)
    if x.sum() == 0:
        none = 0.0 if n.sum() > 0 else None
        nothing = np.full(n.shape, np.nan)
        return Response(
            none, rates, nothing, None, None, freedom, None, None, Reason.NO_STUDENTS
        )
    share, of_all = x / x.sum(), n / n.sum()
    rate, people = float(x.sum() / n.sum()), float(n.sum())
    spread = float((n[some] * (rates[some] - rate) ** 2).sum())
    indicator = 1 - 2 * np.sqrt(spread / (people - 1)) if people > 1 else None
    chi = spread / (rate * (1 - rate)) if rate < 1 else None
    return Response(
        rate,
        rates,
        np.divide(share, of_all, out=np.full(n.shape, np.nan), where=some),
        float(np.abs(share - of_all).sum() / 2),
        chi,
        freedom,
        None if chi is None or freedom == 0 else float(special.chdtrc(freedom, chi)),
        None if indicator is None else float(indicator),
    )


def rake(
    answers: Sequence[tuple[ArrayLike, Mapping[str, float]]],
    *,
    start: ArrayLike | None = None,
    cap: float | None = None,
) -> Raked:
    """Weights whose sums by each margin meet known counts.

    Iterative proportional fitting. Source: Deming and Stephan 1940; Kish 1965.

    Args:
        answers: for each margin, every respondent's cell and the known count by cell.
        start: weights to start from; all 1 when left out.
        cap: no weight above so many times the mean that the counts ask for; the margins
            may then be missed, and `capped` says by how many weights.

    Raises:
        ValueError: when a respondent is in a cell without a known count.
    """
    margins, empty = [], []
    for cells, known in answers:
        names = list(known)
        label = np.asarray(cells).astype(str)
        where = {str(name): number for number, name in enumerate(names)}
        if set(label.tolist()) - set(where):
            raise ValueError("A respondent's cell has no known count.")
        code = np.array([where[one] for one in label.tolist()], dtype=np.intp)
        target = np.array([known[name] for name in names], dtype=np.float64)
        count = np.bincount(code, minlength=len(names))
        empty += [
            str(n) for n, t, c in zip(names, target, count, strict=True) if t > c == 0
        ]
        margins.append((code, target))
    size = len(margins[0][0])
    weight = np.ones(size) if start is None else np.asarray(start, np.float64).copy()
    if empty or size == 0:
        reason = Reason.TOO_FEW if size else Reason.NO_STUDENTS
        return Raked(weight, None, None, 0, empty=tuple(empty), reason=reason)
    # The mean weight that the first margin asks for does not move with the capping.
    limit = np.inf if cap is None else cap * float(margins[0][1].sum()) / size
    rounds = 0
    moved = np.inf
    while moved > _CLOSE and rounds < _ROUNDS:
        before = weight
        weight = _once(weight, margins, limit)
        moved = np.abs(weight - before).max() / max(weight.max(), _CLOSE)
        rounds += 1
    if moved > _CLOSE:
        return Raked(weight, None, None, rounds, reason=Reason.DID_NOT_CONVERGE)
    effect = size * float(weight @ weight) / float(weight.sum()) ** 2
    top = 0 if cap is None else int((weight >= limit * (1 - 1e-6)).sum())
    return Raked(weight, effect, size / effect, rounds, top)


def _once(
    weight: Floats, margins: list[tuple[NDArray[np.intp], Floats]], limit: float
) -> Floats:
    """Meet each margin in turn, then cap."""
    for code, target in margins:
        now = np.bincount(code, weights=weight, minlength=target.size)
        factor = np.divide(target, now, out=np.zeros(now.shape), where=now > 0)
        weight = weight * factor[code]
    return np.minimum(weight, limit)
