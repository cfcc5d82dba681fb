"""Started with the application: every address has a view with a door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic.base import RedirectView

from evenrise.workspace.foundation.door import door_of


# Views that other libraries bring, with doors of their own.
FOREIGN = ("allauth.", "ninja.")


def is_foreign(view: Any) -> bool:
    """Whether a library brings this view (and keeps its own door)."""
    view = getattr(view, "func", view)  # a partial
    kind = getattr(view, "view_class", view)
    if kind is RedirectView:  # leads to another address, which has its own door
        return True
    return str(getattr(kind, "__module__", "")).startswith(FOREIGN)


def addresses(
    resolver: URLResolver | None = None, before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the application, as (route, pattern)."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield route, entry


@register()
def every_address_has_a_door(
    app_configs: Sequence[Any] | None,  # noqa: ARG001 - Django hands it over
    **_: Any,
) -> list[CheckMessage]:
    """Refuse to start with a page whose door nobody thought of."""
    return [
        Error(
            f"The address /{route} has no door.",
            hint="Put @public, @signed_in or @needs(...) on its view.",
            id="evenrise.E001",
        )
        for route, pattern in addresses()
        if door_of(pattern.callback) is None and not is_foreign(pattern.callback)
    ]
