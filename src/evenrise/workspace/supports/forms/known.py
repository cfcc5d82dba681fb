"""What a list of boxes to tick was sent with."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from evenrise.workspace.supports.queries.known import MOST


@dataclass(frozen=True, slots=True)
class Ticked:
    """The students who were shown, and those who are ticked."""

    shown: frozenset[str]
    known: frozenset[str]
    student: str  # sent from the page of this one student; blank from a list


def read_ticked(told: QueryDict) -> Ticked:
    """The list as it was sent; never more than one page can show."""
    shown = [_plain(code) for code in told.getlist("shown")[:MOST]]
    known = {_plain(code) for code in told.getlist("known")[:MOST]}
    return Ticked(
        frozenset(filter(None, shown)),
        frozenset(known & set(shown)),
        _plain(told.get("student", "")),
    )


def _plain(text: str) -> str:
    return text.replace("\x00", "").strip()[:250]
