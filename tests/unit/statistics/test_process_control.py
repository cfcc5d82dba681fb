"""Charts over time, at their edges."""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.statistics.making_data_count import Meaning, Signal, making_data_count
from evenrise.statistics.process_control import Chart, control_chart, moving_range
from evenrise.statistics.run_rules import runs_about
from evenrise.vocabulary.estimates import Reason


def test_too_early_is_said() -> None:
    assert runs_about([3, 5, 4, 6, 5], 4.5).too_early
    flat = runs_about([4, 4, 4], 4)
    assert flat.reason is Reason.NO_VARIATION
    assert flat.too_early
    assert not flat.signal


@pytest.mark.parametrize("chart", [*Chart])
def test_no_periods_and_no_students_are_no_traceback(chart: Chart) -> None:
    assert control_chart(chart, [], []).reason is Reason.NO_STUDENTS
    seen = control_chart(chart, [np.nan, np.nan], [0, 0])
    assert seen.reason is Reason.NO_STUDENTS
    assert not seen.signal


def test_a_chart_of_shares_needs_denominators() -> None:
    with pytest.raises(ValueError, match="needs a denominator"):
        control_chart("p", [1, 2])
    with pytest.raises(ValueError, match="one denominator"):
        control_chart("p", [1, 2], [3])


def test_laney_is_never_narrower_than_chance_on_screen() -> None:
    x, n = [10, 10, 10, 11, 10, 10], [100] * 6
    plain, shown = control_chart("p", x, n), control_chart("pp", x, n)
    raw = control_chart("pp", x, n, narrow=True)
    assert shown.upper == pytest.approx(plain.upper)
    assert raw.upper[0] < plain.upper[0]
    assert shown.sigma_z[0] < 1


def test_a_period_without_school_is_not_filled_in() -> None:
    seen = control_chart("xmr", [5.0, 6, np.nan, 5, 7])
    assert np.isnan(seen.value[2])
    assert not seen.beyond[2]
    assert moving_range([5.0, 6, np.nan, 5, 7]) == pytest.approx(4 / 3)
    assert moving_range([3]) is None


def test_a_better_chart_is_named() -> None:
    assert control_chart("p", [0, 0, 1, 0], [25] * 4).advice is Chart.G
    assert control_chart("c", [0, 1, 0]).advice is Chart.G
    large = control_chart("p", [1200, 1500, 1100, 1350], [12000] * 4)
    assert large.advice is Chart.P_PRIME
    assert control_chart("p", [12, 15, 12, 14], [60] * 4).advice is None


def test_an_excluded_point_stays_visible() -> None:
    y = [10, 11, 9, 12, 10, 40, 11, 10, 9, 12, 11, 10]
    seen = control_chart("xmr", y, exclude=[6])
    assert seen.beyond[5]
    assert seen.value[5] == 40


def test_which_way_is_good_decides_what_a_signal_means() -> None:
    y = [10.0] * 3 + [11, 10, 9, 10, 11, 10, 30]
    up, down, neither = (making_data_count(y, good=g) for g in (1, -1, 0))
    assert up.signal[-1] is Signal.ABOVE_LIMIT
    assert up.meaning[-1] is Meaning.IMPROVEMENT
    assert down.meaning[-1] is Meaning.CONCERN
    assert neither.meaning[-1] is Meaning.NEUTRAL_HIGH
    assert making_data_count([]).signal == ()
    assert making_data_count([5]).signal == (Signal.NONE,)
    falling = making_data_count([*range(9, 0, -1)])
    assert Signal.FALLING in falling.signal
