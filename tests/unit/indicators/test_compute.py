"""From a snapshot to one table of facts."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from evenrise.indicators.compute import compute_facts
from evenrise.indicators.registry import INDICATORS
from evenrise.indicators.results import (
    SCHEMA,
    conform,
    empty,
    from_facts,
    select,
    to_facts,
)
from evenrise.vocabulary.errors import DefinitionProblem
from evenrise.vocabulary.facts import FACT_COLUMNS, Fact, Origin, Status
from evenrise.vocabulary.organizations import Level
from tests.support.tables import DrawnSettings, draw


AS_OF = dt.date(2026, 6, 30)
SETTINGS = DrawnSettings(name="Sunrise Unified", code="1900001")
COMPLETIONS = [
    {
        "student_id": "ana",
        "cohort_year": 2025,
        "school_id": "A",
        "outcome": "graduated",
    },
    {
        "student_id": "ben",
        "cohort_year": 2026,
        "school_id": "A",
        "outcome": "graduated",
    },
    {
        "student_id": "cam",
        "cohort_year": 2026,
        "school_id": "B",
        "outcome": "dropped_out",
    },
]


def published(indicator="graduation", **more):
    return Fact(
        **{
            "indicator": indicator,
            "definition_version": 3,
            "authority": "A state",
            "school_year": 2019,
            "level": Level.DISTRICT,
            "organization_id": "1964980",
            "organization_name": "Elsewhere Unified",
            "group_family": "all",
            "group": "all",
            "numerator": 416.0,
            "denominator": 444.0,
            "value": 0.937,
            "status": Status.REPORTED,
            "origin": Origin.PUBLISHED,
            "source_file": "acgr.txt",
            "source_row": 12,
        }
        | more
    )


def test_facts_of_a_cohort(tmp_path):
    tables = {
        "completions": COMPLETIONS,
        "schools": [
            {
                "school_id": "A",
                "name": "Alder High",
                "level": "high",
                "district_id": "1964980",
                "district_name": "Sunrise Unified",
            }
        ],
    }
    facts = compute_facts(
        draw(tmp_path, tables), as_of=AS_OF, settings=SETTINGS, only=["graduation"]
    )
    assert facts.schema.names == list(FACT_COLUMNS)
    told = [
        (
            f.school_year,
            f.level.value,
            f.organization_id,
            f.organization_name,
            f.district_id,
            f.numerator,
            f.denominator,
            f.value,
        )
        for f in to_facts(facts)
    ]
    district = ("district", "1964980", "Sunrise Unified", "1964980")
    assert told == [
        (2025, *district, 1, 1, 1.0),
        (2025, "school", "A", "Alder High", "1964980", 1, 1, 1.0),
        (2026, *district, 1, 2, 0.5),
        (2026, "school", "A", "Alder High", "1964980", 1, 1, 1.0),
        (2026, "school", "B", "B", "1964980", 0, 1, 0.0),
    ]
    assert {f.status for f in to_facts(facts)} == {Status.REPORTED}


def test_a_cohort_whose_year_is_not_over_is_not_told(tmp_path):
    snapshot = draw(tmp_path, {"completions": COMPLETIONS})
    for as_of, years in ((dt.date(2026, 5, 31), {2025}), (AS_OF, {2025, 2026})):
        facts = compute_facts(
            snapshot, as_of=as_of, settings=SETTINGS, only=["graduation"]
        )
        assert set(facts["school_year"].to_pylist()) == years


def test_what_is_not_collected_is_one_fact(tmp_path):
    snapshot = draw(tmp_path, {"completions": COMPLETIONS})
    facts = compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS)
    missing = [f for f in to_facts(facts) if f.status is Status.NOT_COLLECTED]
    computed = {key for key, one in INDICATORS.items() if one.computed}
    assert {f.indicator for f in missing} == computed - {"graduation", "dropout_cohort"}
    assert len(missing) == len(computed) - 2
    for fact in missing:
        assert (fact.level, fact.organization_id) == (Level.DISTRICT, "1900001")
        assert fact.organization_name == "Sunrise Unified"
        assert fact.school_year == 2026
        assert (fact.numerator, fact.denominator, fact.value) == (None, None, None)


def test_a_blank_column_is_not_collected_and_an_empty_table_is_none(tmp_path):
    snapshot = draw(tmp_path / "blank", {"completions": COMPLETIONS})
    key = "a_g_completion"
    (fact,) = to_facts(
        compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS, only=[key])
    )
    assert fact.status is Status.NOT_COLLECTED
    snapshot = draw(tmp_path / "empty", {"completions": []})
    (fact,) = to_facts(
        compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS, only=[key])
    )
    assert fact.status is Status.NO_STUDENTS


def test_published_facts_stand_as_printed(tmp_path):
    table = from_facts([published(), published("dropout")])
    snapshot = draw(tmp_path, {}, published=table)
    facts = compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS)
    assert facts.equals(table)
    own = compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS, only=["dropout"])
    assert own["indicator"].to_pylist() == ["dropout"]


def test_published_facts_spare_the_word_that_nothing_was_collected(tmp_path):
    table = from_facts([published("a_g_completion")])
    snapshot = draw(tmp_path, {"completions": COMPLETIONS}, published=table)
    facts = compute_facts(
        snapshot, as_of=AS_OF, settings=SETTINGS, only=["a_g_completion"]
    )
    assert facts.equals(table)


def test_an_unknown_indicator_and_an_unknown_threshold_are_refused(tmp_path):
    snapshot = draw(tmp_path, {"completions": COMPLETIONS})
    with pytest.raises(KeyError, match="'happiness' is no indicator"):
        compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS, only=["happiness"])
    wrong = DrawnSettings(thresholds={"graduation.years": 5})
    with pytest.raises(DefinitionProblem, match="'years'; it has none"):
        compute_facts(snapshot, as_of=AS_OF, settings=wrong)


def test_progress_is_told_indicator_by_indicator(tmp_path):
    heard = []

    class Listener:
        def step(self, what, done, total):
            heard.append((what, done, total))

    compute_facts(
        draw(tmp_path, {"completions": COMPLETIONS}),
        as_of=AS_OF,
        settings=SETTINGS,
        progress=Listener(),
        only=["graduation", "suspension"],
    )
    assert [step[1:] for step in heard] == [(0, 2), (1, 2), (2, 2)]
    assert heard[0][0] == "Graduation in four years"


def test_facts_go_into_a_table_and_back():
    facts = [published(), published("dropout", value=None, status=Status.SUPPRESSED)]
    assert list(to_facts(from_facts(facts))) == facts
    assert from_facts([]).equals(empty())


def test_select_takes_values_and_lists_also_from_coded_columns():
    table = from_facts([published(school_year=year) for year in (2017, 2018, 2019)])
    coded = table.set_column(0, "indicator", table["indicator"].dictionary_encode())
    for facts in (table, coded):
        found = select(facts, indicator="graduation", school_year=[2017, 2019])
        assert found["school_year"].to_pylist() == [2017, 2019]
        assert len(select(facts, level=Level.SCHOOL)) == 0
    assert select(table) is table


def test_conform_adds_what_is_missing_and_refuses_what_is_strange():
    table = pa.table({"indicator": ["dropout"], "school_year": [2017]})
    found = conform(table)
    assert found.schema == SCHEMA
    assert found["value"].to_pylist() == [None]
    with pytest.raises(KeyError, match="'shoe_size' is no column"):
        conform(pa.table({"shoe_size": [43]}))
