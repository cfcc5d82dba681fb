"""Facts as arrays, sorted and indexed once, so that every question is a look-up.

The review asks thousands of questions of the shape "this indicator, year,
organization, family, group". Strings become small integers, the five of them one
key, the rows are sorted by it, and a question for many cells at once is one
`np.searchsorted`. Sorting also makes the order of the input rows irrelevant.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from evenrise.vocabulary.facts import Origin, Status
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS, PAIR
from evenrise.vocabulary.organizations import Level


Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger]  # as small as the number of words allows
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_YEARS = 256  # room for the school years that a calendar allows
_ORDER = (  # of the key
    "indicator",
    "school_year",
    "level",
    "organization_id",
    "group_family",
    "group",
)
_KEYS = ("indicator", "level", "organization_id", "group_family", "group")


@dataclass(frozen=True, slots=True)
class Words:
    """The distinct words of a text column, in alphabetical order, and their codes."""

    names: tuple[str, ...]
    codes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, names: tuple[str, ...]) -> Words:
        """Words that are already sorted."""
        return cls(names, {name: code for code, name in enumerate(names)})

    def code(self, name: str) -> int:
        """The word's code, or -1 where the table never says it."""
        return self.codes.get(name, -1)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The facts of a review, one array a column, sorted by key.

    `x`, `n` and `value` are nan where they are not shown; `shown` says that a fact is
    reported with x and n; `doubted` that a question about the file hangs over it.
    `lower` and `upper` are bounds of a hidden rate, nan where there are none.
    """

    words: dict[str, Words]
    codes: dict[str, Codes]  # indicator, level, organization_id, group_family, group
    year: Ints
    x: Floats
    n: Floats
    value: Floats
    lower: Floats
    upper: Floats
    status: tuple[str, ...]
    status_code: Codes
    shown: Flags
    pair: Flags
    key: Ints
    base_year: int
    table: pa.Table  # as it was given
    place: Ints  # by row, its place in `table`
    doubted: Flags
    state: int  # the code of the one state there is, or -1

    def __len__(self) -> int:
        return len(self.key)

    def word(self, column: str, row: int) -> str:
        """The text of one cell."""
        return self.words[column].names[int(self.codes[column][row])]

    def keys(
        self,
        rows: Ints,
        *,
        level: int | None = None,
        organization: int | None = None,
        family: int | Ints | None = None,
        group: int | Ints | None = None,
        year: Ints | None = None,
    ) -> Ints:
        """The keys of the cells like `rows`, but with the parts that are given."""
        parts = {name: codes[rows] for name, codes in self.codes.items()}
        changes = (
            ("level", level),
            ("organization_id", organization),
            ("group_family", family),
            ("group", group),
        )
        for name, change in changes:
            if change is not None:
                parts[name] = np.broadcast_to(np.asarray(change), rows.shape)
        years = self.year[rows] if year is None else year
        key = _key(parts, years - self.base_year, self.words)
        missing = np.zeros(rows.shape, dtype=np.bool_)
        for codes in parts.values():
            missing |= codes < 0
        return np.where(missing, -1, key)

    def find(self, keys: Ints) -> Ints:
        """The row of each key, or -1."""
        if not len(self.key):
            return np.full(keys.shape, -1, dtype=np.int64)
        place = np.searchsorted(self.key, keys)
        place = np.minimum(place, len(self.key) - 1)
        return np.where(self.key[place] == keys, place, -1)

    def rows(self, **wanted: str | int) -> Ints:
        """Rows where every named part is as wanted (`school_year` by number).

        The leading parts of the key are a range of the sorted rows; only what is
        wanted beyond them is looked at row by row.
        """
        codes = {name: self._code(name, value) for name, value in wanted.items()}
        if any(code < 0 for code in codes.values()):
            return np.zeros(0, dtype=np.int64)
        prefix = 0
        width = math.prod(self._radix(name) for name in _ORDER)
        for name in _ORDER:
            if name not in codes:
                break
            width //= self._radix(name)
            prefix = prefix * self._radix(name) + codes.pop(name)
        start, stop = 0, len(self)
        if len(codes) < len(wanted):
            edges = np.array([prefix * width, (prefix + 1) * width])
            start, stop = (int(edge) for edge in np.searchsorted(self.key, edges))
        found = np.arange(start, stop, dtype=np.int64)
        if codes:
            mask = np.ones(stop - start, dtype=np.bool_)
            for name, code in codes.items():
                mask &= self._column(name)[start:stop] == code
            found = found[mask]
        return found

    def select(self, **wanted: str | int) -> Flags:
        """The same as a mask over all rows."""
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[self.rows(**wanted)] = True
        return mask

    def _code(self, name: str, value: str | int) -> int:
        if name != "school_year":
            return self.words[name].code(str(value))
        year = int(value) - self.base_year
        return year if 0 <= year < _YEARS else -1

    def _column(self, name: str) -> NDArray[np.signedinteger]:
        if name == "school_year":
            return self.year - self.base_year
        return self.codes[name]

    def _radix(self, name: str) -> int:
        if name == "school_year":
            return _YEARS
        return len(self.words[name]) + 1

    def cell(self, name: str, row: int) -> Any:
        """A cell of the table as it was given."""
        return self.table.column(name)[int(self.place[row])].as_py()

    def cells(self, name: str, rows: Ints) -> list[Any]:
        """The distinct cells of some rows."""
        column = self.table.column(name).take(pa.array(self.place[rows]))
        found: list[Any] = column.unique().to_pylist()
        return found

    def numbers(self, name: str) -> Floats:
        """A column of numbers by row, as the protected table has it."""
        return _numbers(self.table, name)[self.place]

    def all_rows(self, rows: Ints) -> Ints:
        """The row of all students beside each row, or -1."""
        family = self.words["group_family"].code(ALL_FAMILY)
        group = self.words["group"].code(ALL_STUDENTS)
        return self.find(self.keys(rows, family=family, group=group))

    def at(self, array: Floats, rows: Ints) -> Floats:
        """The values at `rows`, nan where a row is -1."""
        if not len(self):
            return np.full(rows.shape, np.nan)
        return np.where(rows >= 0, array[np.maximum(rows, 0)], np.nan)


def _key(parts: dict[str, Codes], year: Ints, words: dict[str, Words]) -> Ints:
    """One integer a cell; the year stands after the indicator."""
    key = parts["indicator"].astype(np.int64) * _YEARS + year
    for name in _KEYS[1:]:
        key = key * (len(words[name]) + 1) + parts[name]
    return key


def index_facts(table: pa.Table, district_id: str) -> Facts:
    """Sort and index the facts that a review of this district may use.

    Kept are the district and its schools, the states, and the other districts
    without their pairs of groups; schools elsewhere and counties are left out.

    Args:
        table: the table of a ProtectedTable.
        district_id: the district under review.
    """
    table = table.filter(_wanted(table, district_id)).combine_chunks()
    words: dict[str, Words] = {}
    codes: dict[str, Codes] = {}
    for name in _KEYS:
        words[name], codes[name] = _encode(table, name)
    year = _numbers(table, "school_year", 0).astype(np.int64)
    base = int(year.min()) if len(year) else 0
    key = _key(codes, year - base, words)
    order = _order(table, key)
    status, status_code = _encode(table, "status")
    status_code = status_code[order]
    x, n, value, lower, upper = (
        _numbers(table, name)[order]
        for name in ("numerator", "denominator", "value", "lower", "upper")
    )
    reported = status_code == status.code(Status.REPORTED)
    pairs = np.array([PAIR in name for name in words["group_family"].names], np.bool_)
    codes = {name: column[order] for name, column in codes.items()}
    return Facts(
        words=words,
        codes=codes,
        year=year[order],
        x=np.where(reported, x, np.nan),
        n=np.where(reported, n, np.nan),
        value=np.where(reported, value, np.nan),
        lower=lower,
        upper=upper,
        status=status.names,
        status_code=status_code,
        shown=reported & ~np.isnan(x) & (n > 0),
        pair=pairs[codes["group_family"]] if len(pairs) else np.zeros(0, np.bool_),
        key=key[order],
        base_year=base,
        table=table,
        place=order,
        state=_one_state(words, codes),
        doubted=np.zeros(len(order), np.bool_),
    )


def _wanted(table: pa.Table, district_id: str) -> pa.Array:
    level = table.column("level")
    mine = pc.fill_null(pc.equal(table.column("district_id"), district_id), False)
    single = pc.invert(
        pc.fill_null(
            pc.match_substring(table.column("group_family").cast("string"), PAIR), False
        )
    )
    own = pc.and_(
        pc.equal(level, str(Level.DISTRICT)),
        pc.equal(table.column("organization_id"), district_id),
    )
    school = pc.and_(pc.equal(level, str(Level.SCHOOL)), mine)
    other = pc.and_(
        pc.is_in(level, pa.array([str(Level.DISTRICT), str(Level.STATE)])), single
    )
    return pc.or_(pc.or_(own, school), other)


def _one_state(words: dict[str, Words], codes: dict[str, Codes]) -> int:
    level = words["level"].code(Level.STATE)
    states = np.unique(codes["organization_id"][codes["level"] == level])
    return int(states[0]) if level >= 0 and len(states) == 1 else -1


def _encode(table: pa.Table, name: str) -> tuple[Words, Codes]:
    """Codes in alphabetical order, so that the order of the rows does not matter."""
    column = table.column(name)
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    encoded = pc.fill_null(column, "").dictionary_encode().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = (
            encoded.chunk(0)
            if encoded.num_chunks
            else pa.array([], pa.string()).dictionary_encode()
        )
    found = [str(word) for word in encoded.dictionary.to_pylist()]
    names = tuple(sorted(found))
    place = {word: code for code, word in enumerate(names)}
    small = np.min_scalar_type(-len(names) - 1)
    translate = np.array([place[word] for word in found], dtype=small)
    indices = encoded.indices.to_numpy(zero_copy_only=False)
    return Words.of(names), translate[indices] if found else indices.astype(small)


def _numbers(table: pa.Table, name: str, missing: float = np.nan) -> Floats:
    column = pc.fill_null(table.column(name).cast(pa.float64()), missing)
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)


def _order(table: pa.Table, key: Ints) -> Ints:
    """Rows in the order of their keys, one row a key.

    Where two facts tell one cell, the computed one stands, then the first by file,
    row and counts: any rule that does not depend on the order of the rows would do.
    """
    order = np.argsort(key, kind="stable")
    if not len(key) or np.all(np.diff(key[order]) > 0):
        return order
    origin, origin_code = _encode(table, "origin")
    published = origin_code != origin.code(Origin.COMPUTED)
    _, file = _encode(table, "source_file")
    ties = tuple(
        _numbers(table, name, -1)
        for name in ("denominator", "numerator", "definition_version", "source_row")
    )
    order = np.lexsort((*ties, file, published, key)).astype(np.int64)
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = np.diff(key[order]) > 0
    return order[first]
