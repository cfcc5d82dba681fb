"""All measures of a plan on one page: each year's reading, forecasts, red lights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.promises.model import Label, MeasureReading
from evenrise.findings.promises.words import LABELS, SURE
from evenrise.publishing.page_store import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.shown import year_words
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.content import MeasureContent, RungContent
from evenrise.workspace.plans.models import Measure, Plan, RedLightAnswer
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.measure_words import (
    SAID_BY_LABEL,
    ahead_words,
    promise_words,
    title_words,
)
from evenrise.workspace.plans.queries.readings import read_measure
from evenrise.workspace.plans.queries.red_lights import answered, answers_to
from evenrise.workspace.plans.said import Words, numbered


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One year's reading in a list: year, label, certainty."""

    year: str
    label: str
    sure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """A measure in the list of a plan's measures."""

    rung: str
    rung_url: str
    title: Words
    url: str
    promise: list[str]
    readings: list[ReadingLine]
    ahead: str
    red: bool
    waits: bool
    label: Label


@dataclass(frozen=True, slots=True)
class MeasuresPage:
    """All measures of a plan."""

    answer: str
    lines: list[MeasureLine]
    counts: list[tuple[str, int]]
    unmeasured: list[tuple[str, str]]  # goals without a measure: address, name
    writes: bool


def measures_page(
    person: Person, plan: Plan, pages: PageStore | None, language: Language
) -> MeasuresPage:
    """Every measure with each year's reading, its forecast and its red light."""
    content = content_of(plan)
    counted = content.numbers()
    keyed = {
        (one.rung.key, one.key): one
        for one in Measure.objects.filter(rung__plan=plan, removed_at=None)
        .select_related("rung")
        .order_by("id")
    }
    answers = answers_to(keyed.values())
    lines = [
        _line(
            plan,
            (rung, numbered(rung.kind, counted.get(rung.key, ""))),
            measure,
            read_measure(measure, pages, content.school_id),
            answers.get(keyed[rung.key, measure.key].pk, []),
            language,
        )
        for rung in content.rungs
        for measure in rung.measures
    ]
    unmeasured = [
        (
            reverse("rung", args=[plan.slug, rung.key]),
            numbered(rung.kind, counted.get(rung.key, "")),
        )
        for rung in content.rungs
        if rung.kind == "goal" and not rung.measures
    ]
    found = Counter(line.label for line in lines)
    counts = [(LABELS[one][language], found[one]) for one in Label if found[one]]
    return MeasuresPage(
        _answer(lines), lines, counts, unmeasured, may_write(person, plan)
    )


def _answer(lines: list[MeasureLine]) -> str:
    if not lines:
        return _("No measure is named yet.")
    kept = sum(line.label is Label.RISING_AND_CLOSING for line in lines)
    waiting = sum(line.waits for line in lines)
    if kept:
        words = ngettext(
            "The plan has %(n)s measure: %(kept)s is rising together and closing.",
            "Of %(n)s measures, %(kept)s are rising together and closing.",
            len(lines),
        ) % {"n": len(lines), "kept": kept}
    else:
        words = ngettext(
            "The plan has %(n)s measure: it is not rising together and closing.",
            "Of %(n)s measures, none is rising together and closing.",
            len(lines),
        ) % {"n": len(lines)}
    if not waiting:
        return words
    red = ngettext(
        "%(n)s red light waits for a written answer.",
        "%(n)s red lights wait for a written answer.",
        waiting,
    )
    return f"{words} {red % {'n': waiting}}"


def _line(
    plan: Plan,
    rung: tuple[RungContent, str],
    measure: MeasureContent,
    reading: MeasureReading,
    answers: Iterable[RedLightAnswer],
    language: Language,
) -> MeasureLine:
    one, name = rung
    return MeasureLine(
        rung=name,
        rung_url=reverse("rung", args=[plan.slug, one.key]),
        title=title_words(measure, reading, language),
        url=reverse("measure", args=[plan.slug, one.key, measure.key]),
        promise=promise_words(reading, language),
        readings=[
            ReadingLine(
                year_words(year.year),
                LABELS[year.label][language],
                "" if year.label in SAID_BY_LABEL else SURE[year.certainty][language],
            )
            for year in reversed(reading.years)
        ],
        ahead=ahead_words(reading.ahead[0], language) if reading.ahead else "",
        red=reading.red,
        waits=reading.red and answered(answers, reading) is None,
        label=reading.label,
    )
