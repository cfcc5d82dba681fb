"""Plans for everybody: what was promised, on what it stands, how far it is.

From two frozen things alone: what two people released of the plan, and the public
figures of today. A comment is the one thing that this site takes; see `public_said`.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.door import public
from evenrise.workspace.plans.actions.commenting import takes_comments
from evenrise.workspace.plans.queries.differences import called, difference_shown
from evenrise.workspace.reports.forms_public import CommentForm, fresh_mark
from evenrise.workspace.reports.models import Release
from evenrise.workspace.reports.plan_pages import PlanPages, plans_in_force
from evenrise.workspace.reports.plan_releasing import (
    PlanRelease,
    in_force,
    public_editions,
)
from evenrise.workspace.reports.plan_said import said_pages
from evenrise.workspace.reports.releasing import public_pages as figures_of_today
from evenrise.workspace.reports.views.public import public_page, shown


@public_page
def public_plan_list(
    request: HttpRequest, language: Language, pages: PageStore, release: Release
) -> HttpResponse:
    """All plans that everybody may read."""
    del release
    plans = plans_in_force(pages, language)
    return shown(request, "plans", language, pages, plans=plans)


@public_page
def public_plan(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    release: Release,
    plan: str,
    number: int | None = None,
) -> HttpResponse:
    """One plan: promises, readings, strategies; in force, or a named edition."""
    del release
    editions = public_editions(plan)
    found = _chosen(editions, number)
    return plan_page(request, language, pages, found, editions)


def plan_page(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    found: PlanRelease,
    editions: list[PlanRelease],
) -> HttpResponse:
    """A plan as its readers meet it, public or about to be."""
    made = PlanPages(found.plan, pages, language)
    ladder = made.tree()
    return shown(
        request,
        "plan",
        language,
        pages,
        made=made,
        values=[one for one in ladder if one.kind == "value"],
        promises=[one for one in ladder if one.kind != "value"],
        others=[one for one in editions if one.release.pk != found.release.pk],
        told_on=made.told_on,
        marked=bool(found.plan.recommended),
        **_hearing(editions, pages, language),
    )


@public_page
def public_rung(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    release: Release,
    plan: str,
    key: str,
) -> HttpResponse:
    """One promise: on what it stands, what stands below it, what came of it."""
    del release
    editions = public_editions(plan)
    return rung_page(request, language, pages, _chosen(editions, None), key)


def rung_page(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    found: PlanRelease,
    key: str,
) -> HttpResponse:
    """A rung of a plan as its readers meet it."""
    made = PlanPages(found.plan, pages, language)
    rung = made.rung(key)
    if rung is None:
        raise Http404
    return shown(
        request,
        "plan_rung",
        language,
        pages,
        made=made,
        rung=rung,
        above=made.above(key),
        said=said_pages(found.plan, language, rung=key),
    )


@public_page
def public_said(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    release: Release,
    plan: str,
) -> HttpResponse:
    """“You said, we did”: every comment that was taken, and what became of it."""
    del release
    editions = public_editions(plan)
    return said_page(request, language, pages, _chosen(editions, None), editions)


def said_page(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    found: PlanRelease,
    editions: list[PlanRelease],
) -> HttpResponse:
    """What was said of a plan as its readers meet it."""
    return shown(
        request,
        "plan_said",
        language,
        pages,
        made=PlanPages(found.plan, pages, language),
        said=said_pages(found.plan, language),
        **_hearing(editions, pages, language),
    )


@public_page
def public_changes(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    _release: Release,
    **named: Any,
) -> HttpResponse:
    """What a later edition says otherwise than an earlier one, in both languages."""
    plan, before, after = named["plan"], named["before"], named["after"]
    editions = public_editions(plan)
    was, now = _chosen(editions, before), _chosen(editions, after)
    page = difference_shown(
        was.plan.content,
        now.plan.content,
        language,
        called(str(before)),
        called(str(after)),
    )
    return shown(
        request,
        "plan_changes",
        language,
        pages,
        made=PlanPages(now.plan, pages, language),
        page=page,
        hearing=_in_hearing(editions),
    )


@public
@csrf_exempt  # nobody is signed in here, and the site keeps no cookies
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_comment(request: HttpRequest, language: Language, plan: str) -> HttpResponse:
    """Say something of a plan that is heard; a person reads it before it is shown."""
    hearing = _in_hearing(public_editions(plan))
    today = figures_of_today()
    if hearing is None or today is None:
        raise Http404
    made = PlanPages(hearing.plan, today[1], language)
    form = CommentForm(
        request.POST or None, rungs=made.choices(), initial={"mark": fresh_mark()}
    )
    if request.method == "POST" and form.is_valid() and form.take(request, hearing):
        return redirect("public_thanks", language=language, plan=plan)
    return shown(request, "plan_comment", language, today[1], made=made, form=form)


@public_page
def public_thanks(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    release: Release,
    plan: str,
) -> HttpResponse:
    """A comment was taken."""
    del release
    found = _chosen(public_editions(plan), None)
    made = PlanPages(found.plan, pages, language)
    return shown(request, "plan_thanks", language, pages, made=made)


@public
@require_safe
def plan_json(request: HttpRequest, plan: str) -> HttpResponse:
    """Exactly the bytes that two people released of the plan in force."""
    del request
    found = _chosen(public_editions(plan), None)
    answer = HttpResponse(
        bytes(found.release.told or b""), content_type="application/json"
    )
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _chosen(editions: list[PlanRelease], number: int | None) -> PlanRelease:
    found = (
        in_force(editions)
        if number is None
        else next((x for x in editions if x.plan.edition.number == number), None)
    )
    if found is None:
        raise Http404
    return found


def _hearing(
    editions: list[PlanRelease], pages: PageStore, language: Language
) -> dict[str, Any]:
    found = _in_hearing(editions)
    return {
        "hearing": found,
        "heard": found and PlanPages(found.plan, pages, language).edition,
        "amendment": _amendment(found, editions, pages, language),
    }


def _amendment(
    hearing: PlanRelease | None,
    editions: list[PlanRelease],
    pages: PageStore,
    language: Language,
) -> PlanPages | None:
    """What is heard, where it changes a plan that was adopted."""
    if hearing is None or in_force(editions) is hearing:
        return None
    return PlanPages(hearing.plan, pages, language)


def _in_hearing(editions: list[PlanRelease]) -> PlanRelease | None:
    """The edition on which comments are taken today."""
    for one in editions:
        edition = one.release.plan_edition
        if edition is not None and takes_comments(edition, timezone.localdate()):
            return one
    return None
