"""One member being read: the file, the desk, its columns and its loaded rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenrise.records.files.member import Member
from evenrise.records.report import Question, Severity
from evenrise.records.sources.base import Desk
from evenrise.records.sql import quoted
from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Columns:
    """The folded columns of one member, asked for by any of their usual names."""

    written: Mapping[str, str]

    def first(self, names: tuple[str, ...]) -> str | None:
        """The first of these names that the member has."""
        return next((name for name in names if name in self.written), None)

    def sql(self, names: tuple[str, ...]) -> str:
        """The column as SQL, or NULL where the member has none of the names."""
        name = self.first(names)
        return "NULL::VARCHAR" if name is None else quoted(name)


@dataclass(frozen=True, slots=True)
class Job:
    """What every step of a reading needs. `rows` names the table of raw rows."""

    member: Member
    desk: Desk
    columns: Columns
    rows: str

    @classmethod
    def of(cls, member: Member, desk: Desk) -> Job:
        """Load a member and open its columns."""
        rows = desk.rows(member)
        return cls(member, desk, Columns(desk.columns(member)), rows)

    def numbers(self, sql: str) -> tuple[Any, ...]:
        """The one row a query gives; all rows fetched, to leave nothing open."""
        rows = self.desk.con.execute(sql).fetchall()
        return tuple(rows[0]) if rows else ()

    def make(self, table: str, sql: str) -> str:
        """A temporary table from a query; its name."""
        self.desk.con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {sql}")
        return table

    def first(self, row: float) -> str:
        """`the first in line 12`, from a record's number."""
        return f"the first in line {int(row) + self.member.header_line}"

    def note(self, en: str, es: str) -> None:
        """Something understood and changed, told once for the file."""
        self.desk.note(self.member, Text(en, es))

    def ask(
        self, key: str, text: Text, where: str, severity: Severity = Severity.WARNING
    ) -> None:
        """A question about this file as a whole."""
        self.desk.question(
            Question(
                key=f"published.{key}",
                text=text,
                file=self.member.name,
                where=where,
                severity=severity,
            )
        )
