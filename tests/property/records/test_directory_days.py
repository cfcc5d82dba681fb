"""The directory and the student's file count days as chronic absence's judge does."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.plain.attendance import attendance_year
from evenrise.indicators.engines.plain.records import Records
from evenrise.records.snapshots import Snapshot
from evenrise.records.snapshots.directory import read_directory
from evenrise.records.snapshots.student_file import read_student
from tests.property.indicators_records import invented
from tests.support.examples import examples
from tests.support.tables import schema


AS_OF = dt.date(2026, 6, 1)
DISTRICT = "the one"
TABLES = ("schools", "students", "enrollments", "attendance", "calendar")


def _snapshot(home, tables):
    """A snapshot of these rows, as if one file had brought each table."""
    (home / "parts").mkdir()
    told = {}
    for name in TABLES:
        if name not in tables:
            continue
        columns = schema(name)
        rows = [
            {**dict.fromkeys(columns.names), **row, "_file": 0, "_row": place}
            for place, row in enumerate(tables[name], 1)
        ]
        if name == "schools":  # one district, however many the draw tells of
            rows = [{**row, "district_id": DISTRICT} for row in rows]
        part = home / "parts" / f"{name}.parquet"
        pq.write_table(pa.Table.from_pylist(rows, schema=columns), part)
        told[name] = {
            "columns": columns.names,
            "rows": len(rows),
            "parts": [{"sha256": name, "rows": len(rows)}],
        }
    files = [{"name": "a.csv", "header_line": 1}]
    manifest = {"format": 1, "files": files, "tables": told}
    return Snapshot("drawn", home / "snapshots" / "drawn", manifest)


def _by_months(snapshot, student, year):
    """What a student's months of one year add up to; nothing when there are none."""
    file = read_student(snapshot, student, AS_OF)
    days = Counter[str]()
    for month in file.months if file else ():
        if month.school_year == year:
            days["enrolled"] += month.enrolled
            days["absent"] += month.absent
    return (days["enrolled"], days["absent"]) if days else (None, None)


@settings(
    max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(invented())
def test_days_are_those_of_the_judge(drawn):
    with tempfile.TemporaryDirectory() as folder:
        snapshot = _snapshot(Path(folder), drawn.tables())
        judge = attendance_year(Records(Question(snapshot, AS_OF, DISTRICT)))
        expected = {
            (place.student_id, place.school_year): (
                told["days_enrolled"],
                told["days_absent"],
            )
            for place, told in judge.items()
            if place.level == "district"
        }
        directory = read_directory(snapshot, AS_OF)
        for row in directory.students.to_pylist():
            student, year = row["student_id"], directory.school_year
            told = (row["days_enrolled"], row["days_absent"])
            assert told == expected.get((student, year), (None, None)), student
        for (student, year), days in expected.items():
            assert _by_months(snapshot, student, year) == days
