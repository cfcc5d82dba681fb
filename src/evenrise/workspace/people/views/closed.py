"""Pages of the sign-in library that this district does not offer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from evenrise.workspace.foundation.door import public


@public
def not_there(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page."""
    raise Http404
