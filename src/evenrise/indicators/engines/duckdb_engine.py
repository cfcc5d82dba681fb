"""The engine for real districts: plain SQL in DuckDB, then one roll-up in NumPy.

The SQL stands in `sql/`, one file a student-year table, in steps that DuckDB keeps as
temporary tables; indicators that read the same student-year table share it.
"""

# ruff: noqa: S608 - the SQL is our own; every path and code passes `_quoted`.
from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any, Self

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.indicators.define import Indicator
from evenrise.indicators.engines.base import Answer, Cells, Question, Students
from evenrise.indicators.engines.rollup import Parts, roll_up
from evenrise.indicators.engines.sql_steps import Step, steps_of
from evenrise.indicators.engines.tables import COLUMNS
from evenrise.indicators.student_years import Interval
from evenrise.indicators.terms import as_sql


# As much as an import may use; beyond it DuckDB spills into a folder that goes away.
MEMORY = "4GB"
# Files of `sql/` that stand on the tables of others.
_STANDS_ON = {
    "marks_year": ("section_marks",),
    "ninth_grade_year": ("section_marks",),
    "cohort_courses_year": ("section_marks", "cohort_year"),
    "feedback": ("schoolwork",),
    "feedback_year": ("feedback",),
    "feedback_stretch_year": ("feedback",),
    "student_places": ("everybody",),
}
_YEARS = {Interval.SCHOOL_YEAR: 1, Interval.COHORT: 4}
_PROGRAM_FAMILIES = (
    "english_learner",
    "disability",
    "low_income",
    "foster",
    "homeless",
    "migrant",
)


def steps(name: str) -> tuple[Step, ...]:
    """The steps of one file of `sql/` beside this one."""
    return steps_of(__package__, name)


class DuckDBEngine:
    """Answers from a snapshot's tables; close it, or use it in a `with`."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._spill = tempfile.TemporaryDirectory(prefix="evenrise-")
        self._con = duckdb.connect(
            config={
                "memory_limit": MEMORY,
                "temp_directory": self._spill.name,
                "preserve_insertion_order": False,
            }
        )
        self._done: set[str] = set()
        self._numbered: set[str] = set()
        self._memberships: dict[Interval, dict[str, NDArray[np.int64]]] = {}
        for table in COLUMNS:
            self._open(table)
        self._run("known_schools")
        self._run("foundations")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of memory and of the folder for overflow."""
        self._con.close()
        self._spill.cleanup()

    def missing(self, indicator: Indicator) -> str | None:
        """The first table, or `table.column`, that the indicator lacks here."""
        for need in indicator.all_needs:
            table, _, column = need.partition(".")
            if not self.question.tables.has(table):
                return table
            # An empty file means none; only a blank column means not collected.
            if column and self._rows(
                f"SELECT 1 FROM {table} HAVING COUNT(*) > 0 AND COUNT({column}) = 0"
            ):
                return need
        return None

    def answers(
        self, indicator: Indicator, thresholds: Mapping[str, float]
    ) -> list[Answer]:
        """Each counted student, sorted."""
        sql = self._counted(indicator, thresholds)
        found = self._rows(
            "SELECT school_year, level, organization_id, student_id, numerator, "
            f"denominator FROM ({sql}) AS counted"
        )
        return sorted(
            (Answer(*row) for row in found),
            key=lambda a: (a.school_year, a.level, a.organization_id, a.student_id),
        )

    def cells(self, indicator: Indicator, thresholds: Mapping[str, float]) -> Cells:
        """The sums for every organization, family, group and pair."""
        sql = self._counted(indicator, thresholds)
        self._number(indicator)
        organizations = self._rows(
            "SELECT level, organization_id FROM organizations ORDER BY place"
        )
        found = self._con.sql(
            "SELECT a.school_year, p.place, y.id, a.numerator, a.denominator "
            f"FROM ({sql}) AS a JOIN student_years AS y "
            "ON y.student_id = a.student_id AND y.school_year = a.school_year "
            "JOIN organizations AS p "
            "ON p.level = a.level AND p.organization_id = a.organization_id"
        ).fetchnumpy()
        parts = Parts(
            found["school_year"].astype(np.int64),
            found["place"].astype(np.int64),
            found["id"].astype(np.int64),
            found["numerator"].astype(np.float64),
            found["denominator"].astype(np.float64),
        )
        return roll_up(
            parts,
            self._groups(indicator),
            [(level, organization) for level, organization in organizations],
        )

    def students(
        self, indicator: Indicator, thresholds: Mapping[str, float], amount: str
    ) -> Students:
        """The students whom the district counts, one row a student and year.

        Args:
            indicator: a computed one.
            thresholds: its thresholds by name.
            amount: SQL over the columns of its student-year table: a further number
                of each student, such as the scale score.
        """
        table = indicator.student_year
        sql = self._counted(indicator, thresholds)
        if table is None:
            raise ValueError(f"{indicator.key} is only published, never computed.")
        self._number(indicator)
        self._run("student_places")
        found = self._con.sql(
            "SELECT a.school_year, y.id, a.numerator, "
            f"COALESCE(CAST({amount} AS DOUBLE), CAST('nan' AS DOUBLE)) AS amount, "
            f"h.number, h.place FROM ({sql}) AS a "
            "JOIN student_years AS y "
            "ON y.student_id = a.student_id AND y.school_year = a.school_year "
            "JOIN student_places AS h ON h.id = y.id "
            f"JOIN {table.name} AS t ON t.student_id = a.student_id "
            "AND t.school_year = a.school_year AND t.level = a.level "
            "AND t.organization_id = a.organization_id "
            "WHERE a.level = 'district' AND a.organization_id = "
            f"{_quoted(self.question.district_id)} ORDER BY h.number, a.school_year"
        ).fetchnumpy()
        rows = found["id"].astype(np.int64)
        places = self._rows(
            "SELECT level, organization_id FROM organizations ORDER BY place"
        )
        return Students(
            found["school_year"].astype(np.int64),
            found["number"].astype(np.int64),
            found["place"].astype(np.int64),
            found["numerator"].astype(np.float64),
            found["amount"].astype(np.float64),
            {name: codes[rows] for name, codes in self._groups(indicator).items()},
            tuple(organization for _, organization in places),
        )

    def memberships(self, school_year: int) -> pa.Table:
        """The groups of everybody enrolled in a school year, as the facts count them.

        Where that year has no records, those of the latest year before it. Columns:
        student_id, and one a family that is collected: the place of the student's
        group in the vocabulary's family, -1 for none.
        """
        self._run("everybody")
        self._run("memberships", Interval.SCHOOL_YEAR)
        families = ", ".join(f"m.{family}" for family in sorted(self._collected()))
        return self._con.sql(
            f"SELECT y.student_id, {families} "
            f"FROM memberships_{Interval.SCHOOL_YEAR} AS m "
            "JOIN student_years AS y ON y.id = m.id "
            "WHERE y.school_year = (SELECT MAX(school_year) FROM spells "
            f"WHERE school_year <= {int(school_year)}) ORDER BY y.student_id"
        ).to_arrow_table()

    def columns(self, table: str) -> set[str]:
        """The columns of a student-year table that has been asked for."""
        return {row[0] for row in self._rows(f"DESCRIBE {table}")}

    def _counted(self, indicator: Indicator, thresholds: Mapping[str, float]) -> str:
        """The indicator as SQL: one row for each counted student and place."""
        table, who, counted = (
            indicator.student_year,
            indicator.who_counts,
            indicator.counted,
        )
        if table is None or who is None or counted is None:
            raise ValueError(f"{indicator.key} is only published, never computed.")
        self._run(table.name)
        amount = as_sql(counted, thresholds)
        if counted.is_condition:
            amount = f"CASE WHEN {amount} THEN 1 ELSE 0 END"
        return (
            "SELECT student_id, school_year, level, organization_id, "
            f"CAST({amount} AS DOUBLE) AS numerator, "
            f"CAST(1 AS DOUBLE) AS denominator FROM {table.name} "
            f"WHERE {as_sql(who, thresholds)} AND ({amount}) IS NOT NULL"
        )

    def _groups(self, indicator: Indicator) -> dict[str, NDArray[np.int64]]:
        """By family, each student-year's group; families not collected left out."""
        interval = indicator.interval
        if interval not in self._memberships:
            self._run("memberships", interval)
            table = f"memberships_{interval}"
            found = self._con.sql(f"SELECT * FROM {table} ORDER BY id").fetchnumpy()
            collected = self._collected()
            self._memberships[interval] = {
                family: found[family].astype(np.int64)
                for family in found
                if family in collected
            }
        return {
            family: codes
            for family, codes in self._memberships[interval].items()
            if family in indicator.families
        }

    def _collected(self) -> set[str]:
        """The families that the snapshot's tables speak of."""
        has = self.question.tables.has
        collected = set()
        if has("students"):
            collected |= {"race_ethnicity", "race_any", "gender"}
        if has("enrollments"):
            collected.add("grade")
        programs = {
            row[0] for row in self._rows("SELECT DISTINCT program FROM programs")
        }
        collected |= programs & set(_PROGRAM_FAMILIES)
        if "english_learner" in programs:
            collected.add("language_status")
        return collected

    def _open(self, table: str) -> None:
        """A view of one contract table; an empty table where there is none."""
        columns = COLUMNS[table]
        tables = self.question.tables
        parts = list(tables.parts(table)) if tables.has(table) else []
        if parts:
            chosen = ", ".join(f"CAST({c} AS {k}) AS {c}" for c, k in columns.items())
            source = f"SELECT {chosen} FROM READ_PARQUET([{_paths(parts)}])"
            self._con.execute(f"CREATE TEMP VIEW {table} AS {source}")
        else:
            typed = ", ".join(f"{c} {k}" for c, k in columns.items())
            self._con.execute(f"CREATE TEMP TABLE {table} ({typed})")

    def _run(self, name: str, interval: Interval | None = None) -> None:
        """Run the steps of one file of `sql/` once."""
        run = f"{name} {interval}"
        if run in self._done:
            return
        for below in _STANDS_ON.get(name, ()):
            self._run(below)
        for step in steps(name):
            self._step(step, interval)
        self._clear(name)
        self._done.add(run)

    def _step(self, step: Step, interval: Interval | None = None) -> None:
        """Run one step of a file."""
        words = {
            "as_of": f"DATE '{self.question.as_of.isoformat()}'",
            "as_of_number": f"{self.question.as_of:%Y%m%d}",
            "district": _quoted(self.question.district_id),
            "interval": str(interval),
            "years": str(_YEARS[interval]) if interval else "",
        }
        kind, table, select = step
        target, sql = (Template(t).substitute(words) for t in (table, select))
        self._con.execute(f"CREATE OR REPLACE TEMP {kind.upper()} {target} AS {sql}")

    def _number(self, indicator: Indicator) -> None:
        """Numbers for everybody in the indicator's student-year table.

        Nearly everybody has one from the enrollments. Asking millions of scores and
        rosters who else there may be would take longer than most indicators do.
        """
        table = indicator.student_year
        if table is None or table.name in self._numbered:
            return
        self._run("everybody")
        self._numbered.add(table.name)
        ((known,),) = self._rows("SELECT COUNT(*) FROM student_years")
        self._con.execute(
            "INSERT INTO student_years SELECT student_id, school_year, "
            f"{known} - 1 + ROW_NUMBER() OVER (ORDER BY student_id, school_year) AS id "
            f"FROM (SELECT student_id, school_year FROM {table.name} "
            "EXCEPT SELECT student_id, school_year FROM student_years) AS further"
        )
        ((now,),) = self._rows("SELECT COUNT(*) FROM student_years")
        if now > known:  # whatever was made of the fewer is made again when asked for
            self._memberships.clear()
            made = {"student_places None", *(f"memberships {i}" for i in Interval)}
            self._done -= made

    def _clear(self, name: str) -> None:
        """Let go of the steps on the way to a table named like its file."""
        *before, (_, last, _) = steps(name)
        if last == name:
            for kind, table, _ in before:
                self._con.execute(f"DROP {kind.upper()} {table}")

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._con.execute(sql).fetchall()


def _paths(parts: list[Path]) -> str:
    return ", ".join(_quoted(str(part)) for part in parts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
