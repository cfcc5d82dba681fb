"""What the public pages show, made up for a template; from the page store alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import mark_safe

from evenrise.publishing.numbers import day, school_year
from evenrise.publishing.page_store import drawing
from evenrise.publishing.page_store.model import (
    FactLine,
    FindingLine,
    FindingPage,
    IndicatorLine,
    SchoolLine,
    Trace,
)
from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.reports.queries import Figure, figure


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in a list: what it is called and the district's latest figure."""

    key: str
    title: str
    question: str
    year: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in a list."""

    key: str
    headline: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader chose on an indicator's page."""

    organization_id: str = ""  # the district
    year: int | None = None  # the latest
    family: str = ""  # the first one


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a wide and a narrow page, as finished SVG."""

    title: str
    wide: str
    narrow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorView:
    """One indicator of one organization."""

    key: str
    title: str
    question: str
    answer: str
    organization: str
    school_id: str
    year: str
    definition: str
    authority: str
    everyone: Figure | None
    groups: tuple[tuple[str, str, tuple[Figure, ...]], ...]
    picture: Picture | None
    trend: Picture | None
    readings: tuple[str, ...]
    schools: tuple[tuple[str, Figure], ...] = ()
    years: tuple[tuple[int, str], ...] = ()
    families: tuple[tuple[str, str], ...] = ()
    family: str = ""
    spring: int = 0
    findings: tuple[FindingRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolView:
    """One school: who its students are, and each indicator beside the district's."""

    school_id: str
    name: str
    students: str
    served: tuple[tuple[str, str], ...]
    rows: tuple[tuple[IndicatorRow, Figure], ...]
    like: tuple[tuple[str, str, str, tuple[str, ...]], ...] = ()
    like_rule: str = ""
    findings: tuple[FindingRow, ...] = field(default=())


def finding_rows(
    lines: tuple[FindingLine, ...], language: Language
) -> tuple[FindingRow, ...]:
    """Findings for a list."""
    return tuple(
        FindingRow(
            one.key, one.headline[language], (one.short or one.sentence)[language]
        )
        for one in lines
    )


def indicator_rows(
    lines: tuple[IndicatorLine, ...], language: Language
) -> tuple[IndicatorRow, ...]:
    """Indicators for a list."""
    return tuple(
        IndicatorRow(
            one.key,
            one.title[language],
            one.question[language],
            school_year(one.latest),
            figure(one.district, one.info.unit, language) if one.district else None,
        )
        for one in lines
    )


def indicator_view(
    pages: PageStore, key: str, asked: Asked, language: Language
) -> IndicatorView | None:
    """One indicator's page, or None where there is nothing to show."""
    organization_id = asked.organization_id or pages.district.organization_id
    page = pages.indicator_page(key, organization_id, asked.year)
    if page is None:
        return None
    unit = page.info.unit
    families = tuple(
        (
            each,
            FAMILIES[each].name[language],
            tuple(
                figure(one, unit, language)
                for one in page.groups
                if one.group_family == each
            ),
        )
        for each in page.families
    )
    first = next(iter(page.families), "")
    family = asked.family if asked.family in page.families else first
    lines = pages.family_series(key, organization_id, family) if family else ()
    district = organization_id == pages.district.organization_id
    return IndicatorView(
        key=key,
        title=page.info.title[language],
        question=page.info.question[language],
        answer=page.section.answer[language] if page.section else "",
        organization=page.organization.name,
        school_id="" if district else organization_id,
        year=school_year(page.school_year),
        definition=page.info.definition[language],
        authority=page.info.authority,
        everyone=figure(page.everyone, unit, language) if page.everyone else None,
        groups=families,
        picture=_drawn(
            drawing.dots_picture(
                page.info,
                [one for one in page.groups if one.group_family == family],
                page.everyone,
            ),
            language,
            "dots",
        ),
        trend=_drawn(
            drawing.trend_picture(page.info, lines) if lines else None,
            language,
            "trend",
        ),
        readings=tuple(one.sentence[language] for one in page.changes[:6]),
        schools=_by_school(pages, key, page.school_year, unit, language)
        if district
        else (),
        years=tuple((one, school_year(one)) for one in page.years),
        families=tuple((one, FAMILIES[one].name[language]) for one in page.families),
        family=family,
        spring=page.school_year,
        findings=finding_rows(page.findings[:8], language),
    )


def _drawn(picture: Any, language: Language, ident: str) -> Picture | None:
    if picture is None:
        return None
    return Picture(
        picture.title[language],
        mark_safe(drawing.svg(picture, language, ident=ident)),  # noqa: S308 - ours
        mark_safe(  # noqa: S308 - drawn by us
            drawing.svg(picture, language, narrow=True, ident=f"{ident}-n")
        ),
    )


def _by_school(
    pages: PageStore, key: str, year: int, unit: str, language: Language
) -> tuple[tuple[str, Figure], ...]:
    """All students of each school, in the order of names: never a ranking."""
    found = sorted(
        pages.by_school(key, year), key=lambda one: one.organization.name.casefold()
    )
    return tuple(
        (
            one.organization.organization_id,
            figure(one, unit, language, one.organization.name),
        )
        for one in found
    )


def school_view(
    pages: PageStore, school_id: str, language: Language
) -> SchoolView | None:
    """One school's page, or None when there is no such school."""
    school = pages.school(school_id)
    if school is None:
        return None
    rows = []
    for line, row in zip(
        pages.indicators(), indicator_rows(pages.indicators(), language), strict=True
    ):
        facts = pages.facts(
            line.key,
            organization_id=school_id,
            school_year=line.latest,
            family="all",
        )
        if facts:
            rows.append((row, figure(facts[0], line.info.unit, language)))
    return SchoolView(
        school_id=school_id,
        name=school.organization.name,
        students="" if school.students is None else str(school.students),
        served=_served(school, language),
        rows=tuple(rows),
        like=tuple(
            (
                one.school.organization.organization_id,
                one.school.organization.name,
                one.closeness[language],
                tuple(words[language] for words in one.in_common),
            )
            for one in pages.like_schools(school_id)
        ),
        like_rule=pages.like_rule().words[language],
        findings=finding_rows(pages.findings(organization_id=school_id)[:8], language),
    )


_TOO_FEW = Text("Too few to show", "Muy pocos para mostrar")


def _served(school: SchoolLine, language: Language) -> tuple[tuple[str, str], ...]:
    """Each group's share; those too few to show stand together in one line.

    Two ways of counting race share some groups: a name is told once.
    """
    sign = "%" if language == "en" else " %"
    shown = [
        (one.label[language], f"{round(100 * one.share)}{sign}")
        for one in school.shares
        if one.share is not None
    ]
    few = dict.fromkeys(
        one.label[language] for one in school.shares if one.share is None
    )
    if few:
        shown.append((_TOO_FEW[language], ", ".join(few)))
    return tuple(shown)


def of_finding(found: FindingPage, language: Language) -> Picture | None:
    """A finding's picture, drawn when the snapshot was prepared."""
    if found.picture is None:
        return None
    return Picture(
        found.told[language].picture_title,
        mark_safe(found.picture.wide(language)),  # noqa: S308 - drawn by us
        mark_safe(found.picture.narrow(language)),  # noqa: S308 - drawn by us
    )


def fact_figure(fact: FactLine, trace: Trace, language: Language) -> Figure:
    """A fact as its own page prints it."""
    return figure(fact, trace.info.unit, language)


def as_of_words(pages: PageStore, language: Language) -> str:
    """The day that the pages speak of."""
    return day(pages.as_of, language)
