"""Pages of practices: the list, one with its evidence, and the verbs on it."""

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

from evenrise.workspace.cycles.access import cycles_of
from evenrise.workspace.cycles.actions import practices as verbs
from evenrise.workspace.cycles.forms.practices import (
    NewPracticeForm,
    PracticeForm,
    RetireForm,
    TriedForm,
    initial_of,
)
from evenrise.workspace.cycles.further import PRACTICE_PARTS
from evenrise.workspace.cycles.models import Cycle, CycleState, Practice
from evenrise.workspace.cycles.queries.practice_access import may_write_practice
from evenrise.workspace.cycles.queries.practices import (
    own_adopted,
    own_untied,
    practice_page,
    practices_page,
)
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, number, there, who
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.said import Trail
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.SEE_FINDINGS)
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """What have teams here learned to do, and where does it hold?"""
    person, asked = who(request), request.GET
    words = asked.get("q", "").replace("\x00", "")[:100].strip()
    school = asked.get("school", "").replace("\x00", "")[:250]
    told = {
        "page": practices_page(person, words, school, reader_language()),
        "q": words,
        "school": school,
        "makes": person.may(Right.INQUIRE),
    }
    return render(request, "cycles/practices.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """What do people do, where did it hold, and whom can one ask?"""
    person, one = who(request), _found(slug)
    told = {
        "page": practice_page(person, one, timezone.localdate(), reader_language()),
        "parts": PRACTICE_PARTS.shown(person, one),
        "trail": _trail(),
    }
    return render(request, "cycles/practice.html", told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_new(request: HttpRequest) -> HttpResponse:
    """Which cycle becomes a practice, and how do others do it?"""
    person, language = who(request), reader_language()
    key = number(request.GET.get("cycle", ""))
    if key is None:
        told: dict[str, Any] = {"choices": own_adopted(person, language)}
        return _form_page(request, told, trail=_trail())
    cycle: Cycle = there(cycles_of(person).filter(pk=key).first())
    if cycle.state != CycleState.ADOPTED:
        raise Http404
    sent = request.method == "POST"
    form = NewPracticeForm(
        request.POST if sent else None, person=person, initial=_begun(cycle)
    )
    if sent and form.is_valid():
        ask = form.cleaned_data["ask_me"]
        made = attempt(
            lambda: verbs.make_practice(
                person, cycle=cycle.pk, said=form.said(), ask_me=ask
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _("The practice is there for others."), _url(made))
    private = cycle.shared_at is None
    return _form_page(request, {"form": form, "private": private}, trail=_trail())


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_change(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to change about this practice?"""
    person, one = _own(request, slug)
    sent = request.method == "POST"
    form = PracticeForm(
        request.POST if sent else None, person=person, initial=initial_of(one)
    )
    if sent and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        changed = attempt(
            lambda: verbs.change_practice(
                person, slug=slug, said=form.said(), seen=seen
            ),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("The practice is changed."), _url(one))
    return _form_page(request, {"form": form, "one": one}, trail=_trail(one))


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_tried(request: HttpRequest, slug: str) -> HttpResponse:
    """Which cycle of mine tried this practice?"""
    person, one = who(request), _found(slug)
    sent = request.method == "POST"
    form = TriedForm(
        request.POST if sent else None,
        person=person,
        cycles=own_untied(person, one, reader_language()),
    )
    if sent and form.is_valid():
        told = form.cleaned_data
        tried = attempt(
            lambda: verbs.add_tried(
                person, slug=slug, cycle=told["cycle"], note=told["note"]
            ),
            request,
            form,
        )
        if tried is not None:
            return done(request, _("Your cycle stands with the practice."), _url(one))
    page = {"form": form, "one": one, "trail": _trail(one)}
    return render(request, "cycles/practice_tried.html", page, status=_status(form))


@needs(Right.INQUIRE)
@require_POST
def practice_untried(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take a cycle of mine off a practice."""
    person = who(request)
    one = attempt(lambda: verbs.take_tried(person, slug=slug, tried=key), request)
    if one is None:
        return redirect("practice", slug)
    return done(request, _("The cycle is taken off the practice."), _url(one))


@needs(Right.INQUIRE)
@require_POST
def practice_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """I may be asked about it, or (`no_longer`) not any more."""
    person, asked = who(request), "no_longer" not in request.POST
    one: Practice = there(
        attempt(lambda: verbs.be_asked(person, slug=slug, asked=asked), request)
    )
    words = (
        _("Your name stands with the practice: people may ask you.")
        if asked
        else _("Your name is taken off the practice.")
    )
    return done(request, words, _url(one))


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Why should nobody take this practice up any more?"""
    person, one = _own(request, slug)
    sent = request.method == "POST"
    form = RetireForm(request.POST if sent else None, person=person)
    if sent and form.is_valid():
        why = form.cleaned_data["why"]
        retired = attempt(
            lambda: verbs.retire_practice(person, slug=slug, why=why), request, form
        )
        if retired is not None:
            return done(request, _("The practice is retired."), _url(one))
    page = {"form": form, "one": one, "trail": _trail(one)}
    return render(request, "cycles/practice_retire.html", page, status=_status(form))


@needs(Right.INQUIRE)
@require_POST
def practice_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a retired practice back."""
    person = who(request)
    one: Practice = there(
        attempt(lambda: verbs.bring_back_practice(person, slug=slug), request)
    )
    return done(request, _("The practice is back."), _url(one))


def _found(slug: str) -> Practice:
    one: Practice = there(Practice.objects.filter(slug=slug).first())
    return one


def _own(request: HttpRequest, slug: str) -> tuple[Person, Practice]:
    person, one = who(request), _found(slug)
    if not may_write_practice(person, one):
        raise Http404
    return person, one


def _begun(cycle: Cycle) -> dict[str, Any]:
    """A practice begins with the cycle's own words, for its team to choose from."""
    language = "es" if cycle.language == "es" else "en"
    context = "\n".join(part for part in (cycle.where, cycle.who) if part)
    return {
        "title_en": cycle.title_en,
        "title_es": cycle.title_es,
        f"text_{language}": cycle.change,
        f"context_{language}": context,
    }


def _form_page(
    request: HttpRequest, told: dict[str, Any], *, trail: Trail
) -> HttpResponse:
    status = _status(told["form"]) if "form" in told else 200
    page = {**told, "trail": trail}
    return render(request, "cycles/practice_form.html", page, status=status)


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _trail(one: Practice | None = None) -> Trail:
    trail = [(reverse("practices"), _("Practices"))]
    if one is not None:
        title, _written = one.said("title", reader_language())
        trail.append((_url(one), title))
    return trail


def _url(one: Practice) -> str:
    return reverse("practice", args=[one.slug])
