"""What the pages of care share: who asks, the support they mean, a verb tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from django import forms
from django.http import Http404, HttpRequest

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.access import reach_today, student_or_404
from evenrise.workspace.supports.models import Support
from evenrise.workspace.supports.queries.reached import supports_of


Done = TypeVar("Done")


def who(request: HttpRequest) -> tuple[Person, Reach]:
    """The person who is signed in, and how far they reach today."""
    person = cast("Person", request.user)
    return person, reach_today(person)


def attempt(
    verb: Callable[[], Done], form: forms.BaseForm | None = None
) -> Done | None:
    """Do a verb; what stops it stands in the form, or is handed on without one.

    Raises:
        Http404: when it is not theirs.
        InputProblem: without a form.
    """
    try:
        return verb()
    except NotYours as problem:
        raise Http404 from problem
    except InputProblem as problem:
        if form is None:
            raise
        form.add_error(None, str(problem))
        return None


def support_or_404(person: Person, reach: Reach, key: int) -> Support:
    """A support of a student within reach, with its student's `reason`.

    Raises:
        Http404: for what is not there, and just so for what is not theirs.
    """
    found = (
        supports_of(person, reach)
        .select_related("kind", "owner")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    found.student = student_or_404(person, found.student_id, reach)
    return found


def clean_id(student_id: str) -> str:
    """A student's key without what a database cannot take."""
    return student_id.replace("\x00", "")
