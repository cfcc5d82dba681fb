"""Row order, names of schools and how the data are split change nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from evenrise.statistics.alike_students import alike_students
from evenrise.statistics.enrollment_change import enrollment_change
from evenrise.statistics.maihda import maihda_binomial
from evenrise.statistics.moments import ONE, Moments, join
from evenrise.statistics.multilevel import fit
from evenrise.statistics.resource_equity import resource_equity
from evenrise.statistics.segregation import segregation
from evenrise.statistics.within_between import within_between
from tests.support.examples import examples


FEW = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
SEEDS = st.integers(0, 2**32 - 1)


def district(seed: int) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    n, schools = int(rng.integers(60, 400)), int(rng.integers(3, 15))
    school = rng.integers(0, schools, n)
    group = rng.random(n) < rng.uniform(0.1, 0.9, schools)[school]
    y = rng.normal(0, rng.uniform(0, 1), schools)[school] + rng.normal(size=n)
    return school, group.astype(float), y - 0.4 * group


@FEW
@given(SEEDS)
def test_multilevel(seed: int) -> None:
    school, group, y = district(seed)
    rng = np.random.default_rng(seed + 1)
    order = rng.permutation(len(y))
    cut = int(rng.integers(1, len(y)))
    whole = fit(Moments.of(school, {"y": y, "g": group}), "y", [ONE, "g"])
    names = np.array([f"school {9 * s % 1000:03d}" for s in range(15)])
    shuffled = school[order], group[order], y[order]
    parts = [
        Moments.of(names[s], {"y": v, "g": g})
        for s, g, v in zip(
            *((part[:cut], part[cut:]) for part in shuffled), strict=True
        )
    ]
    other = fit(join(parts), "y", [ONE, "g"])
    assert whole.reason is other.reason
    if whole.reason is not None:
        return
    assert other.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-6)
    where = {label: number for number, label in enumerate(other.ids)}
    same = [where[names[label]] for label in whole.ids]
    assert other.effects[same] == pytest.approx(whole.effects, abs=1e-4)
    assert np.isfinite(whole.effect_sd).all()
    assert np.isfinite(whole.fixed_se).all()


@FEW
@given(SEEDS)
def test_inside_or_between_is_an_identity(seed: int) -> None:
    school, group, y = district(seed)
    split = within_between(y, group, school)
    order = np.random.default_rng(seed).permutation(len(y))
    again = within_between(y[order], group[order], school[order])
    if split.reason is not None:
        assert again.reason is split.reason
        return
    parts = split.part_within + split.part_between + split.part_ambiguous
    assert parts == pytest.approx(split.gap, abs=1e-9)
    assert again.gap == pytest.approx(split.gap)
    assert again.within == pytest.approx(split.within)


@FEW
@given(SEEDS)
def test_alike_students_is_least_squares_with_cells(seed: int) -> None:
    cell, group, y = district(seed)
    seen = alike_students(y, group > 0, cell)
    if seen.se is None:
        return
    design = np.column_stack([group, cell[:, None] == np.unique(cell)]).astype(float)
    found, *_ = np.linalg.lstsq(design, y, rcond=None)
    assert seen.difference.value == pytest.approx(found[0], abs=1e-8)


@FEW
@given(SEEDS)
def test_strata(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = (part.ravel() for part in np.meshgrid(range(4), range(5)))
    n = rng.integers(0, 60, a.size)
    x = rng.binomial(n, rng.uniform(0.2, 0.8, a.size))
    order = rng.permutation(a.size)
    one = maihda_binomial({"a": a, "b": b}, x, n)
    other = maihda_binomial({"a": a[order], "b": b[order]}, x[order], n[order])
    assert one.reason is other.reason
    if one.strata is None or other.strata is None:
        return
    assert np.isfinite(one.strata.interaction_sd).all()
    assert other.main.log_likelihood == pytest.approx(one.main.log_likelihood, abs=1e-5)
    found = dict(zip(other.strata.labels, other.strata.expected, strict=True))
    expected = [found[label] for label in one.strata.labels]
    assert expected == pytest.approx(one.strata.expected, abs=1e-3)


@given(
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), min_size=1, max_size=15)
)
def test_segregation_stays_in_its_range(table: list[tuple[int, int]]) -> None:
    seen = segregation(table)
    if seen.theil is not None:
        assert -1e-9 <= seen.theil <= 1 + 1e-9
        assert -1e-9 <= seen.dissimilarity <= 1 + 1e-9
        assert np.nansum(seen.exposure, axis=1) == pytest.approx([1, 1])
    # Two schools of the same mix are one school, but for what chance expects.
    twice = segregation([*table, *table])
    if seen.theil is not None:
        assert twice.theil == pytest.approx(seen.theil, abs=1e-9)
        assert twice.dissimilarity == pytest.approx(seen.dissimilarity, abs=1e-9)


PAIR = st.tuples(st.integers(0, 50), st.integers(0, 50))


@given(st.lists(st.tuples(PAIR, PAIR), min_size=1, max_size=8))
def test_a_change_of_enrollment_adds_up(
    groups: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    x1, more1 = zip(*(first for first, _ in groups), strict=True)
    x2, more2 = zip(*(second for _, second in groups), strict=True)
    n1, n2 = np.add(x1, more1), np.add(x2, more2)
    seen = enrollment_change(x1, n1, x2, n2)
    if seen.reason is None:
        total = seen.composition + seen.rate_effect
        assert total == pytest.approx(seen.change, abs=1e-12)


@given(
    st.lists(
        st.tuples(st.integers(1, 30_000), st.integers(0, 900)), min_size=1, max_size=20
    )
)
def test_resources_count_pupils(schools: list[tuple[int, int]]) -> None:
    x, w = (np.array(part, float) for part in zip(*schools, strict=True))
    seen = resource_equity(x, w)
    if seen.horizontal is None:
        return
    assert -1e-9 <= seen.horizontal.gini <= 1
    assert seen.horizontal.mcloone <= 1 + 1e-9
    assert seen.horizontal.verstegen >= 1 - 1e-9
    # A school split in two halves is the same school.
    halves = resource_equity(np.tile(x, 2), np.tile(w / 2, 2)).horizontal
    assert halves.gini == pytest.approx(seen.horizontal.gini, abs=1e-9)
    assert halves.median == seen.horizontal.median
