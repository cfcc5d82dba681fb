"""Plans on their way to everybody: propose an edition with its progress."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.models import Edition
from evenrise.workspace.reports.plan_releasing import propose_plan


@needs(Right.WRITE_PLANS)
@require_POST
def plan_propose(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """Propose to let everybody read an edition, with its progress as of today."""
    person = who(request)
    edition = get_object_or_404(
        Edition.objects.select_related("plan"), plan__slug=plan, number=number
    )
    if not may_write(person, edition.plan):
        raise Http404
    try:
        made = propose_plan(person=person, edition=edition)
    except InputProblem as problem:
        messages.error(request, str(problem))
        return redirect("plan_edition", plan=plan, number=number)
    messages.success(
        request, _("Proposed. Somebody else reads it and approves it now.")
    )
    return redirect("release", key=made.pk)
