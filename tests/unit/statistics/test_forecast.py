"""The forecast of a coming year is statsmodels' weighted line, number for number."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.regression.linear_model import WLS

from evenrise.statistics.forecast import GAP, Point, forecast
from evenrise.vocabulary.estimates import Reason


NOISY = [(2019, 300, 1200), (2022, 400, 1180), (2023, 350, 1150), (2024, 280, 1160)]
STEADY = [
    (2021, 240, 1200),
    (2022, 229, 1190),
    (2023, 221, 1185),
    (2024, 208, 1170),
    (2025, 200, 1165),
]


def points(counts):
    share = sum(x for _, x, _ in counts) / sum(n for *_, n in counts)
    return [Point(year, x / n, share * (1 - share) / n, n) for year, x, n in counts]


def by_statsmodels(given, year, *, fixed):
    years = np.array([float(one.year) for one in given])
    weights = np.array([1 / one.variance for one in given])
    design = np.column_stack([np.ones_like(years), years - years[-1]])
    how = {"cov_type": "fixed scale", "cov_kwds": {"scale": 1.0}} if fixed else {}
    line = WLS([one.value for one in given], design, weights=weights).fit(
        use_t=True, **how
    )
    ahead = np.array([[1.0, year - years[-1]]])
    told = line.get_prediction(ahead, weights=weights[-1:])
    return line.scale, told.predicted_mean[0], told.conf_int(obs=True)[0]


def test_years_that_scatter_more_than_chance_widen_the_interval():
    given = points(NOISY)
    scale, middle, (low, high) = by_statsmodels(given, 2026, fixed=False)
    assert scale > 1
    found = forecast(given, 2026, GAP)
    assert found.value == pytest.approx(middle, rel=1e-9)
    assert (found.lower, found.upper) == pytest.approx((low, high), rel=1e-9)


def test_years_that_fit_too_well_are_not_believed_beyond_chance():
    given = points(STEADY)
    free, middle, _ = by_statsmodels(given, 2027, fixed=False)
    assert free < 1
    _, _, (low, high) = by_statsmodels(given, 2027, fixed=True)
    found = forecast(given, 2027, GAP)
    assert found.value == pytest.approx(middle, rel=1e-9)
    assert (found.lower, found.upper) == pytest.approx((low, high), rel=1e-6)
    assert found.n == 1165


def test_it_says_nothing_below_four_years_nor_far_ahead():
    given = points(STEADY)
    assert forecast(given[:3], 2024).reason is Reason.TOO_FEW
    assert forecast(given, 2029).known  # four years seen, four ahead
    assert forecast(given, 2030).reason is Reason.TOO_FEW
    assert forecast(given, 2025).reason is Reason.TOO_FEW  # no coming year


def test_nobody_in_any_year_gives_no_forecast():
    given = points([(year, 0, 400) for year in range(2020, 2025)])
    assert forecast(given, 2026).reason is Reason.NO_VARIATION


def test_a_share_stays_between_nobody_and_everybody():
    given = points([(2020, 90, 400), (2021, 60, 400), (2022, 30, 400), (2023, 5, 400)])
    found = forecast(given, 2025)
    assert found.value == 0
    assert found.lower == 0
    assert found.upper is not None
    assert 0 < found.upper < 1
