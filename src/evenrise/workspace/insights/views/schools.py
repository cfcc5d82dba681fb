"""Pages of schools."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.access import may_recommend, writes_evidence_at
from evenrise.workspace.insights.models import LinkKind
from evenrise.workspace.insights.queries.evidence import beside
from evenrise.workspace.insights.queries.findings import item
from evenrise.workspace.insights.queries.one_school import school_page
from evenrise.workspace.insights.queries.recommendations import for_school
from evenrise.workspace.insights.queries.schools import schools_page
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import reader_language, schools_trail
from evenrise.workspace.insights.views.beginning import (
    facts_file,
    number,
    there,
    with_stand,
)
from evenrise.workspace.people.roles import Right


MOST_FINDINGS = 8  # on a school's page; the list has all


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def schools(request: HttpRequest, stand: Stand) -> HttpResponse:
    """Which schools are there, and who are their students?"""
    words, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    page = schools_page(
        stand, words, kind, number(request.GET.get("page", "")) or 1, reader_language()
    )
    told = {"page": page, "q": words, "kind": kind}
    return render(request, "insights/schools.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def school_csv(request: HttpRequest, stand: Stand, code: str) -> HttpResponse:  # noqa: ARG001 - a view's shape
    """All protected facts of a school as a file."""
    one = there(stand.pages.school(code))
    code = one.organization.organization_id
    facts = stand.pages.facts(
        organization_id=code, level=str(one.organization.level), pairs=False
    )
    return facts_file("school.csv", facts, stand.pages.snapshot)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def school(request: HttpRequest, stand: Stand, code: str) -> HttpResponse:
    """How does this school serve its students, beside schools like it?"""
    language = reader_language()
    drawn = request.GET.get("indicator", "")
    page = there(school_page(stand, code, drawn, language))
    told = {
        "page": page,
        "trail": schools_trail(),
        "items": [
            item(one, "", language, is_new=False)
            for one in page.findings[:MOST_FINDINGS]
        ],
        "more": len(page.findings) > MOST_FINDINGS,
        "evidence": beside(stand.person, LinkKind.SCHOOL, code, language),
        "recommendations": for_school(stand, code, language),
        "writes": writes_evidence_at(stand.person, code),
        "recommends": may_recommend(stand.person, code),
    }
    return render(request, "insights/school.html", told)
