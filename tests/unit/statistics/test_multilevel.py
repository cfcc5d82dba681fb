"""Students in schools: from sums alone, in parts, and at the edges."""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.statistics.moments import ONE, Moments, join
from evenrise.statistics.multilevel import fit, fit_nested
from evenrise.vocabulary.estimates import Reason


def students(seed: int = 1, schools: int = 40) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    school = rng.integers(0, schools, 3000)
    prior = rng.normal(size=3000)
    effect = rng.normal(0, 0.4, schools)
    slope = rng.normal(0, 0.2, schools)
    y = 1 + (0.6 + slope[school]) * prior + effect[school] + rng.normal(size=3000)
    return school, prior, y


def test_parts_joined_are_the_whole() -> None:
    school, prior, y = students()
    whole = Moments.of(school, {"y": y, "prior": prior})
    cut = [slice(0, 700), slice(700, 2100), slice(2100, 3000)]
    parts = join([Moments.of(school[c], {"y": y[c], "prior": prior[c]}) for c in cut])
    assert parts.cross == pytest.approx(whole.cross)
    one, other = (fit(m, "y", [ONE, "prior"]) for m in (whole, parts))
    assert one.effects == pytest.approx(other.effects, abs=1e-6)
    assert one.log_likelihood == pytest.approx(other.log_likelihood)


def test_it_is_the_likelihood_of_the_rows() -> None:
    # Against the multivariate normal density, written out with all rows.
    school, prior, y = (part[:200] for part in students(schools=6))
    found = fit(
        Moments.of(school, {"y": y, "prior": prior}),
        "y",
        [ONE, "prior"],
        [ONE, "prior"],
        method="ML",
    )
    z = np.column_stack([np.ones(200), prior])
    same = school[:, None] == school
    v = same * (z @ found.levels[0].cov @ z.T) + found.residual_variance * np.eye(200)
    rest = y - z @ found.fixed
    log_det = np.linalg.slogdet(v)[1]
    log = -(200 * np.log(2 * np.pi) + log_det + rest @ np.linalg.solve(v, rest)) / 2
    assert found.log_likelihood == pytest.approx(log, abs=1e-6)


def test_the_unit_of_a_column_changes_only_its_own_numbers() -> None:
    school, prior, y = students()
    plain = fit(
        Moments.of(school, {"y": y, "prior": prior}),
        "y",
        [ONE, "prior"],
        [ONE, "prior"],
    )
    scaled = fit(
        Moments.of(school, {"y": 100 * y, "prior": prior / 1000}),
        "y",
        [ONE, "prior"],
        [ONE, "prior"],
    )
    assert scaled.effects[:, 0] == pytest.approx(100 * plain.effects[:, 0], abs=1e-2)
    assert scaled.fixed[1] == pytest.approx(1e5 * plain.fixed[1], rel=1e-5)
    assert scaled.levels[0].cov[1, 1] == pytest.approx(
        1e10 * plain.levels[0].cov[1, 1], rel=1e-3
    )


def test_no_difference_between_schools_is_an_answer() -> None:
    school = np.tile(np.arange(10), 40)
    y = np.repeat(np.linspace(-1, 1, 40), 10)  # every school the same forty scores
    found = fit(Moments.of(school, {"y": y}), "y", [ONE])
    assert found.singular
    assert found.reason is None
    assert found.levels[0].cov[0, 0] == 0
    assert not found.effects.any()
    assert not found.reliable.any()


def test_effects_at_a_prior_score() -> None:
    school, prior, y = students()
    found = fit(
        Moments.of(school, {"y": y, "prior": prior}),
        "y",
        [ONE, "prior"],
        [ONE, "prior"],
    )
    low, low_sd = found.effect_at([1, -1])
    assert low == pytest.approx(found.effects[:, 0] - found.effects[:, 1])
    assert np.all(low_sd > 0)
    assert found.icc is None
    assert found.reliable.mean() > 0.9


def test_the_reasons() -> None:
    school, prior, y = students()
    nobody = Moments.of([], {"y": []})
    assert fit(nobody, "y", [ONE]).reason is Reason.NO_STUDENTS
    one = Moments.of(school * 0, {"y": y})
    assert fit(one, "y", [ONE]).reason is Reason.ONE_SCHOOL
    same = Moments.of(school, {"y": y * 0 + 3})
    assert fit(same, "y", [ONE]).reason is Reason.NO_VARIATION
    twice = Moments.of(school, {"y": y, "a": prior, "b": 2 * prior})
    assert fit(twice, "y", [ONE, "a", "b"]).reason is Reason.SINGULAR
    zero = Moments.of(school, {"y": y, "a": prior * 0})
    assert fit(zero, "y", [ONE, "a"]).reason is Reason.SINGULAR
    two = Moments.of([1, 2], {"y": [1.0, 2.0]})
    assert fit(two, "y", [ONE]).reason is Reason.TOO_FEW
    assert fit(two, "y", [ONE]).effect_sd.shape == (0, 1)


def test_three_levels_reduce_to_two_when_the_middle_is_empty() -> None:
    school, prior, y = students()
    child = np.arange(3000)
    low = Moments.of(child, {"y": y, "prior": prior})
    three = fit_nested(
        low, "y", [ONE, "prior"], [([ONE], None), ([ONE], school)], method="ML"
    )
    two = fit(
        Moments.of(school, {"y": y, "prior": prior}), "y", [ONE, "prior"], method="ML"
    )
    # One score a child: its own effect and the rest cannot be told apart.
    assert three.log_likelihood == pytest.approx(two.log_likelihood, abs=1e-5)
    assert three.effects == pytest.approx(two.effects, abs=1e-3)
    assert three.group_n.tolist() == two.group_n.tolist()
