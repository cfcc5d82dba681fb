"""Long texts, streamed: from CSV to typed, checked, numbered Parquet in one pass.

A long text is cut into chunks between records. Each chunk runs through one pipeline:
split, type, number, write. Such a pipeline must run in one thread to know its order,
so several chunks run side by side. No row is tested on its way: a cell that cannot be
read is written as a value its column may not hold, so that the statistics of the
Parquet part tell for free whether a chunk is clean, and its dictionaries whether it is
in order. Only a chunk that is not is read again, slowly, with reasons.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb

from evenrise.records.checks import loading
from evenrise.records.checks.bench import Bench, Part, parquet_of
from evenrise.records.checks.duplicates import repeats
from evenrise.records.checks.judging import (
    MARK,
    cells_of,
    count_new_codes,
    is_clean,
    judged_rows,
    quick_rows,
    typed_rows,
)
from evenrise.records.checks.ordering import Order, orders_of
from evenrise.records.contracts import Contract
from evenrise.records.files import Chunk, Member
from evenrise.records.files.limits import BLOCK
from evenrise.records.sql import literal, quoted


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
    codes: Sequence[tuple[str, str, int, int, int]] = ()


def stream(
    bench: Bench, contract: Contract, member: Member, columns: Mapping[str, str]
) -> list[Part]:
    """Stream a member into Parquet parts; refused rows go to the ledger.

    Raises:
        ArgumentProblem: when district.toml maps a code to one the contract lacks.
    """
    cells_of(contract, bench.options.settings)  # a clean chunk would not look it up
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
    return _settle(bench, contract, member, results)


def _settle(
    bench: Bench, contract: Contract, member: Member, results: list[_Result]
) -> list[Part]:
    """Tell the ledger what the chunks found, in order."""
    story = bench.ledger.story(member)
    parts = []
    codes: list[tuple[str, str, int, int, int]] = []
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
        codes.extend(result.codes)
        if result.rows:
            parts.append(Part(result.piece.target, result.rows))
    bench.ledger.ask_about_codes(contract, _together(codes))
    return parts


def _together(
    codes: Sequence[tuple[str, str, int, int, int]],
) -> list[tuple[str, str, int, int, int]]:
    """The same code met in several chunks, told once with its first row."""
    found: dict[tuple[str, str, int], tuple[int, int]] = {}
    for column, code, file, often, row in codes:
        was, first = found.get((column, code, file), (0, row))
        found[column, code, file] = (was + often, min(first, row))
    return [(*key, *value) for key, value in found.items()]


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
        # The orders the text may stand in; fewer with every chunk that shows it.
        self.orders: Sequence[Order] = contract.orders

    def chunk(self, numbered: tuple[int, Chunk]) -> _Result:
        """One chunk, quickly; once more and slowly when it is not clean."""
        con = self.con.cursor()
        piece = self._cut(*numbered)
        try:
            return self._quick(con, piece) or self._slow(con, piece)
        finally:
            con.close()
            piece.text.unlink(missing_ok=True)

    def _cut(self, number: int, chunk: Chunk) -> _Piece:
        """Copy a chunk's bytes to a text of its own."""
        text = self.parts / f"piece-{self.file}-{number}.txt"
        with self.member.path.open("rb") as source, text.open("wb") as copy:
            _copy(source, copy, chunk)
        skip = self.member.header_line if number == 0 else 0
        above = max(chunk.first_line, self.member.header_line)
        name = f"{self.contract.name}-{self.file:04d}-{number:05d}.parquet"
        lines = chunk.last_line - chunk.first_line
        return _Piece(number, text, skip, above, lines, self.parts / name)

    def _quick(self, con: duckdb.DuckDBPyConnection, piece: _Piece) -> _Result | None:
        """One pass; None when a second look is needed."""
        rejects = f"rejects_{self.file}_{piece.number}"
        source = loading.reader(self.member, piece.text, piece.skip, rejects)
        offset = piece.above - self.member.header_line
        lineage = (
            f"CAST({self.file} AS INTEGER) AS _file, "
            f"row_number() OVER () + {offset} AS _row"
        )
        rows = quick_rows(self.contract, self.settings, self.cells, source, lineage)
        con.execute(
            f"COPY (SELECT {self.names}, _file, "  # noqa: S608 - names are quoted
            f"CASE WHEN _odd THEN -_row ELSE _row END AS _row FROM ({rows})) "
            f"TO {literal(str(piece.target))} ({parquet_of(self.contract)})"
        ).fetchall()
        broken = loading.broken_lines(
            con, rejects, piece.above - piece.skip, len(self.member.header)
        )
        clean, kept = is_clean(con, self.contract, str(piece.target))
        if broken or not clean or kept != self._records(piece):
            return None
        if not self._in_order(con, piece.target):
            return None
        return _Result(piece, kept, kept, [])

    def _in_order(self, con: duckdb.DuckDBPyConnection, part: Path) -> bool:
        """Whether a clean part is in an order of its key, or is once it was sorted.

        What is still not strictly in order then repeats a key: the slow way names it.
        """
        if not self.contract.key:
            return True  # rows may repeat: there is nothing to find
        orders = self.orders  # another chunk may change them meanwhile
        found = orders_of(part, orders) if orders else ()
        if found:
            self.orders = found
            return True
        self.orders = ()  # the chunks that follow will hardly be better
        sort = self.contract.orders[0]
        order = ", ".join(quoted(name) for name in sort)
        fresh = part.with_suffix(".sorted")
        con.execute(
            f"COPY (SELECT * FROM read_parquet({literal(str(part))}) ORDER BY {order}) "  # noqa: S608 - our own file
            f"TO {literal(str(fresh))} ({parquet_of(self.contract)})"
        ).fetchall()
        fresh.replace(part)
        return bool(orders_of(part, [sort]))

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
            f"CREATE TEMP TABLE {table}_judged AS "
            f"{judged_rows(self.contract, self.settings, rows, offset)}"
        )
        news = count_new_codes(self.contract, self.settings, f"{table}_judged")
        codes = con.execute(news).fetchall() if news else []
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
            f"TO {literal(str(piece.target))} ({parquet_of(self.contract)})"
        ).fetchall()[0][0]
        con.execute(f"DROP TABLE {table}")
        con.execute(f"DROP TABLE {table}_judged")
        shifted = [loading.Broken(one.row + offset, one.reason) for one in broken]
        return _Result(piece, read, kept, shifted, refused, codes)


def _copy(source: IO[bytes], copy: IO[bytes], chunk: Chunk) -> None:
    """Copy a chunk's bytes; inside the kernel where the system can."""
    left, place = chunk.end - chunk.start, chunk.start
    try:
        while left > 0:
            done = os.copy_file_range(source.fileno(), copy.fileno(), left, place)
            if not done:
                break
            left, place = left - done, place + done
    except (AttributeError, OSError):
        pass  # another system, or two disks: copy by hand from where it stopped
    copy.seek(place - chunk.start)
    source.seek(place)
    while left > 0 and (block := source.read(min(BLOCK, left))):
        copy.write(block)
        left -= len(block)
