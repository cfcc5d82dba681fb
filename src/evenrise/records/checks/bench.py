"""What every check of one import needs at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from evenrise.records.checks.ledger import Ledger
from evenrise.records.contracts import Contract
from evenrise.records.settings import ImportOptions
from evenrise.vocabulary.progress import Progress


KEPT = "kept_"  # prefix of the temporary table that gathers a contract table's rows
FACTS = "facts_found"
ORGANIZATIONS = "organizations_found"
PARQUET = (  # numbers rising by one take no room in version 2
    "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION lz4_raw, WRITE_BLOOM_FILTER false"
)
_FEW_ROWS = 20_480  # in one row group: a student's page reads one of each table


def parquet_of(contract: Contract) -> str:
    """How a contract table's parts are written.

    Tables in order of students come in small row groups, so that one student's rows
    are found quickly (2 ms for 6, and no slower to read whole). Attendance keeps the
    engine's own size: its parts are many, and few students fill a row group.
    """
    if contract.order[:1] == ("student_id",) and contract.name != "attendance":
        return f"{PARQUET}, ROW_GROUP_SIZE {_FEW_ROWS}"
    return PARQUET


@dataclass(frozen=True, slots=True)
class Part:
    """One finished part of a table: its Parquet file and its rows."""

    path: Path
    rows: int


@dataclass(slots=True)
class Bench:
    """One import's engine, options, ledger, and the tables gathered so far.

    `collected` holds, by table, the columns some file brought; `streamed` the parts
    that long files were streamed into; `parts` is the folder for Parquet at work.
    """

    con: duckdb.DuckDBPyConnection
    options: ImportOptions
    ledger: Ledger
    parts: Path
    progress: Progress
    collected: dict[str, list[str]] = field(default_factory=dict)
    streamed: dict[str, list[Part]] = field(default_factory=dict)

    def has_table(self, name: str) -> bool:
        """Whether a temporary table was made."""
        found = self.con.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [name]
        ).fetchall()
        return bool(found[0][0])
