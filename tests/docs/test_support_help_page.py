"""The example on the page about whether supports help prints what the page says."""

from __future__ import annotations

import contextlib
import io
import re

import pytest

from evenrise.findings.support_effects.assemble import COMPARISONS, LOOKS
from evenrise.findings.support_effects.judge import FEWEST
from tests.support.paths import ROOT


PAGES = [ROOT / f"docs/explanation/does-the-support-help{e}.md" for e in ("", ".es")]
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=["en", "es"])


@EVERY_PAGE
def test_the_example_prints_what_the_page_says(page) -> None:
    words = page.read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", words, re.DOTALL)
    (printed,) = re.findall(r"```text\n(.*?)```", words, re.DOTALL)
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(compile(code, page.name, "exec"), {})  # noqa: S102 - our own page
    assert heard.getvalue() == printed


@EVERY_PAGE
def test_the_page_says_the_rules(page) -> None:
    words = page.read_text(encoding="utf-8")
    assert str(FEWEST) in words
    assert (COMPARISONS, LOOKS) == (4, 4)  # "up to four", "four looks"


def test_both_pages_have_the_same_sections() -> None:
    shapes = [
        re.findall(r"^(#+|\||-|```)", page.read_text(encoding="utf-8"), re.MULTILINE)
        for page in PAGES
    ]
    assert shapes[0] == shapes[1]
