"""The list of what runs on PostgreSQL names tests that are there."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.support.paths import ROOT


LIST: Path = ROOT / "tests" / "web" / "on_postgresql.txt"


def test_every_line_names_tests() -> None:
    lines = [one for one in LIST.read_text().splitlines() if one and one[0] != "#"]
    assert len(lines) == len(set(lines)) > 100
    for line in lines:
        name, _, test = line.partition("::")
        tree = ast.parse((LIST.parent / name).read_text())
        there = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
        assert not test or test in there, line
