"""What a contract is: one table's columns, their kinds and codes, and its key."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import permutations

from evenrise.vocabulary.text import Text


class Kind(StrEnum):
    """How a cell is read, and the type it has in a snapshot."""

    TEXT = "text"  # VARCHAR as written
    ID = "id"  # VARCHAR, always text: leading zeros mean something
    CODE = "code"  # VARCHAR, one of the column's codes
    CODES = "codes"  # VARCHAR, several codes joined by `;`
    GRADE = "grade"  # VARCHAR, TK, KG, 01 to 12
    DATE = "date"  # DATE, ISO or m/d/yyyy
    YES_NO = "yes_no"  # BOOLEAN
    NUMBER = "number"  # DOUBLE
    INTEGER = "integer"  # INTEGER
    SCHOOL_YEAR = "school_year"  # SMALLINT, the spring

    @property
    def sql(self) -> str:
        """The type of the column in a snapshot's Parquet."""
        return _SQL.get(self, "VARCHAR")


_PERMUTED = 4  # columns of a key that are tried in every turn
_SQL = {
    Kind.DATE: "DATE",
    Kind.YES_NO: "BOOLEAN",
    Kind.NUMBER: "DOUBLE",
    Kind.INTEGER: "INTEGER",
    Kind.SCHOOL_YEAR: "SMALLINT",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, how its cells are read, and what it means.

    `low` and `high` bound a number, both included. `refers` names the table whose key
    a cell must be found in; a stranger is kept and asked about, never dropped.
    `later`: declared when there were snapshots already; in those that lack it, the
    column is blank.
    """

    name: str
    kind: Kind
    about: str
    required: bool = False
    codes: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    refers: str | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Contract:
    """One table of District CSV: what one row is, its columns and its key.

    `key` names the columns that tell two rows apart; empty where rows may repeat.
    `order` is how a snapshot sorts the table. A long text that stands in another strict
    order of its key is kept as it stands, unless what reads it needs `order`
    (`in_this_order`): sorting costs more than everything else about it.
    """

    name: str
    grain: str
    about: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    order: tuple[str, ...] = field(default=())
    in_this_order: bool = False

    @property
    def orders(self) -> tuple[tuple[str, ...], ...]:
        """The strict orders that a part may stand in: `order` first; none without key.

        Each holds the key's columns, so that a part in such an order repeats no key.
        """
        if self.in_this_order:
            return (self.order,)
        short = len(self.key) <= _PERMUTED
        turns = permutations(self.key) if short else [self.key]
        others = [one for one in turns if one != self.order]
        own = [self.order] if {*self.order} == {*self.key} else []
        return tuple(own + others) if self.key else ()

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns a file must have and every row must fill."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def needed(
    name: str,
    kind: Kind,
    about: str,
    codes: tuple[str, ...] = (),
    refers: str | None = None,
) -> Column:
    """A column that every row must fill."""
    return Column(name, kind, about, required=True, codes=codes, refers=refers)


STUDENT = needed("student_id", Kind.ID, "The student.", refers="students")
SCHOOL = needed("school_id", Kind.ID, "The school.", refers="schools")
YEAR = needed("school_year", Kind.SCHOOL_YEAR, "By its spring: 2026 is 2025-26.")
RACES = (
    "american_indian",
    "asian",
    "black",
    "filipino",
    "pacific_islander",
    "white",
    "other",
)
GENDERS = ("F", "M", "X")
