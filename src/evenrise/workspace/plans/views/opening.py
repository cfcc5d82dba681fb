"""What the pages of plans begin with: the plan, the reader's day, a verb tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest

from evenrise.vocabulary.errors import EvenriseError, InputProblem
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.insights.views.beginning import there, who
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.models import Plan
from evenrise.workspace.plans.queries.reading import plan_named


Done = TypeVar("Done")


def plan_or_404(slug: str) -> Plan:
    """A plan, also one that was set aside.

    Raises:
        Http404: when it is not there.
    """
    found: Plan = there(plan_named(slug))
    return found


def own_plan(request: HttpRequest, slug: str) -> tuple[Person, Plan]:
    """The person, and a plan that they write.

    Raises:
        Http404: when it is not there, or not theirs, or set aside.
    """
    person, plan = who(request), plan_or_404(slug)
    if not may_write(person, plan) or plan.set_aside_at is not None:
        raise Http404
    return person, plan


def attempt(
    verb: Callable[[], Done],
    request: HttpRequest,
    form: forms.BaseForm | None = None,
) -> Done | None:
    """Do a verb; what stops it stands in the form, or on the page without one.

    Raises:
        Http404: when it is not theirs.
    """
    try:
        return verb()
    except NotYours as problem:
        raise Http404 from problem
    except (InputProblem, Overtaken) as problem:
        _tell(request, form, problem)
        return None


def _tell(
    request: HttpRequest, form: forms.BaseForm | None, problem: EvenriseError
) -> None:
    if form is None:
        messages.error(request, str(problem))
    else:
        form.add_error(None, str(problem))
