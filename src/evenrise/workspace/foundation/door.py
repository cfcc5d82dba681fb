"""The door of every page: who may open it is said beside the view, once.

    @public                      anybody, without signing in
    @signed_in                   every person who signed in
    @needs(Right.SEE_FINDINGS)   whoever has one of these rights

A view that carries none of them is refused when the application starts (see
`checks.py`) and when it is called. "Not yours" and "not there" look the same: 404.
Which *students* a person may see is not decided here: see `people/access.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Protocol, TypeVar, cast, runtime_checkable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase


View = Callable[..., HttpResponseBase]
AnyView = TypeVar("AnyView", bound=View)


@runtime_checkable
class Visitor(Protocol):
    """What the door asks of a person."""

    @property
    def is_authenticated(self) -> bool:
        """Whether this is somebody who signed in."""

    def may(self, right: str) -> bool:
        """Whether one of the person's roles, today, has the right."""


class Kind(StrEnum):
    """The three kinds of door."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True)
class Door:
    """What a view's door says; `rights` are alternatives."""

    kind: Kind
    rights: tuple[str, ...] = ()


def door_of(view: Any) -> Door | None:
    """The door of a view, or None when it has none."""
    return getattr(view, "door", None)


def public(view: AnyView) -> AnyView:
    """Anybody may open this page; it must show nothing but what is public."""
    view.door = Door(Kind.PUBLIC)  # type: ignore[attr-defined]
    return view


def signed_in(view: AnyView) -> AnyView:
    """Everybody who signed in may open this page."""
    return cast("AnyView", _kept(view, Door(Kind.SIGNED_IN)))


def needs(*rights: str) -> Callable[[AnyView], AnyView]:
    """Whoever has one of the rights may open this page; for others it is not there."""
    if not rights:
        raise ValueError("A door needs a right; for everybody write @signed_in.")

    def keep(view: AnyView) -> AnyView:
        return cast("AnyView", _kept(view, Door(Kind.RIGHTS, tuple(rights))))

    return keep


def _kept(view: View, door: Door) -> View:
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = cast("Visitor", request.user)
        if not person.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if door.rights and not any(person.may(right) for right in door.rights):
            raise Http404
        return view(request, *args, **kwargs)

    kept.door = door  # type: ignore[attr-defined]
    return kept
