"""The desk a source works at: rows in, typed tables and refusals out."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from evenrise.records.checks import loading, streaming
from evenrise.records.checks.bench import KEPT, ORGANIZATIONS, Bench
from evenrise.records.checks.judging import (
    MARK,
    count_new_codes,
    judged_rows,
    typed_rows,
)
from evenrise.records.checks.names import readable
from evenrise.records.checks.published import typed_facts
from evenrise.records.contracts import CONTRACTS, Contract, Kind
from evenrise.records.files import Member
from evenrise.records.report import Question
from evenrise.records.settings import DistrictSettings, ImportOptions
from evenrise.records.sql import literal, quoted
from evenrise.vocabulary.text import Text


class ImportDesk:
    """The one desk of one import (`Desk` in records/sources/base.py)."""

    con: duckdb.DuckDBPyConnection
    options: ImportOptions

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.con = bench.con
        self.options = bench.options
        self.ledger = bench.ledger
        self.source = ""
        self._loaded: dict[str, str] = {}
        self._judged = 0

    def rows(self, member: Member) -> str:
        """Load a member all as VARCHAR; the name of its table."""
        if member.name in self._loaded:
            return self._loaded[member.name]
        file = self.ledger.index(member)
        table = f"rows_{file}"
        read, broken = loading.load(self.con, member, file, table)
        self.ledger.story(member).read = read
        for one in broken:
            self.ledger.refuse(member, one.row + member.header_line, "", one.reason)
        self._loaded[member.name] = table
        return table

    def columns(self, member: Member) -> Mapping[str, str]:
        """From folded name to the name as written."""
        return dict(zip(member.folded, member.header, strict=True))

    def matched(self, member: Member, columns: Mapping[str, str]) -> None:
        """Tell which column (as written) was used for what; the rest is unmatched."""
        story = self.ledger.story(member)
        story.matched.update(columns)
        story.unmatched = [
            name for name in member.header if name and name not in story.matched
        ]

    def keep(self, table: str, sql: str) -> None:
        """Judge the rows of a query and keep the good ones."""
        contract = CONTRACTS[table]
        given = [row[0] for row in self.con.execute(f"DESCRIBE {sql}").fetchall()]
        strangers = {*given} - {*contract.names, "_file", "_row"}
        if strangers:
            raise ValueError(f"{table} has no column {', '.join(sorted(strangers))}")
        self._own(table, [name for name in contract.names if name in given])
        cells = {
            name: f"nullif(trim(CAST({quoted(name)} AS VARCHAR), {loading.OUTER}), '')"
            for name in given
            if name in contract.names
        }
        self._judge(contract, typed_rows(contract, self._settings, cells, f"({sql})"))

    def keep_member(
        self, table: str, member: Member, columns: Mapping[str, str]
    ) -> None:
        """Judge a member's rows one to one; long texts are streamed in chunks."""
        contract = CONTRACTS[table]
        story = self.ledger.story(member)
        if table not in story.tables:
            story.tables.append(table)
        missing = [name for name in contract.required if name not in columns]
        if missing:
            lost, has = ", ".join(missing), ", ".join(member.header[:12])
            story.problem = Text(
                f"{member.name} has no column {lost}, which {table} needs; it has "
                f"{has}.",
                f"{member.name} no tiene la columna {lost}, que {table} necesita; "
                f"tiene {has}.",
            )
            return
        self._own(table, [name for name in contract.names if name in columns])
        self._tell_us_dates(contract, member, columns)
        if member.chunks:
            parts = streaming.stream(self.bench, contract, member, columns)
            self.bench.streamed.setdefault(table, []).extend(parts)
            return
        cells = {name: quoted(column) for name, column in columns.items()}
        loaded = self.rows(member)
        self._judge(contract, typed_rows(contract, self._settings, cells, loaded))

    @property
    def _settings(self) -> DistrictSettings:
        return self.options.settings

    def _own(self, table: str, columns: list[str]) -> None:
        """The table is collected; make the place where its rows gather."""
        collected = self.bench.collected
        if table not in collected:
            collected[table] = []
            contract = CONTRACTS[table]
            kinds = ", ".join(
                f"{quoted(c.name)} {c.kind.sql}" for c in contract.columns
            )
            self.con.execute(
                f"CREATE TEMP TABLE {KEPT}{table} "
                f"({kinds}, _file INTEGER, _row BIGINT, _source VARCHAR)"
            )
        known = collected[table]
        known.extend(name for name in columns if name not in known)

    def _judge(self, contract: Contract, rows: str) -> None:
        self._judged += 1
        judged = f"judged_{self._judged}"
        names = ", ".join(quoted(name) for name in contract.names)
        self.con.execute(
            f"CREATE TEMP TABLE {judged} AS "
            f"{judged_rows(contract, self._settings, rows)}"
        )
        news = count_new_codes(contract, self._settings, judged)
        if news:
            self.ledger.ask_about_codes(contract, self.con.execute(news).fetchall())
        self.refuse_many(
            f'SELECT _file, _row, split_part(_slip, {MARK}, 1) AS "column", '  # noqa: S608 - our own names
            f"split_part(_slip, {MARK}, 2) AS reason FROM {judged} "
            "WHERE _slip IS NOT NULL"
        )
        self.con.execute(
            f"INSERT INTO {KEPT}{contract.name} SELECT {names}, _file, _row, "  # noqa: S608 - our own names
            f"{literal(self.source)} FROM {judged} WHERE _slip IS NULL"
        )
        self.con.execute(f"DROP TABLE {judged}")

    def _tell_us_dates(
        self, contract: Contract, member: Member, columns: Mapping[str, str]
    ) -> None:
        """Say once a file that days were read month first."""
        folded = {name: place for place, name in enumerate(member.folded)}
        found = []
        for column in contract.columns:
            place = folded.get(columns.get(column.name, ""), -1)
            if column.kind is Kind.DATE and place >= 0:
                cells = [row[place] for row in member.sample if place < len(row)]
                if any(is_us(cell) for cell in cells):
                    found.append(member.header[place])
        if found:
            told = ", ".join(found)
            self.note(
                member,
                Text(
                    f"Dates in {told} are written m/d/yyyy and were read month first.",
                    f"Las fechas en {told} están escritas m/d/aaaa y se leyeron "
                    "con el mes primero.",
                ),
            )

    def facts(self, sql: str) -> None:
        """Gather published facts; refuse those that are not whole."""
        typed_facts(self.bench, sql)

    def organizations(self, sql: str) -> None:
        """Gather names; the first name of an organization stands."""
        given = {row[0] for row in self.con.execute(f"DESCRIBE {sql}").fetchall()}
        district = "district_id" if "district_id" in given else "NULL"
        self.con.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {ORGANIZATIONS} (level VARCHAR, "
            "organization_id VARCHAR, name VARCHAR, district_id VARCHAR)"
        )
        self.con.execute(
            f"INSERT INTO {ORGANIZATIONS} SELECT level, organization_id, "  # noqa: S608 - a source's own query
            f"{readable('name')}, {district} FROM ({sql}) "
            "WHERE organization_id IS NOT NULL AND name IS NOT NULL"
        )

    def refuse(
        self, member: Member, line: int | None, column: str, reason: Text
    ) -> None:
        """Refuse one row."""
        self.ledger.refuse(member, line, column, reason)

    def refuse_many(self, sql: str) -> None:
        """Refuse rows in one set."""
        self.ledger.refuse_rows(self.con, sql)

    def note(self, member: Member, text: Text) -> None:
        """Tell something once a file."""
        self.ledger.note(member, text)

    def question(self, question: Question) -> None:
        """Ask the district's people something."""
        self.ledger.question(question)


def is_us(cell: str) -> bool:
    """Whether a cell is written m/d/yyyy."""
    parts = cell.strip().split(" ")[0].split("/")
    return len(parts) == 3 and all(p.isdigit() for p in parts) and len(parts[2]) == 4
