"""One student's records in a snapshot, each with the file and the line it came from.

Parts of a snapshot are ordered by student and tell the first and the last of each row
group, so that a look-up reads a few thousand rows of each table, not ninety million:
about 20 ms in a district of 500,000 once a thread has asked before.

What a student page does not need (birth date, race, gender) is not read.
"""

# ruff: noqa: S608 - our own names, ids pass through literal()

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from evenrise.records.snapshots.asking import DAMAGE, here, rows_of, unreadable
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.records.snapshots.student_days import Month, Span, months_of
from evenrise.records.sql import literal, parquet


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row was read: the file's name and the line."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One stay in one school; `left_on` is None while it lasts."""

    school_id: str
    school: str
    school_year: int
    grade: str
    entered_on: dt.date
    left_on: dt.date | None
    exit_code: str | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Time in one program, by the contract's code (`english_learner`)."""

    program: str
    started_on: dt.date | None
    ended_on: dt.date | None
    detail: str | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark; what the section tells is None where sections were not collected."""

    section_id: str
    title: str | None
    subject: str | None
    school_year: int | None
    term: str
    mark: str
    credits_attempted: float | None
    credits_earned: float | None
    posted_on: dt.date | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One result on one test; `level` is 1 to 4."""

    assessment: str
    subject: str
    taken_on: dt.date
    grade: str | None
    scale_score: float | None
    level: int | None
    met_standard: bool | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The student's part in one incident, and one action of the school."""

    incident_id: str
    school_id: str
    school: str
    date: dt.date
    behavior: str | None
    action: str | None
    days_removed: float | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentFile:
    """All that a snapshot tells of one student, oldest first.

    `source` is None and names are blank where only other tables know the student.
    `collected` names the tables the snapshot has: an empty list of incidents means
    none only when `incidents` is among them.
    """

    student_id: str
    given_name: str | None
    family_name: str | None
    home_language: str | None
    source: Source | None
    stays: tuple[Stay, ...]
    programs: tuple[Program, ...]
    months: tuple[Month, ...]
    marks: tuple[Mark, ...]
    assessments: tuple[Assessment, ...]
    incidents: tuple[Incident, ...]
    collected: frozenset[str]


def read_student(
    snapshot: Snapshot, student_id: str, as_of: dt.date
) -> StudentFile | None:
    """The file of one student; None when no student or enrollment has the id.

    Attendance is counted up to `as_of`; all else stands as the files told it.

    Raises:
        InputProblem: a part of the store is missing or damaged.
    """
    try:
        return _Reading(snapshot, student_id).file(as_of)
    except DAMAGE as problem:
        raise unreadable(problem) from problem


@lru_cache(maxsize=256)
def _ranges(parts: tuple[Path, ...]) -> tuple[tuple[str, str] | None, ...]:
    """The first and the last student of each part, as its statistics tell."""
    paths = ", ".join(literal(str(part)) for part in parts)
    told = (
        here()
        .execute(
            "SELECT file_name, min(stats_min_value), max(stats_max_value), "
            "bool_and(stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL) "
            f"FROM parquet_metadata([{paths}]) WHERE path_in_schema = 'student_id' "
            "GROUP BY file_name"
        )
        .fetchall()
    )
    known = {name: (low, high) for name, low, high, sure in told if sure}
    return tuple(known.get(str(part)) for part in parts)


def own_rows(snapshot: Snapshot, table: str, student_id: str) -> str | None:
    """SQL for one student's rows of a table ordered by student; None for no part.

    Only the parts whose statistics leave room for the student are opened.
    """
    parts = snapshot.parts(table)
    if len(parts) > 1:
        ranges = _ranges(parts)
        parts = tuple(
            part
            for part, span in zip(parts, ranges, strict=True)
            if span is None or span[0] <= student_id <= span[1]
        )
    if not parts:
        return None
    return f"(SELECT * FROM {parquet(parts)} WHERE student_id = {literal(student_id)})"


class _Reading:
    """One look-up: the rows of each table that name one student."""

    def __init__(self, snapshot: Snapshot, student_id: str) -> None:
        self.con = here()
        self.snapshot = snapshot
        self.student_id = student_id

    def file(self, as_of: dt.date) -> StudentFile | None:
        """The whole file, or None."""
        named = self.rows(
            "students", "given_name, family_name, home_language", "student_id"
        )
        stays = self.rows(
            "enrollments",
            "school_id, school_year, grade, entered_on, left_on, exit_code",
            "entered_on, school_id",
        )
        if not named and not stays:
            return None
        given, family, language = named[0][:3] if named else (None, None, None)
        incidents = self.incidents()
        schools = self.schools([row[0] for row in stays + incidents])
        return StudentFile(
            student_id=self.student_id,
            given_name=given,
            family_name=family,
            home_language=language,
            source=self.source("students", named[0]) if named else None,
            stays=tuple(
                Stay(
                    school_id=row[0],
                    school=schools.get(row[0], row[0]),
                    school_year=row[1],
                    grade=row[2],
                    entered_on=row[3],
                    left_on=row[4],
                    exit_code=row[5],
                    source=self.source("enrollments", row),
                )
                for row in stays
            ),
            programs=self.programs(),
            months=self.months(stays, as_of),
            marks=self.marks(),
            assessments=self.assessments(),
            incidents=tuple(
                Incident(
                    school_id=row[0],
                    school=schools.get(row[0], row[0]),
                    incident_id=row[1],
                    date=row[2],
                    behavior=row[3],
                    action=row[4],
                    days_removed=row[5],
                    source=self.source("incidents", row),
                )
                for row in incidents
            ),
            collected=frozenset(self.snapshot.manifest["tables"]),
        )

    def own(self, table: str) -> str | None:
        """SQL for the parts of a table that may name the student; None for no part."""
        return own_rows(self.snapshot, table, self.student_id)

    def rows(self, table: str, columns: str, order: str) -> list[tuple[Any, ...]]:
        """The student's rows: the columns, then `_file` and `_row`."""
        own = self.own(table)
        if own is None:
            return []
        found: list[tuple[Any, ...]] = self.con.execute(
            f"SELECT {columns}, _file, _row FROM {own} ORDER BY {order}, _file, _row"
        ).fetchall()
        return found

    def source(self, table: str, row: tuple[Any, ...]) -> Source:
        """Where a row was read, by its last two columns."""
        return Source(*self.snapshot.lineage(table, row[-2], row[-1]))

    def schools(self, codes: list[str]) -> dict[str, str]:
        """The names of some schools."""
        if not codes:
            return {}
        wanted = ", ".join(literal(code) for code in dict.fromkeys(codes))
        return dict(
            self.con.execute(
                f"SELECT school_id, name FROM {rows_of(self.snapshot, 'schools')} "
                f"WHERE school_id IN ({wanted})"
            ).fetchall()
        )

    def programs(self) -> tuple[Program, ...]:
        """Programs by their first day, those that were always so first."""
        rows = self.rows(
            "programs",
            "program, started_on, ended_on, detail",
            "started_on NULLS FIRST, program",
        )
        return tuple(
            Program(
                program=row[0],
                started_on=row[1],
                ended_on=row[2],
                detail=row[3],
                source=self.source("programs", row),
            )
            for row in rows
        )

    def months(self, stays: list[tuple[Any, ...]], as_of: dt.date) -> tuple[Month, ...]:
        """Days by month; none where attendance was not collected."""
        if not stays or not self.snapshot.has("attendance"):
            return ()
        own = self.own("attendance") or rows_of(
            self.snapshot, "attendance", no_rows=True
        )
        spans = [
            Span(school, year, entered_on, left_on or dt.date.max)
            for school, year, _, entered_on, left_on, *_ in stays
        ]
        return months_of(self.snapshot, own, spans, as_of)

    def marks(self) -> tuple[Mark, ...]:
        """Marks by the day they were posted, with what their sections tell."""
        rows = self.rows(
            "marks",
            "section_id, term, mark, credits_attempted, credits_earned, posted_on",
            "posted_on NULLS FIRST, term, section_id",
        )
        sections = self.sections([row[0] for row in rows])
        nothing = (None, None, None)
        return tuple(
            Mark(
                section_id=row[0],
                title=sections.get(row[0], nothing)[0],
                subject=sections.get(row[0], nothing)[1],
                school_year=sections.get(row[0], nothing)[2],
                term=row[1],
                mark=row[2],
                credits_attempted=row[3],
                credits_earned=row[4],
                posted_on=row[5],
                source=self.source("marks", row),
            )
            for row in rows
        )

    def sections(self, codes: list[str]) -> dict[str, tuple[Any, ...]]:
        """Title, subject and school year of some sections."""
        if not codes:
            return {}
        # Named one by one, so that only their row groups are read.
        wanted = ", ".join(literal(code) for code in dict.fromkeys(codes))
        found = self.con.execute(
            "SELECT section_id, title, subject, school_year "
            f"FROM {rows_of(self.snapshot, 'sections')} WHERE section_id IN ({wanted})"
        ).fetchall()
        return {row[0]: row[1:] for row in found}

    def assessments(self) -> tuple[Assessment, ...]:
        """Results of tests by day."""
        rows = self.rows(
            "assessments",
            "assessment, subject, taken_on, grade, scale_score, level, met_standard",
            "taken_on, assessment, subject",
        )
        return tuple(
            Assessment(
                assessment=row[0],
                subject=row[1],
                taken_on=row[2],
                grade=row[3],
                scale_score=row[4],
                level=row[5],
                met_standard=row[6],
                source=self.source("assessments", row),
            )
            for row in rows
        )

    def incidents(self) -> list[tuple[Any, ...]]:
        """Rows of incidents by day, the school first."""
        return self.rows(
            "incidents",
            "school_id, incident_id, date, behavior, action, days_removed",
            "date, incident_id",
        )
