"""Pages that belong to no room: language, health, the patterns of our pages."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from evenrise.workspace.foundation.door import public


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language and go back to the page."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
    if not ours or not back.startswith("/"):
        back = "/"  # a word alone would be taken for a view's name
    response = redirect(back)
    if chosen in {code for code, _ in settings.LANGUAGES}:
        keep = getattr(request.user, "keep_language", None)
        if keep is not None:
            keep(chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=31_536_000,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's shape
    """For whoever watches the server: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Every part of a page in every state, for whoever builds or checks pages."""
    if not settings.DEMO:
        raise Http404
    return render(request, "foundation/patterns.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom."""
    return render(request, "foundation/privacy.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far these pages can be used by everybody, and what to do where not."""
    return render(request, "foundation/accessibility.html")
