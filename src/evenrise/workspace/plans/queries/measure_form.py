"""What the form of a measure offers: indicators, places, years, and gaps to close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenrise.findings.sentences import numbers
from evenrise.publishing.numbers import amount
from evenrise.publishing.page_store import PageStore
from evenrise.vocabulary.groups import group_name
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.shown import family_words, year_words
from evenrise.workspace.plans.models import Measure, Plan
from evenrise.workspace.plans.queries.promising import (
    LONGEST,
    Beginning,
    beginning_of,
)
from evenrise.workspace.plans.queries.readings import indicators_to_promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """What may be chosen, what is chosen, and the facts that it begins from."""

    indicators: list[tuple[str, str]]
    places: list[tuple[str, str]]
    years: list[int]
    indicator: str
    place: str  # blank: the plan's own
    year: int | None
    begins: Beginning | None
    baseline: str  # the baseline in a sentence
    problem: str


def choosing(
    plan: Plan,
    measure: Measure | None,
    pages: PageStore | None,
    asked: Mapping[str, Any],
    language: Language,
) -> Choosing:
    """What the form offers, as far as it was filled in.

    Args:
        plan: whose measure it is.
        measure: the one that is changed.
        pages: the protected facts.
        asked: what the reader chose: indicator, place, year.
        language: the reader's.
    """
    infos = indicators_to_promise(pages) if pages else []
    lines = {one.key: one for one in pages.indicators()} if pages else {}
    years = sorted({y for i in infos for y in lines[i.key].years}, reverse=True)
    indicator = str(asked.get("indicator", measure.indicator if measure else ""))
    place = str(asked.get("place", measure.organization_id if measure else ""))
    places = _places(plan, pages, language)
    if place not in {code for code, _name in places}:
        place = ""
    year = _year(asked.get("year"), measure)
    begins, problem = None, ""
    if indicator and pages is not None:
        where = place or plan.school_id or pages.district.organization_id
        known = pages.years_of(indicator, where)
        year = year or (known[-1] if known else None)
        begins = beginning_of(pages, indicator, where, year) if year else None
        if begins is None:
            problem = _(
                "There is no figure of all students for this indicator, place and"
                " year: choose another year, or the whole district."
            )
    return Choosing(
        indicators=[(one.key, one.title[language]) for one in infos],
        places=places,
        years=years,
        indicator=indicator,
        place=place,
        year=year,
        begins=begins,
        baseline=_baseline(begins, language) if begins else "",
        problem=problem,
    )


def _year(asked: object, measure: Measure | None) -> int | None:
    text = str(asked or "")
    if text.isascii() and text.isdigit() and len(text) == 4:
        return int(text)
    return measure.baseline_year if measure else None


def _places(
    plan: Plan, pages: PageStore | None, language: Language
) -> list[tuple[str, str]]:
    """The plan's own place, and for the district's plan each school."""
    if plan.school_id is not None:
        return [("", plan.school.name if plan.school else plan.school_id)]
    if pages is None:
        return [("", "–")]
    schools = [
        (one.organization.organization_id, one.organization.called[language])
        for one in pages.schools()
    ]
    return [("", pages.district.called[language]), *schools]


def _baseline(begins: Beginning, language: Language) -> str:
    counts = begins.everyone
    return _("%(title)s in %(year)s: %(share)s (%(x)s of %(n)s students).") % {
        "title": begins.info.title[language],
        "year": year_words(begins.year),
        "share": amount(begins.share, "share", language),
        "x": numbers.count(counts.x, language),
        "n": numbers.count(counts.n, language),
    }


def initial_of(
    plan: Plan, measure: Measure | None, begins: Beginning | None
) -> dict[str, Any]:
    """What the form shows at first; per cent and points.

    A new promise is offered for the plan's last year, where that lies ahead.
    """
    if measure is None:
        if begins is None or plan.ends_year <= begins.year:
            return {}
        return {"target_year": min(plan.ends_year, begins.year + LONGEST)}
    found: dict[str, Any] = {
        name: getattr(measure, name)
        for name in ("title_en", "title_es", "note_en", "note_es")
    }
    if begins is None or measure.target is None:
        return found
    found |= {
        "target": round(measure.target * 100, 4),
        "target_year": measure.target_year,
    }
    for one in measure.groups:
        gap = one.get("target_gap")
        if gap is not None:
            found[f"gap_{one['family']}__{one['group']}"] = round(gap * 100, 4)
    return found


@dataclass(frozen=True, slots=True)
class GapRow:
    """A group that is behind: its name, its gap now, and the field of its target."""

    family: str
    name: str
    gap: str
    n: str
    field: Any


def gap_rows(begins: Beginning | None, form: Any, language: Language) -> list[GapRow]:
    """Each group that is behind in the baseline year, in the vocabulary's order."""
    if begins is None:
        return []
    return [
        GapRow(
            family_words(one.family, language),
            group_name(one.family, one.group)[language],
            numbers.points(one.gap or 0.0, numbers.DECIMAL_FROM, language),
            numbers.count(one.facts.group.n, language),
            form.gap(one.family, one.group),
        )
        for one in begins.starts
        if one.behind and one.facts is not None
    ]
