"""A person's own steps, and the reports of how far a step is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_report
from evenrise.workspace.plans.actions import reporting
from evenrise.workspace.plans.forms.rungs import ReportForm
from evenrise.workspace.plans.queries.mine import my_steps as steps_of_mine
from evenrise.workspace.plans.queries.reading import rung_named
from evenrise.workspace.plans.said import plans_trail, rung_url
from evenrise.workspace.plans.views.opening import attempt, plan_or_404
from evenrise.workspace.plans.views.rungs import show_rung


@needs(Right.SEE_FINDINGS)
@require_safe
def my_steps(request: HttpRequest) -> HttpResponse:
    """Which steps are mine, and which of them are due?"""
    page = steps_of_mine(who(request), timezone.localdate(), reader_language())
    told = {
        "page": page,
        "trail": plans_trail(),
        "groups": [
            (_("Late"), page.late),
            (_("This month"), page.month),
            (_("Waiting for another step"), page.waiting),
            (_("Later"), page.later),
        ],
    }
    return render(request, "plans/my_steps.html", told)


@needs(Right.SEE_FINDINGS)
@require_POST
def step_report(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Say how far a step is."""
    person, one = who(request), plan_or_404(plan)
    found = there(rung_named(one, key))
    there(may_report(person, found) or None)
    form = ReportForm(request.POST, person=person)
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(
            lambda: reporting.report_step(
                person, plan=plan, key=key, state=told["state"], note=told["note"]
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _("The report is kept."), rung_url(one, key))
    return show_rung(request, plan, key, form)


@needs(Right.SEE_FINDINGS)
@require_POST
def step_report_back(request: HttpRequest, plan: str, report: int) -> HttpResponse:
    """Take a report back."""
    person = who(request)
    one = attempt(
        lambda: reporting.take_report_back(person, plan=plan, report=report), request
    )
    if one is None:
        return redirect("plan", plan)
    url = rung_url(plan_or_404(plan), one.rung.key)
    return done(request, _("The report is taken back."), url)
