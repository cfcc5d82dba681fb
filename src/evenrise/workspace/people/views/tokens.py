"""Keys for programs: one's own, made and ended here."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.actions import tokens as verbs
from evenrise.workspace.people.forms.tokens import TokenForm
from evenrise.workspace.people.models import ApiToken, Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.people.tokens import scope_words


@needs(Right.USE_API)
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Which programs read for me?"""
    person = cast("Person", request.user)
    form = TokenForm(person, request.POST or None)
    secret, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            _token, secret = verbs.make_token(person, **form.cleaned_data)
            form, status = TokenForm(person), 200
    mine = ApiToken.objects.filter(person=person, revoked_at__isnull=True)
    lines = [(one, scope_words(one.scopes)) for one in mine]
    context = {"form": form, "secret": secret, "tokens": lines}
    return render(request, "people/tokens.html", context, status=status)


@needs(Right.USE_API)
@require_POST
def revoke_token(request: HttpRequest, key: int) -> HttpResponse:
    """End one of one's own keys."""
    person = cast("Person", request.user)
    token = get_object_or_404(ApiToken, pk=key, person=person)
    verbs.revoke_token(person, token=token)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("tokens")
