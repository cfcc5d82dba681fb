"""Every worked table of every rules.md, asked of both engines."""

from __future__ import annotations

from contextlib import closing

import pytest

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.duckdb_engine import DuckDBEngine
from evenrise.indicators.engines.reference import ReferenceEngine
from evenrise.indicators.registry import INDICATORS
from tests.spec.indicators.worked import cases
from tests.support.tables import draw


DRAWN = [
    pytest.param(case, id=f"{key}: {case.name}")
    for key, one in INDICATORS.items()
    if one.computed
    for case in cases(key)
]


@pytest.mark.parametrize("engine_kind", [DuckDBEngine, ReferenceEngine])
@pytest.mark.parametrize("case", DRAWN)
def test_worked_table(case, engine_kind, tmp_path):
    one = INDICATORS[case.indicator]
    snapshot = draw(tmp_path, case.records)
    with closing(engine_kind(Question(snapshot, case.as_of))) as engine:
        assert engine.missing(one) is None
        answers = engine.answers(one, one.with_settings(case.thresholds))
    found = [
        (
            answer.school_year,
            "district" if answer.level == "district" else answer.organization_id,
            answer.student_id,
            pytest.approx(answer.numerator),
            answer.denominator,
        )
        for answer in answers
    ]
    assert sorted(found, key=lambda row: row[:3]) == case.answer
