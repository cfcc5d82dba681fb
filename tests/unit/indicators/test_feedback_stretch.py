"""Stretches without feedback are as long as counting day by day says."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.duckdb_engine import DuckDBEngine
from evenrise.indicators.engines.reference import ReferenceEngine
from evenrise.indicators.registry import INDICATORS
from tests.support.tables import draw


AS_OF = dt.date(2026, 6, 30)
FIRST = dt.date(2025, 8, 1)
STRETCH = INDICATORS["no_feedback_four_weeks"]
# Lengths on either side of the 32 days that the SQL keeps as one number.
LENGTHS = (1, 2, 7, 15, 16, 17, 28, 31, 32, 33, 63, 64, 65, 97)


def heard(chance, student):
    """Some students hear daily, some in bursts with long silences between them."""
    day = FIRST + dt.timedelta(days=chance.randint(0, 40))
    while day < dt.date(2026, 6, 20):
        yield day
        longest = (1, 3, 20, 40, 110)[student % 5]
        day += dt.timedelta(days=chance.randint(1, longest))


@pytest.mark.parametrize("seed", [1, 2])
def test_stretches_are_counted_as_day_by_day(seed, tmp_path):
    chance = random.Random(seed)  # noqa: S311 - a game of dice, no secret
    tables = {"sections": [], "rosters": [], "assignments": [], "scores": []}
    for student in range(60):
        # A section of its own gives each student a window of its own.
        for school in chance.sample(["A", "B"], chance.randint(1, 2)):
            section = f"{school}{student}"
            tables["sections"].append(
                {"section_id": section, "school_id": school, "school_year": 2026}
            )
            tables["rosters"].append({"section_id": section, "student_id": student})
            days = list(heard(chance, student))
            window = [FIRST + dt.timedelta(days=chance.randint(0, 320)) for _ in "ab"]
            for place, due in enumerate(window + days):
                tables["assignments"].append(
                    {
                        "assignment_id": f"{section}-{place}",
                        "section_id": section,
                        "due_on": due if place < len(window) else None,
                    }
                )
            tables["scores"] += [
                {
                    "assignment_id": f"{section}-{place + len(window)}",
                    "student_id": student,
                    "status": "scored",
                    "scored_on": day,
                }
                for place, day in enumerate(days)
            ]
    for table in ("rosters", "scores"):
        for row in tables[table]:
            row["student_id"] = f"s{row['student_id']}"
    question = Question(draw(tmp_path, tables), AS_OF)
    judge = ReferenceEngine(question)
    with DuckDBEngine(question) as engine:
        shares = []
        for days in LENGTHS:
            answers = engine.answers(STRETCH, {"days": days})
            assert answers == judge.answers(STRETCH, {"days": days}), days
            shares.append(sum(answer.numerator for answer in answers))
    # The case would say nothing if everybody, or nobody, went without.
    assert 0 < min(shares) < max(shares)


def test_the_engine_is_held_to_its_memory(tmp_path):
    with DuckDBEngine(Question(draw(tmp_path, {}), AS_OF)) as engine:
        ((limit, spill),) = engine._con.execute(
            "SELECT current_setting('memory_limit'), current_setting('temp_directory')"
        ).fetchall()
    assert limit == "3.7 GiB"
    assert "evenrise-" in spill
