"""One exam for every indicator, present and future."""

from __future__ import annotations

import datetime as dt
import math
import random
from contextlib import closing
from importlib.resources import files

import pytest

from evenrise.indicators.compute import compute_facts
from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.duckdb_engine import DuckDBEngine, steps
from evenrise.indicators.registry import INDICATORS, KEYS
from evenrise.indicators.results import SCHEMA, select, to_facts
from evenrise.indicators.student_years import STUDENT_YEARS
from evenrise.vocabulary.facts import Origin, Status
from evenrise.vocabulary.groups import FAMILIES, family, group_name
from tests.property.indicators_records import Inventor
from tests.spec.indicators.worked import cases, rules
from tests.support.tables import DrawnSettings, draw


AS_OF = dt.date(2026, 6, 1)
SETTINGS = DrawnSettings(
    name="Sunrise Unified",
    code="0000001",
    thresholds={
        "chronic_absence.minimum_days": 3,
        "chronic_absence_edfacts.minimum_days": 3,
        "ninth_grade_on_track.credits_to_graduate": 20,
        "no_feedback_four_weeks.days": 9,
    },
)
PARTITIONS = [
    code for code, one in FAMILIES.items() if one.partition and code != "grade"
]
COMPUTED = [key for key, one in INDICATORS.items() if one.computed]
every_indicator = pytest.mark.parametrize("key", list(INDICATORS))
every_computed = pytest.mark.parametrize("key", COMPUTED)


@pytest.fixture(scope="module")
def records():
    return Inventor(7, 0.8).invent()


@pytest.fixture(scope="module")
def facts(records, tmp_path_factory):
    snapshot = draw(tmp_path_factory.mktemp("battery"), records)
    return compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS)


def test_the_registry_holds_every_folder_of_the_catalog():
    folder = files("evenrise.indicators.catalog")
    found = {
        item.name
        for item in folder.iterdir()
        if item.is_dir() and not item.name.startswith("__")
    }
    assert found == set(KEYS) == set(INDICATORS)


@every_indicator
def test_says_whose_rule_it_follows(key):
    one = INDICATORS[key]
    text = rules(key)
    assert text.startswith("# ")
    assert f"Version {one.version}" in text
    assert "Authority: " in text
    assert one.good in ("up", "down")
    assert one.title.en != one.title.es
    assert one.question.en.endswith("?")
    assert one.question.es.startswith("¿")
    assert one.definition.en.endswith(".")
    assert one.definition.es.endswith(".")


@every_computed
def test_rules_hold_worked_tables_that_count_and_do_not_count(key):
    drawn = cases(key)
    assert drawn, f"catalog/{key}/rules.md has no worked table"
    numerators = {row[3] for case in drawn for row in case.answer}
    assert len(numerators) > 1, "the worked tables show only one outcome"
    places = {row[1] for case in drawn for row in case.answer}
    assert "district" in places
    assert places - {"district"}, "no school in the worked tables"


@every_computed
def test_its_thresholds_stand_in_its_rules(key):
    for threshold in INDICATORS[key].thresholds:
        words = (f"`{threshold.name}`", f"{threshold.default:g}")
        assert any(word in rules(key) for word in words), threshold.name


@every_computed
def test_facts_are_whole(key, facts):
    own = list(to_facts(select(facts, indicator=key)))
    assert own, "the invented district must exercise every indicator"
    assert any(fact.status is Status.REPORTED for fact in own)
    for fact in own:
        assert fact.authority == INDICATORS[key].authority
        assert fact.definition_version == INDICATORS[key].version
        assert fact.origin is Origin.COMPUTED
        assert fact.snapshot == "drawn"
        assert fact.denominator > 0
        assert math.isfinite(fact.numerator)
        assert fact.value == pytest.approx(fact.numerator / fact.denominator)
        if INDICATORS[key].unit == "share":
            assert 0 <= fact.value <= 1
        for part in family(fact.group_family):
            assert part.code in INDICATORS[key].families
        assert group_name(fact.group_family, fact.group).en


@every_computed
def test_each_cell_occurs_once(key, facts):
    cells = [
        (f.school_year, f.level, f.organization_id, f.group_family, f.group)
        for f in to_facts(select(facts, indicator=key))
    ]
    assert len(cells) == len(set(cells))


@every_computed
def test_groups_of_a_partition_add_up_to_all(key, facts):
    own = [
        f for f in to_facts(select(facts, indicator=key)) if "*" not in f.group_family
    ]
    total = {
        (f.school_year, f.level, f.organization_id): (f.numerator, f.denominator)
        for f in own
        if f.group_family == "all"
    }
    told = {f.group_family for f in own} & set(PARTITIONS)
    assert {"race_ethnicity", "gender", "low_income"} <= told
    for code in told:
        for place, numbers in total.items():
            parts = [
                (f.numerator, f.denominator)
                for f in own
                if f.group_family == code
                and (f.school_year, f.level, f.organization_id) == place
            ]
            assert tuple(map(sum, zip(*parts, strict=True))) == pytest.approx(numbers)


def _rows(facts):
    return sorted(facts.to_pylist(), key=str)


def _same(one, other):
    assert len(one) == len(other)
    for left, right in zip(_rows(one), _rows(other), strict=True):
        for name in SCHEMA.names:
            if isinstance(left[name], float):
                assert left[name] == pytest.approx(right[name])
            else:
                assert left[name] == right[name]


def test_the_order_of_rows_changes_nothing(records, facts, tmp_path):
    chance = random.Random(3)  # noqa: S311 - a game of dice, no secret
    mixed = {name: chance.sample(rows, len(rows)) for name, rows in records.items()}
    snapshot = draw(tmp_path, mixed)
    _same(compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS), facts)


def test_splitting_parts_changes_nothing(records, facts, tmp_path):
    snapshot = draw(tmp_path, records, parts=3)
    _same(compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS), facts)


def test_a_row_that_stands_twice_changes_nothing(records, facts, tmp_path):
    # Attendance, spells and programs are sets of days, however often they are told.
    twice = {
        name: rows * 2 if name in ("attendance", "enrollments", "programs") else rows
        for name, rows in records.items()
    }
    snapshot = draw(tmp_path, twice)
    _same(compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS), facts)


@pytest.mark.parametrize("table", STUDENT_YEARS, ids=lambda table: table.name)
def test_sql_gives_the_columns_that_are_declared(table, records, tmp_path):
    question = Question(draw(tmp_path, records), AS_OF)
    one = next(i for i in INDICATORS.values() if i.student_year is table)
    with closing(DuckDBEngine(question)) as engine:
        engine.answers(one, one.with_settings({}))
        found = engine.columns(table.name)
    grain = {"student_id", "school_year", "level", "organization_id"}
    assert found == grain | set(table.columns)


@pytest.mark.parametrize("table", STUDENT_YEARS, ids=lambda table: table.name)
def test_sql_is_portable(table):
    for _, _, select_statement in steps(table.name):
        upper = select_statement.upper()
        for word in ("::", " QUALIFY ", " PIVOT ", "LIST_", "UNNEST", "GROUP BY ALL"):
            assert word not in upper, f"{word} is not in the portable subset"
