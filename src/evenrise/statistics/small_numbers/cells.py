"""Which released numbers add up to which: cells, tables and margins.

Everything released about one indicator, school year and district is a block. In a
block every number is a cell of a two-way table: schools by the groups of a family, or
the groups of one family by those of another at the district. The cells of a row add
up to the row's margin, those of a column to the column's; margins of a dimension
(all schools, the groups of a family) add up to all students of the district.

Where the records do not quite add up (a student without a group, a school that counts
a child who moved), the difference is taken as known to the attacker: the equations
then hold for changes, which is all that the proofs need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from evenrise.statistics.small_numbers.keys import (
    LEARNERS,
    SPLIT_FAMILY,
    WHOLE_FAMILY,
    Codes,
    GroupCodes,
)
from evenrise.statistics.small_numbers.rule import Flags, Ints
from evenrise.vocabulary.groups import FAMILIES, PAIR


SCHOOLS = "schools"

Dimension = tuple[str, str]  # a family (or SCHOOLS), and the half of a split family


@dataclass(slots=True)
class Table:
    """A two-way table: `cell[r, c]` is a row of the facts, or NONE, or OPEN."""

    rows: Dimension
    columns: Dimension
    row_names: Ints
    column_names: Ints
    cell: Ints
    # Where each row and column stands among the margins of its dimension, if a change
    # of those margins may run through this table.
    row_slots: Ints | None = None
    column_slots: Ints | None = None


@dataclass(slots=True)
class Margins:
    """The margins of one dimension, and the tables that run along it.

    `cells` concatenates those tables: its first axis is the dimension's value, its
    second the other side's of each table in turn; `starts` is where each begins.
    """

    margin: Ints
    names: Ints
    tables: list[Table]
    cells: Ints
    starts: Ints


@dataclass(slots=True)
class Block:
    """One indicator, school year and district.

    `crossed` are facts that stand in no table (pairs told for single schools, a fact
    told twice). `follow` pairs language status with the English learners it splits:
    it is hidden whole when any of them is.
    """

    code: int
    root: int  # the fact of all students of the district, or NONE
    members: Ints
    crossed: Ints
    totals: Ints  # all students of each organization
    tables: list[Table] = field(default_factory=list)
    margins: dict[Dimension, Margins] = field(default_factory=dict)
    follow: list[tuple[Ints, Ints]] = field(default_factory=list)


def blocks(codes: Codes, nothing: int, unbound: int) -> Iterator[Block]:
    """Each block with its tables; `nothing` and `unbound` stand for NONE and OPEN.

    NONE is a cell without students; OPEN is a cell that takes up any difference, for
    families in which students are in several groups.
    """
    order = np.lexsort((codes.group, codes.organization, codes.block))
    ends = np.flatnonzero(np.diff(codes.block[order])) + 1
    for place in np.split(order, ends) if len(order) else ():
        builder = _Builder(codes, place, nothing, unbound)
        yield builder.block()


class _Builder:
    """Lays the facts of one block out as tables."""

    def __init__(self, codes: Codes, place: Ints, nothing: int, unbound: int) -> None:
        self.nothing, self.unbound = nothing, unbound
        self.groups = codes.groups
        self.facts = codes.rows[place]
        self.code = int(codes.block[place[0]])
        school, group = codes.organization[place], codes.group[place]
        size = self.groups.size[group]
        self.ids, slot = np.unique(school, return_inverse=True)
        self.top = 1 if self.ids[0] == 0 else 0  # the district stands first
        single = size < 2
        self.kinds, column = np.unique(group[single], return_inverse=True)
        # Organizations by single groups; a second fact of the same key is crossed.
        self.grid = np.full((len(self.ids), len(self.kinds)), nothing, dtype=np.int64)
        self.grid[slot[single], column] = self.facts[single]
        paired = (size == 2) & (school == 0)
        self.pair_codes, index = np.unique(group[paired], return_index=True)
        self.pair_facts = self.facts[paired][index]
        self.crossed = self._crossed()

    def _crossed(self) -> Ints:
        """The facts that found no place in the grid or among the district's pairs."""
        placed = np.concatenate([self.grid[self.grid != self.nothing], self.pair_facts])
        if len(placed) == len(self.facts):
            return np.zeros(0, dtype=np.int64)
        found: Ints = np.setdiff1d(self.facts, placed)
        return found

    def block(self) -> Block:
        sizes = self.groups.size[self.kinds]
        everyone = np.flatnonzero(sizes == 0)
        column = int(everyone[0]) if len(everyone) else -1
        known = column >= 0 and self.top
        root = int(self.grid[0, column]) if known else self.nothing
        totals = self.grid[:, column] if column >= 0 else self.crossed[:0]
        made = Block(self.code, root, self.facts, self.crossed, totals)
        dimensions = list(self._dimensions(np.flatnonzero(sizes == 1)))
        schools = self.grid[self.top :]
        if len(schools):
            made.tables.extend(
                self._with_open(dimension, columns) for dimension, columns in dimensions
            )
        if len(self.pair_codes):
            made.tables.extend(self._pairs(made))
        self._margins(made, dimensions, column)
        self._follow(made)
        return made

    def _whole(self) -> Flags:
        """Which single groups are those that language status splits."""
        families = self.groups.family[self.kinds]
        found: Flags = np.array(
            [self.groups.families[code] == WHOLE_FAMILY for code in families.tolist()],
            dtype=np.bool_,
        )
        return found

    def _dimensions(self, singles: Ints) -> Iterator[tuple[Dimension, Ints]]:
        """Each family's columns; language status in halves beside English learner."""
        family = self.groups.family[self.kinds[singles]]
        split = bool(self._whole().any())
        for code in np.unique(family).tolist():
            columns, name = singles[family == code], self.groups.families[code]
            if name != SPLIT_FAMILY or not split:
                yield (name, ""), columns
                continue
            for half in (1, 2):
                inside = columns[self.groups.half[self.kinds[columns]] == half]
                if len(inside):
                    yield (name, str(half)), inside

    def _with_open(self, dimension: Dimension, columns: Ints) -> Table:
        """Schools by groups, with an open column where groups overlap."""
        names, cell = self.kinds[columns], self.grid[self.top :, columns]
        if _overlap(dimension[0]):
            open_column = np.full((len(cell), 1), self.unbound)
            cell = np.hstack([cell, open_column])
            names = np.append(names, -1)
        return Table((SCHOOLS, ""), dimension, self.ids[self.top :], names, cell)

    def _pairs(self, made: Block) -> Iterator[Table]:
        """The groups of one family by those of another, at the district."""
        groups, split = self.groups, bool(self._whole().any())
        family = groups.family[self.pair_codes]
        for code in np.unique(family).tolist():
            inside = family == code
            kinds, facts = self.pair_codes[inside], self.pair_facts[inside]
            rows, row = np.unique(groups.first[kinds], return_inverse=True)
            columns, column = np.unique(groups.second[kinds], return_inverse=True)
            if len(rows) < len(columns):  # a longer table is settled in fewer rounds
                rows, row, columns, column = columns, column, rows, row
            cell = np.full((len(rows), len(columns)), self.nothing, dtype=np.int64)
            cell[row, column] = facts
            sides = [
                groups.families[groups.family[side[0]]] for side in (rows, columns)
            ]
            table = Table((sides[0], ""), (sides[1], ""), rows, columns, cell)
            if split and SPLIT_FAMILY in sides:
                other = sides[1 - sides.index(SPLIT_FAMILY)]
                made.follow.extend(self._pairs_follow(kinds, facts, other))
                yield from _halves(table, groups)
            else:
                yield table

    def _pairs_follow(
        self, kinds: Ints, facts: Ints, other: str
    ) -> Iterator[tuple[Ints, Ints]]:
        """Halves of language status by another family, and the learners by it."""
        groups = self.groups
        words = [groups.words[code] for code in self.pair_codes.tolist()]
        learners = {
            frozenset(one.parts): fact
            for one, fact in zip(words, self.pair_facts.tolist(), strict=True)
            if set(one.family.split(PAIR)) == {WHOLE_FAMILY, other}
        }
        halves: dict[frozenset[tuple[str, str]], list[int]] = {}
        for code, fact in zip(kinds.tolist(), facts.tolist(), strict=True):
            told_as = frozenset(map(_whole_of, groups.words[code].parts))
            halves.setdefault(told_as, []).append(fact)
        for told_as, members in halves.items():
            if told_as in learners:
                yield np.array(members), np.array([learners[told_as]])

    def _follow(self, made: Block) -> None:
        """A half of language status is hidden whole where it, or EL, is hidden."""
        whole, half = self._whole(), self.groups.half[self.kinds]
        words = [self.groups.words[code].group for code in self.kinds.tolist()]
        for number, name in ((1, WHOLE_FAMILY), (2, f"not_{WHOLE_FAMILY}")):
            split = self.grid[:, half == number]
            above = whole & np.array([word == name for word in words])
            if not split.shape[1] or not above.any():
                continue
            for members, watched in zip(split, self.grid[:, above], strict=True):
                kept = members[members != self.nothing]
                if len(kept):
                    told = watched[watched != self.nothing]
                    made.follow.append((kept, told))

    def _margins(
        self,
        made: Block,
        dimensions: Sequence[tuple[Dimension, Ints]],
        everyone: int,
    ) -> None:
        """Line the tables up along each dimension."""
        values: dict[Dimension, tuple[Ints, Ints]] = {}
        if everyone >= 0 and len(self.ids) > self.top:
            values[SCHOOLS, ""] = (
                self.ids[self.top :],
                self.grid[self.top :, everyone],
            )
        for dimension, columns in dimensions if self.top else ():
            names, margin = self.kinds[columns], self.grid[0, columns]
            if _overlap(dimension[0]):
                names, margin = np.append(names, -1), np.append(margin, self.unbound)
            values[dimension] = (names, margin)
        split = any(name[1] for name, _ in dimensions)
        for dimension, (names, margin) in values.items():
            found = list(_lined(made.tables, dimension, names, self.nothing, split))
            tables = [table for table, _ in found]
            lined = [cell for _, cell in found]
            if not lined:
                lined = [np.full((len(names), 1), self.unbound)]
            widths = [part.shape[1] for part in lined]
            made.margins[dimension] = Margins(
                margin,
                names,
                tables,
                np.hstack(lined),
                np.concatenate([[0], np.cumsum(widths)[:-1]]).astype(np.int64),
            )


def _lined(
    tables: Sequence[Table],
    dimension: Dimension,
    names: Ints,
    nothing: int,
    split: bool,  # noqa: FBT001 - read at its one call
) -> Iterator[tuple[Table, Ints]]:
    """The tables along a dimension, its values on the first axis."""
    place = {name: slot for slot, name in enumerate(names.tolist())}
    for table in tables:
        along = table.rows == dimension
        if not along and table.columns != dimension:
            continue
        other = table.columns if along else table.rows
        if split and other[0] == SPLIT_FAMILY:
            continue  # English learner stands for it, and it follows it whole
        labels = table.row_names if along else table.column_names
        cell = table.cell if along else table.cell.T
        slots = np.array([place.get(name, -1) for name in labels.tolist()])
        if along:
            table.row_slots = slots
        else:
            table.column_slots = slots
        placed = np.full((len(names), cell.shape[1]), nothing)
        placed[slots[slots >= 0]] = cell[slots >= 0]
        yield table, placed


def _whole_of(part: tuple[str, str]) -> tuple[str, str]:
    """The English learners, or the others, that a part of language status is of."""
    family, group = part
    if family != SPLIT_FAMILY:
        return part
    return WHOLE_FAMILY, WHOLE_FAMILY if group in LEARNERS else f"not_{WHOLE_FAMILY}"


def _overlap(family: str) -> bool:
    """Whether a student may be in several groups of the family."""
    known = FAMILIES.get(family)
    return known is not None and not known.partition


def _halves(table: Table, groups: GroupCodes) -> Iterator[Table]:
    """Cut a table along language status, so that moves stay within a half."""
    by_row = table.rows[0] == SPLIT_FAMILY
    names = table.row_names if by_row else table.column_names
    for half in (1, 2):
        inside = groups.half[names] == half
        if not inside.any():
            continue
        side = (SPLIT_FAMILY, str(half))
        if by_row:
            columns = (table.columns, names[inside], table.column_names)
            yield Table(side, *columns, table.cell[inside])
        else:
            rows = (table.row_names, names[inside])
            yield Table(table.rows, side, *rows, table.cell[:, inside])
