"""What a map of practice says, whole: as it is begun, copied, brought and got."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


FEWEST_LEVELS, MOST_LEVELS, USUAL_LEVELS = 3, 6, 4
MOST_COMPONENTS = 40
LONGEST_NAME, LONGEST_TEXT = 200, 4_000
_EXAMPLES = Path(__file__).parent / "starting" / "maps"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same words in both languages; one may be blank."""

    en: str = ""
    es: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.es)


@dataclass(frozen=True, slots=True)
class ComponentContent:
    """One component; `levels` from the ideal to not yet."""

    name: Pair
    outcome: Pair
    levels: tuple[Pair, ...]
    key: str = ""  # blank for a new one


@dataclass(frozen=True, slots=True)
class MapContent:
    """A map from its title to its last level; every component has `levels` levels."""

    title: Pair
    role: Pair = Pair()
    text: Pair = Pair()
    levels: int = USUAL_LEVELS
    components: tuple[ComponentContent, ...] = ()


@cache
def examples() -> dict[str, MapContent]:
    """The example maps that come with Evenrise, by key, in their order."""
    found: dict[str, MapContent] = {}
    for path in sorted(_EXAMPLES.glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        found[told["key"]] = _of_file(told)
    return found


def _of_file(told: dict[str, Any]) -> MapContent:
    components = tuple(
        ComponentContent(
            key=one["key"],
            name=_pair(one, "name"),
            outcome=_pair(one, "outcome"),
            levels=tuple(Pair(level["en"], level["es"]) for level in one["levels"]),
        )
        for one in told["component"]
    )
    return MapContent(
        title=_pair(told, "title"),
        role=_pair(told, "role"),
        text=_pair(told, "text"),
        levels=len(components[0].levels),
        components=components,
    )


def _pair(told: dict[str, Any], name: str) -> Pair:
    return Pair(told[f"{name}_en"], told[f"{name}_es"])
