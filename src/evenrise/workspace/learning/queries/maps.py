"""Maps of practice as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from evenrise.vocabulary.text import Language
from evenrise.workspace.learning.access_maps import maps_read_by, may_write_map
from evenrise.workspace.learning.map_content import examples
from evenrise.workspace.learning.map_words import (
    component_words,
    in_words,
    level_name,
    pair_words,
)
from evenrise.workspace.learning.models import Component, ICMap, MapState
from evenrise.workspace.learning.queries.map_content import components_of
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.said import Words, words_of


@dataclass(frozen=True, slots=True)
class MapLine:
    """One map of the list."""

    slug: str
    title: Words
    role: Words
    standard: Words
    components: int
    state: str


@dataclass(frozen=True, slots=True)
class MapsPage:
    """The maps by their state: in use, in work, no longer used."""

    used: list[MapLine]
    drafts: list[MapLine]
    retired: list[MapLine]


@dataclass(frozen=True, slots=True)
class LevelShown:
    """One level of a component."""

    number: int
    name: str
    words: Words


@dataclass(frozen=True, slots=True)
class ComponentShown:
    """One row of the map."""

    key: str
    name: Words
    outcome: Words
    levels: tuple[LevelShown, ...]
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class MapPage:
    """A map with its components, best level first."""

    map: ICMap
    title: Words
    text: Words
    role: Words
    standard: Words
    heads: tuple[str, ...]
    components: list[ComponentShown]
    removed: list[tuple[str, Words]]
    writes: bool

    @property
    def used(self) -> bool:
        """Whether practice can be placed on it."""
        return self.map.state == MapState.USED

    @property
    def draft(self) -> bool:
        """Whether it is still in work."""
        return self.map.state == MapState.DRAFT


def maps_page(person: Person, language: Language) -> MapsPage:
    """All maps that the person reads; one query."""
    standing = Count("components", filter=Q(components__removed_at=None))
    maps = (
        maps_read_by(person)
        .select_related("standard")
        .annotate(standing=standing)
        .order_by(f"title_{language}", "slug")
    )
    lines: dict[str, list[MapLine]] = {state: [] for state in MapState.values}
    for one in maps:
        lines[one.state].append(_line(one, language))
    return MapsPage(
        lines[MapState.USED], lines[MapState.DRAFT], lines[MapState.RETIRED]
    )


def _line(one: ICMap, language: Language) -> MapLine:
    return MapLine(
        one.slug,
        words_of(one, "title", language),
        in_words(one.role_en, one.role_es, language),
        _standard(one, language),
        one.standing,  # type: ignore[attr-defined]  # annotated above
        str(MapState(one.state).label),
    )


def map_read(person: Person, slug: str) -> ICMap | None:
    """A map that the person reads."""
    return (
        maps_read_by(person)
        .select_related("standard", "made_by")
        .filter(slug=slug)
        .first()
    )


def map_page(person: Person, one: ICMap, language: Language) -> MapPage:
    """A map for its page; three queries."""
    writes = may_write_map(person, one)
    gone = one.components.exclude(removed_at=None) if writes else ()
    return MapPage(
        map=one,
        title=words_of(one, "title", language),
        text=words_of(one, "text", language),
        role=in_words(one.role_en, one.role_es, language),
        standard=_standard(one, language),
        heads=tuple(level_name(n, one.levels) for n in range(1, one.levels + 1)),
        components=components_shown(components_of(one), one.levels, language),
        removed=[(each.key, component_words(each, language)) for each in gone],
        writes=writes,
    )


def components_shown(
    components: Sequence[Component], levels: int, language: Language
) -> list[ComponentShown]:
    """Components with their levels, as this reader meets them."""
    return [
        ComponentShown(
            key=one.key,
            name=component_words(one, language),
            outcome=in_words(one.outcome_en, one.outcome_es, language),
            levels=levels_shown(one, levels, language),
            first=place == 0,
            last=place == len(components) - 1,
        )
        for place, one in enumerate(components)
    ]


def levels_shown(
    one: Component, levels: int, language: Language
) -> tuple[LevelShown, ...]:
    """The levels of a component, best first; one without words is blank."""
    texts = {level.number: (level.text_en, level.text_es) for level in one.levels.all()}
    return tuple(
        LevelShown(
            number,
            level_name(number, levels),
            in_words(*texts.get(number, ("", "")), language),
        )
        for number in range(1, levels + 1)
    )


def _standard(one: ICMap, language: Language) -> Words:
    if one.standard is None:
        return Words("")
    return in_words(one.standard.name_en, one.standard.name_es, language)


def beginnings(person: Person, language: Language) -> list[tuple[str, str]]:
    """With what a map can begin: an example, or another map."""
    shown = [
        (f"example:{key}", pair_words(one.title, language).text)
        for key, one in examples().items()
    ]
    maps = maps_read_by(person).order_by("slug")
    return shown + [(f"map:{one.slug}", one.said("title", language)[0]) for one in maps]
