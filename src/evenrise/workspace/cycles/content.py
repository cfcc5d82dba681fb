"""A cycle's own words as a value: what a change keeps, and what goes back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from evenrise.workspace.cycles.models import DECIDED, Cycle, CycleState


Said = dict[str, Any]
Section = str  # ask, try, study or tell
SECTIONS: dict[Section, tuple[str, ...]] = {
    "ask": (
        *("title_en", "title_es", "language", "school_id", "rung_id"),
        *("notice", "wonder", "aim", "groups"),
    ),
    "try": (
        *("change", "where", "who", "how_small"),
        *("begins_on", "until", "prediction"),
    ),
    "study": ("result", "side_effects", "learned"),
    "tell": ("title_en", "title_es", "text_en", "text_es"),
}
_FIELDS = tuple(dict.fromkeys(name for told in SECTIONS.values() for name in told))
_LANGUAGES = ("en_at", "es_at")
# What was to be tried and what it was to bring is not rewritten afterwards.
_LOCKED = ("change", "prediction")


def locked_fields(cycle: Cycle, today: dt.date) -> frozenset[str]:
    """The fields that no form changes any more.

    Once a cycle started: its prediction, what is tried, and, once that day is past,
    the day on which the change began.
    """
    if cycle.locked_at is None:
        return frozenset()
    began = cycle.begins_on is not None and cycle.begins_on < today
    return frozenset((*_LOCKED, "begins_on") if began else _LOCKED)


def open_sections(cycle: Cycle) -> tuple[Section, ...]:
    """Which sections may be written now; a decision closes all but its own words."""
    if cycle.state in DECIDED:
        return ("tell",)
    if cycle.state == CycleState.DRAFT:
        return ("ask", "try")
    return ("ask", "try", "study", "tell")


def content_of(cycle: Cycle) -> Said:
    """A cycle's words, as a version keeps them: days as ISO texts."""
    found = {name: getattr(cycle, name) for name in (*_FIELDS, *_LANGUAGES)}
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in found.items()
    }


def put_back(cycle: Cycle, content: Said, today: dt.date) -> None:
    """Put the words of a version into a cycle, except what is locked."""
    locked = locked_fields(cycle, today)
    for name in (*_FIELDS, *_LANGUAGES):
        if name in locked or name not in content:
            continue
        value = content[name]
        if value and name in {"begins_on", "until"}:
            value = dt.date.fromisoformat(value)
        elif value and name in _LANGUAGES:
            value = dt.datetime.fromisoformat(value)
        setattr(cycle, name, value)
