"""The effect at a cut-off: found where planted, refused where it cannot be seen."""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.statistics.cutoff_bandwidth import neighbor_residuals
from evenrise.statistics.cutoff_crowding import crowding
from evenrise.statistics.cutoff_effect import cutoff_effect, fixed_bandwidth
from evenrise.vocabulary.estimates import Reason


def made(jump: float, n: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    x = rng.uniform(-50, 50, n)
    y = 0.02 * x + 1e-4 * x**2 + jump * (x >= 0) + rng.normal(0, 1, n)
    return x, y


def test_a_planted_jump_is_found() -> None:
    x, y = made(0.8)
    seen = cutoff_effect(x, y, 0)
    assert seen.effect.lower < 0.8 < seen.effect.upper
    assert seen.effect.excludes_zero
    assert not seen.refused
    assert not seen.heaped
    assert seen.crowding_p > 0.01


def test_moving_score_and_cut_together_changes_nothing() -> None:
    x, y = made(0.3)
    here, there = cutoff_effect(x, y, 0), cutoff_effect(x + 300, y, 300)
    assert there.effect.value == pytest.approx(here.effect.value, abs=1e-8)


def test_whole_number_scores_are_flagged() -> None:
    x, y = made(0.5)
    seen = cutoff_effect(np.round(x / 2), y, 0)
    assert seen.heaped
    assert seen.effect.known


def test_students_who_moved_over_the_line_are_noticed() -> None:
    x, y = made(0.0)
    x = np.where((x < 0) & (x > -3), -x, x)
    assert cutoff_effect(x, y, 0).crowding_p < 0.001


def test_too_few_are_refused() -> None:
    x, y = made(0.5, n=150)
    assert cutoff_effect(x, y, 0).refused
    assert cutoff_effect(x[:12], y[:12], 0).reason is Reason.TOO_FEW
    assert cutoff_effect(x, y, 90).reason is Reason.NO_STUDENTS
    assert cutoff_effect(x, y * 0, 0).reason is Reason.NO_VARIATION
    assert fixed_bandwidth(x, y, 0, 0.01).effect.reason is not None
    with pytest.raises(ValueError, match="above 0"):
        fixed_bandwidth(x, y, 0, 0)


def test_neighbors_by_hand() -> None:
    x, y = np.array([0.0, 1, 3, 3, 9]), np.array([2.0, 4, 6, 8, 1])
    # Of 0: 1, and the two at 3. Of 1: 0, then both at 3. Of 3: its twin, 1, then 0.
    near = [(4 + 6 + 8) / 3, (2 + 6 + 8) / 3, (8 + 4 + 2) / 3, (6 + 4 + 2) / 3, 6]
    expected = np.sqrt(3 / 4) * (y - near)
    assert neighbor_residuals(x, y) == pytest.approx(expected)


def in_days(students: int, mean: float = 6.0, seed: int = 3) -> np.ndarray:
    """Days missed of 90, as far from nine of them as a share can say."""
    days = np.random.default_rng(seed).negative_binomial(2, 2 / (2 + mean), students)
    return days / 90 - 0.1


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_scores_in_steps_are_not_taken_for_moved_ones(seed) -> None:
    x = in_days(8000, seed=seed)
    assert crowding(x[x < 0], x[x >= -1e-12], heaped=True) > 0.05
    # Counted without regard to the steps, the line itself would look crowded.
    assert crowding(x[x < 0], x[x >= -1e-12], heaped=False) < 0.001


def test_scores_moved_over_the_line_show_in_steps_too() -> None:
    x = in_days(8000)
    short = np.isclose(x, -1 / 90)
    moved = np.where(short & (np.arange(8000) % 2 == 0), 0.0, x)
    assert crowding(moved[moved < 0], moved[moved >= 0], heaped=True) < 0.001


def test_scores_without_a_step_tell_nothing() -> None:
    assert crowding(np.full(30, -1.0), np.full(30, 1.0), heaped=True) is None
