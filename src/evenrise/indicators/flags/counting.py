"""Counts each student's days, incidents and marks of a school year, known on a day.

Set-wise in DuckDB, one reading of each table; the steps stand in `sql/`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from string import Template
from typing import Protocol

import duckdb
import pyarrow as pa

from evenrise.indicators.engines.base import Tables
from evenrise.indicators.engines.sql_steps import steps_of
from evenrise.records.snapshots.asking import asking, rows_of
from evenrise.records.sql import literal
from evenrise.vocabulary.school_year import SchoolYear


MEMORY = "4GB"
DAYS = 366  # bits of a school year
QUARTER, RECENT = 63, 45  # days of the calendar: nine weeks; Student Insights' 45
LOW_MARK = 72.0  # the highest published line for marks given as numbers
TABLES = (
    "enrollments",
    "attendance",
    "calendar",
    "incidents",
    "marks",
    "sections",
    "rosters",
)
# Courses before days: after ninety million rows the engine's memory is in so many small
# pieces that their lists take seven times as long.
PARTS = ("enrolled", "behavior", "course", "attendance")


class FlagSettings(Protocol):
    """What is read of a district's settings.

    `thresholds`: `early_warning.minimum_days` (days enrolled before attendance is
    judged) and `early_warning.passing_mark` (for marks given as numbers).
    `incident_kinds`: the district's own codes of incidents that are `serious` and that
    are a `state_offense`, in small letters.
    """

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Numbers that the district sets for itself."""

    @property
    def incident_kinds(self) -> Mapping[str, Sequence[str]]:
        """The district's own codes of incidents, by kind."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One row a student enrolled on the day, in the order of their keys.

    `has_incidents`, `has_actions`, `has_reasons`, `has_state_offenses` say what the
    district recorded this year at all, by the day.
    """

    table: pa.Table
    year: SchoolYear
    has_incidents: bool
    has_actions: bool
    has_reasons: bool
    has_state_offenses: bool


class Counting:
    """One connection on a snapshot's tables, for one day."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        snapshot: Tables,
        as_of: dt.date,
        settings: FlagSettings,
        low: float = LOW_MARK,
    ) -> None:
        self.con = con
        self.snapshot = snapshot
        self.year = SchoolYear.of(as_of)
        self.as_of = as_of
        first, last = self.year.first_day, min(self.year.last_day, as_of)
        kinds = settings.incident_kinds
        passing = settings.thresholds.get("early_warning.passing_mark")
        self.words = {
            "as_of": _date(as_of),
            "first": _date(first),
            "last": _date(last),
            "year": str(self.year.spring),
            "year_end": _date(self.year.last_day),
            "serious": _one_of(kinds.get("serious", ())),
            "state_offense": _one_of(kinds.get("state_offense", ())),
            "passing": "CAST(NULL AS DOUBLE)"
            if passing is None
            else repr(float(passing)),
            "low": repr(max(low, passing or 0.0)),
            **_bits(self.year, as_of),
        }
        for table in TABLES:
            con.execute(f"CREATE TEMP VIEW {table} AS FROM {rows_of(snapshot, table)}")

    def run(self, name: str) -> None:
        """Run the steps of one file of `sql/`."""
        for step in steps_of(__package__, name):
            self.step(*step)

    def step(self, kind: str, table: str, select: str) -> None:
        """Run one step."""
        sql = Template(select).substitute(self.words)
        self.con.execute(f"CREATE TEMP {kind.upper()} {table} AS {sql}")

    def ask(self, sql: str) -> tuple[object, ...]:
        """An answer of one row."""
        (found,) = self.con.execute(Template(sql).substitute(self.words)).fetchall()
        return tuple(found)

    def table(self, sql: str) -> pa.Table:
        """An answer as a table."""
        return self.con.sql(Template(sql).substitute(self.words)).to_arrow_table()


@contextmanager
def counting(
    snapshot: Tables,
    as_of: dt.date,
    settings: FlagSettings,
    *,
    low: float = LOW_MARK,
    memory: str = MEMORY,
) -> Iterator[Counting]:
    """An engine of its own on a snapshot; what it spills is gone afterwards.

    Args:
        snapshot: the tables.
        as_of: nothing that became known later is read.
        settings: the district's.
        low: marks given as numbers below it are told by course.
        memory: for the engine.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    with asking(memory) as con:
        yield Counting(con, snapshot, as_of, settings, low)


def count(one: Counting) -> Counted:
    """Everybody enrolled on the day, with all numbers that lines may look at."""
    for name in PARTS:
        one.run(name)
    # An empty file means none; a year without a single incident was not recorded.
    ever, told, acted = one.ask(
        "SELECT COUNT(*), COUNT(CASE WHEN date >= $first THEN 1 END), "
        "COUNT(CASE WHEN date >= $first THEN action END) "
        "FROM incidents WHERE date <= $last"
    )
    (reasons,) = one.ask(
        "SELECT COALESCE(SUM(medical + excused + unexcused), 0) FROM attendance_of"
    )
    collected = one.snapshot.has("incidents")
    table = one.con.sql(
        "SELECT * FROM enrolled LEFT JOIN attendance_of USING (student_id) "
        "LEFT JOIN behavior_of USING (student_id) "
        "LEFT JOIN course_of USING (student_id) "
        "LEFT JOIN low_courses USING (student_id) "
        "LEFT JOIN sitting USING (student_id) ORDER BY student_id"
    ).to_arrow_table()
    return Counted(
        table,
        one.year,
        has_incidents=collected and (bool(told) or not ever),
        has_actions=collected and (bool(acted) or not ever),
        has_reasons=bool(reasons),
        has_state_offenses=collected
        and (bool(told) or not ever)
        and one.words["state_offense"] != "FALSE",
    )


def _bits(year: SchoolYear, as_of: dt.date) -> dict[str, str]:
    """A school year as bits, the first of them 1 July: none, all, and the last days."""

    def last(days: int) -> str:
        end = (as_of - year.first_day).days
        begin = max(end - days + 1, 0)
        ones = "0" * begin + "1" * (end - begin + 1)
        return f"CAST('{ones:0<{DAYS}}' AS BIT)"

    return {
        "one": "CAST('1' AS BIT)",
        "none": f"CAST('{'0' * DAYS}' AS BIT)",
        "all": f"CAST('{'1' * DAYS}' AS BIT)",
        "last_45": last(RECENT),
        "last_63": last(QUARTER),
    }


def _one_of(codes: Sequence[str]) -> str:
    """SQL: whether an incident's behavior is one of the district's codes."""
    if not codes:
        return "FALSE"
    listed = ", ".join(literal(code.strip().lower()) for code in codes)
    return f"COALESCE(LOWER(TRIM(behavior)) IN ({listed}), FALSE)"


def _date(day: dt.date) -> str:
    return f"DATE '{day.isoformat()}'"
