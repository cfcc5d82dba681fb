"""Pages of a plan's files: get one, bring one, look, take it in, undo."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, who
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.actions import bringing as verbs
from evenrise.workspace.plans.actions.file_work import FILES
from evenrise.workspace.plans.forms.files import BringPlanForm
from evenrise.workspace.plans.models import Plan, PlanFile
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.files import file_named, file_page, files_of
from evenrise.workspace.plans.said import plan_trail
from evenrise.workspace.plans.views.opening import attempt, own_plan, plan_or_404


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@needs(Right.SEE_FINDINGS)
@require_safe
def plan_files(request: HttpRequest, plan: str) -> HttpResponse:
    """How does this plan travel as a file?"""
    return _files(request, plan_or_404(plan), BringPlanForm())


def _files(request: HttpRequest, plan: Plan, form: BringPlanForm) -> HttpResponse:
    person, language = who(request), reader_language()
    writes = may_write(person, plan) and plan.set_aside_at is None
    told = {
        "plan": plan,
        "title": plan.said("title", language)[0],
        "trail": plan_trail(plan, language),
        "form": form,
        "writes": writes,
        "files": files_of(plan, language) if writes else [],
    }
    status = 422 if form.is_bound else 200
    return render(request, "plans/files.html", told, status=status)


@needs(Right.SEE_FINDINGS)
@require_safe
def plan_file_get(request: HttpRequest, plan: str, kind: str) -> HttpResponse:
    """The plan as a file."""
    del request
    if kind not in FILES:
        raise Http404
    one = plan_or_404(plan)
    answer = HttpResponse(FILES[kind].write(content_of(one)), content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{one.slug}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Right.WRITE_PLANS)
@require_POST
def plan_bring(request: HttpRequest, plan: str) -> HttpResponse:
    """A file comes."""
    person, one = own_plan(request, plan)
    form = BringPlanForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        brought = attempt(
            lambda: verbs.bring(person, plan=one, name=sent.name, data=sent.read()),
            request,
            form,
        )
        if brought is not None:
            return redirect("plan_bringing", plan=one.slug, key=brought.pk)
    return _files(request, one, form)


def _own(request: HttpRequest, plan: str, key: int) -> tuple[Person, PlanFile]:
    person, one = own_plan(request, plan)
    found = file_named(one, key)
    if found is None:
        raise Http404
    return person, found


@needs(Right.WRITE_PLANS)
@require_safe
def plan_bringing(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """What would this file change?"""
    _person, one = _own(request, plan, key)
    language = reader_language()
    page = file_page(one, language)
    trail = [
        *plan_trail(one.plan, language),
        (reverse("plan_files", args=[plan]), _("Files")),
    ]
    told = {"page": page, "plan": one.plan, "trail": trail}
    if "part" in request.GET:
        answer = render(request, "plans/parts/file_progress.html", told)
        if not page.at_work:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "plans/bringing.html", told)


@needs(Right.WRITE_PLANS)
@require_POST
def plan_bring_commit(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """Take the file in."""
    return _deed(request, plan, key, verbs.take_in, _("It is being written."))


@needs(Right.WRITE_PLANS)
@require_POST
def plan_bring_undo(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """Put back what the plan said before the file."""
    return _deed(request, plan, key, verbs.undo, _("The plan is as it was before."))


@needs(Right.WRITE_PLANS)
@require_POST
def plan_bring_leave(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """Do not take it in."""
    return _deed(request, plan, key, verbs.leave, _("Left. The plan is as it was."))


def _deed(
    request: HttpRequest,
    plan: str,
    key: int,
    verb: Callable[..., None],
    said: str,
) -> HttpResponse:
    person, one = _own(request, plan, key)
    url = reverse("plan_bringing", args=[plan, key])

    def deed() -> bool:
        verb(person, file=one)
        return True

    if attempt(deed, request):
        return done(request, said, url)
    return redirect(url)
