"""The simulated districts of the benchmark hold what is said to be planted in them."""

import numpy as np
import pyarrow.compute as pc
from benchmarks.planted import HELP, TRUTHS, found_in, review_of, supported
from benchmarks.planted_students import DISTRICT, draw, facts_of


def test_most_truths_of_a_planted_district_are_told_and_none_of_chance():
    assert len(found_in(review_of(draw(1, planted=True)))) >= len(TRUTHS) - 2
    assert len(found_in(review_of(draw(1, planted=False)))) <= 1


def test_the_schools_add_up_to_the_district():
    facts = facts_of(draw(2, planted=True))
    all_students = facts.filter(pc.equal(facts["group"], "all"))
    for year in (2024, 2026):
        now = all_students.filter(pc.equal(all_students["school_year"], year))
        place = np.array(now["organization_id"].to_pylist())
        x = now["numerator"].to_numpy()
        assert x[place == DISTRICT].sum() == x[place != DISTRICT].sum()


def test_the_same_seed_is_the_same_district():
    assert facts_of(draw(3, planted=True)).equals(facts_of(draw(3, planted=True)))


def test_a_support_that_helps_is_told_from_one_that_does_not():
    assert sum(supported(seed, HELP) for seed in range(10)) >= 9
    assert sum(supported(seed, 0.0) for seed in range(10)) <= 2
