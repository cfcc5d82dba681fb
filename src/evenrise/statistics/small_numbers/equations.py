"""The sums that anybody may form over released facts, as an attacker writes them.

Written apart from `cells`, so that the audit does not share the suppressor's mistakes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.statistics.small_numbers.keys import (
    LEARNERS,
    SPLIT_FAMILY,
    WHOLE_FAMILY,
    Codes,
    Groups,
    encode,
)
from evenrise.statistics.small_numbers.linked import APART_FROM, OUTCOMES_OF
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints
from evenrise.vocabulary.groups import ALL_FAMILY, FAMILIES, PAIR


_BY_SCHOOL = 1 << 20  # a kind of line that no family has


@dataclass(frozen=True, slots=True)
class Lines:
    """Sums: in each line the children add up to the parent.

    `child` and `line` are equally long, one entry for each child; `parent` has one
    entry for each line. Cells are numbered as in `rows` (rows of the facts).
    """

    rows: Ints
    child: Ints
    line: Ints
    parent: Ints


def lines_of(facts: pa.Table, mine: Flags) -> Lines:
    """Every sum among these facts: families, pairs, language status, schools."""
    codes = encode(facts, mine)
    size = len(codes.groups.words)
    places = int(codes.organization.max(initial=0)) + 1
    own = (codes.block * places + codes.organization) * size + codes.group
    order = np.argsort(own, kind="stable")
    children, parents, kinds = [], [], []
    for above, organization, kind in _above(codes):
        key = (codes.block * places + organization) * size + above
        place = np.searchsorted(own[order], key)
        found = (above >= 0) & (place < len(own))
        found[found] = own[order][place[found]] == key[found]
        child = np.flatnonzero(found)
        children.append(child)
        parents.append(order[place[found]])
        kinds.append(kind[child])
    child, parent = np.concatenate(children), np.concatenate(parents)
    name = parent * (2 * _BY_SCHOOL) + np.concatenate(kinds)
    names, line = np.unique(name, return_inverse=True)
    return Lines(codes.rows, child, line, names // (2 * _BY_SCHOOL))


@dataclass(frozen=True, slots=True)
class Links:
    """Numbers that tell of each other under different names, by place among the cells.

    `outcomes` are pairs: the students of the first are those with the outcome of the
    second. `apart` are pairs of outcomes that no student has both of.
    """

    outcomes: tuple[Ints, Ints]
    apart: tuple[Ints, Ints]


def links_of(facts: pa.Table, mine: Flags, truth: Floats) -> Links:
    """The links among these facts, where their numbers agree.

    Args:
        facts: the facts.
        mine: which of them are attacked.
        truth: outcomes, the others and the students of each: (3, cells).
    """
    codes = encode(facts, mine)
    words = facts.column("indicator").filter(pa.array(mine)).cast(pa.string())
    indicator = np.array(words.to_pylist(), dtype=object)
    x, n = np.nan_to_num(truth[0], nan=-1.0), np.nan_to_num(truth[2])
    found = []
    for links, compared in ((OUTCOMES_OF, (n, x)), (APART_FROM, (n, n))):
        pairs = [
            _agreeing(codes.place, indicator, names, compared)
            for names in links.items()
        ]
        ours, theirs = (np.concatenate(side) for side in zip(*pairs, strict=True))
        found.append((ours, theirs))
    return Links(found[0], found[1])


def _agreeing(
    place: Ints,
    indicator: NDArray[np.object_],
    names: tuple[str, str],
    compared: tuple[Floats, Floats],
) -> tuple[Ints, Ints]:
    """Cells of two indicators at the same place whose numbers are the same."""
    ours, theirs = (np.flatnonzero(indicator == name) for name in names)
    theirs = theirs[np.argsort(place[theirs], kind="stable")]
    at = np.searchsorted(place[theirs], place[ours])
    there = at < len(theirs)
    ours, theirs = ours[there], theirs[at[there]]
    same = (place[ours] == place[theirs]) & (compared[0][ours] == compared[1][theirs])
    return ours[same], theirs[same]


def _above(codes: Codes) -> list[tuple[Ints, Ints, Ints]]:
    """For each fact the group, organization and kind of each sum it is part of."""
    words = codes.groups.words
    number = {(one.family, one.group): i for i, one in enumerate(words)}
    family = codes.groups.family
    found = []
    for pick in (_whole, _first, _second, _learners, _other_order):
        names = [pick(one) for one in words]
        above = np.array([-1 if n is None else number.get(n, -1) for n in names])
        kind = family + (len(codes.groups.families) if pick is _learners else 0)
        found.append((above[codes.group], codes.organization, kind[codes.group]))
    school = codes.organization > 0
    above = np.where(school, codes.group, -1)
    none = np.zeros_like(above)
    found.append((above, none, np.full_like(above, _BY_SCHOOL)))
    return found


def _whole(one: Groups) -> tuple[str, str] | None:
    family = FAMILIES.get(one.family)
    overlaps = family is not None and not family.partition
    return None if len(one.parts) != 1 or overlaps else (ALL_FAMILY, ALL_FAMILY)


def _first(one: Groups) -> tuple[str, str] | None:
    return one.parts[0] if len(one.parts) == 2 else None


def _second(one: Groups) -> tuple[str, str] | None:
    return one.parts[1] if len(one.parts) == 2 else None


def _learners(one: Groups) -> tuple[str, str] | None:
    """The English learners, or the others, that language status splits."""
    return _told_as(one, turned=False)


def _other_order(one: Groups) -> tuple[str, str] | None:
    """The same, where the pair is written the other way round."""
    return _told_as(one, turned=True) if len(one.parts) == 2 else None


def _told_as(one: Groups, *, turned: bool) -> tuple[str, str] | None:
    if not any(family == SPLIT_FAMILY for family, _ in one.parts):
        return None
    parts = [
        (WHOLE_FAMILY, WHOLE_FAMILY if g in LEARNERS else f"not_{WHOLE_FAMILY}")
        if f == SPLIT_FAMILY
        else (f, g)
        for f, g in one.parts
    ]
    if turned:
        parts.reverse()
    return PAIR.join(f for f, _ in parts), PAIR.join(g for _, g in parts)
