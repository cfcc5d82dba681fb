"""The slides: native, titled, described, in their language, inside their edges."""

from __future__ import annotations

import pptx
import pytest
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE

from evenrise.findings.pictures import HeatTable, SmallMultiples
from tests.support.example_review import example_review


DECKS = {"en": "board.pptx", "es": "board.es.pptx"}
each_language = pytest.mark.parametrize("language", list(DECKS))


@pytest.fixture(scope="module", params=list(DECKS))
def deck(request, published):
    return request.param, pptx.Presentation(str(published / DECKS[request.param]))


def test_every_slide_has_a_title(deck):
    language, slides = deck
    titles = [slide.shapes.title.text_frame.text for slide in slides.slides]
    assert all(titles)
    assert titles[0] == example_review().title[language]
    for place, one in enumerate(example_review().main):
        assert titles[2 + place] == f"{place + 1}. {one.headline[language]}"


def test_every_chart_and_table_is_native_and_described(deck):
    language, slides = deck
    for place, one in enumerate(example_review().main):
        slide = slides.slides[2 + place]
        frames = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        many = isinstance(one.picture, SmallMultiples)
        assert len(frames) == (len(one.picture.panels) if many else 1)
        for frame in frames:
            (words,) = frame._element.xpath("./p:nvGraphicFramePr/p:cNvPr/@descr")
            assert words
        if not many:
            assert words == one.picture.alternative[language]
        assert frames[0].has_table == isinstance(one.picture, HeatTable)


def test_no_slide_holds_a_picture_that_cannot_be_edited(deck):
    _, slides = deck
    kinds = [shape.shape_type for slide in slides.slides for shape in slide.shapes]
    assert MSO_SHAPE_TYPE.PICTURE not in kinds


def test_ornaments_are_marked_as_such(deck):
    _, slides = deck
    for slide in slides.slides:
        for shape in slide.shapes:
            if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE:
                assert b"decorative" in etree.tostring(shape._element)


def test_everything_stands_inside_its_slide(deck):
    _, slides = deck
    for slide in slides.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= slides.slide_width
            assert shape.top + shape.height <= slides.slide_height


def test_every_run_says_its_language(deck):
    language, slides = deck
    for slide in slides.slides:
        for run in slide._element.iter("{*}r", "{*}fld"):
            assert run.find("{*}rPr").get("lang") == f"{language}-US"


def test_notes_tell_sources_and_caveats(deck):
    language, slides = deck
    for place, one in enumerate(example_review().main):
        notes = slides.slides[2 + place].notes_slide.notes_text_frame.text
        assert one.caveats[0][language] in notes
        if one.evidence:
            assert "suspension.csv" in notes


def test_a_chart_holds_the_numbers_of_its_picture_and_no_hidden_one(deck):
    _, slides = deck
    frames = [s for s in slides.slides[2].shapes if s.has_chart]
    (plot,) = frames[0].chart.plots
    values = plot.series[0].values
    picture = example_review().main[0].picture
    wanted = [picture.line, *(mark.estimate for mark in picture.rows)]
    assert len(values) == len(wanted)
    for value, one in zip(values, wanted, strict=True):
        assert value == (
            None if one.value is None else pytest.approx(one.value, abs=1e-5)
        )


def test_a_missing_year_is_a_gap_and_says_so(deck):
    _, slides = deck
    (frame,) = [s for s in slides.slides[3].shapes if s.has_chart]
    chart = frame.chart
    assert list(chart.plots[0].series[0].values)[1] is None
    assert chart._chartSpace.xpath(".//c:dispBlanksAs/@val") == ["gap"]
    assert "2020-21 (" in list(chart.plots[0].categories)[1]
