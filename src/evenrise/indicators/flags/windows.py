"""Days missed before and after given days, student by student, from a snapshot.

    windows = absence_windows(snapshot, days, as_of, pairs=own_starts)

What follows a support is compared with what follows the same day for others. A day of
membership counts once, and a day of which any part was attended is no absence: the rule
of chronic absence (California Education Code 60901(c)(1)). Nothing dated after `as_of`
is read. Rows leave the engine as whole columns, without names.
"""

# ruff: noqa: S608 - the SQL is our own; every path and day is quoted
from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.indicators.engines.sql_steps import steps_of
from evenrise.records.snapshots.asking import asking, rows_of
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.vocabulary.grades import GRADES


WINDOW = 45  # school days, a quarter of a year
YEAR = 180  # school days, to know what a student was used to
MEMORY = "4GB"
_TABLES = ("calendar", "attendance", "enrollments", "assessments")

Days = NDArray[np.datetime64]
Counts = NDArray[np.int32]  # six million rows are usual: half the memory


@dataclass(frozen=True, slots=True)
class Windows:
    """One row a student and asked day, in columns; counts are whole school days.

    `student` is a place in `students` (codes in their order), `school` one in
    `schools`, `grade` one in vocabulary.grades.GRADES (-1 unknown). `due` says how many
    days of the second window were over on `as_of`: fewer than `after` is not yet the
    whole story. `score` is the mean of the latest earlier school year's tests in
    standard deviations of the same grade, 0 where `tested` is false. `whole` marks
    days that were asked for everybody, not for one student's own start. `earlier` are
    the days of the year that ends where the first window begins.
    """

    students: NDArray[np.str_]
    schools: tuple[str, ...]
    before: int
    after: int
    as_of: dt.date
    student: Counts
    day: Days
    school: Counts
    grade: Counts
    days_earlier: Counts
    absent_earlier: Counts
    days_before: Counts
    absent_before: Counts
    days_after: Counts
    absent_after: Counts
    due: Counts
    score: NDArray[np.float32]
    tested: NDArray[np.bool_]
    whole: NDArray[np.bool_]
    # Days with an incident: in the year before, before and after; where collected.
    incidents: tuple[Counts, Counts, Counts] | None = None

    def __len__(self) -> int:
        return len(self.student)

    def places(self, students: NDArray[np.str_]) -> NDArray[np.int64]:
        """Where students of these codes stand in `students`; -1 for none."""
        if not len(self.students):
            return np.full(len(students), -1, np.int64)
        at = np.searchsorted(self.students, students)
        at = np.minimum(at, len(self.students) - 1)
        return np.where(self.students[at] == students, at, -1)


def absence_windows(
    snapshot: Snapshot,
    days: Sequence[dt.date] | Days,
    as_of: dt.date,
    before: int = WINDOW,
    after: int = WINDOW,
    *,
    pairs: tuple[NDArray[np.str_], Days] | None = None,
) -> Windows:
    """Days enrolled and missed before and after days, for everybody enrolled on them.

    Args:
        snapshot: the records.
        days: days on which everybody enrolled is asked about; the second window begins
            on the day itself.
        as_of: nothing after it is known.
        before: school days of the first window, counted back from the day.
        after: school days of the second.
        pairs: further single students and days (codes and days of equal length).

    Raises:
        ValueError: when a window has no day.
        InputProblem: when a part of the store cannot be read.
    """
    if min(before, after) < 1:
        raise ValueError("A window has one school day or more.")
    whole = np.unique(np.asarray(days, "datetime64[D]"))
    names, own = pairs or (np.zeros(0, np.str_), np.zeros(0, "datetime64[D]"))
    own = np.asarray(own, "datetime64[D]")
    every = np.unique(np.concatenate([whole, own]))
    last = np.datetime64(as_of, "D")
    every, whole = every[every <= last], whole[whole <= last]
    if not len(every):
        return _shaped(_NOTHING, before, after, as_of)
    # A school year is a calendar year: twice that many days and a break suffice.
    first = (every[0] - 2 * max(before, YEAR) - 120).astype(object)
    incidents = snapshot.has("incidents")
    with asking(MEMORY) as con:
        for table in (*_TABLES, *(("incidents",) if incidents else ())):
            con.execute(
                f"CREATE VIEW {table} AS SELECT * FROM {rows_of(snapshot, table)}"
            )
        asked = pa.table({"day": pa.array(every), "whole": np.isin(every, whole)})
        con.register("asked_days", asked)
        told = pa.table(
            {"student_id": pa.array(names.tolist(), pa.string()), "day": pa.array(own)}
        )
        con.register("asked_pairs", told)
        values = {
            "as_of": f"DATE '{as_of}'",
            "first": f"DATE '{first}'",
            "before": str(int(before)),
            "earlier": str(max(int(before), YEAR)),
            "after": str(int(after)),
        }
        for part in ("windows", "incident_windows") if incidents else ("windows",):
            for _, name, sql in steps_of(__package__, part):
                filled = Template(sql).substitute(values)
                con.execute(f"CREATE TEMP TABLE {name} AS {filled}")
        return _shaped(_columns(con, incidents=incidents), before, after, as_of)


def _columns(con: duckdb.DuckDBPyConnection, *, incidents: bool) -> dict[str, Any]:
    """The rows, in order of students and days, with the score known by each day."""
    more, join = "", ""
    if incidents:
        more = "".join(f", COALESCE(i.{name}, 0) AS {name}" for name in _INCIDENTS)
        join = (
            "LEFT JOIN incident_windows AS i "
            "ON i.student_id = w.student_id AND i.day = w.day "
        )
    table = con.sql(
        f"SELECT w.*, s.score{more} FROM windows AS w {join}"
        "ASOF LEFT JOIN standings AS s "
        "ON s.student_id = w.student_id AND s.school_year < YEAR(w.day) + CASE "
        "WHEN MONTH(w.day) >= 7 THEN 1 ELSE 0 END ORDER BY w.student_id, w.day"
    ).to_arrow_table()
    return {name: table.column(name).combine_chunks() for name in table.column_names}


_INCIDENTS = ("incidents_earlier", "incidents_before", "incidents_after")
_COUNTS = (
    "due",
    "days_earlier",
    "absent_earlier",
    "days_before",
    "absent_before",
    "days_after",
    "absent_after",
)
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("student_id", "school_id", "grade"), pa.nulls(0, pa.string())),
    "day": pa.nulls(0, pa.date32()),
    "whole": pa.nulls(0, pa.bool_()),
    "score": pa.nulls(0, pa.float64()),
    **dict.fromkeys(_COUNTS, pa.nulls(0, pa.int32())),
}


def _shaped(
    columns: dict[str, Any], before: int, after: int, as_of: dt.date
) -> Windows:
    """The rows as whole numbers; codes of students and schools told once."""
    student = columns["student_id"].dictionary_encode()
    school = columns["school_id"].dictionary_encode()
    grade = columns["grade"].dictionary_encode()
    # In order of codes already, so the dictionary is in order too.
    students = np.array(student.dictionary.to_pylist(), np.str_)
    known = {name: place for place, name in enumerate(GRADES)}
    named = [known.get(name, -1) for name in grade.dictionary.to_pylist()]
    # Sums of several threads differ in their last digits: the same answer every time.
    score = columns["score"].to_numpy(zero_copy_only=False).astype(np.float64).round(6)
    score = score.astype(np.float32)
    tested = np.isfinite(score)
    counts: dict[str, Counts] = {
        name: columns[name].to_numpy(zero_copy_only=False).astype(np.int32)
        for name in (*_COUNTS, *_INCIDENTS)
        if name in columns
    }
    told = [counts.pop(name) for name in _INCIDENTS if name in counts]
    return Windows(
        students=students,
        schools=tuple(school.dictionary.to_pylist()),
        before=before,
        after=after,
        as_of=as_of,
        student=_codes(student),
        day=columns["day"].to_numpy(zero_copy_only=False).astype("datetime64[D]"),
        school=_codes(school),
        grade=np.array([*named, -1], np.int32)[_codes(grade)],
        score=np.where(tested, score, np.float32(0)),
        tested=tested,
        whole=columns["whole"].to_numpy(zero_copy_only=False).astype(np.bool_),
        incidents=(told[0], told[1], told[2]) if told else None,
        **counts,
    )


def _codes(column: Any) -> Counts:
    """A dictionary column's places, -1 where it is blank."""
    filled = column.indices.fill_null(-1)
    return np.asarray(filled.to_numpy(zero_copy_only=False), np.int32)
