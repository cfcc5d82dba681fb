"""The house keeps its plan: what a linter does not see, a test does."""

from __future__ import annotations

import ast
import re

import pytest

from evenrise.config.options import OPTIONS, PREFIX
from tests.support.paths import ROOT


SOURCES = sorted(
    path
    for path in (ROOT / "src").rglob("*.py")
    # What a command draws from the models is not read like a book.
    if path.parent.name != "migrations" or path.name == "__init__.py"
)
ONE_SITTING = 450  # lines; the aim is 400


@pytest.mark.parametrize("path", SOURCES, ids=[p.stem for p in SOURCES])
def test_a_file_is_read_in_one_sitting(path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= ONE_SITTING


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc", "tools"}
    assert [str(p) for p in SOURCES if p.stem in drawers] == []


def test_a_setting_is_read_only_through_the_table() -> None:
    declared = {PREFIX + option.name for option in OPTIONS}
    used: set[str] = set()
    for path in SOURCES:
        used |= set(re.findall(r"[\"'](EVENRISE_[A-Z_]+)[\"']", path.read_text()))
    assert used <= declared


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs" / "adr").glob("0*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_glossary_stays_short() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert len(glossary.splitlines()) < 80
