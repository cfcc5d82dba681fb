"""From the JSON of a standard to the cells of a file: paths, lists, words.

A path is names joined by dots (`org.sourcedId`); a list on the way gives each of its
members, joined. Paths separated by `|` are tried in turn. `?comment` writes only that
something is there. Only what has a path is ever written: a password, a telephone number
or the words of a comment that a server sends along go nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenrise.records.clients.landing import clean


def cell(record: Any, paths: str, joint: str = ",") -> str | None:
    """The cell at the first path that leads to something."""
    for path in paths.split("|"):
        found = [word for word in _at(record, path.lstrip("?").split(".")) if word]
        if found:
            return "Y" if path.startswith("?") else joint.join(found)
    return None


def _at(value: Any, path: list[str]) -> Iterator[str | None]:
    if isinstance(value, list):
        for one in value:
            yield from _at(one, path)
    elif not path:
        yield _word(value)
    elif isinstance(value, dict):
        yield from _at(value.get(path[0]), path[1:])


def _word(value: Any) -> str | None:
    """A text, a number or a yes as text; of a descriptor what stands behind the #."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        return None
    if value.startswith("uri://"):
        value = value.rpartition("#")[2]
    return clean(value)
