"""The manual builds without a warning, and its pages say what is true now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docs.build import build
from docs.reference_pages import reference_pages

from evenrise.cli.main import COMMANDS
from tests.support.paths import ROOT


PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if "site" not in path.parts
)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")


@pytest.mark.slow
def test_the_manual_builds_without_a_warning(tmp_path: Path) -> None:
    assert build(tmp_path / "site") == 0
    assert (tmp_path / "site" / "index.html").exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = [
        link
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert lost == []


def test_the_made_pages_know_every_command() -> None:
    page = reference_pages()["command-line"]
    for name in COMMANDS:
        assert f"## {name}" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_in_the_manual_exists(page: Path) -> None:
    said = re.findall(
        r"(?:\./dev run|`evenrise) ([a-z]+)", page.read_text(encoding="utf-8")
    )
    assert set(said) <= set(COMMANDS)


def test_every_spanish_page_has_its_english_twin() -> None:
    spanish = [page for page in PAGES if page.name.endswith(".es.md")]
    alone = [p.name for p in spanish if not p.with_name(p.name[:-6] + ".md").exists()]
    assert alone == []
