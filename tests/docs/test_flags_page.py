"""What the page on flags says is what the program does, in both languages."""

from __future__ import annotations

import re

import numpy as np
import pytest

from evenrise.findings.early_warning.account import TOO_FEW, Scored, account_of
from evenrise.findings.early_warning.at_the_same_number import DRAWS, FEWEST_SCHOOLS
from evenrise.findings.early_warning.card import Way
from evenrise.findings.early_warning.cards import MARGIN, make_cards
from evenrise.findings.sentences.numbers import count, share
from evenrise.indicators.flags.cohorts import CHECKPOINTS, RECENT_DAYS
from evenrise.vocabulary.text import LANGUAGES
from tests.support.past_students import cohorts_from, oulad, oulad_tables
from tests.support.paths import ROOT


PAGES = {
    language: ROOT / f"docs/explanation/does-the-flag-find-them{end}.md"
    for language, end in (("en", ""), ("es", ".es"))
}
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def page(language: str) -> str:
    return PAGES[language].read_text("utf-8").replace("\u00a0", " ")


def rows(language: str, head: str) -> list[list[str]]:
    """The cells of the table whose head begins so."""
    _, _, after = page(language).partition(f"| {head}")
    lines = after.split("\n\n")[0].split("\n")[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def said(value: float, n: float, language: str) -> str:
    return share(value * n, n, language).replace("\u00a0", " ")


@EVERY_LANGUAGE
def test_the_worked_example_is_what_the_program_answers(language):
    head = {"en": "question", "es": "pregunta"}[language]
    counted = rows(language, "")[:2]
    (found, alarms), (missed, fine) = ((int(line[1]), int(line[2])) for line in counted)
    flagged = np.repeat([1.0, 1.0, 0.0, 0.0], [found, alarms, missed, fine])
    outcome = np.repeat([1.0, 0.0, 1.0, 0.0], [found, alarms, missed, fine])
    cohorts = cohorts_from(
        {"nothing": flagged * 0},
        rule=flagged,
        outcome=outcome,
        year=np.full(len(flagged), 2026),
        school=np.zeros(len(flagged), int),
    )
    card = account_of(Scored(Way.RULE, flagged, None), cohorts, found + alarms)
    answers = (card.precision, card.recall, card.missed, card.false_alarms)
    joined = {"en": " and ", "es": " y "}[language]
    for line, one in zip(rows(language, head), answers, strict=True):
        assert line[1] == said(one.value, one.n, language)
        ends = (said(end, one.n, language) for end in (one.lower, one.upper))
        assert line[2] == joined.join(ends)


@EVERY_LANGUAGE
def test_the_weeks_of_the_open_university(language):
    head = {"en": "known by", "es": "sabido al"}[language]
    table = rows(language, head)
    weeks = tuple(int(line[0].split()[-1]) for line in table)
    cohorts = oulad(oulad_tables(), weeks)
    later = cohorts.only(cohorts.school_year == 2014)
    for line, card in zip(
        table, make_cards(later, share=0.25).checkpoints, strict=True
    ):
        rule = card.way(Way.RULE)
        rates = (rule.precision, rule.recall)
        assert line[1] == count(card.students, language)
        assert line[2:] == [said(one.value, one.n, language) for one in rates]


@EVERY_LANGUAGE
def test_the_page_says_the_constants(language):
    words = page(language)
    assert (MARGIN, TOO_FEW, FEWEST_SCHOOLS, RECENT_DAYS) == (0.03, 11, 10, 20)
    assert CHECKPOINTS == ((10, 15), (1, 31))
    assert str(DRAWS) in words
    spelled = {
        "en": (
            "3 points",
            "eleven",
            "ten schools",
            "twenty",
            "October 15",
            "January 31",
        ),
        "es": (
            "3 puntos",
            "once",
            "diez escuelas",
            "veinte",
            "15 de octubre",
            "31 de enero",
        ),
    }
    for one in spelled[language]:
        assert one in words


def test_both_languages_tell_the_same_numbers():
    number = re.compile(r"\d+(?:[.,]\d+)*")
    links = re.compile(r"\]\([^)]*\)")
    found = [sorted(number.findall(links.sub("]", page(one)))) for one in LANGUAGES]
    assert found[0] == found[1]


def test_the_invented_districts_are_those_of_the_benchmark():
    told = (ROOT / "benchmarks/results.md").read_text("utf-8")
    used = re.findall(r"\| (\d+) of (\d+) \(.*\| (?:never|seldom|always)", told)
    assert used == [("0", "20"), ("0", "20"), ("20", "20")]
    for n, of in used:
        assert f"{n} of {of}" in page("en")
        assert f"{n} de {of}" in page("es")
