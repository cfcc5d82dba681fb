"""The keys of facts as small integers, ordered by their words.

Nothing here depends on the order of the rows, so neither does what is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenrise.statistics.small_numbers.rule import Flags, Ints
from evenrise.vocabulary.groups import ALL_FAMILY, PAIR
from evenrise.vocabulary.organizations import Level


# Language status splits the English learners, and those who are not, into two each.
SPLIT_FAMILY, WHOLE_FAMILY = "language_status", "english_learner"
LEARNERS = frozenset({"english_learner_recent", "long_term_english_learner"})
KEYS = (
    "indicator",
    "definition_version",
    "authority",
    "school_year",
    "level",
    "organization_id",
    "district_id",
    "group_family",
    "group",
)
_GROUP_BITS = 24  # more groups than this allows no table has


class Groups(NamedTuple):
    """One (family, group) of the facts, read apart once."""

    family: str
    group: str
    parts: tuple[tuple[str, str], ...]  # none for all students, one, or two of a pair


@dataclass(slots=True)
class GroupCodes:
    """What each group code means: its family, its parts, its half of a split family."""

    words: tuple[Groups, ...]
    family: Ints
    families: tuple[str, ...]
    size: Ints  # 0 for all students, 1 for a group, 2 for a pair
    first: Ints  # the codes of a pair's two groups
    second: Ints
    half: Ints  # 1 learners, 2 the others, 0 any other group


@dataclass(slots=True)
class Codes:
    """The keys of the facts as small integers, ordered by their words."""

    block: Ints
    organization: Ints  # 0 for the block's own district; schools from 1
    group: Ints
    groups: GroupCodes
    rows: Ints  # which facts these are
    place: Ints  # the same organization, year and group, whatever the indicator


def ranks(column: pa.ChunkedArray | pa.Array) -> tuple[Ints, list[object]]:
    """Small integers in the order of the words, and the words (null first)."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    encoded = pc.dictionary_encode(column, null_encoding="encode")
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.unify_dictionaries().combine_chunks()
    words = encoded.dictionary.to_pylist()
    order = sorted(range(len(words)), key=lambda i: (words[i] is not None, words[i]))
    rank = np.zeros(len(words), dtype=np.int64)
    rank[order] = np.arange(len(words))
    indices = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    return rank[indices] if len(words) else indices, [words[i] for i in order]


def together(*codes: Ints) -> Ints:
    """One small integer for each combination of codes, ordered as the codes are."""
    key = np.zeros(len(codes[0]), dtype=np.int64)
    for code in codes:
        width = int(code.max(initial=0)) + 1
        key = _dense(key * width + code)
    return key


def _dense(key: Ints) -> Ints:
    return ranks(pa.array(key))[0] if len(key) else key


def encode(facts: pa.Table, mine: Flags) -> Codes:
    """Read the keys of the facts that are protected together."""
    rows = np.flatnonzero(mine)
    taken = facts.select(list(KEYS)).filter(pa.array(mine))
    level, level_words = ranks(taken.column("level"))
    school = level == _place(level_words, Level.SCHOOL)
    district = level == _place(level_words, Level.DISTRICT)
    whose = _district(taken, school, district)
    family, family_words = ranks(taken.column("group_family"))
    group, group_words = ranks(taken.column("group"))
    both = together(family, group)
    first = np.zeros(int(both.max(initial=-1)) + 1, dtype=np.int64)
    first[both] = np.arange(len(both))
    read = {key: ranks(taken.column(key))[0] for key in KEYS[:4]}
    place = together(ranks(taken.column("organization_id"))[0]) + 1
    own = np.where(school, place, 0)
    return Codes(
        block=together(*read.values(), whose),
        organization=own,
        group=both,
        groups=_groups(
            [
                _read(str(family_words[family[i]]), str(group_words[group[i]]))
                for i in first
            ]
        ),
        rows=rows,
        place=(together(read["school_year"], whose, own) << _GROUP_BITS) + both,
    )


def _groups(words: list[Groups]) -> GroupCodes:
    """Number the groups, and the single groups that only pairs name, after them."""
    codes = {one.parts[0]: i for i, one in enumerate(words) if len(one.parts) == 1}
    for one in tuple(words):
        for part in one.parts:
            if part not in codes:
                codes[part] = len(words)
                words.append(Groups(*part, (part,)))
    families = tuple(sorted({one.family for one in words}))
    number = {family: i for i, family in enumerate(families)}
    pair = [len(one.parts) == 2 for one in words]
    return GroupCodes(
        tuple(words),
        np.array([number[one.family] for one in words], dtype=np.int64),
        families,
        np.array([len(one.parts) for one in words], dtype=np.int64),
        np.array(
            [codes[w.parts[0]] if p else -1 for w, p in zip(words, pair, strict=True)]
        ),
        np.array(
            [codes[w.parts[1]] if p else -1 for w, p in zip(words, pair, strict=True)]
        ),
        np.array([_half(one) for one in words], dtype=np.int64),
    )


def _half(one: Groups) -> int:
    if one.family != SPLIT_FAMILY:
        return 0
    return 1 if one.group in LEARNERS else 2


def _place(words: list[object], word: str) -> int:
    return words.index(word) if word in words else -1


def _district(taken: pa.Table, school: Flags, district: Flags) -> Ints:
    """Whose numbers these are: the district of a school, the rest their own.

    A school whose district is not told belongs to the only district there is.
    """
    own = taken.column("organization_id").cast(pa.string())
    above = taken.column("district_id").cast(pa.string())
    named = set(pc.unique(own.filter(pa.array(district))).to_pylist())
    if len(named) == 1:
        above = pc.fill_null(above, named.pop())
    whose = pc.if_else(pa.array(school), above, own)
    other = (~school & ~district).astype(np.int64)  # a county, a state: on its own
    return together(ranks(whose)[0], other)


def _read(family: str, group: str) -> Groups:
    families, groups = family.split(PAIR), group.split(PAIR)
    if family == ALL_FAMILY or len(families) != len(groups):
        return Groups(family, group, ())
    return Groups(family, group, tuple(zip(families, groups, strict=True)))
