"""The exam of charts, for the weeks of a cycle.

Write the stored pictures anew with EVENRISE_WRITE_GOLDEN=1 and look at every one.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from lxml import etree

from evenrise.findings.weeks.model import Anew, Measured, Nature, Series, Week
from evenrise.findings.weeks.reading import read_weeks
from evenrise.publishing.charts.frame import NARROW, WIDE, Frame
from evenrise.publishing.charts.lettering import width
from evenrise.publishing.charts.weeks_chart import WeeksPicture, draw_weeks
from evenrise.publishing.charts.weeks_pictures import weeks_picture
from evenrise.vocabulary.groups import group_name, group_students
from evenrise.vocabulary.text import Text
from tests.support.golden import assert_as_stored


GOLDEN = Path(__file__).parent / "golden_weeks"
SVG = "{http://www.w3.org/2000/svg}"
FIRST = dt.date(2026, 8, 17)
COUNTS = (12, 13, 11, 12, 14, 12, 11, 13, 12, 13, 12, 13, 9, 8, 8, 7, 8, 7, 8)
SOURCE = Text("Counted by the team & <the office>", "Contado por el equipo")


def weeks(counts, size, out=()):
    why = Text("a week of holidays", "semana de vacaciones")
    return tuple(
        Week(
            FIRST + dt.timedelta(weeks=place),
            None if place in out[1:] else count,
            size,
            why if place in out else None,
        )
        for place, count in enumerate(counts)
    )


def picture(nature=Nature.SHARE, groups=(), out=(5, 8), size=100, **more):
    name = Text("All students", "Todos los estudiantes")
    measured = Measured(
        what=Text("Absent on Mondays", "Ausentes los lunes"),
        nature=nature,
        good=-1,
        change_on=FIRST + dt.timedelta(weeks=12),
        **more,
    )
    ours = [
        Series(
            key,
            group_name(key, key),
            group_students(key, key),
            weeks([round(c * 0.7) for c in COUNTS], 40),
        )
        for key in groups
    ]
    told = [Series("", name, name, weeks(COUNTS, size, out)), *ours]
    return weeks_picture(read_weeks(measured, told), SOURCE)


PICTURES = {
    "one_panel": lambda: picture(predicted=0.08, target=0.05),
    "groups": lambda: picture(
        groups=("english_learner", "low_income", "disability"),
        predicted=0.08,
        target=0.05,
    ),
    "values": lambda: picture(
        Nature.VALUE,
        size=None,
        phases=(Anew(FIRST + dt.timedelta(weeks=16), Text("It held", "Se mantuvo")),),
    ),
}
every_chart = pytest.mark.parametrize("name", list(PICTURES))
every_way = pytest.mark.parametrize(
    ("language", "wide", "medium"),
    [("en", WIDE, "page"), ("es", WIDE, "paper"), ("es", NARROW, "page")],
)


def drawn(name, language="en", wide=WIDE, medium="page"):
    text = draw_weeks(PICTURES[name](), Frame(language, wide, medium, name))
    return text, etree.fromstring(text.encode())


@every_chart
@every_way
def test_it_is_valid_named_and_described(name, language, wide, medium):
    text, svg = drawn(name, language, wide, medium)
    told = PICTURES[name]()
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title") == told.title[language]
    assert svg.findtext(f"{SVG}desc") == told.alternative[language]
    for wrong in ("nan", "inf", "None"):
        assert not re.search(rf"\b{wrong}\b", text), wrong
    assert "style=" not in text
    assert ("var(" in text) == (medium == "page")


@every_chart
@every_way
def test_everything_stands_inside(name, language, wide, medium):
    _, svg = drawn(name, language, wide, medium)
    _, _, right, bottom = map(float, svg.get("viewBox").split())
    for word in svg.iter(f"{SVG}text"):
        x, y, size = (float(word.get(key)) for key in ("x", "y", "font-size"))
        need = width(word.text, size, bold=word.get("font-weight") is not None)
        side = {None: 0, "middle": need / 2, "end": need}[word.get("text-anchor")]
        assert x - side >= -1, word.text
        assert x - side + need <= right + 1, word.text
        assert size * 0.7 <= y <= bottom, word.text
        assert size >= 11, word.text
    for shape in svg.iter(f"{SVG}rect", f"{SVG}circle", f"{SVG}line"):
        for key in ("x", "cx", "x1", "x2"):
            assert -1 <= float(shape.get(key, 0)) <= right + 1
        for key in ("y", "cy", "y1", "y2"):
            assert -1 <= float(shape.get(key, 0)) <= bottom + 1


@every_chart
@pytest.mark.parametrize(("language", "wide"), [("en", WIDE), ("es", NARROW)])
def test_it_looks_as_it_did(name, language, wide):
    text, _ = drawn(name, language, wide)
    assert_as_stored(text, GOLDEN / f"{name}.{language}.{int(wide)}.svg")


def test_every_week_speaks_and_a_signal_has_a_shape_of_its_own():
    text, _ = drawn("one_panel")
    said = re.findall(r'data-say="([^"]*)"', text)
    assert len(said) == len(COUNTS) - 1  # one week has nothing to say but its strip
    assert said[0] == "Aug 17: 12% (12 of 100)"
    assert "Sep 21: 12% (12 of 100) (a week of holidays)" in said
    assert sum("one of a long run" in one for one in said) >= 7
    assert "empezó el cambio" in drawn("one_panel", "es")[0]


def test_the_middle_is_carried_on_with_dashes_only_where_it_stands_still():
    marks = drawn("one_panel")[0]
    assert marks.count('stroke-dasharray="6 4"') == 1
    assert 'stroke-dasharray="6 4"' not in drawn("values")[0]
    assert "new limits" in drawn("values")[0]


def test_what_was_promised_is_drawn_in_every_panel_and_says_of_whom():
    text, _ = drawn("groups")
    assert text.count('stroke-dasharray="1 4"') == 4 + 1  # panels, and the legend
    assert text.count('stroke-dasharray="9 3 2 3"') == 4 + 1
    assert "Predicted for all students 8%" in text
    assert "Objetivo para todos los estudiantes 5" in drawn("groups", "es")[0]
    alone = drawn("one_panel")[0]
    assert alone.count('stroke-dasharray="1 4"') == 1 + 1
    assert "Predicted 8%" in alone


def test_nothing_to_draw_is_refused():
    empty = Text("Weeks", "Semanas")
    with pytest.raises(ValueError, match="needs a week"):
        draw_weeks(WeeksPicture(empty, empty, "share", empty, ()), Frame("en"))
    measured = Measured(what=empty, nature=Nature.SHARE)
    assert weeks_picture(read_weeks(measured, [])) is None


def test_one_week_is_drawn():
    name = Text("All students", "Todos los estudiantes")
    measured = Measured(what=name, nature=Nature.SHARE)
    one = read_weeks(measured, [Series("", name, name, weeks((3,), 30))])
    etree.fromstring(draw_weeks(weeks_picture(one), Frame("es", NARROW)).encode())
