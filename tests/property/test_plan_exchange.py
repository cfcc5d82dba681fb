"""A plan written into a file and read back is the same plan, whatever it says."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings

from evenrise.workspace.plans.content import PlanContent
from evenrise.workspace.plans.exchange import csv_file, docx_file, xlsx_file
from tests.support.examples import examples
from tests.support.plan_contents import contents, empty


FILES = pytest.mark.parametrize(
    "file",
    [csv_file, xlsx_file, docx_file],
    ids=lambda one: one.__name__.rpartition(".")[2],
)


@FILES
@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(content=contents())
def test_a_round_trip_loses_nothing(file: ModuleType, content: PlanContent) -> None:
    data = file.write(content)
    again, problems = file.read(data, content)
    assert not problems
    assert again == content
    afresh, problems = file.read(data, empty())
    assert not problems
    assert afresh == content
