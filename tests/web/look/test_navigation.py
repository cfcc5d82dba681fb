"""The navigation stays calm: at a desk each line is one line, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.support.browser import browser  # noqa: F401 - a fixture by its name
from tests.web.look.test_patterns import _dressed, page  # noqa: F401 - so is the page


LINES = """() => [...document.querySelectorAll('.navigation')].map(line =>
  new Set([...line.querySelectorAll('li')].map(one => one.offsetTop)).size)"""
AREAS = "/start", "/findings", "/plans", "/students", "/cycles", "/learning/mine"


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_line_is_one_line_at_a_desk(as_person, language: str, page: Page):  # noqa: F811
    client = as_person("superintendent", language)
    page.set_viewport_size({"width": 1280, "height": 900})
    told = {}
    for area in AREAS:
        page.set_content(_dressed(client.get(area).content.decode()))
        told[area] = page.evaluate(LINES)
    assert told == {area: [1] if area == "/start" else [1, 1] for area in AREAS}
