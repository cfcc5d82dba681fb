"""Pages of the trace, and the verbs on its arrows."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, tried, who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions import linking as verbs
from evenrise.workspace.plans.forms.linking import (
    SearchForm,
    StandsOnForm,
    TakeUpForm,
)
from evenrise.workspace.plans.models import Plan, Rung
from evenrise.workspace.plans.queries.choosing_links import offered, offered_one
from evenrise.workspace.plans.queries.grounds import grounds_of
from evenrise.workspace.plans.queries.reading import plan_named, rung_named
from evenrise.workspace.plans.queries.trace_page import rung_choices, trace_page
from evenrise.workspace.plans.said import plan_trail, rung_url, words_of
from evenrise.workspace.plans.views.beginning import written_by


# Of the session: what was just taken away, and from which rung; no child's data.
_UNDO = "plans_link_undo"


@needs(Right.SEE_FINDINGS)
@require_safe
def plan_trace(request: HttpRequest, plan: str) -> HttpResponse:
    """What does this plan stand on, and where does it lead?"""
    one, language = there(plan_named(plan)), reader_language()
    told = {
        "plan": one,
        "title": words_of(one, "title", language),
        "page": trace_page(who(request), one, language),
        "trail": plan_trail(one, language),
    }
    return render(request, "plans/trace.html", told)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def link_new(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """What does this rung stand on? Find it, and link it."""
    one, rung = _theirs(request, plan, key)
    form = StandsOnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values, made = form.cleaned_data["what"], []
        tried(
            lambda: made.append(
                verbs.stand_on(who(request), plan=one, key=key, values=values)
            ),
            request,
        )
        words = ngettext("%(n)s link is made.", "%(n)s links are made.", sum(made))
        return done(request, words % {"n": sum(made)}, _address(one, key))
    return _links_page(request, one, rung, form)


def _links_page(
    request: HttpRequest, plan: Plan, rung: Rung, form: StandsOnForm
) -> HttpResponse:
    language = reader_language()
    search = SearchForm(request.GET)
    asked = search.cleaned_data if search.is_valid() else {}
    lines, more = offered(
        plan,
        words=asked.get("q", ""),
        kind=asked.get("kind", ""),
        named=asked.get("what", ""),
        language=language,
    )
    title = words_of(rung, "title", language)
    told: dict[str, Any] = {
        "plan": plan,
        "rung": rung,
        "title": title,
        "grounds": list(grounds_of(rung.links.all(), language).values()),
        "form": form,
        "search": search,
        "lines": lines,
        "more": more,
        "undo": _undo(request, plan, rung),
        "trail": [*plan_trail(plan, language), (rung_url(plan, rung.key), title.text)],
    }
    status = 422 if form.is_bound else 200
    return render(request, "plans/link_new.html", told, status=status)


@needs(Right.WRITE_PLANS)
@require_POST
def link_remove(request: HttpRequest, plan: str, key: str, link: int) -> HttpResponse:
    """The rung no longer stands on it."""
    one, _rung = _theirs(request, plan, key)
    gone: list[Any] = []
    tried(
        lambda: gone.append(
            verbs.take_link_away(who(request), plan=one, key=key, link=link)
        ),
        request,
    )
    request.session[_UNDO] = [one.slug, key, gone[0].kind, gone[0].key]
    return redirect(_address(one, key))


@needs(Right.WRITE_PLANS)
@require_POST
def link_back(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Undo: the rung stands on it again."""
    one, rung = _theirs(request, plan, key)
    kept = there(_undo(request, one, rung))
    tried(
        lambda: verbs.bring_link_back(
            who(request), plan=one, key=key, kind=kept[0], to=kept[1]
        ),
        request,
    )
    request.session.pop(_UNDO, None)
    return done(request, _("The link is back."), _address(one, key))


def _undo(request: HttpRequest, plan: Plan, rung: Rung) -> tuple[str, str] | None:
    """Kind and key of what was just taken away from this rung."""
    kept = request.session.get(_UNDO)
    if not kept or kept[:2] != [plan.slug, rung.key]:
        return None
    return kept[2], kept[3]


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request: HttpRequest, plan: str, kind: str, key: str) -> HttpResponse:
    """Which part of the plan is to stand on this finding or recommendation?"""
    one, language = written_by(who(request), plan), reader_language()
    what = there(offered_one(one, f"{kind}|{key}", language))
    form = TakeUpForm(
        request.POST if request.method == "POST" else None,
        rungs=rung_choices(one, language),
    )
    if form.is_valid():
        rung = form.cleaned_data["rung"]
        tried(
            lambda: verbs.stand_on(
                who(request), plan=one, key=rung, values=[what.value]
            ),
            request,
        )
        return done(request, _("The plan stands on it now."), _address(one, rung))
    told = {
        "plan": one,
        "title": words_of(one, "title", language),
        "what": what,
        "form": form,
        "trail": plan_trail(one, language),
    }
    status = 422 if form.is_bound else 200
    return render(request, "plans/take_up.html", told, status=status)


def _theirs(request: HttpRequest, plan: str, key: str) -> tuple[Plan, Rung]:
    one = written_by(who(request), plan)
    rung: Rung = there(rung_named(one, key))
    if rung.removed_at is not None:
        raise Http404
    return one, rung


def _address(plan: Plan, key: str) -> str:
    return reverse("link_new", args=[plan.slug, key])
