"""Pictures of practice: spreads over levels, and one practice over time."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import pytest

from evenrise.publishing.charts.frame import NARROW, WIDE, Frame
from evenrise.publishing.charts.level_bars import LevelBars, LevelRow, draw_level_bars
from evenrise.publishing.charts.level_steps import (
    LevelPoint,
    LevelSteps,
    draw_level_steps,
)
from evenrise.vocabulary.text import Text


SVG = "{http://www.w3.org/2000/svg}"
LEVELS = tuple(Text(f"Level {n}", f"Nivel {n}") for n in range(1, 5))
ROWS = (
    LevelRow(
        Text("Fall <2026>", "Otoño <2026>"),
        12,
        (0.5, 0.3, 0.1, 0.1),
        tuple(Text(f"share {n}", f"parte {n}") for n in range(4)),
    ),
    LevelRow(Text("Winter", "Invierno"), why=Text("hidden", "no se muestra")),
)
BARS = LevelBars(Text("Greeting", "Saludo"), Text("Half.", "La mitad."), LEVELS, ROWS)
STEPS = LevelSteps(
    Text("Greeting & more", "Saludo y más"),
    Text("From 4 to 2.", "Del 4 al 2."),
    LEVELS,
    (
        LevelPoint(dt.date(2026, 9, 1), 4),
        LevelPoint(dt.date(2026, 11, 1), 2),
        LevelPoint(dt.date(2026, 11, 1), 3, observed=True),
    ),
)


def _drawn(svg):
    return ET.fromstring(svg)  # noqa: S314 - our own


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bars_are_named_described_and_inside_their_frame(language, width):
    drawn = _drawn(draw_level_bars(BARS, Frame(language, width)))
    assert drawn.find(f"{SVG}title").text == BARS.title[language]
    assert drawn.find(f"{SVG}desc").text == BARS.alternative[language]
    for one in drawn.iter(f"{SVG}rect"):
        assert float(one.get("x")) + float(one.get("width")) <= width + 0.1
    words = {one.text for one in drawn.iter(f"{SVG}text")}
    assert {"1", "2", "3", "4"} <= words
    assert ROWS[1].why[language] in words
    said = [one.get("data-say") for one in drawn.iter() if one.get("data-say")]
    assert said == [each[language] for each in ROWS[0].says]


def test_a_bar_has_one_width_for_each_level():
    wrong = LevelBars(BARS.title, BARS.alternative, LEVELS[:3], ROWS)
    with pytest.raises(ValueError, match="one width"):
        draw_level_bars(wrong, Frame("en"))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_each_placement_is_marked_by_its_kind_and_said(width):
    drawn = _drawn(draw_level_steps(STEPS, Frame("en", width)))
    said = [one.get("data-say") for one in drawn.iter() if one.get("data-say")]
    assert said == [
        "September 1, 2026: Level 4 (By oneself)",
        "November 1, 2026: Level 2 (By oneself)",
        "November 1, 2026: Level 3 (By a coach)",
    ]
    assert drawn.find(f"{SVG}title").text == "Greeting & more"


def test_one_placement_alone_is_drawn_and_none_is_not():
    one = LevelSteps(STEPS.title, STEPS.alternative, LEVELS, STEPS.points[:1])
    assert "<circle" in draw_level_steps(one, Frame("es"))
    none = LevelSteps(STEPS.title, STEPS.alternative, LEVELS, ())
    with pytest.raises(ValueError, match="placement"):
        draw_level_steps(none, Frame("en"))
