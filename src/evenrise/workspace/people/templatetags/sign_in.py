"""The invented district's people, for the sign-in page."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings

from evenrise.workspace.people.cast import find_cast
from evenrise.workspace.people.queries.words import role_words


register = template.Library()


@dataclass(frozen=True, slots=True)
class Offered:
    """One of the cast as the sign-in page offers them."""

    key: str
    name: str
    role: str


@register.simple_tag
def cast_on_offer() -> list[Offered]:
    """The cast; nobody where records are real."""
    if not settings.DEMO:
        return []
    return [
        Offered(part.key, person.name, role_words(part.role))
        for part, person in find_cast()
    ]
