"""A model of who will not be on track, learned from earlier years only.

Gradient-boosted trees (scikit-learn), which take a missing value as a value of its own:
what is not known is never filled in. The inputs are `Cohorts.features` and nothing
else; no group, no school and no place is among them. A fifth of the earlier students
is kept out of the trees and sets the scale of the chances (Platt 1999). Fixed settings
and seeds: the same records give the same chances. Nothing is tuned on later years.

The trees use one core: on a busy machine two are slower than one, since each waits for
the other, and a server that also makes pages keeps one for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from evenrise.indicators.flags.cohorts import (
    Cohorts,
    Features,
    Flags,
    Floats,
    Ints,
)


MOST_ROWS = 120_000  # to learn from; twice as many found 1 more of 1,000 flagged
FOLDS = 3  # parts of the schools that are held out in turn
FEWEST_SCHOOLS = 2 * FOLDS
FEWEST_ELSEWHERE = 30  # students on track, and not, at the other schools
_HELD = 5  # one student in so many sets the scale
_TREES = 80
_LEAVES = 12
_LEAST_IN_LEAF = 30
_RATE = 0.08


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """Predicted chances of later students, and how many earlier rows were used."""

    chance: Floats
    rows_used: int
    rows_there: int


def predict(earlier: Cohorts, later: Cohorts, seed: int) -> Chances:
    """Learn from earlier students, and say the chances of later ones.

    Args:
        earlier: students of earlier years with known outcomes of both kinds.
        later: students of later years; their outcomes are not looked at.
        seed: of the choice of students and of the trees.
    """
    import threadpoolctl  # type: ignore[import-untyped] # noqa: PLC0415

    rng = np.random.default_rng(seed)
    some = earlier.only(_sample(earlier.student, MOST_ROWS, rng))
    scale = _one_in(_HELD, some.student, rng)
    with threadpoolctl.threadpool_limits(limits=1, user_api="openmp"):
        chance = _learn(some.only(~scale), some.only(scale), later.features, seed)
    return Chances(chance, len(some), len(earlier))


def _learn(learned: Cohorts, kept: Cohorts, later: Features, seed: int) -> Floats:
    """Trees from some students, the scale from others, chances of the later ones."""
    # 95 MB that only whoever learns needs: processes that make pages never do.
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    trees = HistGradientBoostingClassifier(
        max_iter=_TREES,
        learning_rate=_RATE,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=_LEAST_IN_LEAF,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )
    told = _varying(learned.features)
    trees.fit(learned.features[:, told], learned.outcome)
    raw = _logit(trees.predict_proba(later[:, told])[:, 1])
    chance = special.expit(raw)
    if len(np.unique(kept.outcome)) == 2:
        logit = _logit(trees.predict_proba(kept.features[:, told])[:, 1])
        line = LogisticRegression(C=1e6, max_iter=1000).fit(
            logit[:, None], kept.outcome
        )
        slope = max(float(line.coef_[0, 0]), 0.0)  # never turn the order round
        chance = special.expit(float(line.intercept_[0]) + slope * raw)
    return np.asarray(chance, np.float64)


def predict_other_schools(earlier: Cohorts, later: Cohorts, seed: int) -> Floats | None:
    """Chances of later students from models that never saw their school.

    None where there are too few schools, or too few outcomes of a kind at the others.
    """
    schools = np.unique(later.school)
    if len(schools) < FEWEST_SCHOOLS:
        return None
    order = np.random.default_rng(seed).permutation(len(schools))
    fold_of = np.empty(len(schools), np.int64)
    fold_of[order] = np.arange(len(schools)) % FOLDS
    chance = np.full(len(later), np.nan)
    for fold in range(FOLDS):
        mine = schools[fold_of == fold]
        others = earlier.only(~np.isin(earlier.school, mine))
        here = np.isin(later.school, mine)
        events = others.outcome.sum()
        if min(events, len(others) - events) < FEWEST_ELSEWHERE:
            return None
        chance[here] = predict(others, later.only(here), seed).chance
    return chance


def _logit(chance: Floats) -> Floats:
    return np.asarray(special.logit(np.clip(chance, 1e-6, 1 - 1e-6)), np.float64)


def _varying(features: Features) -> Flags:
    """Columns that tell students apart; the trees cannot read one that is all blank."""
    known = ~np.isnan(features)
    low = np.where(known, features, np.inf).min(axis=0)
    high = np.where(known, features, -np.inf).max(axis=0)
    return np.asarray((low < high) | (known.any(axis=0) & ~known.all(axis=0)))


def _sample(student: Ints, most: int, rng: np.random.Generator) -> Flags:
    """Whole students, drawn until about `most` rows are there."""
    if len(student) <= most:
        return np.ones(len(student), np.bool_)
    return _drawn(student, most / len(student), rng)


def _one_in(part: int, student: Ints, rng: np.random.Generator) -> Flags:
    return _drawn(student, 1 / part, rng)


def _drawn(student: Ints, share: float, rng: np.random.Generator) -> Flags:
    """A share of the students, with all of their rows."""
    keys, at = np.unique(student, return_inverse=True)
    chosen = np.zeros(len(keys), np.bool_)
    chosen[rng.permutation(len(keys))[: max(1, round(share * len(keys)))]] = True
    return np.asarray(chosen[at])
