"""What a person sees when something goes wrong."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenrise.workspace.foundation.door import public


@public
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """400: the browser sent something that cannot be understood."""
    return render(request, "400.html", status=400)


@public
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """404, and also "not yours": from outside they look the same."""
    return render(request, "404.html", status=404)


@public
def server_fault(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; nothing was half-written."""
    return render(request, "500.html", status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form was open too long, or came from another site."""
    return render(request, "403.html", status=403)
