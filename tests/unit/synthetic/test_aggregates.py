"""Facts of pure chance: the right shape, sums that add up, and nothing to find."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from evenrise.synthetic.aggregates import RATES, chance_facts
from evenrise.vocabulary.facts import FACT_COLUMNS
from evenrise.vocabulary.groups import FAMILIES


@pytest.fixture(scope="module")
def facts():
    return chance_facts(students=6_000, seed=3)


def test_the_columns_are_those_of_facts(facts):
    assert facts.column_names == list(FACT_COLUMNS)
    for name in ("numerator", "denominator", "value"):
        assert facts.schema.field(name).type == pa.float64()
    assert set(facts.column("indicator").unique().to_pylist()) == set(RATES)


def test_groups_are_words_of_the_house(facts):
    pairs = zip(
        facts.column("group_family").to_pylist(),
        facts.column("group").to_pylist(),
        strict=True,
    )
    for family, group in set(pairs):
        assert FAMILIES[family].group(group).code == group


def test_schools_and_groups_add_up_to_the_district(facts):
    rows = facts.select(
        ["indicator", "school_year", "group_family", "level", "denominator"]
    )
    sums = rows.group_by(
        ["indicator", "school_year", "group_family", "level"]
    ).aggregate([("denominator", "sum")])
    by_year = {}
    for row in sums.to_pylist():
        by_year.setdefault(row["school_year"], set()).add(row["denominator_sum"])
    assert {len(sizes) for sizes in by_year.values()} == {1}


def test_the_same_seed_gives_the_same_facts(facts):
    assert chance_facts(students=6_000, seed=3).equals(facts)
    assert not chance_facts(students=6_000, seed=4).equals(facts)


def test_gaps_of_english_learners_are_chance_over_many_districts():
    z = []
    for seed in range(60):
        table = chance_facts(students=1_500, seed=seed, years=(2026,))
        wanted = pc.and_(
            pc.equal(table.column("level").cast("string"), "district"),
            pc.equal(table.column("group_family").cast("string"), "english_learner"),
        )
        rows = table.filter(wanted).to_pylist()
        for key in RATES:
            (a, b) = (row for row in rows if row["indicator"] == key)
            n, m = a["denominator"], b["denominator"]
            pooled = (a["numerator"] + b["numerator"]) / (n + m)
            spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
            z.append((a["value"] - b["value"]) / spread)
    # 300 gaps: 5 % should pass 1.96; more than 9 % is one chance in a thousand.
    assert np.mean(np.abs(z) > 1.96) < 0.09
    assert 0.85 < np.std(z) < 1.15
