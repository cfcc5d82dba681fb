"""Which groups a student belongs to, drawn, and asked of both engines."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.duckdb_engine import DuckDBEngine
from evenrise.indicators.engines.reference import ReferenceEngine
from evenrise.indicators.registry import INDICATORS
from tests.support.tables import draw


AS_OF = dt.date(2026, 6, 30)
ENGINES = pytest.mark.parametrize("engine_kind", [DuckDBEngine, ReferenceEngine])


def groups_of(engine_kind, folder, key="suspension", **tables):
    """By family, the groups at the district of the one student drawn."""
    with closing(engine_kind(Question(draw(folder, tables), AS_OF))) as engine:
        cells = engine.cells(INDICATORS[key], {}).as_dict()
    found = {}
    for year, level, _, family, group in cells:
        if year == 2026 and level == "district":
            found.setdefault(family, []).append(group)
    return {family: sorted(groups) for family, groups in found.items()}


def enrolled(grade="09", **more):
    row = {"student_id": "ana", "school_id": "A", "school_year": 2026, "grade": grade}
    return {"enrollments": [row | {"entered_on": "2025-08-20"} | more], "incidents": []}


@ENGINES
@pytest.mark.parametrize(
    ("student", "single", "multiple"),
    [
        ({"hispanic": "Y", "race": "white"}, "hispanic", ["hispanic", "white"]),
        ({"hispanic": "N", "race": "black;white"}, "two_or_more", ["black", "white"]),
        ({"race": "filipino"}, "filipino", ["filipino"]),
        ({"race": "asian;other"}, "two_or_more", ["asian"]),
        ({"race": "other"}, "not_reported", ["not_reported"]),
        (
            {"race": "other", "race_ethnicity": "white"},
            "not_reported",
            ["not_reported"],
        ),
        (
            {"race_ethnicity": "Pacific_Islander"},
            "pacific_islander",
            ["pacific_islander"],
        ),
        ({"race_ethnicity": "two_or_more"}, "two_or_more", ["not_reported"]),
        ({"race": "white", "race_ethnicity": "black"}, "white", ["white"]),
        ({}, "not_reported", ["not_reported"]),
    ],
)
def test_race_and_ethnicity(engine_kind, student, single, multiple, tmp_path):
    found = groups_of(
        engine_kind, tmp_path, students=[{"student_id": "ana"} | student], **enrolled()
    )
    assert found["race_ethnicity"] == [single]
    assert found["race_any"] == multiple


@ENGINES
@pytest.mark.parametrize(
    ("programs", "learner", "status"),
    [
        ([("english_learner", "2024-08-20", "")], True, "english_learner_recent"),
        ([("english_learner", "2020-06-30", "")], True, "long_term_english_learner"),
        ([("english_learner", "2020-07-01", "")], True, "english_learner_recent"),
        ([("english_learner", "", "")], True, "english_learner_recent"),
        (
            [
                ("english_learner", "2018-08-20", "2019-06-01"),
                ("english_learner", "2025-08-20", ""),
            ],
            True,
            "long_term_english_learner",
        ),
        (
            [
                ("english_learner", "2018-08-20", "2025-06-30"),
                ("reclassified", "2025-05-01", ""),
            ],
            False,
            "reclassified",
        ),
        (
            [
                ("english_learner", "2018-08-20", "2025-07-01"),
                ("reclassified", "2025-07-01", ""),
            ],
            True,
            "long_term_english_learner",
        ),
        ([("english_learner", "2018-08-20", "2025-06-30")], False, "never_"),
        ([("english_learner", "2026-07-01", "")], False, "never_english_learner"),
    ],
)
def test_language(engine_kind, programs, learner, status, tmp_path):
    rows = [
        {"student_id": "ana", "program": name, "started_on": first, "ended_on": last}
        for name, first, last in programs
    ]
    found = groups_of(engine_kind, tmp_path, programs=rows, **enrolled())
    assert found["english_learner"] == [
        "english_learner" if learner else "not_english_learner"
    ]
    assert found["language_status"][0].startswith(status)


@ENGINES
def test_a_program_nobody_is_recorded_in_is_not_collected(engine_kind, tmp_path):
    rows = [{"student_id": "ben", "program": "foster"}]
    found = groups_of(engine_kind, tmp_path, programs=rows, **enrolled())
    assert found["foster"] == ["not_foster"]
    assert "homeless" not in found
    assert "race_ethnicity" not in found  # there is no table of students
    assert found["foster*grade"] == ["not_foster*09"]


@ENGINES
def test_grade_is_that_of_the_latest_spell(engine_kind, tmp_path):
    tables = enrolled()
    tables["enrollments"].append(
        tables["enrollments"][0] | {"grade": "10", "entered_on": "2026-01-05"}
    )
    assert groups_of(engine_kind, tmp_path, **tables)["grade"] == ["10"]


@ENGINES
def test_a_cohort_is_in_a_program_of_any_of_its_four_years(engine_kind, tmp_path):
    completions = [
        {"student_id": name, "cohort_year": 2026, "outcome": "graduated"}
        for name in ("ana", "ben")
    ]
    programs = [
        {"student_id": "ana", "program": "low_income", "ended_on": "2022-07-01"},
        {"student_id": "ben", "program": "low_income", "ended_on": "2022-06-30"},
    ]
    tables = {"completions": completions, "programs": programs}
    with closing(engine_kind(Question(draw(tmp_path, tables), AS_OF))) as engine:
        cells = engine.cells(INDICATORS["graduation"], {}).as_dict()
    place = (2026, "district", "district", "low_income")
    assert cells[*place, "low_income"] == (1, 1)
    assert cells[*place, "not_low_income"] == (1, 1)
