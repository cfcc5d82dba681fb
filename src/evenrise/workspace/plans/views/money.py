"""Pages of a plan's money, and the verbs on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.foundation.tried_file import TriedFileForm
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import csv_file, done, there, who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions import money as verbs
from evenrise.workspace.plans.actions.bringing_spending import (
    bring_spending,
    undo_spending,
)
from evenrise.workspace.plans.forms.money import (
    LineForm,
    SpentForm,
    line_initial,
)
from evenrise.workspace.plans.models import Plan
from evenrise.workspace.plans.queries.money import (
    FILE_HEADS,
    file_rows,
    line_page,
    money_page,
)
from evenrise.workspace.plans.queries.money_need import need_page
from evenrise.workspace.plans.queries.reading import rung_named
from evenrise.workspace.plans.said import plan_trail, rung_url, words_of
from evenrise.workspace.plans.views.beginning import (
    deed,
    plan_or_404,
    tried,
    written_by,
)


# Of the session: what was just removed or booked, so that the page offers Undo.
_REMOVED, _BATCH = "plans_line_undo", "plans_batch_undo"


def _told(plan: Plan, **more: Any) -> dict[str, Any]:
    language = reader_language()
    trail = plan_trail(plan, language)
    return {
        "plan": plan,
        "title": words_of(plan, "title", language),
        "trail": trail,
        **more,
    }


@needs(Right.SEE_FINDINGS)
@require_safe
def plan_money(request: HttpRequest, plan: str) -> HttpResponse:
    """What is planned, and what was spent?"""
    one = plan_or_404(plan)
    page = money_page(who(request), one, reader_language())
    removed = _kept(request, _REMOVED, one) if page.writes else None
    batch = _kept(request, _BATCH, one) if page.writes else None
    told = _told(one, page=page, removed=removed, batch=batch)
    return render(request, "plans/money.html", told)


def _kept(request: HttpRequest, name: str, plan: Plan) -> Any:
    kept = request.session.get(name)
    return kept[1] if kept and kept[0] == plan.slug else None


@needs(Right.SEE_FINDINGS)
@require_safe
def money_need(request: HttpRequest, plan: str) -> HttpResponse:
    """Do schools with more need have more?"""
    one, asked = plan_or_404(plan), request.GET
    page = need_page(
        one, asked.get("need", ""), asked.get("money", ""), reader_language()
    )
    told = _told(one, page=page)
    told["trail"] = _money_trail(one)
    return render(request, "plans/money_need.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def money_lines(request: HttpRequest, plan: str) -> HttpResponse:  # noqa: ARG001 - a view's shape
    """The budget lines as a file, to fill with what was spent."""
    one = plan_or_404(plan)
    rows = file_rows(one, reader_language())
    return csv_file(f"{one.slug}-budget.csv", FILE_HEADS, rows)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def budget_new(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Plan money for this part of the plan."""
    one = written_by(who(request), plan)
    rung = there(rung_named(one, key))
    there(rung.removed_at is None or None)
    form = LineForm(request.POST if request.method == "POST" else None, plan=one)
    if form.is_valid() and tried(
        lambda: verbs.add_line(who(request), plan=one, key=key, written=form.written()),
        request,
    ):
        return done(request, _("The budget line is added."), _address(one))
    rung_title = words_of(rung, "title", reader_language()).text
    told = _told(one, form=form, line=None, rung=rung, rung_title=rung_title)
    told["trail"] = [*told["trail"], (rung_url(one, key), rung_title)]
    return render(request, "plans/budget_form.html", told, status=_status(form))


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def budget_change(request: HttpRequest, plan: str, line: int) -> HttpResponse:
    """Change a budget line."""
    one = written_by(who(request), plan)
    page = there(line_page(one, line, reader_language()))
    form = LineForm(
        request.POST if request.method == "POST" else None,
        plan=one,
        initial=line_initial(page.line),
    )
    if form.is_valid():
        seen = form.cleaned_data["seen"] or Decimal(0)
        if tried(
            lambda: verbs.change_line(
                who(request), plan=one, line=line, written=form.written(), seen=seen
            ),
            request,
        ):
            return done(request, _("The budget line is changed."), _address(one))
        return redirect("budget_change", plan=one.slug, line=line)
    title = words_of(page.line.rung, "title", reader_language()).text
    told = _told(one, form=form, line=page, rung=page.line.rung, rung_title=title)
    told["trail"] = _money_trail(one)
    return render(request, "plans/budget_form.html", told, status=_status(form))


@needs(Right.WRITE_PLANS)
@require_POST
def budget_remove(request: HttpRequest, plan: str, line: int) -> HttpResponse:
    """Remove a budget line; the page offers Undo."""
    one = written_by(who(request), plan)
    if tried(lambda: verbs.remove_line(who(request), plan=one, line=line), request):
        request.session[_REMOVED] = [one.slug, line]
    return redirect(_address(one))


@needs(Right.WRITE_PLANS)
@require_POST
def budget_restore(request: HttpRequest, plan: str, line: int) -> HttpResponse:
    """Bring a removed budget line back."""
    one = written_by(who(request), plan)
    request.session.pop(_REMOVED, None)
    return deed(
        request,
        lambda: verbs.remove_line(who(request), plan=one, line=line, gone=False),
        _("The budget line is back."),
        _address(one),
    )


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def spending_new(request: HttpRequest, plan: str, line: int) -> HttpResponse:
    """What was spent of this budget line?"""
    one = written_by(who(request), plan)
    page = there(line_page(one, line, reader_language()))
    form = SpentForm(
        request.POST if request.method == "POST" else None,
        initial={"until": timezone.localdate()},
    )
    here = reverse("spending_new", args=[one.slug, line])
    if form.is_valid():
        return deed(
            request,
            lambda: verbs.spend(
                who(request), plan=one, line=line, written=form.written()
            ),
            _("The spending is booked."),
            here,
        )
    title = words_of(page.line.rung, "title", reader_language()).text
    told = _told(one, form=form, line=page, rung=page.line.rung, rung_title=title)
    told["trail"] = _money_trail(one)
    return render(request, "plans/spending.html", told, status=_status(form))


@needs(Right.WRITE_PLANS)
@require_POST
def spending_back(request: HttpRequest, plan: str, spending: int) -> HttpResponse:
    """Take a booking back, or count it again (`restore`)."""
    one = written_by(who(request), plan)
    gone, found = "restore" not in request.POST, []
    words = _("The booking is taken back.") if gone else _("The booking counts again.")
    if tried(
        lambda: found.append(
            verbs.take_spending_back(
                who(request), plan=one, spending=spending, gone=gone
            )
        ),
        request,
    ):
        messages.success(request, words)
        return redirect("spending_new", plan=one.slug, line=found[0].line_id)
    return redirect(_address(one))


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def spending_bring(request: HttpRequest, plan: str) -> HttpResponse:
    """Which bookings does this file hold?"""
    one = written_by(who(request), plan)
    sent = request.method == "POST"
    form = TriedFileForm(
        request.POST if sent else None, request.FILES if sent else None
    )
    told = _told(one, form=form)
    told["trail"] = _money_trail(one)
    if form.is_valid():
        try:
            found = bring_spending(
                who(request), plan=one, text=form.whole(), write="add" in request.POST
            )
        except InputProblem as problem:
            form.add_error("file", str(problem))
        else:
            if found.batch:
                request.session[_BATCH] = [one.slug, found.batch]
                return redirect(_address(one))
            told |= {"tried": found, "text": form.whole()}
    status = 422 if sent and ("tried" not in told or told["tried"].problems) else 200
    return render(request, "plans/spending_bring.html", told, status=status)


@needs(Right.WRITE_PLANS)
@require_POST
def spending_undo(request: HttpRequest, plan: str, batch: str) -> HttpResponse:
    """Take back all that one file booked."""
    one, gone = written_by(who(request), plan), []
    tried(
        lambda: gone.append(undo_spending(who(request), plan=one, batch=batch)),
        request,
    )
    request.session.pop(_BATCH, None)
    words = ngettext(
        "%(n)s booking was taken back.", "%(n)s bookings were taken back.", sum(gone)
    )
    return done(request, words % {"n": sum(gone)}, _address(one))


def _money_trail(plan: Plan) -> list[tuple[str, str]]:
    return [*plan_trail(plan, reader_language()), (_address(plan), _("Money"))]


def _address(plan: Plan) -> str:
    return reverse("plan_money", args=[plan.slug])


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
