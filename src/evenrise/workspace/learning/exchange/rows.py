"""From the cells of a row to a component of a map, with what is wrong in which cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.learning.map_content import (
    FEWEST_LEVELS,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_COMPONENTS,
    MOST_LEVELS,
    ComponentContent,
    MapContent,
    Pair,
)
from evenrise.workspace.plans.exchange.problems import Problem
from evenrise.workspace.plans.exchange.words import plain


MAP_FIELDS = ("title", "role", "text")
LEVELS = tuple(range(1, MOST_LEVELS + 1))
PART_FIELDS = ("name", "outcome", *(f"level_{number}" for number in LEVELS))
_LONGEST = {"title": 300, "role": 120, "name": LONGEST_NAME}
_SPOKEN = {
    "name": (
        ("component", "components", "practice", "construct"),
        ("componente", "componentes", "practica", "práctica"),
    ),
    "outcome": (
        ("desired outcome", "outcome", "desired outcomes"),
        ("resultado deseado", "resultado", "resultado que se busca"),
    ),
    **{
        f"level_{number}": ((f"level {number}",), (f"nivel {number}",))
        for number in LEVELS
    },
}


@dataclass(slots=True)
class Bringing:
    """What was read so far: the map's own words, its components, what is wrong."""

    title: Pair = field(default_factory=Pair)
    role: Pair = field(default_factory=Pair)
    text: Pair = field(default_factory=Pair)
    components: list[ComponentContent] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def say(self, where: Text, en: str, es: str) -> None:
        """Keep what is wrong, and where."""
        self.problems.append(Problem(where, Text(en, es)))


@dataclass(frozen=True, slots=True)
class Brought:
    """A map out of a file, or what is wrong with the file; never both."""

    content: MapContent | None
    problems: tuple[Problem, ...]


def field_of(heading: str) -> str:
    """The field that a heading means, such as `level_2_en`; blank for none.

    A heading in one language alone ("Level 2", "Nivel 2: ...") means the words of
    that language.
    """
    bare = plain(heading.partition("(")[0].partition(":")[0])
    if bare in {f"{name}_{code}" for name in PART_FIELDS for code in ("en", "es")}:
        return bare
    for name, words in _SPOKEN.items():
        for code, spoken in zip(("en", "es"), words, strict=True):
            if bare in {plain(one) for one in spoken}:
                return f"{name}_{code}"
    return ""


def add_component(
    bringing: Bringing, cells: Mapping[str, str], where: Text, key: str = ""
) -> None:
    """Take a row of cells for a component; what is wrong is kept instead.

    Args:
        bringing: what was read so far; it grows.
        cells: texts by field, such as `level_2_es`.
        where: the row or the table, in both languages.
        key: the component's, where the file knows it.
    """
    pairs = {name: pair_of(cells, name) for name in PART_FIELDS}
    levels = [pairs[f"level_{number}"] for number in LEVELS]
    while levels and not levels[-1]:
        levels.pop()
    right = _short_enough(bringing, cells, where)
    if not pairs["name"]:
        bringing.say(
            where,
            "has no name of a component: write one in English or in Spanish.",
            "no tiene el nombre de un componente: escriba uno en inglés o en español.",
        )
        right = False
    if len(levels) < FEWEST_LEVELS or not all(levels):
        bringing.say(
            where,
            f"has words for {sum(map(bool, levels))} of its levels: write from"
            f" {FEWEST_LEVELS} to {MOST_LEVELS} levels, the best first, none left out.",
            f"tiene palabras para {sum(map(bool, levels))} de sus niveles: escriba de"
            f" {FEWEST_LEVELS} a {MOST_LEVELS} niveles, el mejor primero, sin saltar"
            " ninguno.",
        )
        right = False
    if right:
        bringing.components.append(
            ComponentContent(pairs["name"], pairs["outcome"], tuple(levels), key)
        )


def pair_of(cells: Mapping[str, str], name: str) -> Pair:
    """Both languages of a field."""
    return Pair(
        cells.get(f"{name}_en", "").strip(), cells.get(f"{name}_es", "").strip()
    )


def _short_enough(bringing: Bringing, cells: Mapping[str, str], where: Text) -> bool:
    right = True
    for name, cell in cells.items():
        most = _LONGEST.get(name[:-3], LONGEST_TEXT)
        if len(cell) > most:
            bringing.say(
                Text(f"{where.en}, {name}", f"{where.es}, {name}"),
                f"has {len(cell):,} letters; at most {most:,} fit. Shorten it.",
                f"tiene {len(cell):,} letras y caben {most:,}. Acórtelo.",
            )
            right = False
    return right


def brought(bringing: Bringing) -> Brought:
    """The map, when nothing is wrong with it."""
    _together(bringing)
    if bringing.problems:
        return Brought(None, tuple(bringing.problems))
    return Brought(
        MapContent(
            title=bringing.title,
            role=bringing.role,
            text=bringing.text,
            levels=len(bringing.components[0].levels),
            components=_keys_once(bringing.components),
        ),
        (),
    )


def _together(bringing: Bringing) -> None:
    """What is wrong with all of them together."""
    whole = Text("The file", "El archivo")
    counts = {len(one.levels) for one in bringing.components}
    if not bringing.components and not bringing.problems:
        bringing.say(
            whole,
            "has no component: begin with the file that a map's page gives.",
            "no tiene ningún componente: empiece con el archivo que da la página de un"
            " mapa.",
        )
    if len(bringing.components) > MOST_COMPONENTS:
        bringing.say(
            whole,
            f"has more than {MOST_COMPONENTS} components: make two maps of it.",
            f"tiene más de {MOST_COMPONENTS} componentes: haga dos mapas con él.",
        )
    if len(counts) > 1:
        told = ", ".join(str(one) for one in sorted(counts))
        bringing.say(
            whole,
            f"has components with {told} levels: give each as many as the others.",
            f"tiene componentes con {told} niveles: dé a todos el mismo número.",
        )


def _keys_once(found: Sequence[ComponentContent]) -> tuple[ComponentContent, ...]:
    """A key that stands twice is the first one's; the second is new."""
    seen: set[str] = set()
    kept = []
    for one in found:
        again = one.key in seen
        seen.add(one.key)
        kept.append(replace(one, key="") if again else one)
    return tuple(kept)


def titled(content: MapContent, title: str, language: Language) -> MapContent:
    """The map with a title that a person gave, where the file has none."""
    if content.title or not title.strip():
        return content
    pair = Pair(title.strip()) if language == "en" else Pair(es=title.strip())
    return replace(content, title=pair)


def words_within(content: MapContent) -> list[str]:
    """Every text of the map."""
    pairs = [content.title, content.role, content.text]
    for one in content.components:
        pairs += [one.name, one.outcome, *one.levels]
    return [text for pair in pairs for text in (pair.en, pair.es) if text]
