"""Dollars beside need: which way they lean, and when nothing is said."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from evenrise.findings.money_and_need import OfSchool, Tilt, beside_need


def _schools(slope: float, noise: float = 0.0, n: int = 10) -> list[OfSchool]:
    rng = np.random.default_rng(7)
    need = np.linspace(0.1, 0.9, n)
    each = 9_000 + slope * need + noise * rng.standard_normal(n)
    pupils = rng.integers(200, 900, n)
    return [
        OfSchool(int(w), float(s), float(w * x))
        for w, s, x in zip(pupils, need, each, strict=True)
    ]


@pytest.mark.parametrize(
    ("slope", "noise", "tilt"),
    [
        (2_000, 100, Tilt.MORE),
        (-2_000, 100, Tilt.LESS),
        (50, 900, Tilt.UNCLEAR),
    ],
)
def test_the_side_to_which_dollars_lean(slope: float, noise: float, tilt: Tilt) -> None:
    found = beside_need(_schools(slope, noise))
    assert found.tilt is tilt
    assert (found.schools, found.left_out) == (10, 0)


def test_the_slope_and_its_interval_are_those_of_statsmodels() -> None:
    schools = _schools(1_500, 400, 12)
    found = beside_need(schools)
    pupils = np.array([one.students for one in schools], float)
    each = np.array([one.amount for one in schools]) / pupils
    design = sm.add_constant(np.array([one.need for one in schools]))
    fit = sm.WLS(each, design, weights=pupils).fit(cov_type="HC1")
    reach = stats.t.ppf(0.975, 10) * fit.bse[1]
    assert found.more is not None
    assert found.more.value == pytest.approx(fit.params[1] / 10, rel=1e-9)
    assert found.more.lower == pytest.approx((fit.params[1] - reach) / 10, rel=1e-9)
    assert found.more.upper == pytest.approx((fit.params[1] + reach) / 10, rel=1e-9)
    assert found.mean == pytest.approx((each * pupils).sum() / pupils.sum())


def test_fewer_than_eight_schools_get_a_mean_and_no_slope() -> None:
    found = beside_need(_schools(2_000, n=7))
    assert found.tilt is Tilt.TOO_FEW
    assert found.more is None
    assert found.mean is not None


def test_hidden_schools_are_left_out_and_counted() -> None:
    schools = [
        *_schools(2_000, n=9),
        OfSchool(None, 0.5, 100.0),
        OfSchool(300, None, 100.0),
        OfSchool(300, 0.5, None),
        OfSchool(0, 0.5, 0.0),
    ]
    found = beside_need(schools)
    assert (found.schools, found.left_out) == (9, 4)
    assert beside_need(schools[9:]).tilt is Tilt.NO_DATA


def test_equal_need_says_nothing_about_need() -> None:
    schools = [OfSchool(300, 0.5, 300_000.0 + n) for n in range(9)]
    assert beside_need(schools).tilt is Tilt.SAME
    assert beside_need([]).tilt is Tilt.NO_DATA
