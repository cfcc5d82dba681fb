"""The picture of a promise: counted years, the line to the target, the forecast."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from evenrise.findings.promises.model import Counts, GroupCounts, YearFacts
from evenrise.findings.promises.reading import read_promise
from evenrise.publishing.charts.frame import NARROW, WIDE, Frame
from evenrise.publishing.charts.promise_line import draw_promise_line
from evenrise.publishing.charts.promise_pictures import promise_pictures
from tests.spec.findings.test_promises import NAME, promise, year


SVG = "{http://www.w3.org/2000/svg}"
COUNTED = [(2019, 640, 880), (2021, 660, 890), (2022, 700, 900), (2023, 720, 905)]


def pictures():
    facts = [year(*one) for one in COUNTED]
    hidden = YearFacts(2024, Counts(1640, 2000), hidden=frozenset({NAME}))
    told = promise(baseline_year=2022, target_year=2026)
    facts = [*facts, hidden, year(2025, 760, 915)]
    return promise_pictures(read_promise(told, facts))


def drawn(picture, language="en", wide=WIDE, medium="page"):
    text = draw_promise_line(picture, Frame(language, wide, medium, "p"))
    return text, ET.fromstring(text)  # noqa: S314 - our own


def said(svg):
    return [one.get("data-say") for one in svg.iter() if one.get("data-say")]


def test_all_students_then_the_gap_each_with_its_words():
    everyone, gap = pictures()
    assert everyone.years == tuple(range(2019, 2027))
    assert "2019-20 not collected" in everyone.alternative.en
    assert "2023-24 hidden: too few to show" in gap.alternative.en
    assert "target 2025-26 +5.0" in gap.alternative.en
    assert "pronóstico 2025-26" in everyone.alternative.es


@pytest.mark.parametrize("wide", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_mark_says_what_it_is(language, wide):
    for picture in pictures():
        text, svg = drawn(picture, language, wide)
        words = " ".join(said(svg))
        assert len(said(svg)) == sum(one.known for one in picture.points) + 3
        assert ("target" if language == "en" else "objetivo") in words
        assert svg.find(f"{SVG}title").text == picture.title[language]
        assert svg.find(f"{SVG}desc").text == picture.alternative[language]
        assert "nan" not in text


def test_a_hidden_year_is_hatched_and_never_drawn():
    _, gap = pictures()
    _, svg = drawn(gap)
    assert not [one for one in said(svg) if one.startswith("2023-24")]
    assert "2023-24: hidden: too few to show" in [
        one.text for one in svg.iter(f"{SVG}text")
    ]


@pytest.mark.parametrize("wide", [WIDE, NARROW])
def test_nothing_is_drawn_outside_the_picture(wide):
    for picture in pictures():
        _, svg = drawn(picture, "es", wide)
        across, down = (float(one) for one in svg.get("viewBox").split()[2:])
        for one in svg.iter(f"{SVG}circle"):
            assert 0 <= float(one.get("cx")) <= across
            assert 0 <= float(one.get("cy")) <= down


def test_paper_has_plain_colours_and_the_words_of_a_person_are_escaped():
    told = promise()
    told = replace(told, what=replace(told.what, en="Graduate <now> & here"))
    pair = GroupCounts(Counts(700, 1000), Counts(900, 1000))
    facts = [YearFacts(y, Counts(1600, 2000), {NAME: pair}) for y in (2022, 2023)]
    for picture in promise_pictures(read_promise(told, facts)):
        text, svg = drawn(picture, medium="paper")
        assert "var(" not in text
        assert svg.find(f"{SVG}title").text.startswith("Graduate <now> & here")


def test_no_year_is_no_picture():
    assert promise_pictures(read_promise(promise(), [])) == ()
