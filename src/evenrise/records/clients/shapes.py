"""From the JSON of a standard to the cells of a file: paths, lists, words.

A path is names joined by dots (`org.sourcedId`); a list on the way gives each of its
members, joined. Paths separated by `|` are tried in turn. `?comment` writes only that
something is there. Only what has a path is ever written: a password, a telephone number
or the words of a comment that a server sends along go nowhere.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from evenrise.records.clients.landing import clean


def cell(record: Any, paths: str, joint: str = ",") -> str | None:
    """The cell at the first path that leads to something."""
    for path, only_whether in _parsed(paths):
        found = _at(record, path)
        if isinstance(found, list):
            told = joint.join(word for one in found if (word := _word(one)))
        else:
            told = _word(found) or ""
        if told:
            return "Y" if only_whether else told
    return None


@cache
def _parsed(paths: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Each path as its steps, and whether only its being there is wanted."""
    return tuple(
        (tuple(path.lstrip("?").split(".")), path.startswith("?"))
        for path in paths.split("|")
    )


def _at(value: Any, path: tuple[str, ...]) -> Any:
    """What stands at the end of a path; of a list on the way, a list of that."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            value = [one.get(step) for one in value if isinstance(one, dict)]
        else:
            return None
    return value


def _word(value: Any) -> str | None:
    """A text, a number or a yes as text; of a descriptor what stands behind the #."""
    if isinstance(value, str):
        if value.startswith("uri://"):
            value = value.rpartition("#")[2]
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return None
