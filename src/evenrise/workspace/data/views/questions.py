"""Questions about the data: the list, one question, who finds out, what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenrise.vocabulary.errors import EvenriseError
from evenrise.workspace.data.actions import questions as actions
from evenrise.workspace.data.forms import Assign, Note
from evenrise.workspace.data.models import DataQuestion
from evenrise.workspace.data.queries.questions import question_line, questions_page
from evenrise.workspace.data.words import QUESTION_STATES, language
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


_RIGHTS = (Right.BRING_FILES, Right.ANSWER_QUESTIONS)


@needs(*_RIGHTS)
@require_safe
def data_questions(request: HttpRequest) -> HttpResponse:
    """The questions in one state, everybody's or one's own."""
    how = language()
    state = request.GET.get("state", DataQuestion.State.OPEN)
    mine = request.GET.get("mine") == "yes"
    owner = cast("Person", request.user) if mine else None
    context = {
        "rows": questions_page(how, state=state, owner=owner),
        "state": state,
        "mine": mine,
        "states": [(value, text[how]) for value, text in QUESTION_STATES.items()],
    }
    return render(request, "data/questions.html", context)


@needs(*_RIGHTS)
@require_safe
def data_question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question."""
    line = question_line(_found(pk), language())
    form = Assign(initial={"owner": line.owner_pk})
    brings = cast("Person", request.user).may(Right.BRING_FILES)
    context = {"row": line, "form": form, "brings": brings}
    return render(request, "data/question.html", context)


def _found(pk: int) -> DataQuestion:
    kept = DataQuestion.objects.select_related("owner", "answered_by")
    return get_object_or_404(kept, pk=pk)


def _done(
    request: HttpRequest, pk: int, deed: Callable[[Person, DataQuestion], None]
) -> HttpResponse:
    try:
        deed(cast("Person", request.user), _found(pk))
        messages.success(request, _("Kept."))
    except EvenriseError as problem:
        messages.error(request, problem[language()])
    return redirect("data_question", pk=pk)


@needs(*_RIGHTS)
@require_POST
def question_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to somebody."""
    form = Assign(request.POST)
    owner = form.cleaned_data["owner"] if form.is_valid() else None
    return _done(
        request,
        pk,
        lambda person, one: actions.assign(person, question=one, owner=owner),
    )


@needs(*_RIGHTS)
@require_POST
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it is."""
    note = _note(request)
    return _done(
        request,
        pk,
        lambda person, one: actions.answer(person, question=one, note=note),
    )


@needs(*_RIGHTS)
@require_POST
def question_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it."""
    note = _note(request)
    return _done(
        request,
        pk,
        lambda person, one: actions.settle(person, question=one, note=note),
    )


@needs(*_RIGHTS)
@require_POST
def question_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it again."""
    return _done(request, pk, lambda person, one: actions.reopen(person, question=one))


def _note(request: HttpRequest) -> str:
    form = Note(request.POST)
    return str(form.cleaned_data["note"]) if form.is_valid() else ""
