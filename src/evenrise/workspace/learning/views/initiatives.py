"""Pages of initiatives: the list, one with its chain, a new one, what was mended."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.cycles.models import Practice
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import day_words, reader_language
from evenrise.workspace.insights.views.beginning import done, who
from evenrise.workspace.learning.actions import initiatives as verbs
from evenrise.workspace.learning.forms.initiatives import (
    InitiativeForm,
    MendedForm,
    initial_of,
)
from evenrise.workspace.learning.models import Initiative, InitiativeState
from evenrise.workspace.learning.queries.initiative_choices import initiative_choices
from evenrise.workspace.learning.queries.initiatives import (
    initiative_lines,
    initiative_page,
    initiatives_there,
    roles_words,
    rung_link,
)
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.models import Rung
from evenrise.workspace.plans.said import words_of
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.SEE_FINDINGS)
@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    """Which initiatives are there?"""
    told = {
        "lines": initiative_lines(reader_language()),
        "organizes": who(request).may(Right.ORGANIZE_LEARNING),
    }
    return render(request, "learning/initiatives.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def initiative(request: HttpRequest, initiative: str) -> HttpResponse:
    """Did learning reach them, did practice change, did students gain?"""
    return _page(request, _there(initiative), MendedForm())


def _page(request: HttpRequest, one: Initiative, form: MendedForm) -> HttpResponse:
    language, today = reader_language(), timezone.localdate()
    schools = [str(school.pk) for school in one.schools.all()]
    told = {
        "one": one,
        "title": words_of(one, "title", language),
        "text": words_of(one, "text", language),
        "begins": day_words(one.begins_on, language),
        "state": InitiativeState(one.state).label,
        "page": initiative_page(one, current_pages(), today, language),
        "roles": roles_words(one, language),
        "practice": one.practice and words_of(one.practice, "title", language),
        "map": one.map and words_of(one.map, "title", language),
        "rung": one.rung and words_of(one.rung, "title", language),
        "rung_url": rung_link(one),
        "offerings": [
            (offering, words_of(offering, "title", language))
            for offering in one.offerings.filter(withdrawn_at=None)
        ],
        "schools": sorted(school.name for school in one.schools.all()),
        "organizes": verbs.organizes(who(request), schools),
        "form": form,
        "trail": [(reverse("initiatives"), _("Initiatives"))],
    }
    return render(
        request,
        "learning/initiative.html",
        told,
        status=422 if form.is_bound else 200,
    )


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_new(request: HttpRequest) -> HttpResponse:
    """What should adults learn, and how would anybody see it?"""
    return _form(request, None)


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_change(request: HttpRequest, initiative: str) -> HttpResponse:
    """What is to change about this initiative?"""
    return _form(request, _own(request, initiative))


def _form(request: HttpRequest, one: Initiative | None) -> HttpResponse:
    person, language = who(request), reader_language()
    form = InitiativeForm(
        request.POST if request.method == "POST" else None,
        person=person,
        choices=initiative_choices(person, one, current_pages(), language),
        initial=initial_of(one) if one else _beginning(request),
    )
    if form.is_bound and form.is_valid():
        said, seen = form.said(), form.cleaned_data["seen"] or 0
        made = attempt(
            lambda: (
                verbs.change_initiative(person, slug=one.slug, said=said, seen=seen)
                if one
                else verbs.begin_initiative(person, said=said)
            ),
            request,
            form,
        )
        if made is not None:
            url = reverse("initiative", args=[made.slug])
            return done(request, _("The initiative is kept."), url)
    told = {
        "one": one,
        "form": form,
        "trail": [(reverse("initiatives"), _("Initiatives"))],
    }
    status = 422 if form.is_bound else 200
    return render(request, "learning/initiative_form.html", told, status=status)


def _beginning(request: HttpRequest) -> dict[str, Any]:
    """What a practice or a plan's rung, named in the address, already says."""
    asked = request.GET
    told: dict[str, Any] = {"begins_on": timezone.localdate(), "level": 2}
    practice = Practice.objects.filter(slug=asked.get("practice", "")).first()
    if practice is not None:
        told |= {
            "practice": practice.pk,
            "title_en": practice.title_en,
            "title_es": practice.title_es,
        }
    plan, _slash, key = asked.get("rung", "").partition("/")
    rung = Rung.objects.filter(plan__slug=plan, key=key, removed_at=None).first()
    if rung is not None:
        told["rung"] = rung.pk
    return told


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def initiative_move(request: HttpRequest, initiative: str) -> HttpResponse:
    """Start it, end it, or take either back."""
    state, person = request.POST.get("state", ""), who(request)
    made = attempt(
        lambda: verbs.move_initiative(person, slug=initiative, state=state), request
    )
    url = reverse("initiative", args=[initiative])
    if made is None:
        return redirect(url)
    told = _("Now: %(state)s.") % {"state": InitiativeState(made.state).label}
    return done(request, told, url)


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def initiative_remove(request: HttpRequest, initiative: str) -> HttpResponse:
    """Take an initiative away; the next page offers the way back."""
    person = who(request)
    attempt(lambda: verbs.remove_initiative(person, slug=initiative), request)
    return render(request, "learning/initiative_removed.html", {"slug": initiative})


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def initiative_restore(request: HttpRequest, initiative: str) -> HttpResponse:
    """Bring an initiative back."""
    person = who(request)
    attempt(
        lambda: verbs.remove_initiative(person, slug=initiative, back=True), request
    )
    told = _("The initiative is back.")
    return done(request, told, reverse("initiative", args=[initiative]))


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def mended_new(request: HttpRequest, initiative: str) -> HttpResponse:
    """Say what was mended where the chain broke."""
    one, person = _own(request, initiative), who(request)
    form = MendedForm(request.POST, person=person)
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(
            lambda: verbs.note_mended(
                person,
                slug=initiative,
                link=told["link"],
                text_en=told["text_en"],
                text_es=told["text_es"],
            ),
            request,
            form,
        )
        if made is not None:
            url = reverse("initiative", args=[initiative])
            return done(request, _("What was mended stands with the chain."), url)
    return _page(request, one, form)


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def mended_back(request: HttpRequest, initiative: str, mended: int) -> HttpResponse:
    """Take back what was said of mending."""
    person = who(request)
    attempt(
        lambda: verbs.take_mended_back(person, slug=initiative, mended=mended), request
    )
    return done(request, _("Taken back."), reverse("initiative", args=[initiative]))


def _there(slug: str) -> Initiative:
    found = (
        initiatives_there()
        .select_related("practice", "map", "rung__plan")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _own(request: HttpRequest, slug: str) -> Initiative:
    one = _there(slug)
    schools = [str(school.pk) for school in one.schools.all()]
    if not verbs.organizes(who(request), schools):
        raise Http404
    return one
