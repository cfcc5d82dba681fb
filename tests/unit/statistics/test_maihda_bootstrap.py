"""How sure the share explained is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from evenrise.statistics.maihda import maihda_binomial, maihda_linear
from evenrise.statistics.maihda_bootstrap import explained_interval
from evenrise.vocabulary.estimates import Reason


A, B = (part.ravel() for part in np.meshgrid(range(3), range(4)))


def test_few_strata_leave_it_uncertain() -> None:
    rng = np.random.default_rng(2)
    n = np.full(A.size, 150)
    x = rng.binomial(n, special.expit(-1 + 0.5 * A + rng.normal(0, 0.3, A.size)))
    seen = maihda_binomial({"a": A, "b": B}, x, n)
    share = explained_interval(seen, draws=40)
    assert seen.few
    assert share.lower < share.value <= share.upper
    assert share.upper - share.lower > 0.1
    assert explained_interval(seen, draws=40) == share  # the same data, the same answer


def test_scores_too() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.integers(0, 3, 900), rng.integers(0, 4, 900)
    y = 480 + 12 * a - 7 * b + rng.normal(0, 40, 900)
    share = explained_interval(maihda_linear({"a": a, "b": b}, y), draws=40)
    assert share.value == pytest.approx(1, abs=0.2)
    assert share.lower <= share.value <= share.upper


def test_no_answer_has_no_interval() -> None:
    none = maihda_binomial({"a": A, "b": B}, A * 0, A * 0)
    assert explained_interval(none).reason is Reason.NO_STUDENTS
