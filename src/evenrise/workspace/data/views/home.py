"""The start of the room, and the history of what stood."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenrise.vocabulary.errors import EvenriseError
from evenrise.workspace.data.actions.imports import undo
from evenrise.workspace.data.forms import Undo
from evenrise.workspace.data.queries.home import history, home_page, today
from evenrise.workspace.data.tidying import find_interrupted
from evenrise.workspace.data.words import language
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@needs(Right.BRING_FILES, Right.ANSWER_QUESTIONS)
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What stands, how fresh it is, what waits."""
    brings = cast("Person", request.user).may(Right.BRING_FILES)
    find_interrupted()
    page = home_page(today(), language(), brings=brings)
    return render(request, "data/home.html", {"page": page, "brings": brings})


@needs(Right.BRING_FILES)
@require_safe
def standings(request: HttpRequest) -> HttpResponse:
    """Everything that stood, and the way back."""
    rows, last = history(language())
    return render(request, "data/standings.html", {"rows": rows, "last": last})


@needs(Right.BRING_FILES)
@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """Put back what stood before."""
    form = Undo(request.POST)
    if form.is_valid():
        try:
            undo(
                cast("Person", request.user),
                seen=form.cleaned_data["seen"],
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, _("The pages show the earlier records again."))
        except EvenriseError as problem:
            messages.error(request, problem[language()])
    return redirect("standings")
