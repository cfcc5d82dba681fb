"""Pages of what a cycle watches: one measure, its form, taking it out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.indicators.weekly import WEEKLY, Weekly
from evenrise.workspace.cycles import tasks
from evenrise.workspace.cycles.access import in_team
from evenrise.workspace.cycles.actions import measures as verbs
from evenrise.workspace.cycles.forms.measures import MeasureForm, measure_initial
from evenrise.workspace.cycles.models import Cycle, CycleMeasure, MeasureKind
from evenrise.workspace.cycles.queries.live_kinds import is_share, live_offered
from evenrise.workspace.cycles.queries.live_schools import live_schools
from evenrise.workspace.cycles.queries.measure_page import (
    FILE_HEADS,
    file_rows,
    measure_page,
)
from evenrise.workspace.cycles.said import cycle_trail, cycle_url
from evenrise.workspace.cycles.views.opening import deed, own_cycle, read_cycle
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import csv_file, done, there
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.SEE_FINDINGS)
@require_safe
def cycle_measure(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Is it a signal, or the usual ups and downs?"""
    person, one = read_cycle(request, pk)
    team, language = in_team(person, one), reader_language()
    found = measure_of(one, measure, removed=team)
    told = {
        "cycle": one,
        "measure": found,
        "page": measure_page(one, found, language, team=team),
        "writes": team,
        "trail": cycle_trail(one, language),
    }
    return render(request, "cycles/measure.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def weeks_file(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """The weeks of a measure as a file, just as its page shows them."""
    person, one = read_cycle(request, pk)
    found = measure_of(one, measure)
    rows = file_rows(one, found, team=in_team(person, one))
    answer = csv_file(f"weeks-{found.pk}.csv", FILE_HEADS, rows)
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_measure_new(request: HttpRequest, pk: int) -> HttpResponse:
    """What will the team watch by the week?"""
    _person, one = own_cycle(request, pk)
    kind = request.GET.get("kind", "")
    if kind and kind not in MeasureKind.values:
        raise Http404
    indicator = request.GET.get("indicator", Weekly.ABSENCE)
    if indicator not in set(Weekly):
        raise Http404
    if not kind:
        told = {
            "cycle": one,
            "kinds": MeasureKind.choices,
            "live": _live_choices(),
            "trail": cycle_trail(one, reader_language()),
        }
        status = 200 if request.method != "POST" else 422
        return render(request, "cycles/measure_kinds.html", told, status=status)
    return _form(request, one, kind, None, indicator)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_measure_change(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """What is to change about this measure?"""
    _person, one = own_cycle(request, pk)
    found = measure_of(one, measure)
    indicator = found.indicator or Weekly.ABSENCE
    return _form(request, one, found.kind, found, indicator)


def _live_choices() -> list[tuple[str, str, str]]:
    """The live indicators that the records carry: key, name, what is counted."""
    language = reader_language()
    return [
        (one.key, one.title[language], one.definition[language])
        for one in live_offered()
    ]


def _form(
    request: HttpRequest,
    one: Cycle,
    kind: str,
    found: CycleMeasure | None,
    indicator: str,
) -> HttpResponse:
    person, _cycle = own_cycle(request, one.pk)
    begins = {"good": -1, "part": "outcome", "groups": one.groups}
    live = WEEKLY[Weekly(indicator)] if kind == MeasureKind.LIVE else None
    if live is not None:
        begins["name"] = live.title[reader_language()]
    form = MeasureForm(
        request.POST if request.method == "POST" else None,
        person=person,
        kind=kind,
        share=is_share(kind, indicator),
        locked=one.locked_at is not None,
        new=found is None,
        schools=live_schools(person, found) if kind == MeasureKind.LIVE else [],
        initial=begins | {"school": one.school_id or ""}
        if found is None
        else measure_initial(found),
    )
    if form.is_valid():
        kept = attempt(lambda: _keep(one, kind, found, form, indicator), request, form)
        if kept is not None:
            return done(request, _("The measure is kept."), measure_url(kept))
    told: dict[str, Any] = {
        "cycle": one,
        "measure": found,
        "form": form,
        "kind": kind,
        "kind_words": str(MeasureKind(kind).label),
        "live": None
        if live is None
        else (live.title[reader_language()], live.definition[reader_language()]),
        "back": cycle_url(one) if found is None else measure_url(found),
        "trail": cycle_trail(one, reader_language()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "cycles/measure_form.html", told, status=status)


def _keep(
    one: Cycle,
    kind: str,
    found: CycleMeasure | None,
    form: MeasureForm,
    indicator: str,
) -> CycleMeasure:
    person, said = form.person, form.said(indicator)
    if person is None:
        raise Http404
    if found is None:
        kept = verbs.add_measure(person, cycle=one.pk, kind=kind, said=said)
    else:
        kept = verbs.change_measure(person, cycle=one.pk, measure=found.pk, said=said)
    if kept.kind == MeasureKind.LIVE:  # what is asked may have changed
        tasks.renew_one.enqueue(kept.pk)
    return kept


@needs(Right.INQUIRE)
@require_POST
def cycle_measure_remove(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Take a measure out; its page then offers to bring it back."""
    person, one = own_cycle(request, pk)
    found = measure_of(one, measure)
    return deed(
        request,
        lambda: verbs.remove_measure(person, cycle=pk, measure=measure),
        _("The measure is taken out."),
        measure_url(found),
    )


@needs(Right.INQUIRE)
@require_POST
def cycle_measure_restore(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Bring a measure back with its weeks."""
    person, one = own_cycle(request, pk)
    url = reverse("cycle_measure", args=[one.pk, measure])
    return deed(
        request,
        lambda: verbs.restore_measure(person, cycle=pk, measure=measure),
        _("The measure is back."),
        url,
    )


def measure_of(cycle: Cycle, pk: int, *, removed: bool = False) -> CycleMeasure:
    """A measure of a cycle; with `removed` also one that was taken out.

    Raises:
        Http404: when it is not there.
    """
    rows = cycle.measures.select_related("school")
    if not removed:
        rows = rows.filter(removed_at=None)
    found: CycleMeasure = there(rows.filter(pk=pk).first())
    return found


def measure_url(measure: CycleMeasure) -> str:
    """A measure's page."""
    return reverse("cycle_measure", args=[measure.cycle_id, measure.pk])
