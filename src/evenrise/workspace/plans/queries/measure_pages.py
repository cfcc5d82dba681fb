"""The page of one measure: its pictures, each year with its source, its red light."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenrise.findings.promises.model import MeasureReading, Way
from evenrise.findings.promises.words import LABELS, SURE, WAYS
from evenrise.publishing.page_store import PageStore
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.insights.queries.pictures import Shown
from evenrise.workspace.insights.shown import (
    day_words,
    fact_url,
    indicator_url,
    year_words,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.content import MeasureContent
from evenrise.workspace.plans.models import Measure, Plan, RedLightAnswer, Rung
from evenrise.workspace.plans.queries.content import content_of, measure_content
from evenrise.workspace.plans.queries.measure_words import (
    SAID_BY_LABEL,
    ahead_words,
    promise_words,
    title_words,
)
from evenrise.workspace.plans.queries.promise_figures import promise_figures
from evenrise.workspace.plans.queries.readings import read_measure
from evenrise.workspace.plans.queries.red_lights import answered, answers_to
from evenrise.workspace.plans.said import Words, numbered


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: words, and where its number comes from."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A written response to a red light."""

    pk: int
    year: str
    day: str
    by: str
    words: str
    lang: str
    back: bool
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePage:
    """One measure: its pictures, its table with sources, its red light."""

    title: Words
    rung_name: str
    reading: MeasureReading
    label: str
    sure: str
    sentence: str
    promise: list[str]
    ways: list[tuple[str, str]]
    pictures: tuple[Shown, ...]
    heads: list[str]
    rows: list[list[Cell]]
    ahead: list[str]
    notes: list[str]
    why_red: list[str]
    year: int | None
    answers: list[Answer]
    waits: bool
    source: list[tuple[str, str, str]]  # label, words, their language where not ours
    indicator_url: str
    remark: Words
    writes: bool


def measure_page(
    person: Person,
    plan: Plan,
    rung: Rung,
    measure: Measure,
    pages: PageStore | None,
    language: Language,
) -> MeasurePage:
    """Everything about one measure."""
    content = measure_content(measure)
    reading = read_measure(content, pages, plan.school_id or "")
    answers = answers_to([measure]).get(measure.pk, [])
    counts = answered(answers, reading)
    last = reading.latest
    label = LABELS[reading.label][language]
    sure = SURE[reading.certainty][language]
    numbers_of = content_of(plan).numbers()
    return MeasurePage(
        title=title_words(content, reading, language),
        rung_name=numbered(rung.kind, numbers_of.get(rung.key, "")),
        reading=reading,
        label=label,
        sure="" if reading.label in SAID_BY_LABEL else sure,
        sentence=reading.sentence[language],
        promise=promise_words(reading, language),
        ways=_ways(reading, language),
        pictures=promise_figures(reading, language),
        heads=[cell[language] for cell in reading.table[0]] if reading.table else [],
        rows=_rows(content, reading, pages, plan, language),
        ahead=[ahead_words(one, language) for one in reading.ahead],
        notes=[one[language] for one in reading.notes],
        why_red=[one[language] for one in reading.red_light],
        year=last.year if last else None,
        answers=[_shown(one, counts, language) for one in answers],
        waits=reading.red and counts is None,
        source=_source(content, reading, pages, language),
        indicator_url=_indicator(content, pages, plan),
        remark=_remark(content, language),
        writes=may_write(person, plan) and plan.set_aside_at is None,
    )


def _ways(reading: MeasureReading, language: Language) -> list[tuple[str, str]]:
    """Where all students and each gap stand on the way to the target."""
    last = reading.latest
    if last is None:
        return []
    everyone = Text("All students", "Todos los estudiantes")[language]
    found = [(everyone, last.way)]
    found.extend((one.gap.name[language], one.way) for one in last.groups)
    return [
        (name, WAYS[way][language]) for name, way in found if way is not Way.UNKNOWN
    ]


def _rows(
    content: MeasureContent,
    reading: MeasureReading,
    pages: PageStore | None,
    plan: Plan,
    language: Language,
) -> list[list[Cell]]:
    """The table's rows; each number leads to its rule, snapshot, file and row."""
    if len(reading.table) < 2:
        return []
    urls = _fact_urls(content, pages, plan)
    years = [content.baseline_year, *(one.year for one in reading.years)]
    names = [(one.family, one.group) for one in content.groups]
    rows = []
    for at, row in enumerate(reading.table[1:]):
        year = years[at] if at < len(years) else None
        places = [None, (ALL_FAMILY, ALL_STUDENTS), None, *names, None]
        rows.append(
            [
                Cell(cell[language], urls.get((year, name), "") if name else "")
                for cell, name in zip(row, places, strict=True)
            ]
        )
    return rows


def _fact_urls(
    content: MeasureContent, pages: PageStore | None, plan: Plan
) -> Mapping[tuple[int | None, tuple[str, str]], str]:
    if pages is None or not content.indicator:
        return {}
    place = _place(content, pages, plan)
    wanted = [
        (ALL_FAMILY, ALL_STUDENTS),
        *((one.family, one.group) for one in content.groups),
    ]
    return {
        (fact.school_year, (family, group)): fact_url(fact)
        for family, group in wanted
        for fact in pages.facts(
            content.indicator, organization_id=place, family=family, group=group
        )
    }


def _place(content: MeasureContent, pages: PageStore, plan: Plan) -> str:
    return content.organization_id or plan.school_id or pages.district.organization_id


def _indicator(content: MeasureContent, pages: PageStore | None, plan: Plan) -> str:
    if pages is None or not content.indicator or not pages.indicator(content.indicator):
        return ""
    own = _place(content, pages, plan)
    place = "" if own == pages.district.organization_id else own
    family = content.groups[0].family if content.groups else ""
    return indicator_url(content.indicator, place=place, family=family)


def _source(
    content: MeasureContent,
    reading: MeasureReading,
    pages: PageStore | None,
    language: Language,
) -> list[tuple[str, str, str]]:
    found = pages.indicator(content.indicator) if pages and content.indicator else None
    if pages is None or found is None:
        return []
    info = found.info
    return [
        (_("Indicator"), info.title[language], ""),
        (_("Place"), reading.promise.place[language], ""),
        (_("What is counted"), info.definition[language], ""),
        (_("Rule of"), info.authority, "en"),
        (_("Version of the rule"), str(info.version), ""),
    ]


def _remark(content: MeasureContent, language: Language) -> Words:
    own = content.note_en if language == "en" else content.note_es
    other = content.note_es if language == "en" else content.note_en
    if own or not other:
        return Words(own)
    return Words(other, "es" if language == "en" else "en")


def _shown(
    one: RedLightAnswer, counts: RedLightAnswer | None, language: Language
) -> Answer:
    own = one.text_en if language == "en" else one.text_es
    other: Language = "es" if language == "en" else "en"
    words = own or (one.text_es if language == "en" else one.text_en)
    day: dt.datetime = one.at
    return Answer(
        one.pk,
        year_words(one.school_year),
        day_words(day, language),
        one.by.name,
        words,
        "" if own else other,
        one.taken_back_at is not None,
        counts is not None and counts.pk == one.pk,
    )
