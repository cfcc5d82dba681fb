"""Spreads over levels as a picture for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from evenrise.publishing.charts.level_bars import (
    LevelBars,
    LevelRow,
    draw_level_bars,
)
from evenrise.vocabulary.text import Text
from evenrise.workspace.insights.queries.pictures import Shown, show_by
from evenrise.workspace.learning.spread import Spread
from evenrise.workspace.learning.spread_words import share_words
from evenrise.workspace.people.queries.words import page_language


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name and its spread; None where nothing may be shown."""

    name: str
    spread: Spread | None


def bars_shown(
    title: str, sentence: str, levels: Sequence[str], bars: Sequence[Bar], ident: str
) -> Shown:
    """The picture in the page's language, wide and narrow.

    Args:
        title: what it is called.
        sentence: what a sighted reader would take away.
        levels: their names, the first at the left.
        bars: in their order.
        ident: the beginning of the ids inside, unique on its page.
    """
    language = page_language()
    picture = LevelBars(
        _text(title),
        _text(f"{title}. {sentence}"),
        tuple(_text(one) for one in levels),
        tuple(_row(one, levels) for one in bars),
    )
    return show_by(partial(draw_level_bars, picture), language, ident, title)


def _row(one: Bar, levels: Sequence[str]) -> LevelRow:
    if one.spread is None:
        why = _text(_("not shown, to protect people"))
        return LevelRow(_text(one.name), why=why)
    says = tuple(
        _text(f"{one.name}, {level}: {share_words(share)}")
        for level, share in zip(levels, one.spread.tenths, strict=True)
    )
    return LevelRow(_text(one.name), one.spread.n, one.spread.weights, says)


def _text(words: str) -> Text:
    """Words that are already in the page's language stand for both."""
    return Text(words, words)
