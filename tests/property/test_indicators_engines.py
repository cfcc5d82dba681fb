"""The two engines agree, cell by cell, on records that Hypothesis invents."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.duckdb_engine import DuckDBEngine
from evenrise.indicators.engines.reference import ReferenceEngine
from evenrise.indicators.registry import INDICATORS
from tests.property.indicators_records import invented
from tests.support.examples import examples
from tests.support.tables import draw


AS_OF = dt.date(2026, 6, 1)
# Small thresholds, so that few days and few students reach them.
SMALL = {
    "chronic_absence.minimum_days": 3,
    "chronic_absence.one_day_in": 3,
    "chronic_absence_edfacts.minimum_days": 3,
    "chronic_absence_edfacts.one_day_in": 3,
    "ninth_grade_on_track.credits_to_graduate": 40,
    "no_feedback_four_weeks.days": 9,
}
COMPUTED = [one for one in INDICATORS.values() if one.computed]


def check_agreement(tables, parts):
    """Both engines give the same answers and the same cells, for every indicator."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = draw(Path(folder), tables, parts=parts)
        question = Question(snapshot, AS_OF)
        judge = ReferenceEngine(question)
        with DuckDBEngine(question) as engine:
            for one in COMPUTED:
                assert engine.missing(one) == judge.missing(one), one.key
                if judge.missing(one):
                    continue
                thresholds = one.with_settings(SMALL)
                theirs = judge.answers(one, thresholds)
                ours = engine.answers(one, thresholds)
                assert [_whose(a) for a in ours] == [_whose(a) for a in theirs], one.key
                assert [a.numerator for a in ours] == pytest.approx(
                    [a.numerator for a in theirs]
                ), one.key
                expected = judge.cells(one, thresholds).as_dict()
                found = engine.cells(one, thresholds).as_dict()
                assert found.keys() == expected.keys(), one.key
                for cell, numbers in expected.items():
                    assert found[cell] == pytest.approx(numbers), (one.key, cell)


def _whose(answer):
    return (
        answer.school_year,
        answer.level,
        answer.organization_id,
        answer.student_id,
        answer.denominator,
    )


@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(district=invented(), parts=st.integers(1, 2))
def test_engines_agree(district, parts):
    check_agreement(district.tables(), parts)
