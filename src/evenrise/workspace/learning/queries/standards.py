"""Standards as pages show them: lists, their frames, and what may be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from evenrise.vocabulary.text import Language
from evenrise.workspace.learning.map_words import in_words
from evenrise.workspace.learning.models import Standard, StandardSet
from evenrise.workspace.learning.starting_standards import ensure_standards
from evenrise.workspace.plans.said import Words


@dataclass(frozen=True, slots=True)
class StandardShown:
    """One standard of a list."""

    key: str
    name: Words
    about: Words


@dataclass(frozen=True, slots=True)
class FrameShown:
    """Standards under the name of their frame; blank where a list has no frames."""

    name: Words
    items: list[StandardShown]


@dataclass(frozen=True, slots=True)
class SetShown:
    """A list of standards."""

    key: str
    name: Words
    source: str
    own: bool
    used: bool
    frames: list[FrameShown]
    removed: list[StandardShown]


def sets_shown(language: Language) -> list[SetShown]:
    """All lists with their standards; two queries, the published ones first."""
    ensure_standards()
    sets = StandardSet.objects.prefetch_related("items")
    return [_set(one, language) for one in sets]


def _set(one: StandardSet, language: Language) -> SetShown:
    items = list(one.items.all())
    standing = [item for item in items if item.removed_at is None]
    return SetShown(
        one.key,
        set_words(one, language),
        one.source,
        one.own,
        one.used,
        frames_of(standing, language),
        [_shown(item, language) for item in items if item.removed_at is not None],
    )


def frames_of(items: Iterable[Standard], language: Language) -> list[FrameShown]:
    """Standards under their frames, in their own order."""
    return [
        FrameShown(
            in_words(*names, language), [_shown(item, language) for item in within]
        )
        for names, within in groupby(items, lambda i: (i.frame_en, i.frame_es))
    ]


def _shown(one: Standard, language: Language) -> StandardShown:
    return StandardShown(
        one.key,
        in_words(one.name_en, one.name_es, language),
        in_words(one.about_en, one.about_es, language),
    )


def set_words(one: StandardSet, language: Language) -> Words:
    """A list's name."""
    return in_words(one.name_en, one.name_es, language)


def standard_choices(language: Language) -> list[tuple[str, list[tuple[int, str]]]]:
    """The standards of the lists that the district uses, under the lists' names."""
    ensure_standards()
    found = Standard.objects.filter(removed_at=None, standards__used=True)
    ordered = found.select_related("standards").order_by(
        "standards__own", "standards__key", "place", "id"
    )
    return [
        (name, [(i.pk, in_words(i.name_en, i.name_es, language).text) for i in within])
        for name, within in groupby(
            ordered, lambda i: set_words(i.standards, language).text
        )
    ]
