"""Bringing files in: drop, watch, look at the difference, say yes or no."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from evenrise.vocabulary.errors import EvenriseError
from evenrise.vocabulary.text import Text
from evenrise.workspace.data.actions import imports as actions
from evenrise.workspace.data.forms import BringIn, Commit
from evenrise.workspace.data.models import Import, new_key
from evenrise.workspace.data.queries.changes import refused_csv
from evenrise.workspace.data.queries.home import today
from evenrise.workspace.data.queries.imports import (
    import_page,
    lines,
    progress_part,
)
from evenrise.workspace.data.saying import Said
from evenrise.workspace.data.tidying import find_interrupted
from evenrise.workspace.data.uploads import (
    MOST_BYTES,
    MOST_FILES,
    TOO_MANY,
    Landing,
    StraightToDisk,
    land,
)
from evenrise.workspace.data.words import language
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


_ON_A_PAGE = 25


@needs(Right.BRING_FILES)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Everything that was brought, and what waits."""
    find_interrupted()
    pages = Paginator(Import.objects.order_by("-id"), _ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = lines(cast("QuerySet[Import]", page.object_list), language())
    return render(request, "data/imports.html", {"rows": shown, "page": page})


@csrf_exempt  # the token is checked below, once the files have a place to go
@needs(Right.BRING_FILES)
def bring_in(request: HttpRequest) -> HttpResponse:
    """The page to drop files on, and what becomes of a drop."""
    if request.method != "POST":
        return _form(request, BringIn())
    key = new_key()
    try:
        landing = land(key)
    except Said as problem:
        return _form(request, BringIn(), problem.text)
    handler = StraightToDisk(landing)
    request.upload_handlers = [handler]
    try:
        response = _receive(request, key, handler)
    except TooManyFilesSent:
        response = _form(request, BringIn(), TOO_MANY)
    finally:
        if not Import.objects.filter(key=key).exists():
            landing.remove()
    return response


@csrf_protect
def _receive(request: HttpRequest, key: str, handler: StraightToDisk) -> HttpResponse:
    """Read the request: while it is read the files go to the disk."""
    form = BringIn(request.POST)
    if handler.problem is not None:
        return _form(request, form, handler.problem)
    if not form.is_valid():
        return _form(request, form)
    try:
        actions.bring_in(
            cast("Person", request.user),
            key=key,
            files=_sent(handler.landing),
            as_of=form.cleaned_data["as_of"],
        )
    except Said as problem:
        return _form(request, form, problem.text)
    return redirect("import", key=key)


def _sent(landing: Landing) -> list[dict[str, object]]:
    """What landed; a browser sends an empty file where none was chosen."""
    return [file for file in landing.files if file["bytes"]]


def _form(
    request: HttpRequest, form: BringIn, problem: Text | None = None
) -> HttpResponse:
    told = "" if problem is None else problem[language()]
    context = {
        "form": form,
        "problem": told,
        "most_files": MOST_FILES,
        "most_gb": MOST_BYTES // 2**30,
        "today": today().isoformat(),
    }
    bad = bool(told) or (form.is_bound and bool(form.errors))
    return render(request, "data/bring_in.html", context, status=422 if bad else 200)


def _found(key: str) -> Import:
    one = get_object_or_404(Import.objects.select_related("by"), key=key)
    find_interrupted([one])
    return one


@needs(Right.BRING_FILES)
@require_safe
def import_(request: HttpRequest, key: str) -> HttpResponse:
    """One import: how far it is, what it would change, what became of it."""
    page = import_page(_found(key), language())
    return render(request, "data/import.html", {"page": page})


@needs(Right.BRING_FILES)
@require_safe
def import_progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far an import is; htmx asks for it, and reloads the page at the end."""
    part = progress_part(_found(key), language())
    response = render(request, "data/_progress.html", {"part": part})
    if not part.at_work:
        response["HX-Refresh"] = "true"
    return response


@needs(Right.BRING_FILES)
@require_safe
def import_refused(request: HttpRequest, key: str) -> HttpResponse:
    """The refused rows that were named, as a file that is safe to open."""
    del request
    response = HttpResponse(
        refused_csv(_found(key), language()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="refused-{key}.csv"'
    return response


def _done(
    request: HttpRequest, key: str, deed: Callable[[Person, Import], None], said: str
) -> HttpResponse:
    """Do something to an import and say what became of it."""
    try:
        deed(cast("Person", request.user), _found(key))
        messages.success(request, said)
    except EvenriseError as problem:
        messages.error(request, problem[language()])
    return redirect("import", key=key)


@needs(Right.BRING_FILES)
@require_POST
def import_stop(request: HttpRequest, key: str) -> HttpResponse:
    """Stop the reading."""
    return _done(
        request,
        key,
        lambda person, one: actions.stop(person, one=one),
        _("It stops as soon as it can. Nothing was changed."),
    )


@needs(Right.BRING_FILES)
@require_POST
def import_set_aside(request: HttpRequest, key: str) -> HttpResponse:
    """Do not bring it in."""
    return _done(
        request,
        key,
        lambda person, one: actions.set_aside(person, one=one),
        _("Set aside. What is shown stays as it is."),
    )


@needs(Right.BRING_FILES)
@require_POST
def import_begin_again(request: HttpRequest, key: str) -> HttpResponse:
    """Read the files once more."""
    return _done(
        request,
        key,
        lambda person, one: actions.begin_again(person, one=one),
        _("The files are read again."),
    )


@needs(Right.BRING_FILES)
@require_POST
def import_commit(request: HttpRequest, key: str) -> HttpResponse:
    """Say yes to the difference."""
    form = Commit(request.POST)
    form.is_valid()
    agreed, reason = form.cleaned_data.get("agreed"), form.cleaned_data.get("reason")
    return _done(
        request,
        key,
        lambda person, one: actions.commit(
            person, one=one, agreed=bool(agreed), reason=reason or ""
        ),
        _("Thank you. The files are being brought in."),
    )


@needs(Right.BRING_FILES)
@require_POST
def fetch_now(request: HttpRequest, name: str) -> HttpResponse:
    """Fetch a connection's records now."""
    key = new_key()
    try:
        actions.fetch(cast("Person", request.user), key=key, name=name, as_of=today())
    except EvenriseError as problem:
        messages.error(request, problem[language()])
        return redirect("data")
    return redirect("import", key=key)
