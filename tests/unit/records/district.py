"""A small District CSV folder for tests, and one call to import it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from evenrise.records.importing import import_paths
from evenrise.records.report import ImportReport
from evenrise.records.settings import ImportOptions
from evenrise.records.snapshots import Snapshot, SnapshotStore
from evenrise.vocabulary.progress import Silent


AS_OF = dt.date(2026, 6, 30)
SCHOOLS = "school_id,name,level\n001,Oak,elementary\n002,Elm,high\n"
STUDENTS = (
    "student_id,gender,hispanic,race\nS1,F,Y,white;asian\nS2,M,N,black\nS3,X,N,\n"
)
ENROLLMENTS = (
    "student_id,school_id,school_year,grade,entered_on,left_on\n"
    "S1,001,2026,05,2025-08-18,\nS2,002,2026,09,2025-08-18,2026-01-30\n"
    "S3,002,2026,09,2025-08-18,\n"
)
ATTENDANCE = (
    "student_id,school_id,date,status,portion_absent,reason\n"
    "S1,001,2025-08-18,present,,\nS1,001,2025-08-19,absent,1,excused\n"
    "S2,002,2025-08-18,tardy,0,\n"
)
FILES: Mapping[str, str] = {
    "schools.csv": SCHOOLS,
    "students.csv": STUDENTS,
    "enrollments.csv": ENROLLMENTS,
    "attendance.csv": ATTENDANCE,
}


def folder(home: Path, **changes: str | bytes) -> Path:
    """The folder, with some files (named without `.csv`) replaced or added."""
    home.mkdir(parents=True, exist_ok=True)
    contents: dict[str, str | bytes] = {**FILES}
    contents.update({f"{name}.csv": content for name, content in changes.items()})
    for name, content in contents.items():
        raw = content.encode() if isinstance(content, str) else content
        (home / name).write_bytes(raw)
    return home


def bring_in(store: Path, *paths: Path, **options: Any) -> ImportReport:
    """Import the paths into the store."""
    return import_paths(
        paths,
        store=SnapshotStore(store),
        options=ImportOptions(**{"as_of": AS_OF, **options}),
        progress=Silent(),
    )


def written(report: ImportReport) -> Snapshot:
    """The snapshot of an import that wrote one."""
    assert report.snapshot is not None
    return report.snapshot


def rows(snapshot: Snapshot, table: str, what: str = "*") -> list[tuple[Any, ...]]:
    """All rows of a table, in the order they are stored."""
    parts = [str(part) for part in snapshot.parts(table)]
    sql = f"SELECT {what} FROM read_parquet($1)"  # noqa: S608 - a test's own words
    return duckdb.execute(sql, [parts]).fetchall()


def reasons(report: ImportReport) -> list[tuple[str, int | None, str]]:
    """Every refused row: file, line, column."""
    return [(r.file, r.line, r.column) for f in report.files for r in f.refusals]
