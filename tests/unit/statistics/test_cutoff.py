"""The effect at a cut-off: found where planted, refused where it cannot be seen."""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.statistics.cutoff_bandwidth import neighbor_residuals
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
