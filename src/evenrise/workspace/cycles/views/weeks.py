"""Pages and verbs about weeks: count them, paste them, leave one out, limits anew."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.cycles import tasks
from evenrise.workspace.cycles.actions import live, weeks as verbs
from evenrise.workspace.cycles.forms.measures import (
    LeaveOutForm,
    PasteForm,
    PhaseForm,
    WeeksForm,
)
from evenrise.workspace.cycles.models import Cycle, CycleMeasure, MeasureKind
from evenrise.workspace.cycles.pasting import pasted
from evenrise.workspace.cycles.queries.measure_page import (
    grid_groups,
    grid_initial,
    grid_weeks,
)
from evenrise.workspace.cycles.said import cycle_trail
from evenrise.workspace.cycles.views.measures import measure_of, measure_url
from evenrise.workspace.cycles.views.opening import deed, own_cycle, show_form
from evenrise.workspace.foundation.day_field import YEARS
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def weeks_count(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """What was counted, week by week?"""
    person, one = own_cycle(request, pk)
    found = _by_hand(one, measure)
    form = _grid(request, one, found)
    if form.is_valid():
        kept = attempt(
            lambda: verbs.count_weeks(
                person, cycle=pk, measure=measure, cells=form.counted()
            ),
            request,
            form,
        )
        if kept is not None:
            return done(request, _kept_words(kept), measure_url(found))
    return _weeks_page(request, one, found, form, PasteForm())


@needs(Right.INQUIRE)
@require_POST
def weeks_paste(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Take rows of a spreadsheet in."""
    person, one = own_cycle(request, pk)
    found = _by_hand(one, measure)
    form = PasteForm(request.POST)
    if form.is_valid():
        kept = attempt(
            lambda: verbs.count_weeks(
                person,
                cycle=pk,
                measure=measure,
                cells=pasted(
                    form.cleaned_data["rows"],
                    _names(found),
                    sized=found.kind != MeasureKind.VALUE,
                ),
            ),
            request,
            form,
        )
        if kept is not None:
            return done(request, _kept_words(kept), measure_url(found))
    return _weeks_page(request, one, found, _grid(None, one, found), form)


def _by_hand(one: Cycle, measure: int) -> CycleMeasure:
    found = measure_of(one, measure)
    if found.kind == MeasureKind.LIVE:
        raise Http404
    return found


def _grid(request: HttpRequest | None, one: Cycle, found: CycleMeasure) -> WeeksForm:
    language = reader_language()
    asked = request.GET.get("from", "") if request is not None else ""
    weeks = grid_weeks(one, found, _day(asked), language)
    posted = request is not None and request.method == "POST"
    return WeeksForm(
        request.POST if request is not None and posted else None,
        weeks=weeks,
        groups=grid_groups(found, language),
        kind=found.kind,
        initial=grid_initial(found, weeks),
    )


def _day(text: str) -> dt.date | None:
    """A day that a reader chose; None for anything else, and for days of no school."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _names(found: CycleMeasure) -> dict[str, str]:
    """A group's code by what it may be called in a spreadsheet."""
    told = {"all": ""}
    for language in ("en", "es"):
        told |= {name.lower(): code for code, name in grid_groups(found, language)}
    return told | {code: code for code in found.groups}


def _kept_words(kept: int) -> str:
    words = ngettext("%(n)s week is kept.", "%(n)s weeks are kept.", kept)
    return words % {"n": kept}


def _weeks_page(
    request: HttpRequest,
    one: Cycle,
    found: CycleMeasure,
    form: WeeksForm,
    paste: PasteForm,
) -> HttpResponse:
    first = form.weeks[0][0] if form.weeks else None
    told = {
        "cycle": one,
        "measure": found,
        "form": form,
        "rows": form.rows(),
        "paste": paste,
        "earlier": first - dt.timedelta(weeks=8) if first else None,
        "later": first + dt.timedelta(weeks=8) if first else None,
        "trail": [
            *cycle_trail(one, reader_language()),
            (measure_url(found), found.name),
        ],
    }
    wrong = (form.is_bound and form.errors) or (paste.is_bound and paste.errors)
    return render(request, "cycles/weeks.html", told, status=422 if wrong else 200)


@needs(Right.INQUIRE)
@require_POST
def weeks_renew(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Count the weeks of a live measure anew."""
    person, one = own_cycle(request, pk)
    found = measure_of(one, measure)
    kept = attempt(
        lambda: live.renew_measure(person, cycle=pk, measure=measure), request
    )
    if kept is None:
        return redirect(measure_url(found))
    if kept.school_id is None:
        tasks.renew_one.enqueue(kept.pk)
        words = _("The weeks are being counted: open this page again in a minute.")
    else:
        words = _("The weeks are counted anew from the records.")
    return done(request, words, measure_url(found))


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def week_leave_out(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Which week is left out, and why?"""
    person, one = own_cycle(request, pk)
    found = measure_of(one, measure)
    form = LeaveOutForm(
        request.POST if request.method == "POST" else None,
        person=person,
        initial={"week_on": request.GET.get("week", "")},
    )
    if form.is_valid():
        kept = attempt(
            lambda: verbs.leave_out(
                person, cycle=pk, measure=measure, **form.cleaned_data
            ),
            request,
            form,
        )
        if kept is not None:
            words = _("The week is left out; it stays on the chart.")
            return done(request, words, measure_url(found))
    return _one_form(request, one, found, form, _("Which week is left out, and why?"))


@needs(Right.INQUIRE)
@require_POST
def week_count_again(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Undo: the week counts again."""
    person, one = own_cycle(request, pk)
    found = measure_of(one, measure)
    on = _day(request.POST.get("week_on", ""))
    if on is None:
        raise Http404
    return deed(
        request,
        lambda: verbs.leave_out(
            person, cycle=pk, measure=measure, week_on=on, reason=""
        ),
        _("The week counts again."),
        measure_url(found),
    )


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def phase_new(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """From which week on are the limits made anew, and why?"""
    person, one = own_cycle(request, pk)
    found = measure_of(one, measure)
    form = PhaseForm(
        request.POST if request.method == "POST" else None,
        person=person,
    )
    if form.is_valid():
        made = attempt(
            lambda: verbs.make_limits_anew(
                person, cycle=pk, measure=measure, **form.cleaned_data
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _("The limits begin anew."), measure_url(found))
    question = _("From which week on are the limits made anew, and why?")
    answer = _(
        "Only when a change has held: after eight weeks or more on a new level, and"
        " when you know what made it. Fewer weeks give limits on trial."
    )
    return _one_form(request, one, found, form, question, answer)


def _one_form(
    request: HttpRequest,
    one: Cycle,
    found: CycleMeasure,
    form: forms.Form,
    question: str,
    answer: str = "",
) -> HttpResponse:
    told = {
        "question": question,
        "answer": answer,
        "back": measure_url(found),
        "trail": [
            *cycle_trail(one, reader_language()),
            (measure_url(found), found.name),
        ],
    }
    return show_form(request, one, form, told)


@needs(Right.INQUIRE)
@require_POST
def phase_back(request: HttpRequest, pk: int, measure: int, phase: int) -> HttpResponse:
    """Undo: the limits run through that week again."""
    person, one = own_cycle(request, pk)
    return deed(
        request,
        lambda: verbs.take_limits_back(person, cycle=pk, measure=measure, phase=phase),
        _("The limits run through that week again."),
        reverse("cycle_measure", args=[one.pk, measure]),
    )
