"""What every page shows besides its question: navigation, the person, the district.

A room says what it adds to the navigation in its `apps.py`:

    offer(Entry(10, "start", _("Start")))
    offer(Entry(42, "caseloads", _("Caseloads"), (Right.GIVE_CASELOADS,), "students"))

Entries of one area (`AREAS`) share one word of the first line; once one of them is
open, they stand in a second line. So a person with many rooms still sees few words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from evenrise.vocabulary.text import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation; `rights` are alternatives, none means everybody."""

    place: int
    url_name: str
    label: Any  # a lazy translation
    rights: tuple[str, ...] = ()
    area: str = ""  # a key of AREAS; blank stands for itself


# The words that several entries share. An area opens with its first entry.
AREAS = {
    "findings": _("Findings"),
    "plans": _("Plans"),
    "students": _("Students"),
    "cycles": _("Cycles"),
    "learning": _("Learning"),
    "data": _("Data"),
    "accounts": _("Accounts"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a page shows it."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """The lines of the navigation: areas, and the entries of the one that is open."""

    areas: tuple[Shown, ...] = ()
    entries: tuple[Shown, ...] = ()


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
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "standing": _standing[0]() if _standing else Standing(),
        "language": language,
        "other_language": "en" if language == "es" else "es",
        "demo": settings.DEMO,
    }


def _navigation(request: HttpRequest) -> Navigation:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return Navigation()
    mounted = get_script_prefix()
    allowed = {
        _url_of(entry.url_name, mounted): entry
        for entry in sorted(_entries.values(), key=lambda entry: entry.place)
        if not entry.rights or any(person.may(right) for right in entry.rights)
    }
    here = _current(request, allowed)
    open_area = _area(allowed[here]) if here else ""
    areas: dict[str, list[str]] = {}
    for url, entry in allowed.items():
        areas.setdefault(_area(entry), []).append(url)
    first = tuple(
        Shown(
            urls[0],
            str(AREAS[area] if len(urls) > 1 else allowed[urls[0]].label),
            area == open_area,
        )
        for area, urls in areas.items()
    )
    inside = areas.get(open_area, [])
    second = tuple(Shown(url, str(allowed[url].label), url == here) for url in inside)
    return Navigation(first, second if len(second) > 1 else ())


@cache
def _url_of(name: str, _mounted: str) -> str:
    """An entry's address, below where the workspace is mounted."""
    return reverse(name)


def _area(entry: Entry) -> str:
    return entry.area or entry.url_name


def _current(request: HttpRequest, allowed: dict[str, Entry]) -> str:
    """The entry that leads here: by the longest beginning, or by the same views."""
    path = request.path
    whole = [url for url in allowed if f"{path}/".startswith(f"{url.rstrip('/')}/")]
    if whole:
        return max(whole, key=len)
    match = request.resolver_match
    if match is None:
        return ""
    views = match.func.__module__
    same = [url for url in allowed if _views_of(url) == views]
    room = views.rsplit(".", 2)[0]
    near = [url for url in allowed if _views_of(url).startswith(f"{room}.")]
    return next(iter([*same, *near]), "")


@cache
def _views_of(url: str) -> str:
    """The file of views that an entry leads to."""
    return resolve(url).func.__module__
