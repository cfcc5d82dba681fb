"""The stylesheet by its own words: contrasts, palettes, nothing against the CSP."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evenrise.publishing.charts.ink import DARK, LIGHT
from tests.support.paths import ROOT


WORKSPACE = ROOT / "src" / "evenrise" / "workspace"
SHEET = WORKSPACE / "foundation" / "static" / "foundation" / "evenrise.css"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_TOKEN = re.compile(r"--([\w-]+):(#[0-9a-f]{3,6})")
# What is read (4.5), and what is only seen: borders of fields, marks, lines (3.0).
_READ = ("ink", "muted", "link", "rise", "rise-deep", "attention")
_SEEN = ("rule", "all", "c1", "c2", "c3", "c4", "c5", "c6")


def _palettes() -> dict[str, dict[str, str]]:
    """The colours of each rule that sets `--paper`, by the rule's selector."""
    text = re.sub(r"/\*.*?\*/", "", SHEET.read_text(), flags=re.DOTALL)
    found = {}
    for selector, body in _RULE.findall(text):
        tokens = dict(_TOKEN.findall(body))
        if "paper" in tokens:
            found[selector.split(";")[-1].strip()] = tokens
    return found


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio: (lighter + 0.05) / (darker + 0.05)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_known_colours():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_are_three_palettes():
    assert set(_palettes()) == {
        ":root",
        ':root[data-theme="dark"]',
        ':root:not([data-theme="light"])',
    }


def test_dark_is_the_same_by_choice_and_by_device():
    palettes = _palettes()
    chosen = palettes[':root[data-theme="dark"]']
    assert chosen == palettes[':root:not([data-theme="light"])']
    assert chosen.keys() == palettes[":root"].keys()


def test_pages_and_pictures_share_their_colours():
    palettes = _palettes()
    for inks, tokens in (
        (LIGHT, palettes[":root"]),
        (DARK, palettes[':root[data-theme="dark"]']),
    ):
        assert {name: tokens[name] for name in inks} == inks


@pytest.mark.parametrize("selector", [":root", ':root[data-theme="dark"]'])
@pytest.mark.parametrize("ground", ["paper", "sheet", "wash", "tint"])
def test_words_can_be_read_and_marks_be_seen(selector, ground):
    tokens = _palettes()[selector]
    for names, enough in ((_READ, 4.5), (_SEEN, 3.0)):
        for name in names:
            # Fields and pictures stand on paper and on sheets alone.
            if names is _SEEN and ground in {"wash", "tint"}:
                continue
            ratio = _contrast(tokens[name], tokens[ground])
            assert ratio >= enough, f"{name} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("selector", [":root", ':root[data-theme="dark"]'])
def test_the_words_on_buttons_can_be_read(selector):
    tokens = _palettes()[selector]
    assert _contrast(tokens["on-rise"], tokens["rise"]) >= 4.5
    assert _contrast(tokens["on-rise"], tokens["rise-deep"]) >= 4.5
    assert _contrast(tokens["paper"], tokens["ink"]) >= 4.5


def test_the_sheet_loads_nothing_and_is_small():
    text = SHEET.read_text()
    assert "@import" not in text
    assert "url(" not in text
    assert len(text.encode()) < 40_000


def _templates() -> list[Path]:
    return sorted(WORKSPACE.rglob("templates/**/*.html"))


@pytest.mark.parametrize(
    "path", _templates(), ids=lambda path: str(path.relative_to(WORKSPACE))
)
def test_no_template_needs_what_the_policy_forbids(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<[a-z][^>]*\sstyle\s*=", text), "a style attribute"
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", text), "a handler attribute"
    assert "<style" not in text
    assert "javascript:" not in text
    assert "hx-on" not in text
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, tag
