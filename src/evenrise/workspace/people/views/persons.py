"""Persons and their roles: for an administrator whose powers are on."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.foundation.tried_file import TriedFileForm
from evenrise.workspace.people.actions import bringing, persons as accounts, roles
from evenrise.workspace.people.forms.persons import PersonForm, ReasonForm, RoleForm
from evenrise.workspace.people.models import Person, RoleGrant
from evenrise.workspace.people.queries.persons import grants_of, persons_page
from evenrise.workspace.people.roles import Right


def _who(request: HttpRequest) -> Person:
    return cast("Person", request.user)


@needs(Right.ADMINISTER)
@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    """Who has an account, and what may they do?"""
    search = request.GET.get("q", "").replace("\x00", "")[:100]
    told = request.GET.get("page", "1")
    page = persons_page(search, int(told) if told.isdigit() and len(told) < 9 else 1)
    return render(request, "people/persons.html", {"page": page, "search": search})


@needs(Right.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Whom do I add?"""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = accounts.add_person(_who(request), **form.cleaned_data)
        except InputProblem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("person", person.pk)
    return render(request, "people/add_person.html", {"form": form})


@needs(Right.ADMINISTER)
@require_safe
def person(request: HttpRequest, key: int) -> HttpResponse:
    """What may this person do, since when, and why?"""
    return _person_page(request, get_object_or_404(Person, pk=key), RoleForm())


@needs(Right.ADMINISTER)
@require_POST
def give_role(request: HttpRequest, key: int) -> HttpResponse:
    """Give the person a role."""
    whom = get_object_or_404(Person, pk=key)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            roles.give_role(_who(request), person=whom, given=form.given())
        except InputProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The role was given."))
            return redirect("person", key)
    return _person_page(request, whom, form, status=422)


@needs(Right.ADMINISTER)
@require_POST
def end_role(request: HttpRequest, key: int, grant: int) -> HttpResponse:
    """End one of the person's roles."""
    found = get_object_or_404(RoleGrant, pk=grant, person=key)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the role ends."))
        return redirect("person", key)
    return _do(
        request,
        key,
        lambda: roles.end_role(
            _who(request), grant=found, reason=form.cleaned_data["reason"]
        ),
    )


@needs(Right.ADMINISTER)
@require_POST
def deactivate(request: HttpRequest, key: int) -> HttpResponse:
    """Take the person out."""
    whom = get_object_or_404(Person, pk=key)
    return _do(request, key, lambda: accounts.deactivate(_who(request), person=whom))


@needs(Right.ADMINISTER)
@require_POST
def activate(request: HttpRequest, key: int) -> HttpResponse:
    """Let the person in again."""
    whom = get_object_or_404(Person, pk=key)
    return _do(request, key, lambda: accounts.activate(_who(request), person=whom))


def _do(request: HttpRequest, key: int, verb: Any) -> HttpResponse:
    """Do it, say how it went, and go back to the person."""
    try:
        verb()
    except InputProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Done, and on record."))
    return redirect("person", key)


def _person_page(
    request: HttpRequest, whom: Person, form: RoleForm, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "people/person.html",
        {"person": whom, "grants": grants_of(whom), "form": form},
        status=status,
    )


@needs(Right.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_persons(request: HttpRequest) -> HttpResponse:
    """Whom does this file bring? First tried, then added."""
    form = TriedFileForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        text = form.whole()
        try:
            if "add" in request.POST:
                shown["tried"] = bringing.bring_persons(_who(request), text=text)
                if not shown["tried"].problems:
                    messages.success(request, _("Everybody in the file was added."))
                    return redirect("persons")
            else:
                shown["tried"] = bringing.try_persons(_who(request), text=text)
            shown["text"] = text
        except InputProblem as problem:
            form.add_error(None, str(problem))
    return render(request, "people/bring_persons.html", shown)
