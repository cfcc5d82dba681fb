"""Findings, sections and notes come back as the review told them, pictures drawn."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from evenrise.findings.as_json import findings_json
from evenrise.findings.finding import Kind
from evenrise.publishing import numbers
from evenrise.publishing.languages import Words
from evenrise.publishing.lineage import places
from evenrise.publishing.page_store import PageStore, drawing
from evenrise.publishing.prose import shared_caveats
from evenrise.publishing.telling import Teller
from evenrise.vocabulary.text import LANGUAGES
from tests.support.facts import DISTRICT
from tests.unit.publishing.page_store.conftest import Invented


SVG = "{http://www.w3.org/2000/svg}svg"


def test_every_finding_comes_back_as_it_was_told(invented: Invented):
    review, pages = invented.made.review, invented.pages
    found = places(review)
    tellers = {
        language: Teller(Words(language), found, numbers.day(review.as_of, language))
        for language in LANGUAGES
    }
    shared = shared_caveats(review)
    plain = {one["key"]: one for one in findings_json(review)}
    assert len(plain) > 20
    for one in review.findings:
        page = pages.finding(one.key)
        assert page is not None
        assert page.plain == plain[one.key]
        assert page.line.headline == one.headline
        assert page.line.certainty is one.certainty
        for language, teller in tellers.items():
            story = replace(teller.finding(one, shared), picture=None)
            assert page.told[language] == story
        assert (page.picture is None) == (one.picture is None)


def test_pictures_are_drawn_in_both_languages_and_widths(invented: Invented):
    pages = invented.pages
    drawn = 0
    for line in pages.findings():
        page = pages.finding(line.key)
        assert page is not None
        if page.picture is None:
            continue
        for language in LANGUAGES:
            wide = ET.fromstring(page.picture.wide(language))  # noqa: S314 - our own
            narrow = ET.fromstring(page.picture.narrow(language))  # noqa: S314
            assert wide.tag == narrow.tag == SVG
            wide_box, narrow_box = (
                float(svg.attrib["viewBox"].split()[2]) for svg in (wide, narrow)
            )
            assert narrow_box < wide_box
            ids = [
                {part.attrib["id"] for part in svg.iter() if "id" in part.attrib}
                for svg in (wide, narrow)
            ]
            assert not ids[0] & ids[1]
        drawn += 1
    assert drawn > 20


def test_findings_stand_in_reading_order_and_questions_apart(invented: Invented):
    review, pages = invented.made.review, invented.pages
    asked = {one.key for one in review.questions}
    expected = list(
        dict.fromkeys(one.key for one in review.findings if one.key not in asked)
    )
    assert [one.key for one in pages.findings()] == expected
    assert [one.key for one in pages.findings(limit=5, offset=3)] == expected[3:8]
    assert [one.key for one in pages.questions()] == [
        one.key for one in review.questions
    ]
    assert [one.key for one in pages.main()] == [one.key for one in review.main]
    assert {one.key for one in pages.findings(Kind.DATA_QUALITY)} == asked
    for kind in {one.kind for one in review.findings}:
        own = pages.findings(kind)
        assert {one.kind for one in own} == {kind}


def test_findings_of_a_place_and_an_indicator(drawn: PageStore):
    everything = drawn.findings()
    of_one = drawn.findings(organization_id=DISTRICT, indicator="suspension")
    assert of_one
    assert list(of_one) == [
        one
        for one in everything
        if (one.organization_id, one.indicator) == (DISTRICT, "suspension")
    ]


def test_evidence_leads_to_its_fact(invented: Invented):
    pages, seen = invented.pages, 0
    for line in pages.findings():
        page = pages.finding(line.key)
        assert page is not None
        for row in page.plain["evidence"]:
            if row["fact"] is None or "group" not in row["fact"]:
                continue
            fact = pages.fact_named(row["fact"])
            assert fact is not None, row
            assert fact.numerator == row["numerator"]
            assert fact.estimate.value == row["estimate"]["value"]
            seen += 1
    assert seen > 50


def test_sections_notes_and_sources(invented: Invented):
    review, pages = invented.made.review, invented.pages
    sections = pages.sections()
    assert [one.indicator for one in sections] == [
        one.indicator for one in review.sections
    ]
    for one, section in zip(review.sections, sections, strict=True):
        assert section.answer == one.answer
        assert section.definition == one.definition
        assert section.findings == tuple(finding.key for finding in one.findings)
        assert section.told["es"].title == one.title.es
        assert (section.picture is None) == (one.picture is None)
        if one.evidence:
            assert section.told["en"].table is not None
    assert pages.section("nothing") is None
    assert pages.title == review.title
    assert pages.summary == review.summary
    assert pages.years == review.years
    assert pages.district == review.district
    assert [one.reason for one in pages.not_said()] == [
        one.reason for one in review.not_run
    ]
    assert [one.file for one in pages.sources()] == [one.file for one in review.sources]
    assert pages.smallest_shown == 11
    assert any("hidden" in note.words.en for note in pages.first_things())
    assert len(pages.method()) >= 5


def test_indicators_tell_the_district_and_its_largest_gap(drawn: PageStore):
    assert [one.key for one in drawn.indicators()] == ["chronic_absence", "suspension"]
    one = drawn.indicator("suspension")
    assert one is not None
    assert one.latest == 2026
    assert one.district is not None
    assert (
        one.district.estimate.value == one.district.numerator / one.district.denominator
    )
    assert one.largest_gap is not None
    page = drawn.finding(one.largest_gap)
    assert page is not None
    gaps = [
        line for line in drawn.findings(Kind.GAP, DISTRICT, "suspension") if line.clear
    ]
    assert page.line.students == max(line.students or 0 for line in gaps)
    assert drawn.indicator("nothing") is None
    assert drawn.indicator_page("nothing") is None
    assert drawn.indicator_page("suspension", "nowhere") is None


def test_pictures_on_demand(drawn: PageStore, invented: Invented):
    page = drawn.indicator_page("suspension")
    assert page is not None
    series = drawn.family_series("suspension", DISTRICT, "low_income")
    assert [one.kind for one in series] == ["other", "other", "all"]
    pictures = [
        drawing.dots_picture(page.info, page.groups, page.everyone, focus="low_income"),
        drawing.schools_picture(
            page.info, drawn.by_school("suspension", 2026), page.everyone
        ),
        drawing.trend_picture(page.info, series),
        drawing.multiples_picture(
            page.info, [(one.organization.called, series) for one in drawn.schools()]
        ),
        _heat(invented.pages),
    ]
    for picture in pictures:
        assert picture is not None
        for language in LANGUAGES:
            for narrow in (False, True):
                told = drawing.svg(picture, language, narrow=narrow, ident="one")
                assert ET.fromstring(told).tag == SVG  # noqa: S314 - our own
        both = drawing.draw_all(picture, "two")
        assert both.wide("en") != both.wide("es")
    assert drawing.trend_picture(page.info, ()) is None
    assert drawing.dots_picture(page.info, (), page.everyone) is None
    assert drawing.heat_picture(page.info, (), ("gender", "low_income")) is None


def _heat(pages: PageStore) -> object:
    key = "chronic_absence"
    families = pages.pair_families(key)
    assert len(families) > 5
    first, second = families[0]
    found = pages.pairs(key, first, second, pages.indicator(key).latest)
    assert {one.group_family for one in found} == {f"{first}*{second}"}
    return drawing.heat_picture(pages.indicator(key).info, found, (first, second))
