"""One exam for every kind of chart, present and future.

Each is drawn in both languages, both widths and both media, and compared by name with
a stored picture. Write the stored pictures anew with EVENRISE_WRITE_GOLDEN=1 and look
at every one that changed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree

from evenrise.findings.pictures import GapDots, Picture, SmallMultiples, Trend
from evenrise.publishing.charts.drawing import draw
from evenrise.publishing.charts.frame import NARROW, WIDE
from evenrise.publishing.charts.lettering import width
from evenrise.vocabulary.estimates import Estimate, Reason
from tests.support.example_pictures import PICTURES
from tests.support.golden import assert_as_stored


GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
# What each example must say of the values that it does not show; the points of a funnel
# are known by their nature.
WORDED = {
    "gap_dots": {"hidden: too few to show", "fewer than 11 students", "no students"},
    "trend": {
        "not collected",
        "Students without stable housing, 2021-22: hidden: too few to show",
    },
    "small_multiples": {"hidden: too few to show"},
    "funnel_plot": set(),
    "caterpillar": {"too few to say"},
    "heat_table": {"hidden: too few to", "no students"},
}
every_chart = pytest.mark.parametrize("name", list(PICTURES))
every_way = pytest.mark.parametrize(
    ("language", "wide", "medium"),
    [
        ("en", WIDE, "page"),
        ("es", WIDE, "paper"),
        ("es", NARROW, "page"),
        ("en", 1040.0, "page"),
    ],
)


def drawn(name, language="en", wide=WIDE, medium="page"):
    text = draw(PICTURES[name](), language, width=wide, medium=medium, ident=name)
    return text, etree.fromstring(text.encode())


def test_every_kind_of_picture_has_an_example():
    assert {type(make()) for make in PICTURES.values()} == set(get_args(Picture))


@every_chart
@every_way
def test_a_chart_is_valid_named_and_described(name, language, wide, medium):
    text, svg = drawn(name, language, wide, medium)
    picture = PICTURES[name]()
    assert svg.tag == f"{SVG}svg"
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title") == picture.title[language]
    assert svg.findtext(f"{SVG}desc") == picture.alternative[language]
    assert svg.get("aria-labelledby") == f"{name}-t {name}-d"
    for wrong in ("nan", "inf", "None", "Estimate", "style="):
        assert wrong not in re.sub(r"[a-z]+=\"var[^\"]*\"", "", text), wrong


@every_chart
@every_way
def test_every_word_stands_inside_the_picture(name, language, wide, medium):
    _, svg = drawn(name, language, wide, medium)
    _, _, right, bottom = map(float, svg.get("viewBox").split())
    for word in svg.iter(f"{SVG}text"):
        group = word.getparent().get("transform")
        shift = float(re.search(r"\(([-\d.]+)", group)[1]) if group else 0.0
        x, y, size = (float(word.get(key)) for key in ("x", "y", "font-size"))
        wide_word = width(word.text, size, bold=word.get("font-weight") is not None)
        left = {
            None: x,
            "middle": x - wide_word / 2,
            "end": x - wide_word,
        }[word.get("text-anchor")] + shift
        assert left >= -1, word.text
        assert left + wide_word <= right + 1, word.text
        assert size * 0.7 <= y <= bottom, word.text
        assert size >= 11, word.text


@every_chart
@every_way
def test_every_shape_stands_inside_the_picture(name, language, wide, medium):
    _, svg = drawn(name, language, wide, medium)
    _, _, right, bottom = map(float, svg.get("viewBox").split())
    for shape in svg.iter(f"{SVG}rect", f"{SVG}circle", f"{SVG}line"):
        xs = [
            float(shape.get(key)) for key in ("x", "cx", "x1", "x2") if shape.get(key)
        ]
        ys = [
            float(shape.get(key)) for key in ("y", "cy", "y1", "y2") if shape.get(key)
        ]
        assert all(-1 <= x <= right + 1 for x in xs)
        assert all(-1 <= y <= bottom + 1 for y in ys)


@every_chart
def test_paper_has_no_variables_and_a_page_always_a_fallback(name):
    paper, _ = drawn(name, medium="paper")
    assert "var(" not in paper
    page, _ = drawn(name)
    assert set(re.findall(r"var\(([^)]*)\)", page))
    assert all(
        re.fullmatch(r"--\w+,#[0-9a-f]{6}", found)
        for found in re.findall(r"var\(([^)]*)\)", page)
    )


@every_chart
def test_what_is_not_shown_has_its_word(name):
    _, svg = drawn(name)
    assert WORDED[name] <= {word.text for word in svg.iter(f"{SVG}text")}


@every_chart
def test_both_languages_draw_different_words(name):
    english, _ = drawn(name, "en")
    spanish, _ = drawn(name, "es")
    assert english != spanish


@every_chart
def test_the_same_picture_is_the_same_every_time(name):
    assert drawn(name)[0] == drawn(name)[0]


@every_chart
@pytest.mark.parametrize(("language", "wide"), [("en", WIDE), ("es", NARROW)])
def test_a_chart_looks_as_it_did(name, language, wide):
    text, _ = drawn(name, language, wide)
    assert_as_stored(text, GOLDEN / f"{name}.{language}.{int(wide)}.svg")


def test_no_stored_picture_is_left_over():
    wanted = {
        f"{name}.{language}.{int(wide)}.svg"
        for name in PICTURES
        for language, wide in (("en", WIDE), ("es", NARROW))
    }
    assert {path.name for path in GOLDEN.iterdir()} == wanted


@pytest.mark.parametrize("wide", [NARROW, WIDE])
def test_a_picture_of_which_nothing_is_known_is_drawn_all_the_same(wide):
    hidden = Estimate.unknown(Reason.SUPPRESSED)
    dots = PICTURES["gap_dots"]()
    assert isinstance(dots, GapDots)
    dark = replace(
        dots, rows=tuple(replace(row, estimate=hidden) for row in dots.rows), line=None
    )
    lines = PICTURES["trend"]()
    assert isinstance(lines, Trend)
    silent = replace(
        lines,
        series=tuple(
            replace(one, points=tuple(hidden for _ in one.points))
            for one in lines.series
        ),
    )
    for picture in (dark, silent):
        text = draw(picture, "es", width=wide)
        words = etree.fromstring(text.encode()).iter(f"{SVG}text")
        assert "oculto: muy pocos para mostrar" in " ".join(w.text for w in words)


def test_one_year_one_school_and_one_row_are_drawn():
    lines = PICTURES["trend"]()
    assert isinstance(lines, Trend)
    one_year = replace(
        lines,
        years=lines.years[-1:],
        series=tuple(replace(one, points=one.points[-1:]) for one in lines.series),
    )
    dots = PICTURES["gap_dots"]()
    assert isinstance(dots, GapDots)
    one_row = replace(dots, rows=dots.rows[:1], line=None)
    panels = SmallMultiples(lines.title, lines.alternative, (one_year,))
    for picture in (one_year, one_row, panels):
        etree.fromstring(draw(picture, "en").encode())
        etree.fromstring(draw(picture, "es", width=NARROW).encode())


def test_a_shared_value_of_all_groups_still_has_an_axis():
    dots = PICTURES["gap_dots"]()
    assert isinstance(dots, GapDots)
    same = Estimate(0.0, 0.0, 0.0, 40)
    flat = replace(dots, rows=tuple(replace(r, estimate=same) for r in dots.rows))
    assert "0%" in draw(replace(flat, line=same), "en")


@pytest.mark.parametrize("wide", [NARROW, WIDE])
def test_many_hidden_rows_are_gathered_under_their_word(wide):
    dots = PICTURES["gap_dots"]()
    assert isinstance(dots, GapDots)
    hidden = Estimate.unknown(Reason.SUPPRESSED)
    rows = tuple(
        replace(row, estimate=hidden, bound=None) if row.kind == "other" else row
        for row in dots.rows
    )
    svg = etree.fromstring(draw(replace(dots, rows=rows), "en", width=wide).encode())
    said = " ".join(word.text for word in svg.iter(f"{SVG}text"))
    assert "Hidden, too few to show: Students without stable housing" in said
    assert said.count("too few to show") == 1
    for row in rows:
        assert said.count(row.label.en) == 1


def test_a_row_that_repeats_another_is_drawn_once():
    dots = PICTURES["gap_dots"]()
    assert isinstance(dots, GapDots)
    twice = replace(dots, rows=(dots.rows[0], *dots.rows))
    assert draw(twice, "en") == draw(dots, "en")
