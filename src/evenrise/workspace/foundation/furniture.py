"""What every page shows besides its question: navigation, the person, the district.

A room says what it adds to the navigation in its `apps.py`:

    offer(Entry(10, "start", _("Start")))
    offer(Entry(40, "data:home", _("Data"), (Right.BRING_FILES,)))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from evenrise.vocabulary.text import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation; `rights` are alternatives, none means everybody."""

    place: int
    url_name: str
    label: Any  # a lazy translation
    rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a page shows it."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page's foot says: whose data, as they stood on which day."""

    district: str = ""
    as_of: Any = None
    snapshot: str = ""


_entries: dict[str, Entry] = {}
_standing: list[Callable[[], Standing]] = []


def offer(entry: Entry) -> None:
    """Add an entry to the navigation; called once, when the application starts."""
    _entries[entry.url_name] = entry


def tell_standing(how: Callable[[], Standing]) -> None:
    """The data room says how to learn what is current."""
    _standing[:] = [how]


def furniture(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: `navigation`, `standing`, `language`, `demo`."""
    language: Language = "es" if getattr(request, "LANGUAGE_CODE", "") == "es" else "en"
    return {
        "navigation": _LateList(lambda: _navigation(request)),
        "standing": _standing[0]() if _standing else Standing(),
        "language": language,
        "other_language": "en" if language == "es" else "es",
        "demo": settings.DEMO,
    }


class _LateList:
    """Made when a template asks: an error page may have no person."""

    def __init__(self, make: Callable[[], list[Shown]]) -> None:
        self._make = make

    def __iter__(self) -> Any:
        return iter(self._make())


def _navigation(request: HttpRequest) -> list[Shown]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    return [
        Shown(url, str(entry.label), request.path.startswith(url))
        for entry in sorted(_entries.values(), key=lambda entry: entry.place)
        if not entry.rights or any(person.may(right) for right in entry.rights)
        for url in (reverse(entry.url_name),)
    ]
