"""Editions: heard, adopted, amended; one as it was; what changed between two."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions import adopting as verbs
from evenrise.workspace.plans.actions.making_editions import NO_WHY, promised_bytes
from evenrise.workspace.plans.content import digest_of
from evenrise.workspace.plans.forms.life import AdoptForm, AmendForm, HearingForm
from evenrise.workspace.plans.further import EDITION_PARTS
from evenrise.workspace.plans.models import Edition, EditionState, Plan
from evenrise.workspace.plans.queries.differences import WORK, difference_page
from evenrise.workspace.plans.queries.editions import (
    days_words,
    edition_page,
    editions_page,
)
from evenrise.workspace.plans.said import plan_trail
from evenrise.workspace.plans.views.beginning import (
    adopted_by,
    deed,
    edition_or_404,
    editions_trail,
    plan_or_404,
    tried,
)


@needs(Right.SEE_FINDINGS)
@require_safe
def editions(request: HttpRequest, plan: str) -> HttpResponse:
    """Where does the plan stand: draft, heard, adopted, amended?"""
    found, language = plan_or_404(plan), reader_language()
    told = {
        "page": editions_page(who(request), found, language),
        "plan": found,
        "trail": plan_trail(found, language),
        "title": found.said("title", language)[0],
    }
    return render(request, "plans/editions.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def edition(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """What did the plan say then?"""
    found, language = plan_or_404(plan), reader_language()
    one = edition_or_404(found, number)
    told = {
        "page": edition_page(who(request), one, language),
        "plan": found,
        "trail": editions_trail(found, language),
        "parts": EDITION_PARTS.shown(who(request), one),
    }
    return render(request, "plans/edition.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def edition_difference(request: HttpRequest, plan: str) -> HttpResponse:
    """What changed between two editions, or an edition and the work?"""
    found, language = plan_or_404(plan), reader_language()
    known = [str(one) for one in found.editions.values_list("number", flat=True)]
    if not known:
        raise Http404
    before = request.GET.get("from") or known[0]
    after = request.GET.get("to") or WORK
    page = difference_page(found, before, after, language)
    if page is None:
        raise Http404
    told = {
        "page": page,
        "plan": found,
        "trail": editions_trail(found, language),
        "known": known,
        "before": before,
        "after": after,
    }
    return render(request, "plans/edition_difference.html", told)


@needs(Right.ADOPT_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def hearing_open(request: HttpRequest, plan: str) -> HttpResponse:
    """Where and when is the public heard?"""
    person, sent = who(request), request.method == "POST"
    found = adopted_by(person, plan)
    amends = found.editions.filter(state=EditionState.ADOPTED).exists()
    form = HearingForm(
        request.POST if sent else None,
        person=person,
        amends=amends,
        initial={"seen": digest_of(promised_bytes(found))},
    )
    if sent and form.is_valid():
        done = tried(
            lambda: verbs.open_hearing(
                person,
                plan=found,
                hearing=form.hearing(),
                digest=form.cleaned_data["seen"],
                why=form.why() if amends else NO_WHY,
            ),
            request,
        )
        if done:
            messages.success(request, _("The hearing is open; comments are taken."))
            return redirect("editions", found.slug)
    told = {"form": form, "amends": amends}
    return _form(request, found, "plans/hearing.html", told)


@needs(Right.ADOPT_PLANS)
@require_POST
def hearing_close(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """Close the hearing, or (`again`) undo it."""
    person, found = who(request), adopted_by(who(request), plan)
    one, where = edition_or_404(found, number), reverse("editions", args=[plan])
    if "again" in request.POST:
        words = _("The hearing is open again.")
        return deed(
            request,
            lambda: verbs.open_hearing_again(person, edition=one.pk),
            words,
            where,
        )
    words = _("The hearing is closed. The vote comes on a later day.")
    return deed(
        request, lambda: verbs.close_hearing(person, edition=one.pk), words, where
    )


@needs(Right.ADOPT_PLANS)
@require_POST
def withdraw(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """Take an edition back that was not adopted, or (`back`) undo it."""
    person, found = who(request), adopted_by(who(request), plan)
    one, where = edition_or_404(found, number), reverse("editions", args=[plan])
    if "back" in request.POST:
        words = _("The edition is back.")
        return deed(
            request, lambda: verbs.bring_back(person, edition=one.pk), words, where
        )
    words = _("The edition is withdrawn; its comments stay.")
    return deed(request, lambda: verbs.withdraw(person, edition=one.pk), words, where)


@needs(Right.ADOPT_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """How did the board vote?"""
    person, sent = who(request), request.method == "POST"
    found = adopted_by(person, plan)
    one = edition_or_404(found, number)
    if one.state != EditionState.HEARD:
        raise Http404
    now = digest_of(promised_bytes(found))
    form = AdoptForm(
        request.POST if sent else None,
        changed=now != one.digest,
        initial={"seen": now},
    )
    if sent and form.is_valid():
        digest = _adopted_digest(form.cleaned_data, one)
        done = tried(
            lambda: verbs.adopt(
                person, edition=one.pk, vote=form.vote(), digest=digest
            ),
            request,
        )
        if done:
            messages.success(request, _("The plan is adopted, and frozen as it is."))
            return redirect("editions", found.slug)
    told = {
        "form": form,
        "edition": one,
        "heard": days_words(one, reader_language()),
        "changed": now != one.digest,
    }
    return _form(request, found, "plans/adopt.html", told)


def _adopted_digest(told: dict[str, Any], one: Edition) -> str:
    """Of what was adopted: what was heard, unless the person says otherwise."""
    return told["seen"] if told.get("what") == "work" else one.digest


@needs(Right.ADOPT_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, plan: str) -> HttpResponse:
    """What did the board amend, and why?"""
    person, sent = who(request), request.method == "POST"
    found = adopted_by(person, plan)
    one = found.editions.filter(state=EditionState.ADOPTED).first()
    if one is None:
        raise Http404
    now = digest_of(promised_bytes(found))
    form = AmendForm(
        request.POST if sent else None, person=person, initial={"seen": now}
    )
    if sent and form.is_valid():
        done = tried(
            lambda: verbs.amend(
                person,
                plan=found,
                why=form.why(),
                vote=form.vote(),
                digest=form.cleaned_data["seen"],
            ),
            request,
        )
        if done:
            messages.success(request, _("The amended plan is adopted."))
            return redirect("editions", found.slug)
    told = {"form": form, "edition": one, "changed": now != one.digest}
    return _form(request, found, "plans/amend.html", told)


@needs(Right.ADOPT_PLANS)
@require_POST
def adoption_back(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """Undo a vote that was recorded by mistake."""
    person, found = who(request), adopted_by(who(request), plan)
    one = edition_or_404(found, number)
    return deed(
        request,
        lambda: verbs.take_adoption_back(person, edition=one.pk),
        _("The vote is taken back; what stood before stands again."),
        reverse("editions", args=[plan]),
    )


def _form(
    request: HttpRequest, plan: Plan, template: str, told: dict[str, Any]
) -> HttpResponse:
    more = {"plan": plan, "trail": editions_trail(plan, reader_language())}
    status = 422 if request.method == "POST" else 200
    return render(request, template, {**told, **more}, status=status)
