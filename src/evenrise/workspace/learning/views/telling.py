"""What the views of adults who learn together share: a verb, and what stopped it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.insights.views import beginning


def tried(verb: Callable[[], Any], request: HttpRequest) -> bool:
    """Whether a verb was done; what stopped it is said on the page.

    Raises:
        Http404: when it is not theirs.
    """
    return beginning.tried(verb, request, told=(InputProblem, Overtaken))


def saved(verb: Callable[[], Any], form: Form) -> Any:
    """What a verb made; None where it was stopped, and the form says by what.

    Raises:
        Http404: when it is not theirs.
    """
    try:
        return verb()
    except NotYours as problem:
        raise Http404 from problem
    except (InputProblem, Overtaken) as problem:
        form.add_error(None, str(problem))
        return None
