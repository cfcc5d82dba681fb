"""The pictures of the workspace: each is on a page of the manual, none is missing."""

from __future__ import annotations

import re

from tests.support.manual_pictures import LARGEST, PICTURES
from tests.support.paths import ROOT


TAKEN = re.compile(r'take\(\w+(?:\.page)?, "([a-z-]+)"\)')
SHOWN = re.compile(r"workspace-([a-z-]+)\.png")


def _named(folder: str, kind: str, pattern: re.Pattern[str]) -> set[str]:
    pages = (ROOT / folder).rglob(kind)
    return {
        name
        for page in pages
        for name in pattern.findall(page.read_text(encoding="utf-8"))
    }


def test_every_picture_is_shown_and_every_shown_one_is_there():
    there = {path.stem.removeprefix("workspace-") for path in PICTURES.glob("work*")}
    assert there == _named("docs", "*.md", SHOWN)


def test_every_picture_is_taken_on_a_walk():
    taken = _named("tests/journeys", "*.py", TAKEN)
    assert taken == _named("docs", "*.md", SHOWN)


def test_the_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("workspace-*")}
    assert len(sizes) <= 32
    assert {name for name, size in sizes.items() if size > LARGEST} == set()
