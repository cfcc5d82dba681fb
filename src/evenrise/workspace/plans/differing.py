"""What two contents of a plan say differently: rung by rung, field by field, by words.

Pure: contents in, differences out. The marks of time and the place among siblings are
no words of a plan; a rung that stands elsewhere is told as moved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from evenrise.workspace.plans.content import (
    BudgetContent,
    LinkContent,
    MeasureContent,
    PlanContent,
    RungContent,
)


Part = MeasureContent | BudgetContent | LinkContent
_PARTS = ("measures", "budget", "links")
_NOT_COMPARED = frozenset({"key", "kind", "parent", "place", "en_at", "es_at", *_PARTS})
_WORD = re.compile(r"\s+|\w+|[^\w\s]+")
# Above it, a text is compared whole: the comparison grows with its square.
_MOST_WORDS = 3_000


class What(StrEnum):
    """What became of a rung."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"  # says the same, elsewhere
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that says something else; values as the content holds them."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A measure, a budget line or a link: new (before None), gone (after None)."""

    name: str  # measures, budget, links
    before: Part | None
    after: Part | None


@dataclass(frozen=True, slots=True)
class RungDifference:
    """One rung that is not as it was; in a `NEW` or `GONE` one, all is."""

    what: What
    before: RungContent | None
    after: RungContent | None
    fields: tuple[FieldDifference, ...] = ()
    parts: tuple[PartDifference, ...] = ()
    moved: bool = False

    @property
    def rung(self) -> RungContent:
        """As it is; of a gone one, as it was."""
        return self.after or self.before or RungContent(key="", kind="")


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; `rungs` in the reading order of the later content."""

    head: tuple[FieldDifference, ...]
    rungs: tuple[RungDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.head or self.rungs)

    def count(self, what: What) -> int:
        """How many rungs are new, changed, moved or gone."""
        return sum(one.what == what for one in self.rungs)


def difference(before: PlanContent, after: PlanContent) -> Difference:
    """What `after` says otherwise than `before`; gone rungs where they stood.

    The states of steps are no part of a promise: compare `as_promised()` contents.
    """
    head = _fields(
        before,
        after,
        ("title_en", "title_es", "text_en", "text_es", "begins_year", "ends_year"),
    )
    was = {one.key: one for one in before.rungs}
    now = {one.key: one for one in after.rungs}
    moved = _moved(before, after, was.keys() & now.keys())
    found = {
        key: told
        for key in {*was, *now}
        if (told := _rung(was.get(key), now.get(key), moved=key in moved)) is not None
    }
    return Difference(
        head, tuple(found[key] for key in _order(before, after) if key in found)
    )


def _rung(
    before: RungContent | None, after: RungContent | None, *, moved: bool
) -> RungDifference | None:
    if before is None or after is None:
        return RungDifference(What.NEW if before is None else What.GONE, before, after)
    names = [one.name for one in fields(RungContent) if one.name not in _NOT_COMPARED]
    told = _fields(before, after, names)
    parts = tuple(part for name in _PARTS for part in _parts(name, before, after))
    if told or parts:
        return RungDifference(What.CHANGED, before, after, told, parts, moved)
    return RungDifference(What.MOVED, before, after, moved=True) if moved else None


def _fields(before: Any, after: Any, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(
        FieldDifference(name, getattr(before, name), getattr(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    )


def _parts(
    name: str, before: RungContent, after: RungContent
) -> Iterable[PartDifference]:
    was, now = _keyed(getattr(before, name)), _keyed(getattr(after, name))
    for key in dict.fromkeys([*now, *was]):
        if was.get(key) != now.get(key):
            yield PartDifference(name, was.get(key), now.get(key))


def _keyed(parts: Sequence[Part]) -> Mapping[tuple[str, str], Part]:
    return {(getattr(one, "kind", ""), one.key): one for one in parts}


def _moved(before: PlanContent, after: PlanContent, both: Iterable[str]) -> set[str]:
    """Rungs of another parent, and the fewest that explain another order."""
    kept = set(both)
    was = {one.key: one.parent for one in before.rungs}
    found = {one.key for one in after.rungs if one.key in kept} - {
        one.key for one in after.rungs if was.get(one.key) == one.parent
    }
    stood: dict[str, list[str]] = defaultdict(list)
    for one in before.rungs:
        if one.key in kept and one.key not in found:
            stood[one.parent].append(one.key)
    stands: dict[str, list[str]] = defaultdict(list)
    for one in after.rungs:
        if one.key in kept and one.key not in found:
            stands[one.parent].append(one.key)
    for parent, keys in stands.items():
        at = {key: place for place, key in enumerate(stood[parent])}
        found |= set(keys) - _in_order(keys, at)
    return found


def _in_order(keys: Sequence[str], at: Mapping[str, int]) -> set[str]:
    """A longest run of keys whose order stayed: patience sorting."""
    tops: list[int] = []  # the smallest last place of a run of each length
    last: list[str] = []
    before: dict[str, str] = {}
    for key in keys:
        length = bisect_left(tops, at[key])
        if length:
            before[key] = last[length - 1]
        tops[length : length + 1] = [at[key]]
        last[length : length + 1] = [key]
    found = set()
    key = last[-1] if last else ""
    while key:
        found.add(key)
        key = before.get(key, "")
    return found


def _order(before: PlanContent, after: PlanContent) -> list[str]:
    """The reading order of `after`; what is gone follows what stood before it."""
    now = [one.key for one in after.rungs]
    known = set(now)
    follows: dict[str, list[str]] = defaultdict(list)
    last = ""
    for one in before.rungs:
        if one.key in known:
            last = one.key
        else:
            follows[last].append(one.key)
    return [*follows[""], *(key for own in now for key in (own, *follows[own]))]


class Piece(StrEnum):
    """What became of a piece of a text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


def pieces(before: str, after: str) -> tuple[tuple[Piece, str], ...]:
    """Two texts as one, word by word: what stayed, what went out, what came in.

    Putting together `SAME` and `OUT` gives `before`, `SAME` and `IN` gives `after`.
    """
    was, now = _WORD.findall(before), _WORD.findall(after)
    if max(len(was), len(now)) > _MOST_WORDS:
        both = ((Piece.OUT, before), (Piece.IN, after))
        return tuple((piece, text) for piece, text in both if text)
    found: list[tuple[Piece, str]] = []
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append((Piece.SAME, "".join(was[a:b])))
            continue
        if b > a:
            found.append((Piece.OUT, "".join(was[a:b])))
        if d > c:
            found.append((Piece.IN, "".join(now[c:d])))
    return tuple(found)
