"""A rung: beside alike students, weighted to be alike; and what every rung finds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import linalg, special

from evenrise.findings.support_effects.reading import AtLine, Balance, Doubt
from evenrise.findings.support_effects.study import Flags, Floats, SupportStudy
from evenrise.findings.support_effects.words import COVARIATES
from evenrise.statistics.claims import Rung
from evenrise.statistics.doubly_robust import (
    OVERLAP,
    DoublyRobust,
    chances,
    doubly_robust,
)
from evenrise.statistics.planned_looks import Boundary, planned_looks
from evenrise.statistics.rates import CONFIDENCE
from evenrise.vocabulary.estimates import Estimate, Reason


KEPT = 0.9  # share of those given the support who must have somebody like them
_TRIMS = 3  # times that chances are estimated anew
RARE = 0.05  # share of students below which a yes-or-no covariate is not modelled
_SAME = 1e-8  # relative size below which a covariate says nothing new


@dataclass(frozen=True, slots=True)
class Compared:
    """What one rung found; `doubt` says why it may not be told."""

    rung: Rung
    effect: Estimate
    se: float | None = None
    n: tuple[int, int] = (0, 0)  # students compared: given the support, and not
    balance: tuple[Balance, ...] = ()
    overlap: tuple[float, float] | None = None
    effective: tuple[float, float] | None = None
    doubt: Doubt | None = None
    line: AtLine | None = None


def confidence(study: SupportStudy) -> float:
    """The confidence of this look's interval: wider when it is early (95 % alone).

    O'Brien and Fleming's limits as spent by Lan and DeMets 1983: all looks together
    call a useless support helpful or harmful in 5 % of cases at most.
    """
    return _confidence(study.look.number, study.look.planned)


@cache
def _confidence(number: int, planned: int) -> float:
    if planned <= 1:
        return CONFIDENCE
    limits = planned_looks(planned, Boundary.SPEND_OBRIEN_FLEMING)
    return 2 * float(special.ndtr(limits.z[number - 1])) - 1


def alike(study: SupportStudy) -> Compared:
    """The doubly robust effect, with its balance and overlap.

    A few students unlike all of the other side (chances below 5 or above 95 %) are set
    aside (Crump et al. 2009, Biometrika 96:187), as long as nine in ten of those given
    the support stay. Refused without overlap or balance (a tenth of a standard
    deviation after weighting); doubted when its two halves, the model of the outcome
    and the weights alone, point different ways.
    """
    told = _telling(study.covariates[study.followed])
    names = [study.covariate_names[place] for place in told]
    kept = _overlapping(study, told)
    x, given = study.covariates[kept][:, told], study.treated[kept]
    found = doubly_robust(study.outcome[kept], given, x, conf=confidence(study))
    n = int(given.sum()), int((~given).sum())
    if found.effect.value is None:
        unalike = found.reason in (Reason.SEPARATED, Reason.DID_NOT_CONVERGE)
        return Compared(
            Rung.WEIGHTED,
            found.effect,
            n=n,
            balance=_balance(names, raw_differences(x, given), None),
            doubt=Doubt.UNALIKE if unalike else Doubt.NO_MODEL,
        )
    return Compared(
        Rung.WEIGHTED,
        found.effect,
        found.se,
        n,
        _balance(names, found.difference_before, found.difference_after),
        found.chance_range,
        found.n_effective,
        _doubt(found),
    )


def _overlapping(study: SupportStudy, told: list[int]) -> Flags:
    """Followed students who have somebody like them on the other side.

    All of them where too many of those given the support would have to be set aside.
    """
    every = study.followed
    least = KEPT * (study.treated & every).sum()
    kept = every
    for _ in range(_TRIMS):
        found = chances(study.treated[kept], study.covariates[kept][:, told])
        if isinstance(found, Reason):
            return every
        inside = (found >= OVERLAP[0]) & (found <= OVERLAP[1])
        if inside.all():
            return kept
        some = kept.copy()
        some[kept] = inside
        if (some & study.treated).sum() < least:
            return every
        kept = some
    return kept


def _doubt(found: DoublyRobust) -> Doubt | None:
    if not (found.overlaps and found.balanced):
        return Doubt.UNALIKE
    halves = (found.by_outcome_model or 0.0, found.by_weights or 0.0)
    value = found.effect.value or 0.0
    clear = found.effect.excludes_zero
    if clear and any(
        math.copysign(1, half) != math.copysign(1, value) for half in halves
    ):
        return Doubt.MODELS_DISAGREE
    return None


def _telling(x: Floats) -> list[int]:
    """The covariates to model: those that say something the ones before them do not.

    A yes or no that hardly anybody has would by itself tell the sides apart.
    """
    centered = x - x.mean(axis=0)
    spread = np.sqrt((centered**2).sum(axis=0))
    able = spread > _SAME * np.sqrt(len(x))
    able &= ~np.array([_rare(column) for column in x.T], np.bool_)
    kept: list[int] = []
    for place in np.flatnonzero(able).tolist():
        columns = centered[:, [*kept, place]] / spread[[*kept, place]]
        r = linalg.qr(columns, mode="r")[0]
        if abs(r[len(kept), len(kept)]) > math.sqrt(_SAME):
            kept.append(place)
    return kept


def _rare(column: Floats) -> bool:
    yes = np.isin(column, (0.0, 1.0)).all()
    return bool(yes and min(column.mean(), 1 - column.mean()) < RARE)


def raw_differences(x: Floats, given: Flags) -> Floats:
    """Differences of means in standard deviations, nothing weighted."""
    if min(given.sum(), (~given).sum()) < 2:
        return np.zeros(x.shape[1])
    first, second = x[given], x[~given]
    spread = np.sqrt((first.var(axis=0, ddof=1) + second.var(axis=0, ddof=1)) / 2)
    gap = first.mean(axis=0) - second.mean(axis=0)
    still = np.zeros(gap.shape)
    return np.asarray(np.divide(gap, spread, out=still, where=spread > 0))


def _balance(
    names: list[str], before: Floats | None, after: Floats | None
) -> tuple[Balance, ...]:
    if before is None:
        return ()
    return tuple(
        Balance(
            name,
            COVARIATES[name],
            float(before[place]),
            None if after is None else float(after[place]),
        )
        for place, name in enumerate(names)
    )
