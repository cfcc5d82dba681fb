"""What the workspace says: every msgid of a room's Python and templates."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.support.paths import ROOT


ROOMS = ROOT / "src" / "evenrise" / "workspace"
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def rooms() -> tuple[str, ...]:
    """The names of the rooms."""
    return tuple(sorted(path.parent.name for path in ROOMS.glob("*/apps.py")))


def said_by(room: str) -> dict[str, str]:
    """Every msgid of a room that needs no context, and where it is said first."""
    return {msgid: where for (msgid, context), where in _said(room) if not context}


def said_in_context(room: str) -> dict[tuple[str, str], str]:
    """Every msgid that is told apart by a context: (msgid, context)."""
    return {key: where for key, where in _said(room) if key[1]}


@cache
def _said(room: str) -> tuple[tuple[tuple[str, str], str], ...]:
    found: dict[tuple[str, str], str] = {}
    for path, told in _texts(ROOMS / room):
        said = extract("python", io.BytesIO(told.encode()), keywords=_KEYWORDS)
        for line, message, _comments, context in said:
            first = message[0] if isinstance(message, tuple) else message
            if first:
                where = f"{path.relative_to(ROOMS)}:{line}"
                found.setdefault((first, context or ""), where)
    return tuple(found.items())


def _texts(room: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(room.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for kind in ("*.html", "*.txt"):
        for path in sorted((room / "templates").rglob(kind)):
            yield path, templatize(path.read_text(encoding="utf-8"))


@cache
def catalog_of(room: str) -> Catalog | None:
    """A room's Spanish catalog."""
    path = ROOMS / room / "locale" / "es" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale="es")
