"""The reader's guide prints what the program answers, in both languages alike."""

from __future__ import annotations

import ast
import re
from functools import cache
from html import escape

import pytest
from docs.examples import guide
from docs.examples.kit import Example

from evenrise.vocabulary.text import LANGUAGES
from tests.support.paths import real_data


SECTIONS = {
    "en": (
        "The question",
        "The idea in plain words",
        "A worked example",
        "How to read it",
        "What it cannot say",
        "Where it comes from",
    ),
    "es": (
        "La pregunta",
        "La idea en palabras sencillas",
        "Un ejemplo",
        "Cómo se lee",
        "Lo que no puede decir",
        "De dónde viene",
    ),
}
NUMBER = re.compile(r"[−+]?\d+(?:[.,]\d+)*")
IMAGE = re.compile(r"^!\[(.+)\]\((.+)\)$", re.MULTILINE)
LINKS = re.compile(r"\]\([^)]*\)")
EVERY_METHOD = pytest.mark.parametrize("method", guide.METHODS)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


@cache
def answered(method: str) -> Example:
    return guide.example_of(method)


def page(method: str, language: str) -> str:
    return guide.page_of(method, language).read_text(encoding="utf-8")


def fenced(text: str) -> str:
    (block,) = re.findall(r"```text\n(.*?)\n```", text, re.DOTALL)
    return block


@EVERY_METHOD
@EVERY_LANGUAGE
def test_a_page_prints_what_its_example_prints(method: str, language: str) -> None:
    real_data(guide.folder_of(method))
    lines = [line[language].rstrip() for line in answered(method).lines]
    printed = fenced(page(method, language)).split("\n")
    assert printed == lines, f"renew the page: python -m docs.examples {method}"


@EVERY_METHOD
@EVERY_LANGUAGE
def test_the_picture_is_the_example_s(method: str, language: str) -> None:
    real_data(guide.folder_of(method))
    found = answered(method)
    assert guide.picture_lines(method, found, language) in page(method, language)
    path = IMAGE.findall(page(method, language))[0][1]
    svg = (guide.page_of(method, language).parent / path).read_text(encoding="utf-8")
    assert f">{escape(found.picture.title[language])}</title>" in svg
    assert f">{escape(found.picture.alternative[language])}</desc>" in svg


@EVERY_METHOD
@EVERY_LANGUAGE
def test_a_page_is_whole_and_short(method: str, language: str) -> None:
    text = page(method, language)
    assert tuple(re.findall(r"^## (.+)$", text, re.MULTILINE)) == SECTIONS[language]
    ((words, path),) = IMAGE.findall(text)
    assert len(words) > 40
    assert path.endswith(".es.svg") is (language == "es")
    assert 4 <= len(fenced(text).split("\n")) <= 12
    assert len(text.split("\n")) <= 80
    parts = re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]
    assert all(len(part.strip()) > 20 for part in parts)


@EVERY_METHOD
def test_both_languages_tell_the_same_numbers(method: str) -> None:
    said = [
        sorted(NUMBER.findall(LINKS.sub("]", page(method, language))))
        for language in LANGUAGES
    ]
    assert said[0] == said[1]


@EVERY_LANGUAGE
def test_the_index_leads_to_every_method_once(language: str) -> None:
    index = page("index", language)
    end = "" if language == "en" else ".es"
    found = re.findall(rf"\]\(([a-z-]+){re.escape(end)}\.md\)", index)
    assert sorted(set(found) - {"index"}) == sorted(guide.METHODS)
    assert len([one for one in found if one != "index"]) == len(guide.METHODS)


def test_no_page_and_no_picture_is_left_over() -> None:
    names = {*guide.METHODS, *(f"{one}.es" for one in guide.METHODS)}
    assert {one.stem for one in guide.PICTURES.glob("*.svg")} == names
    pages = {one.name[:-3] for one in guide.PAGES.glob("*.md")}
    assert pages == names | {"index", "index.es"}


@EVERY_METHOD
def test_an_example_calls_the_statistics(method: str) -> None:
    path = guide.ROOT / f"{guide.module_name(method).replace('.', '/')}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    rooms = [
        one.module or "" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)
    ]
    assert any(room.startswith("evenrise.statistics.") for room in rooms)
