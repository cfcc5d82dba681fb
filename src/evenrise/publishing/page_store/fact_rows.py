"""The facts of a review as rows of a page store: in sets, never one by one.

Kept are the district, its schools and the state; one fact a cell, as findings read it.
Counties and other districts stay in the review's own `facts.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from evenrise.findings.desk import Desk
from evenrise.findings.gaps import GapTable
from evenrise.findings.table import Flags, Ints
from evenrise.publishing.page_store.tables import HIDDEN, STATUSES
from evenrise.vocabulary.groups import FAMILIES, PAIR
from evenrise.vocabulary.organizations import Level


Array = NDArray[Any]
_LEVELS = (Level.STATE, Level.DISTRICT, Level.SCHOOL)  # the order of their integers
_NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_AT_ONCE = 20_000  # rows held as Python values


@dataclass(frozen=True, slots=True, eq=False)
class FactRows:
    """Rows of the desk's facts in stored order, and the words they name.

    The integers that facts name things by are places in these tuples, from 1.
    """

    rows: Ints
    indicators: tuple[str, ...]
    members: tuple[tuple[str, str], ...]  # (family, group)
    places: tuple[int, ...]  # one row of the desk's facts for each organization
    doors: tuple[tuple[int, str, str], ...]  # version, authority, origin
    files: tuple[str, ...]
    columns: tuple[Array, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def each(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the table `fact`, with their numbers from 1; nan becomes NULL."""
        for start in range(0, len(self), _AT_ONCE):
            stop = min(start + _AT_ONCE, len(self))
            ids = range(start + 1, stop + 1)
            parts = [column[start:stop].tolist() for column in self.columns]
            yield from zip(ids, *parts, strict=True)


def fact_rows(desk: Desk, gaps: GapTable) -> FactRows:
    """The facts that pages show, with the gap of each beside it."""
    facts = desk.facts
    kept = np.flatnonzero(_kept(desk))
    indicator, keys = _indicators(desk, kept)
    member, members = _members(desk, kept)
    place, places = _places(desk, kept)
    order = np.lexsort((place, member, facts.year[kept], indicator))
    rows = kept[order]
    named = (indicator[order], facts.year[rows], member[order], place[order])
    door, doors = _doors(desk, rows)
    file, files = _files(desk, rows)
    own = (
        *(facts.numbers(name)[rows] for name in _NUMBERS),
        _coded(desk, "status", STATUSES, rows),
        _coded(desk, "hidden_because", HIDDEN, rows),
        facts.doubted[rows].astype(np.int64),
        door,
        file,
        facts.numbers("source_row")[rows],
    )
    columns = (*named, *_whole(own), *_gap_columns(gaps, rows))
    return FactRows(rows, keys, members, places, doors, files, columns)


def _kept(desk: Desk) -> Flags:
    facts = desk.facts
    level, words = facts.codes["level"], facts.words["level"]
    mine = facts.codes["organization_id"] == facts.words["organization_id"].code(
        desk.district.organization_id
    )
    found = level == words.code(Level.SCHOOL)
    found |= (level == words.code(Level.DISTRICT)) & mine
    found |= level == words.code(Level.STATE)
    known = [name in desk.indicators for name in facts.words["indicator"].names]
    found &= np.array(known, np.bool_)[facts.codes["indicator"]]
    return np.asarray(found, dtype=np.bool_)


def _indicators(desk: Desk, kept: Ints) -> tuple[Ints, tuple[str, ...]]:
    """In the order in which a review tells them."""
    names = desk.facts.words["indicator"].names
    codes = desk.facts.codes["indicator"][kept]
    there = {names[code] for code in np.unique(codes).tolist()}
    keys = tuple(key for key in desk.indicators if key in there)
    number = {key: at for at, key in enumerate(keys, 1)}
    return np.array([number.get(name, 0) for name in names])[codes], keys


def _members(desk: Desk, kept: Ints) -> tuple[Ints, tuple[tuple[str, str], ...]]:
    """Groups in the vocabulary's order, all students first, pairs last."""
    facts = desk.facts
    families, groups = facts.words["group_family"].names, facts.words["group"].names
    code = facts.codes["group_family"][kept].astype(np.int64) * len(groups)
    code += facts.codes["group"][kept]
    found, inverse = np.unique(code, return_inverse=True)
    told = [
        (families[one // len(groups)], groups[one % len(groups)])
        for one in found.tolist()
    ]
    order = sorted(range(len(told)), key=lambda at: _place_of(*told[at]))
    number = np.empty(len(told), dtype=np.int64)
    number[order] = np.arange(1, len(told) + 1)
    return number[inverse.reshape(-1)], tuple(told[at] for at in order)


def _place_of(family: str, group: str) -> tuple[Any, ...]:
    parts = zip(family.split(PAIR), group.split(PAIR), strict=False)
    return PAIR in family, tuple(_place_in(*part) for part in parts), family, group


def _place_in(family: str, group: str) -> tuple[int, int, str]:
    codes = list(FAMILIES)
    if family not in FAMILIES:
        return len(codes), 0, group
    known = [one.code for one in FAMILIES[family].groups]
    place = known.index(group) if group in known else len(known)
    return codes.index(family), place, group


def _places(desk: Desk, kept: Ints) -> tuple[Ints, tuple[int, ...]]:
    """Organizations: the state, the district, then schools by name."""
    facts = desk.facts
    width = len(facts.words["organization_id"])
    code = facts.codes["level"][kept].astype(np.int64) * width
    code += facts.codes["organization_id"][kept]
    _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    rows = kept[first].tolist()
    told = [desk.organization(row) for row in rows]
    order = sorted(
        range(len(told)),
        key=lambda at: (
            _LEVELS.index(told[at].level),
            told[at].name,
            told[at].organization_id,
        ),
    )
    number = np.empty(len(told), dtype=np.int64)
    number[order] = np.arange(1, len(told) + 1)
    return number[inverse.reshape(-1)], tuple(rows[at] for at in order)


def _doors(desk: Desk, rows: Ints) -> tuple[Ints, tuple[tuple[int, str, str], ...]]:
    """Version, authority and origin together: a handful for all facts."""
    version = desk.facts.numbers("definition_version")[rows].astype(np.int64)
    authority, names = _text(desk, "authority", rows)
    origin, ways = _text(desk, "origin", rows)
    code = (version * (len(names) + 1) + authority) * (len(ways) + 1) + origin
    _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    doors = tuple(
        (int(version[at]), names[authority[at]], ways[origin[at]]) for at in first
    )
    return inverse.reshape(-1) + 1, doors


def _files(desk: Desk, rows: Ints) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """The file of each fact as a place from 1, nan where it names none."""
    code, names = _text(desk, "source_file", rows)
    return np.where(code < 0, np.nan, code + 1.0), names


def _text(desk: Desk, name: str, rows: Ints) -> tuple[Ints, tuple[str, ...]]:
    """A text column of the table as codes and words, -1 where it is blank."""
    column = desk.facts.table.column(name)
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    encoded = column.dictionary_encode().combine_chunks()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    taken = np.asarray(codes, dtype=np.int64)[desk.facts.place[rows]]
    return taken, tuple(str(word) for word in encoded.dictionary.to_pylist())


def _coded(
    desk: Desk, name: str, words: tuple[str, ...], rows: Ints
) -> NDArray[np.float64]:
    """A column of few words as places in `words`, nan where it is blank."""
    code, names = _text(desk, name, rows)
    place = np.array([*(float(words.index(one)) for one in names), np.nan])
    found: NDArray[np.float64] = place[code]
    return found


def _whole(columns: tuple[Array, ...]) -> tuple[Array, ...]:
    """Whole numbers with blanks as objects, so that SQLite stores integers."""
    *numbers, status, hidden, doubted, door, file, row = columns
    return (
        *numbers,
        status.astype(np.int64),
        _or_none(hidden),
        doubted,
        door,
        _or_none(file),
        _or_none(row),
    )


def _or_none(column: Array) -> Array:
    found = np.full(len(column), None, dtype=object)
    known = ~np.isnan(column)
    found[known] = column[known].astype(np.int64)
    return found


def _gap_columns(gaps: GapTable, rows: Ints) -> tuple[Array, ...]:
    """The comparison of each fact's group with all other students, where there is one.

    Both sides are shown facts, so nothing is worked out that a reader could not.
    """
    compared = gaps.comparisons
    entry = gaps.place[rows]
    known = entry >= 0
    at = entry[known]

    def spread(values: Array) -> Array:
        found = np.full(len(rows), np.nan)
        found[known] = values[at]
        return found

    numbers = (
        compared.other_x,
        compared.other_n,
        compared.difference,
        compared.lower,
        compared.upper,
        compared.concerned,
    )
    certainty = spread(compared.certainties())
    mirrored = spread(compared.mirrored)
    return (
        *(spread(values) for values in numbers),
        _or_none(certainty),
        spread(compared.adjusted_p),
        _or_none(mirrored),
    )
