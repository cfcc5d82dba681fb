"""Every worked table of the flags' rules.md, as it is drawn there."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from evenrise.indicators.flags.compute import flag_students
from evenrise.indicators.flags.rules import RULE_SETS
from tests.spec.indicators.worked import _case
from tests.support.tables import DrawnSettings, draw


TEXT = (files("evenrise.indicators.flags") / "rules.md").read_text(encoding="utf-8")
_SET = re.compile(r"^Rule set `(\w+)`\.$", re.MULTILINE)


def drawn():
    _, _, worked = TEXT.partition("\n## Worked tables\n")
    found = re.split(r"^### (.+)$", worked, flags=re.MULTILINE)[1:]
    for name, text in zip(found[::2], found[1::2], strict=True):
        said = _SET.search(text)
        rules = RULE_SETS[said[1] if said else "abc"]
        yield pytest.param(rules, _case("flags", name, text), id=name)


@pytest.mark.parametrize(("rules", "case"), list(drawn()))
def test_worked_table(rules, case, tmp_path):
    snapshot = draw(tmp_path, case.records)
    flagged = flag_students(snapshot, case.as_of, [rules], DrawnSettings())
    found = {
        (row["student_id"], row["domain"]): row["state"]
        for row in flagged.states.to_pylist()
    }
    expected = {
        (row["student_id"], row["domain"]): int(row["state"])
        for row in case.tables["answer"]
    }
    assert {key: found.get(key) for key in expected} == expected
