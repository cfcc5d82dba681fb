"""The exam of charts, for the diagram of a theory of improvement.

Write the stored pictures anew with EVENRISE_WRITE_GOLDEN=1 and look at every one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from evenrise.publishing.charts.driver_diagram import (
    DriverDiagram,
    Node,
    draw_driver_diagram,
)
from evenrise.publishing.charts.frame import NARROW, WIDE, Frame
from evenrise.publishing.charts.lettering import width
from evenrise.vocabulary.text import Text
from tests.support.golden import assert_as_stored


GOLDEN = Path(__file__).parent / "golden_drivers"
SVG = "{http://www.w3.org/2000/svg}"
AIM = "Nine of ten ninth graders are here on Mondays by the end of <six> weeks & stay."
TITLE = Text("Our theory of improvement", "Nuestra teoría de la mejora")
SAID = Text("The aim and what drives it", "El propósito y lo que lo impulsa")


def idea(words, *, tried=False):
    return Node("idea", words, tried=tried)


def whole() -> DriverDiagram:
    known = Node(
        "driver",
        "Students are known by name",
        (
            Node(
                "need",
                "Adults have the time to greet",
                (
                    idea("Greet every student by name at the door", tried=True),
                    idea("Open the hall early"),
                ),
            ),
            Node("need", "Lists with photographs on the first day of school"),
        ),
    )
    early = Node(
        "driver",
        "Somebody acts on the first day of absence, in the language of the family",
        (idea("A call on the first day, by an adult whom the family knows already"),),
    )
    return DriverDiagram(TITLE, SAID, Node("aim", AIM, (known, early)))


def without_needs() -> DriverDiagram:
    driver = Node("driver", "Mornings are calm", (idea("Music at the gate"),))
    return DriverDiagram(TITLE, SAID, Node("aim", AIM, (driver,)))


def long_words() -> DriverDiagram:
    word = "Extraordinariamente" * 9
    driver = Node("driver", word, (Node("need", word, (idea(word, tried=True),)),))
    return DriverDiagram(TITLE, SAID, Node("aim", f"{AIM} " * 6, (driver,)))


PICTURES = {
    "whole": whole,
    "without_needs": without_needs,
    "long_words": long_words,
    "aim_alone": lambda: DriverDiagram(TITLE, SAID, Node("aim", AIM)),
}
every_picture = pytest.mark.parametrize("name", list(PICTURES))
every_way = pytest.mark.parametrize(
    ("language", "wide", "medium"),
    [("en", WIDE, "page"), ("es", WIDE, "paper"), ("es", NARROW, "page")],
)


def drawn(name, language="en", wide=WIDE, medium="page"):
    text = draw_driver_diagram(PICTURES[name](), Frame(language, wide, medium, name))
    return text, etree.fromstring(text.encode())


def words_of(svg) -> list[str]:
    return [word.text for word in svg.iter(f"{SVG}text")]


@every_picture
@every_way
def test_it_is_valid_named_and_described(name, language, wide, medium):
    text, svg = drawn(name, language, wide, medium)
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title") == TITLE[language]
    assert svg.findtext(f"{SVG}desc") == SAID[language]
    assert "style=" not in text
    assert ("var(" in text) == (medium == "page")


@every_picture
@every_way
def test_everything_stands_inside(name, language, wide, medium):
    _, svg = drawn(name, language, wide, medium)
    _, _, right, bottom = map(float, svg.get("viewBox").split())
    for word in svg.iter(f"{SVG}text"):
        x, y, size = (float(word.get(key)) for key in ("x", "y", "font-size"))
        need = width(word.text, size, bold=word.get("font-weight") is not None)
        assert x >= -1, word.text
        assert x + need <= right + 1, word.text
        assert size * 0.7 <= y <= bottom, word.text
        assert size >= 11, word.text
    for box in svg.iter(f"{SVG}rect"):
        x, y, across, down = (
            float(box.get(key)) for key in ("x", "y", "width", "height")
        )
        assert x >= 0
        assert x + across <= right + 1
        assert y >= 0
        assert y + down <= bottom


@every_picture
@pytest.mark.parametrize("wide", [WIDE, NARROW])
def test_no_box_covers_another(name, wide):
    _, svg = drawn(name, wide=wide)
    boxes = [
        tuple(float(one.get(key)) for key in ("x", "y", "width", "height"))
        for one in svg.iter(f"{SVG}rect")
    ]
    for place, (x, y, across, down) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart_x = x + across <= other[0] or other[0] + other[2] <= x
            apart_y = y + down <= other[1] or other[1] + other[3] <= y
            assert apart_x or apart_y


@pytest.mark.parametrize(("language", "wide"), [("en", WIDE), ("es", NARROW)])
def test_all_words_of_a_theory_stand_in_it_in_the_order_of_its_outline(language, wide):
    _, svg = drawn("whole", language, wide)
    said = " ".join(words_of(svg))
    for words in (
        "Students are known by name",
        "Adults have the time to greet",
        "Open the hall early",
    ):
        assert all(word in said for word in words.split())
    tried = {"en": "tried in this cycle", "es": "se prueba en este ciclo"}[language]
    assert words_of(svg).count(tried) == 1
    marks = [one.get("data-say") for one in svg.iter() if one.get("data-say")]
    assert marks == [f"Greet every student by name at the door ({tried})"]


def test_a_column_that_nothing_stands_in_is_not_drawn():
    _, svg = drawn("without_needs")
    assert "What that needs" not in words_of(svg)
    assert {"Aim", "What drives it", "Change ideas"} <= set(words_of(svg))


def test_what_a_team_wrote_is_escaped():
    text, _ = drawn("whole")
    assert "<six>" not in text
    assert re.search(r"&lt;six&gt;", text)


@pytest.mark.parametrize("name", ["whole", "without_needs"])
@pytest.mark.parametrize(("language", "wide"), [("en", WIDE), ("es", NARROW)])
def test_it_looks_as_it_did(name, language, wide):
    text, _ = drawn(name, language, wide)
    assert_as_stored(text, GOLDEN / f"{name}.{language}.{int(wide)}.svg")
