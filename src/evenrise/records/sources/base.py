"""What every source offers, and the desk it works at.

A source recognises files by their content, turns their rows into contract rows,
published facts or organization names, and leaves every judgement about single cells
to the desk. To write one: give it a `SourceCard`, `recognise` one member, and `read`
all its members in one go (so that it may join them), in SQL over `desk.rows(member)`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import duckdb

from evenrise.records.files.member import Member
from evenrise.records.report import Question
from evenrise.records.settings import ImportOptions
from evenrise.vocabulary.text import Text


CERTAIN = 1.0
LIKELY = 0.6
NOT_MINE = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """How a source introduces itself to the people who hand over its files."""

    key: str
    name: Text
    what: Text
    how_often: Text
    merge_rule: Text
    tables: tuple[str, ...]


class Desk(Protocol):
    """Where a source lays its rows; one desk serves one import.

    SQL handed to `keep`, `facts`, `organizations` and `refuse_many` may name any table
    that `rows` returned and any temporary table the source made on `con`. Columns a
    query does not yield are simply absent (not collected).
    """

    con: duckdb.DuckDBPyConnection
    options: ImportOptions

    def rows(self, member: Member) -> str:
        """Load a member all as VARCHAR; the name of its table.

        Columns: the header's names folded and made unique (`Member.folded`), then
        `_file` (INTEGER, index into the manifest's files) and `_row` (BIGINT, record
        number from 1). Blank cells are NULL; cells are stripped of outer spaces.
        Broken lines are refused with their line number and are not in the table.
        """

    def columns(self, member: Member) -> Mapping[str, str]:
        """From folded name to the name as written, in the file's order."""

    def matched(self, member: Member, columns: Mapping[str, str]) -> None:
        """Tell the report which column (as written) was used for what.

        Every column of the member not named here is reported as unmatched.
        """

    def keep(self, table: str, sql: str) -> None:
        """Rows for a contract table.

        The query yields any of the contract's columns as VARCHAR, and `_file` and
        `_row`. The desk checks required cells, kinds, codes, dates and keys row by
        row and refuses with file, line, column and reason. It may be called several
        times for one table. An empty result means the table exists and is empty.
        """

    def keep_member(
        self, table: str, member: Member, columns: Mapping[str, str]
    ) -> None:
        """Rows for a contract table, one row a record, column by column.

        `columns` maps contract columns to folded columns of the member. This is the
        streaming path: prefer it to `keep` wherever rows map one to one.
        """

    def facts(self, sql: str) -> None:
        """Published facts: any of FACT_COLUMNS with `_file` and `_row`.

        `indicator`, `school_year`, `level`, `organization_id`, `group_family` and
        `group` are needed. `origin`, `source_file`, `source_row` are filled in here;
        `status` is "reported" where the query gives none; numbers may be VARCHAR.
        """

    def organizations(self, sql: str) -> None:
        """Names: `level`, `organization_id`, `name`, `district_id` (may be NULL)."""

    def refuse(
        self, member: Member, line: int | None, column: str, reason: Text
    ) -> None:
        """Refuse one row (or, without a line, say what of the file was not used)."""

    def refuse_many(self, sql: str) -> None:
        """Refuse rows in one set: `_file`, `_row`, `column`, `reason` (`told`)."""

    def note(self, member: Member, text: Text) -> None:
        """Something that was understood and changed, told once a file."""

    def question(self, question: Question) -> None:
        """Ask the district's people something."""


class Source(Protocol):
    """One system, agency or format whose files can be read."""

    card: SourceCard

    def recognise(self, member: Member) -> float:
        """How surely this member is mine, 0 to 1, by its content, never its name."""

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Read all my members onto the desk.

        Raises:
            InputProblem: when a required part is unusable; nothing is written then.
        """
