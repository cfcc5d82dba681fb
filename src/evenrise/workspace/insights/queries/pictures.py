"""A picture for a page: wide and narrow SVG in the reader's language, with a title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from evenrise.findings.pictures import Picture
from evenrise.publishing.charts.frame import NARROW, WIDE, Frame
from evenrise.publishing.page_store.drawing import svg
from evenrise.publishing.page_store.model import Drawn
from evenrise.vocabulary.text import Language


@dataclass(frozen=True, slots=True)
class Shown:
    """A drawn picture: the title above it, the sentence that it says (or none)."""

    title: str
    reading: str
    wide: SafeString
    narrow: SafeString


def show(picture: Picture | None, language: Language, ident: str) -> Shown | None:
    """Draw a picture of facts; None where there is nothing to draw."""
    if picture is None:
        return None
    return Shown(
        picture.title[language],
        "",  # its alternative is in the picture itself: read aloud once, not printed
        # The charts escape every word themselves; nothing in them is a person's input.
        mark_safe(svg(picture, language, ident=f"{ident}-w")),  # noqa: S308
        mark_safe(svg(picture, language, narrow=True, ident=f"{ident}-n")),  # noqa: S308
    )


def show_by(
    draw: Callable[[Frame], str], language: Language, ident: str, title: str
) -> Shown:
    """The same for a picture that is drawn for one page alone."""
    wide, narrow = (
        draw(Frame(language, width, "page", f"{ident}-{end}"))
        for width, end in ((WIDE, "w"), (NARROW, "n"))
    )
    # The drawing board escapes every word, also those that a person wrote.
    return Shown(title, "", mark_safe(wide), mark_safe(narrow))  # noqa: S308


def show_drawn(
    drawn: Drawn | None, language: Language, title: str, reading: str
) -> Shown | None:
    """The same for a picture that the page store holds."""
    if drawn is None:
        return None
    return Shown(
        title,
        reading,
        mark_safe(drawn.wide(language)),  # noqa: S308 - as above
        mark_safe(drawn.narrow(language)),  # noqa: S308 - as above
    )
