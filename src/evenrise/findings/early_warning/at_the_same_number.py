"""Two ways to flag, at the same number of students: who holds more, and how surely?

Ties at the edge count in part, as `statistics.early_warning.precision_at` does, so that
the order of rows never decides. The interval of a difference comes from drawing whole
schools again: students of one school share its calendar, its marking and its year, and
a new year brings them together again. A district of few schools gives nothing to draw
from; there students are drawn, each with all of their rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from evenrise.indicators.flags.cohorts import Cohorts, Floats, Ints
from evenrise.statistics.early_warning import precision_at
from evenrise.vocabulary.estimates import Estimate


DRAWS = 400
FEWEST_SCHOOLS = 10  # fewer clusters give no interval to stand on
_LEVELS = 2000  # of a score; finer ones would not move an interval
_CELLS = 20_000_000  # numbers held at a time
_LOWER, _UPPER = 2.5, 97.5  # percentiles


def flagged_parts(score: ArrayLike, k: int) -> Floats:
    """How far each student is among the first k: 1, 0, or a part at a tied edge.

    Args:
        score: higher comes first, shape (students,).
        k: how many are flagged; all students when there are fewer.
    """
    values = np.asarray(score, np.float64)
    k = min(k, values.size)
    edge = np.partition(values, values.size - k)[values.size - k]
    above, tied = values > edge, values == edge
    parts: Floats = above.astype(np.float64)
    parts[tied] = (k - above.sum()) / tied.sum()
    return parts


def clusters_of(test: Cohorts) -> tuple[str, Ints]:
    """What is drawn again: ("schools" or "students", each row's cluster)."""
    name, code = "schools", test.school
    if len(np.unique(code[code >= 0])) < FEWEST_SCHOOLS:
        name, code = "students", test.student
    return name, np.unique(code, return_inverse=True)[1].astype(np.int64)


def difference_at(
    first: Floats, second: Floats, test: Cohorts, flagged: Floats, seed: int
) -> Estimate:
    """Precision of the first minus precision of the second, at the same number.

    Args:
        first: a score, higher for more need, one a row of `test`.
        second: the other.
        test: students with known outcomes.
        flagged: 1 for each student whom the number is counted by (parts allowed): in
            a draw with more of them, more are flagged.
        seed: of the draws; the same one gives the same interval.
    """
    k = max(round(float(flagged.sum())), 1)
    y = test.outcome
    value = precision_at(first, y, k) - precision_at(second, y, k)
    _, cluster = clusters_of(test)
    size = int(cluster.max()) + 1
    rng = np.random.default_rng(seed)
    tables = [_table(score, y, cluster, size) for score in (first, second)]
    by_cluster = np.bincount(cluster, weights=flagged, minlength=size)
    drawn: list[Floats] = []
    at_once = max(1, min(DRAWS, _CELLS // size))
    for begun in range(0, DRAWS, at_once):
        some = min(at_once, DRAWS - begun)
        weight = rng.multinomial(size, np.full(size, 1 / size), size=some)
        number = np.maximum(weight @ by_cluster, 1.0)
        one, other = (_precision(weight, number, *table) for table in tables)
        drawn.append(one - other)
    lower, upper = np.percentile(np.concatenate(drawn), [_LOWER, _UPPER])
    # An interval of percentiles may leave out its own middle; never show that.
    return Estimate(
        value, min(float(lower), value), max(float(upper), value), len(test)
    )


def _table(
    score: Floats, y: Floats, cluster: Ints, size: int
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Students, and students with the outcome, by cluster and level of the score."""
    level = np.unique(-score, return_inverse=True)[1]
    count = int(level.max()) + 1
    if count > _LEVELS:
        level = level * _LEVELS // count
        count = _LEVELS
    shape, at = (size, count), (cluster, level)
    n = sparse.coo_array((np.ones(len(y)), at), shape=shape).tocsr()
    return n, sparse.coo_array((y, at), shape=shape).tocsr()


def _precision(
    weight: NDArray[np.int64],
    number: Floats,
    n: sparse.csr_array,
    events: sparse.csr_array,
) -> Floats:
    """The precision at `number` students in each draw."""
    all_of = np.asarray((n.T @ weight.T).T, np.float64)
    with_it = np.asarray((events.T @ weight.T).T, np.float64)
    before = np.cumsum(all_of, axis=1) - all_of
    some = np.where(all_of > 0, all_of, 1)
    part = np.clip((number[:, None] - before) / some, 0, 1)
    reached: Floats = (part * with_it).sum(axis=1) / number
    return reached
