"""Long texts, streamed: from CSV to typed, checked, numbered Parquet in one pass.

A long text is cut into chunks between records. Each chunk runs through one pipeline:
split, type, check, number, compare with the row before, write. Such a pipeline must
run in one thread to know its order, so several chunks run side by side. A row that
needs a second look (a cell at fault, or out of order) is written with its number
negative: the Parquet statistics then tell for free whether a chunk is clean, and only
a chunk that is not is read again, slowly, with reasons.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from evenrise.records.checks import loading
from evenrise.records.checks.bench import PARQUET, Bench, Part
from evenrise.records.checks.cells import literal, quoted
from evenrise.records.checks.duplicates import repeats
from evenrise.records.checks.judging import MARK, at_fault, slip, typed_rows
from evenrise.records.contracts import Contract
from evenrise.records.files import Chunk, Member
from evenrise.records.files.limits import BLOCK


@dataclass(slots=True)
class _Piece:
    """A chunk at work: its text, what stands above it, and where it goes."""

    number: int
    text: Path
    skip: int
    above: int  # lines above its first record, in the member
    lines: int  # line ends in its text
    target: Path


@dataclass(frozen=True, slots=True)
class _Result:
    piece: _Piece
    read: int
    rows: int
    broken: list[loading.Broken]
    refused: Path | None = None  # Parquet of `_file`, `_row`, `column`, `reason`


def stream(
    bench: Bench, contract: Contract, member: Member, columns: Mapping[str, str]
) -> list[Part]:
    """Stream a member into Parquet parts; refused rows go to the ledger."""
    work = _Work(bench, contract, member, columns)
    total = float(len(member.chunks))
    done = 0
    results: list[_Result] = []
    workers = min(bench.options.threads or os.cpu_count() or 1, len(member.chunks))
    with ThreadPoolExecutor(workers) as pool:
        for result in pool.map(work.chunk, enumerate(member.chunks)):
            results.append(result)
            done += 1
            bench.progress.step(f"read {member.name}", done, total)
    return _settle(bench, member, results)


def _settle(bench: Bench, member: Member, results: list[_Result]) -> list[Part]:
    """Tell the ledger what the chunks found, in order."""
    story = bench.ledger.story(member)
    parts = []
    for result in results:
        story.read += result.read
        story.kept += result.rows
        for one in result.broken:
            bench.ledger.refuse(member, one.row + member.header_line, "", one.reason)
        if result.refused:
            refused = literal(str(result.refused))
            bench.ledger.refuse_rows(
                bench.con,
                f"SELECT * FROM read_parquet({refused})",  # noqa: S608 - our own file
            )
            result.refused.unlink()
        if result.rows:
            parts.append(Part(result.piece.target, result.rows))
    return parts


class _Work:
    """What every chunk of one member shares."""

    def __init__(
        self,
        bench: Bench,
        contract: Contract,
        member: Member,
        columns: Mapping[str, str],
    ) -> None:
        self.con = bench.con
        self.settings = bench.options.settings
        self.contract = contract
        self.member = member
        self.file = bench.ledger.index(member)
        self.parts = bench.parts
        self.cells = {
            name: loading.stripped(column, member) for name, column in columns.items()
        }
        self.columns = columns
        self.names = ", ".join(quoted(name) for name in contract.names)
        self.ordered = True  # until a chunk shows that the text is not

    def chunk(self, numbered: tuple[int, Chunk]) -> _Result:
        """One chunk, quickly; once more and slowly when it is not clean."""
        con = self.con.cursor()
        piece = self._cut(*numbered)
        try:
            if self.ordered:
                quick = self._quick(con, piece)
                if quick is not None:
                    return quick
                self.ordered = numbered[0] > 0
            return self._slow(con, piece)
        finally:
            con.close()
            piece.text.unlink(missing_ok=True)

    def _cut(self, number: int, chunk: Chunk) -> _Piece:
        """Copy a chunk's bytes to a text of its own."""
        text = self.parts / f"piece-{self.file}-{number}.txt"
        with self.member.path.open("rb") as source, text.open("wb") as copy:
            source.seek(chunk.start)
            left = chunk.end - chunk.start
            while left > 0 and (block := source.read(min(BLOCK, left))):
                copy.write(block)
                left -= len(block)
        skip = self.member.header_line if number == 0 else 0
        above = max(chunk.first_line, self.member.header_line)
        name = f"{self.contract.name}-{self.file:04d}-{number:05d}.parquet"
        lines = chunk.last_line - chunk.first_line
        return _Piece(number, text, skip, above, lines, self.parts / name)

    def _typed(self, piece: _Piece, source: str) -> str:
        offset = piece.above - self.member.header_line
        lineage = (
            f"CAST({self.file} AS INTEGER) AS _file, "
            f"row_number() OVER () + {offset} AS _row"
        )
        return typed_rows(self.contract, self.settings, self.cells, source, lineage)

    def _quick(self, con: duckdb.DuckDBPyConnection, piece: _Piece) -> _Result | None:
        """One pass; None when a second look is needed."""
        rejects = f"rejects_{self.file}_{piece.number}"
        source = loading.reader(self.member, piece.text, piece.skip, rejects)
        order = [quoted(name) for name in self.contract.order]
        before = ", ".join(
            f"lag({name}) OVER () AS before_{place}" for place, name in enumerate(order)
        )
        checked = f"SELECT *, {before} FROM ({self._typed(piece, source)})"  # noqa: S608 - names are quoted
        fault = at_fault(self.contract, self.settings)
        sign = f"{fault} OR NOT coalesce({_after(order)}, before_0 IS NULL)"
        con.execute(
            f"COPY (SELECT {self.names}, _file, CASE WHEN {sign} THEN -_row "  # noqa: S608 - names are quoted
            f"ELSE _row END AS _row FROM ({checked})) "
            f"TO {literal(str(piece.target))} ({PARQUET})"
        )
        broken = loading.broken_lines(
            con, rejects, piece.above - piece.skip, len(self.member.header)
        )
        lowest, rows = con.execute(
            "SELECT min(_row), count(*) FROM "  # noqa: S608 - our own file
            f"read_parquet({literal(str(piece.target))})"
        ).fetchall()[0]
        if broken or (rows and lowest < 0) or rows != self._records(piece):
            return None
        return _Result(piece, rows, rows, [])

    def _records(self, piece: _Piece) -> int:
        """How many records a chunk has when every line is one."""
        last = 0 if loading.ends_with_newline(piece.text) else 1
        return piece.lines + last - piece.skip

    def _slow(self, con: duckdb.DuckDBPyConnection, piece: _Piece) -> _Result:
        """Reasons for what is refused, and the rest sorted."""
        table = f"slow_{self.file}_{piece.number}"
        text = dataclasses.replace(
            self.member, path=piece.text, header_line=piece.skip, lines=piece.lines
        )
        read, broken = loading.load(con, text, self.file, table)
        offset = piece.above - self.member.header_line
        raws = {name: quoted(column) for name, column in self.columns.items()}
        rows = typed_rows(self.contract, self.settings, raws, table)
        con.execute(
            f"CREATE TEMP TABLE {table}_judged AS SELECT {self.names}, _file, "  # noqa: S608 - our own names
            f"_row + {offset} AS _row, {slip(self.contract, self.settings)} AS _slip "
            f"FROM ({rows})"
        )
        repeated = repeats(self.contract, f"{table}_judged", self.member)
        refused = piece.target.with_suffix(".refused")
        con.execute(
            f'COPY (SELECT _file, _row, split_part(_slip, {MARK}, 1) AS "column", '  # noqa: S608 - our own names
            f"split_part(_slip, {MARK}, 2) AS reason FROM {table}_judged "
            f"WHERE _slip IS NOT NULL UNION ALL {repeated}) "
            f"TO {literal(str(refused))} (FORMAT parquet)"
        )
        order = ", ".join(quoted(name) for name in (*self.contract.order, "_row"))
        gone = f"SELECT _row FROM read_parquet({literal(str(refused))})"  # noqa: S608 - our own file
        kept = con.execute(
            f"COPY (SELECT {self.names}, _file, _row FROM {table}_judged "  # noqa: S608 - our own names
            f"WHERE _row NOT IN ({gone}) ORDER BY {order}) "
            f"TO {literal(str(piece.target))} ({PARQUET})"
        ).fetchall()[0][0]
        con.execute(f"DROP TABLE {table}")
        con.execute(f"DROP TABLE {table}_judged")
        shifted = [loading.Broken(one.row + offset, one.reason) for one in broken]
        return _Result(piece, read, kept, shifted, refused)


def _after(order: list[str]) -> str:
    """Whether a row comes strictly after the one before, column by column."""
    test = "false"
    for place in range(len(order) - 1, -1, -1):
        name, before = order[place], f"before_{place}"
        test = f"({name} > {before} OR ({name} = {before} AND {test}))"
    return test
