"""Staff and resources at their edges."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from evenrise.statistics.resource_equity import resource_equity, weighted_percentile
from evenrise.statistics.staff_mirror import staff_mirror
from evenrise.statistics.staff_retention import compare_staying, staying
from evenrise.vocabulary.estimates import Reason


def test_a_shortfall_is_whole_people_and_exact() -> None:
    # 3 of 10 is 30 % exactly: nobody is missing, whatever rounding says.
    seen = staff_mirror([3, 7], [30, 70])
    assert [row.shortfall for row in seen.rows] == [0, 0]
    assert seen.dissimilarity == pytest.approx(0)
    assert staff_mirror([2, 8], [30, 70]).rows[0].shortfall == 1


def test_mirrors_at_their_edges() -> None:
    none = staff_mirror([0, 0], [5, 5])
    assert none.reason is Reason.NO_STUDENTS
    assert none.rows[0].ratio.reason is Reason.NO_STUDENTS
    absent = staff_mirror([2, 8], [0, 100]).rows[0]
    assert absent.ratio.reason is Reason.NO_EVENTS_IN_REFERENCE
    assert absent.students_per_staff == 0
    with pytest.raises(ValueError, match="Each group"):
        staff_mirror([1], [1, 2])


YEARS = np.random.default_rng(6).integers(1, 9, 120)
LEFT = np.random.default_rng(7).integers(0, 2, 120)
GROUP = np.random.default_rng(8).integers(0, 3, 120)


def test_staying_equals_statsmodels() -> None:
    theirs = SurvfuncRight(YEARS, LEFT)
    ours = staying(YEARS, LEFT, theirs.surv_times)
    assert ours.survival == pytest.approx(theirs.surv_prob)
    inside = theirs.surv_prob > 0
    assert ours.se[inside] == pytest.approx(theirs.surv_prob_se[inside])
    chi, p = survdiff(YEARS, LEFT, GROUP)
    test = compare_staying(YEARS, LEFT, GROUP)
    assert (test.chi_squared, test.p) == pytest.approx((chi, p))


def test_staying_at_its_edges() -> None:
    assert staying([], [], [1]).reason is Reason.NO_STUDENTS
    nobody = staying([3, 5], [0, 0], [1, 4])
    assert nobody.survival.tolist() == [1, 1]
    assert nobody.median is None
    assert np.isnan(nobody.lower).all()
    half = staying([1, 2, 3, 4], [1, 1, 1, 1], [0, 2, 9])
    assert half.median == 2.5
    assert half.survival.tolist() == [1, 0.5, 0]
    assert half.se[2] == 0
    assert compare_staying([], [], []).reason is Reason.NO_STUDENTS
    assert compare_staying([1], [1], ["a"]).reason is Reason.NOT_APPLICABLE
    assert compare_staying([1, 2], [0, 0], ["a", "b"]).reason is Reason.NO_VARIATION


def test_equal_spending_is_equal() -> None:
    seen = resource_equity([100, 100, 100, 100], [1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4])
    assert seen.horizontal is not None
    assert seen.horizontal.gini == pytest.approx(0, abs=1e-12)
    assert seen.horizontal.mcloone == 1
    assert seen.vertical is not None
    assert seen.vertical.reason is Reason.NO_VARIATION


def test_resources_at_their_edges() -> None:
    assert resource_equity([], []).reason is Reason.NO_STUDENTS
    assert resource_equity([0, 0], [5, 5]).reason is Reason.NO_VARIATION
    same = resource_equity([1, 2, 3], [5, 5, 5], [0.5] * 3)
    assert same.vertical is not None
    assert same.vertical.reason is Reason.NO_VARIATION
    assert not same.vertical.enough
    two = resource_equity([1, 2], [5, 5], [0.5, 0.6])
    assert two.vertical is not None
    assert two.vertical.reason is Reason.TOO_FEW
    empty = resource_equity([1, 2, 9], [5, 5, 0])
    assert empty.horizontal is not None
    assert empty.horizontal.range == 1
    assert weighted_percentile([1, 2, 3], [1, 1, 1], 1 / 3) == 1


def test_more_where_need_is_greater_is_progressive() -> None:
    need = np.linspace(0, 1, 12)
    up = resource_equity(100 + 50 * need, np.full(12, 30), need).vertical
    assert up is not None
    assert up.concentration > 0
    assert up.slope == pytest.approx(50)
    assert up.high_to_low > 1
    assert up.enough
