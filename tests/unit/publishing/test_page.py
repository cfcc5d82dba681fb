"""The page: whole in itself, safe, in order, the same in both languages."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import lxml.html
import pytest

from evenrise.publishing.pages.page import style
from tests.support.example_review import example_review


PAGES = {"en": "index.html", "es": "es/index.html"}
each_language = pytest.mark.parametrize("language", list(PAGES))


def parsed(published, language):
    return lxml.html.fromstring((published / PAGES[language]).read_bytes())


@each_language
def test_the_page_names_its_language_and_its_title(published, language):
    page = parsed(published, language)
    assert page.get("lang") == language
    title = example_review().title[language]
    assert page.findtext(".//title") == title
    assert [h.text_content() for h in page.iter("h1")] == [title]


@each_language
def test_nothing_is_fetched_from_anywhere_and_nothing_runs(published, language):
    page = parsed(published, language)
    text = (published / PAGES[language]).read_text(encoding="utf-8")
    assert not list(page.iter("script", "iframe", "object", "embed", "img", "form"))
    assert not page.xpath("//@style")
    assert not [name for name in page.xpath("//@*") if re.match(r"javascript:", name)]
    assert not page.xpath("//*[@*[starts-with(name(), 'on')]]")
    assert not re.search(r"@import|url\(", text)
    links = [one.get("href") for one in page.iter("link")]
    assert all(link.startswith("data:") for link in links)


@each_language
def test_the_policy_allows_the_pages_own_sheet_and_nothing_else(published, language):
    page = parsed(published, language)
    (sheet,) = page.iter("style")
    assert sheet.text == style()
    digest = base64.b64encode(hashlib.sha256(sheet.text.encode()).digest()).decode()
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@each_language
def test_every_id_is_there_once_and_every_link_leads_somewhere(published, language):
    page = parsed(published, language)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not [name for name in ids if re.search(r"\s", name)]
    folder = (published / PAGES[language]).parent
    for link in page.xpath("//a/@href"):
        if link.startswith("#"):
            assert link[1:] in ids, link
        else:
            assert (folder / link).resolve().exists(), link


@each_language
def test_every_main_finding_has_a_sentence_a_picture_and_a_table(published, language):
    page = parsed(published, language)
    for one in example_review().main:
        (article,) = [
            found
            for found in page.xpath("//article[@class='finding']")
            if one.sentence[language] in found.text_content()
            and one.picture.alternative[language] in found.text_content()
        ]
        assert len(article.xpath(".//figure")) == 1
        assert len(article.xpath(".//table")) == bool(one.evidence)
        assert one.next_step[language] in article.text_content()
        own, shared = (text[language] for text in one.caveats)
        assert own in article.text_content()
        assert shared not in article.text_content()
        assert shared in page.xpath("//ul[@class='first']")[0].text_content()


@each_language
def test_pictures_are_named_and_described(published, language):
    pictures = parsed(published, language).xpath("//figure//svg")
    assert len(pictures) > 10
    for svg in pictures:
        assert svg.get("role") == "img"
        name, words = svg.get("aria-labelledby").split()
        assert svg.xpath(f"./title[@id='{name}']")[0].text
        assert svg.xpath(f"./desc[@id='{words}']")[0].text


@each_language
def test_headings_never_skip_a_level(published, language):
    page = parsed(published, language)
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@each_language
def test_tables_have_headings_for_rows_and_columns(published, language):
    for table in parsed(published, language).iter("table"):
        assert table.findtext("caption")
        heads = table.xpath("./thead/tr/th[@scope='col']")
        for row in table.xpath("./tbody/tr"):
            assert row[0].get("scope") == "row"
            wide = sum(int(cell.get("colspan", "1")) for cell in row)
            assert wide == len(heads)


@each_language
def test_a_table_says_which_records_it_was_read_from(published, language):
    page = parsed(published, language)
    sources = page.xpath("//article//p[@class='source']")
    assert sources
    assert "suspension.csv" in sources[0].text_content()
    assert "40, 41, 42" in sources[0].text_content()


@each_language
def test_names_with_signs_are_words_and_not_markup(published, language):
    text = (published / PAGES[language]).read_text(encoding="utf-8")
    assert "=Ocean &lt;View&gt; Middle" in text
    assert "<View>" not in text


def test_the_pages_lead_to_each_other(published):
    assert parsed(published, "en").xpath("//a[@hreflang='es']/@href") == [
        "es/index.html"
    ]
    assert parsed(published, "es").xpath("//a[@hreflang='en']/@href") == [
        "../index.html"
    ]


def test_both_pages_have_the_same_shape(published):
    shapes = [
        [
            (one.tag, one.get("class"))
            for one in parsed(published, language).iter("*")
            if one.tag in {"section", "article", "figure", "table", "h2", "h3", "tr"}
        ]
        for language in PAGES
    ]
    assert shapes[0] == shapes[1]
