"""What the pages of a plan's life begin with: the plan, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.problems import Overtaken
from evenrise.workspace.insights.views import beginning
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_adopt, may_write
from evenrise.workspace.plans.models import Edition, Plan
from evenrise.workspace.plans.queries.editions import edition_named
from evenrise.workspace.plans.queries.reading import plan_named
from evenrise.workspace.plans.said import Trail, plan_trail


def plan_or_404(slug: str) -> Plan:
    """A plan; or "not there"."""
    found = plan_named(slug)
    if found is None:
        raise Http404
    return found


def adopted_by(person: Person, slug: str) -> Plan:
    """A plan that the person may adopt; or "not there"."""
    found = plan_or_404(slug)
    if found.set_aside_at is not None or not may_adopt(person, found):
        raise Http404
    return found


def written_by(person: Person, slug: str) -> Plan:
    """A plan that the person writes; or "not there"."""
    found = plan_or_404(slug)
    if found.set_aside_at is not None or not may_write(person, found):
        raise Http404
    return found


def edition_or_404(plan: Plan, number: int) -> Edition:
    """An edition of a plan; or "not there"."""
    found = edition_named(plan, number)
    if found is None:
        raise Http404
    found.plan = plan
    return found


def editions_trail(plan: Plan, language: Language) -> Trail:
    """Where a page of one edition stands."""
    where = reverse("editions", args=[plan.slug])
    return [*plan_trail(plan, language), (where, _("Editions"))]


def tried(verb: Callable[[], Any], request: HttpRequest) -> bool:
    """Whether a verb was done; what stopped it is said on the page.

    Raises:
        Http404: when it is not theirs.
    """
    return beginning.tried(verb, request, told=(InputProblem, Overtaken))


def deed(
    request: HttpRequest, verb: Callable[[], Any], words: str, url: str
) -> HttpResponse:
    """Do it, say so, and go to the page that shows it."""
    if tried(verb, request):
        messages.success(request, words)
    return redirect(url)
