"""The picture of a student's progress: everything is drawn, named and described."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import pytest

from evenrise.publishing.charts.frame import NARROW, Frame
from evenrise.publishing.charts.progress_line import (
    ProgressLine,
    Step,
    draw_progress_line,
)
from evenrise.vocabulary.text import Text


SVG = "{http://www.w3.org/2000/svg}"
BEGAN = dt.date(2026, 1, 12)


def _picture(**more):
    told = {
        "title": Text("Words read <in a minute>", "Palabras por minuto"),
        "alternative": Text("Six points, all below.", "Seis puntos, todos por debajo."),
        "points": tuple(
            Step(BEGAN + dt.timedelta(days=7 * k), 40.0 + k) for k in range(6)
        ),
        "aim": (Step(BEGAN, 40.0), Step(BEGAN + dt.timedelta(days=70), 60.0)),
        **more,
    }
    return ProgressLine(**told)


def _drawn(picture, frame):
    return ET.fromstring(draw_progress_line(picture, frame))  # noqa: S314 - our own


def test_each_point_is_marked_and_can_be_read_aloud():
    drawn = _drawn(_picture(), Frame("en"))
    said = [one.get("data-say") for one in drawn.iter(f"{SVG}g")]
    assert len(said) == 6
    assert said[0] == "Jan 12: 40"
    assert drawn.find(f"{SVG}title").text == "Words read <in a minute>"
    assert drawn.find(f"{SVG}desc").text == "Six points, all below."


def test_a_change_breaks_the_line_and_says_why():
    at = BEGAN + dt.timedelta(days=21)
    picture = _picture(changes=((at, Text("More often", "Más seguido")),))
    drawn = _drawn(picture, Frame("es"))
    words = [one.text for one in drawn.iter(f"{SVG}text")]
    assert "Más seguido" in words
    runs = [
        line.get("points").count(",")
        for line in drawn.iter(f"{SVG}polyline")
        if not line.get("stroke-dasharray")
    ]
    assert runs == [3, 3]


def test_the_aim_line_is_dashed_and_ends_at_the_target():
    drawn = _drawn(_picture(points=()), Frame("en"))
    dashed = [
        line for line in drawn.iter(f"{SVG}polyline") if line.get("stroke-dasharray")
    ]
    assert len(dashed) == 1
    assert "60" in [one.text for one in drawn.iter(f"{SVG}text")]


@pytest.mark.parametrize("width", [720.0, NARROW])
def test_all_words_stay_inside(width):
    picture = _picture(points=(Step(BEGAN, 12.5),), aim=None)
    drawn = _drawn(picture, Frame("en", width))
    for one in drawn.iter(f"{SVG}text"):
        assert 0 <= float(one.get("x")) <= width


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="a point or an aim"):
        draw_progress_line(_picture(points=(), aim=None), Frame("en"))
