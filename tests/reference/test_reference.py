"""Every method meets the numbers that R computed or a published table holds."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from tests.reference import calls
from tests.reference.compare import differences
from tests.reference.fixtures import Case, cases
from tests.support.paths import REFERENCE


for module in pkgutil.iter_modules(calls.__path__):
    importlib.import_module(f"{calls.__name__}.{module.name}")

ALL = tuple(cases(REFERENCE)) if REFERENCE.exists() else ()


@pytest.mark.skipif(
    not ALL, reason="the reference numbers are not beside this checkout"
)
@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_reference(case: Case) -> None:
    found = calls.CALLS.get(case.fixture)
    if found is None:
        pytest.fail(f"not yet covered: {case.fixture}", pytrace=False)
    answer = found.answer(case.given, calls.Around(case.folder, case.siblings))
    wrong = [
        sentence
        for sentence in differences(case.expected, answer, case.tolerance)
        if not sentence.split(":")[0].endswith(tuple(found.leaves_out))
    ]
    assert not wrong, "\n".join(wrong[:20])
