"""Pages of indicators and of single numbers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenrise.publishing.page_store.tracing import rules_of
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.models import LinkKind
from evenrise.workspace.insights.queries.evidence import beside
from evenrise.workspace.insights.queries.facts import fact_page
from evenrise.workspace.insights.queries.indicators import (
    Chosen,
    indicator_lines,
    indicator_page,
)
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.rules_page import rules_html
from evenrise.workspace.insights.shown import (
    indicator_trail,
    indicators_trail,
    reader_language,
)
from evenrise.workspace.insights.views.beginning import (
    facts_file,
    number,
    there,
    with_stand,
)
from evenrise.workspace.people.roles import Right


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def indicators(request: HttpRequest, stand: Stand) -> HttpResponse:
    """What does the district measure, and where are the largest gaps?"""
    lines = indicator_lines(stand, reader_language())
    return render(request, "insights/indicators.html", {"lines": lines})


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def indicator(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """One indicator by group, year, school and pairs of groups."""
    language = reader_language()
    asked = request.GET
    chosen = Chosen(
        family=asked.get("family", ""),
        year=number(asked.get("year", "")),
        place=asked.get("place", ""),
        group=asked.get("group", ""),
        pair=asked.get("pair", ""),
    )
    page = there(indicator_page(stand.pages, key, chosen, language))
    pieces = beside(stand.person, LinkKind.INDICATOR, key, language)
    told = {
        "page": page,
        "trail": indicators_trail(),
        "evidence": pieces,
        "writes": stand.person.may(Right.WRITE_EVIDENCE),
    }
    return render(request, "insights/indicator.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def indicator_csv(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """The protected facts of an indicator's page as a file."""
    there(stand.pages.indicator(key))
    year = number(request.GET.get("year", ""))
    family = request.GET.get("family") or None
    place = request.GET.get("place") or stand.district_id
    facts = (
        *stand.pages.facts(key, school_year=year, organization_id=place, family="all"),
        *stand.pages.facts(key, school_year=year, organization_id=place, family=family),
    )
    return facts_file(f"{key}.csv", facts, stand.pages.snapshot)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def fact(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """Where does this number come from?"""
    page = there(fact_page(stand, key, request.GET.dict(), reader_language()))
    told = {"page": page, "trail": indicator_trail(key, page.title)}
    return render(request, "insights/fact.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def definition(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """What exactly is counted?"""
    language = reader_language()
    line = there(stand.pages.indicator(key))
    rules = rules_of(key, language)
    return render(
        request,
        "insights/definition.html",
        {
            "title": line.title[language],
            "trail": indicator_trail(key, line.title[language]),
            "question": line.question[language],
            "definition": line.info.definition[language],
            "info": line.info,
            "key": key,
            "rules": rules_html(rules) if rules else "",
        },
    )
