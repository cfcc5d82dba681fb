"""Pathways of the students in grades 9 to 12, from a snapshot's records, in sets.

    table = pathways_of(snapshot, as_of, None, settings)      # everybody
    table = pathways_of(snapshot, as_of, ["4711"], settings)  # one student, quickly

Four pathways: graduation, the universities' A-G list, a career pathway, biliteracy.
Each has a state; one that the records cannot tell is *not known*, never *open*:

- *graduation*: done with all the credits; on course with those that are usual by now
  (a quarter for each grade that is over; half a quarter more from February, once this
  year's marks with credits came in). Fewer than usual is open, unless a finished year
  of high school has no credits in our records (earned elsewhere): then not known.
- *A-G*: years of courses passed with a C or better in each area; a course counts once
  however often it is taken. Further years of A to F count as elective. Done with all
  seven, or when the file of completions says so. Whether both years were of one
  language, and what a higher course stands for, is for a counselor to say.
- *career*: done with two career and technical courses passed, or when the file of
  completions says so; begun with one, or with one going on.
- *biliteracy*: done only when the file of completions says so: the seal has several
  ways, and the records show just one (years of a world language).

Nothing after `as_of` is read; completions carry no day and count as known.
"""

# ruff: noqa: S608 - our own names; paths and ids pass `literal`

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.indicators.pathways import steps
from evenrise.indicators.pathways.asked import (
    AREA_YEARS,
    AREAS,
    CAREER_COURSES,
    Asked,
    asked_of,
)
from evenrise.records.snapshots.asking import (
    DAMAGE,
    asking,
    here,
    rows_of,
    unreadable,
)
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.records.snapshots.student_file import own_rows
from evenrise.records.sql import literal
from evenrise.vocabulary.school_year import SchoolYear


_MEMORY = "2GB"
_FEW = 20  # students who are looked up one by one
_NEAR = 1e-6  # of a year: thirds of a year are not whole numbers
_TABLES = ("enrollments", "marks", "sections", "rosters", "completions")
_SECOND_HALF = range(2, 7)  # February to June
SCHEMA = pa.schema(
    [
        ("student_id", pa.string()),
        ("school_id", pa.string()),
        ("grade", pa.string()),
        ("graduation", pa.int8()),
        ("credits_earned", pa.float64()),
        ("credits_usual", pa.float64()),
        ("credits_asked", pa.float64()),
        ("years_missing", pa.int8()),
        ("a_g", pa.int8()),
        *((f"years_{area}", pa.float64()) for area in AREAS),
        ("areas_met", pa.int16()),
        ("areas_now", pa.int16()),
        ("career", pa.int8()),
        ("career_courses", pa.int16()),
        ("career_now", pa.bool_()),
        ("biliteracy", pa.int8()),
        ("language_years", pa.float64()),
        ("language_now", pa.bool_()),
    ]
)
_RAW = {
    **dict.fromkeys(("student_id", "school_id", "grade"), pa.string()),
    **dict.fromkeys(("has_begun", "has_a_g", "has_career", "has_seal"), pa.bool_()),
    **dict.fromkeys(
        (
            "school_year",
            "years_told",
            "years_marked",
            "readable",
            "career_courses",
            "areas_now",
            "career_now",
            "language_now",
        ),
        pa.int64(),
    ),
}


class State(IntEnum):
    """What is known of one pathway of one student."""

    NOT_KNOWN = -1
    OPEN = 0
    UNDER_WAY = 1  # of graduation: the credits that are usual by now
    DONE = 2


class Settings(Protocol):
    """What is read of a district's settings."""

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Numbers that the district sets for itself, by name."""


def pathways_of(
    snapshot: Snapshot,
    as_of: dt.date,
    student_ids: Iterable[str] | None,
    settings: Settings,
) -> pa.Table:
    """The pathways of students in grades 9 to 12, one row a student, by student_id.

    Args:
        snapshot: the records.
        as_of: the day; nothing later is read.
        student_ids: whom one asks about; None for everybody. A few are looked up by
            their parts of the snapshot: tens of milliseconds among 500,000 students.
        settings: what the district asks for (see `asked.py`).

    Returns:
        A table of `SCHEMA`. States are those of `State`; `credits_*` in the district's
        credits (`credits_earned` null where none are told); `years_A` to `years_G` in
        years of courses passed with a C or better, before any counts as elective;
        `areas_met` and `areas_now` sets of bits, A is 1: met, and being taken now.

    Raises:
        InputProblem: a part of the store is missing or damaged.
    """
    asked = asked_of(settings.thresholds)
    wanted = None if student_ids is None else sorted(set(student_ids))
    if wanted is not None and not wanted:
        return SCHEMA.empty_table()
    if not snapshot.has("enrollments"):
        return SCHEMA.empty_table()
    try:
        known = _collected(snapshot)
        year = _year(tuple(map(str, snapshot.parts("enrollments"))), as_of)
        if wanted is not None and len(wanted) <= _FEW:
            sql = _sql(_own(snapshot, wanted), as_of, year, asked, known)
            return _judged(_few_rows(sql), as_of, asked, known)
        with asking(_MEMORY) as con:
            sql = _sql(_all(snapshot, wanted), as_of, year, asked, known)
            return _judged(con.sql(sql).to_arrow_table(), as_of, asked, known)
    except DAMAGE as problem:
        raise unreadable(problem) from problem


def _few_rows(sql: str) -> pa.Table:
    """The answer as a table; by rows, for a relation is planned twice: 12 ms more."""
    found = here().execute(sql)
    names = [one[0] for one in found.description]
    columns = list(zip(*found.fetchall(), strict=True)) or [()] * len(names)
    return pa.table(
        [
            pa.array(column, _RAW.get(name, pa.float64()))
            for name, column in zip(names, columns, strict=True)
        ],
        names=names,
    )


def _sql(
    source: steps.Sources,
    as_of: dt.date,
    year: int,
    asked: Asked,
    known: frozenset[str],
) -> str:
    parts = {
        "home": steps.home(source, as_of, year),
        "levels": steps.levels(source),
        "learned": steps.learned(source, as_of),
        "credit": steps.credit(),
        "terms": steps.terms(asked, has_credits="marks.credits_attempted" in known),
        "courses": steps.courses(),
        "career": steps.career(),
        "doing": steps.doing(source, as_of),
        "finished": steps.finished(source),
    }
    told = ", ".join(f"{name} AS MATERIALIZED ({sql})" for name, sql in parts.items())
    return f"WITH {told} {steps.answer()}"


def _all(snapshot: Snapshot, wanted: list[str] | None) -> steps.Sources:
    """Everybody's rows, or those of many who are named."""
    rows = {table: rows_of(snapshot, table) for table in _TABLES}
    if wanted is not None:
        codes = ", ".join(map(literal, wanted))
        rows["enrollments"] = (
            f"(SELECT * FROM {rows['enrollments']} WHERE student_id IN ({codes}))"
        )
    return steps.Sources(**rows)


def _own(snapshot: Snapshot, wanted: list[str]) -> steps.Sources:
    """The rows of a few students, and of the sections that these name."""
    rows = {}
    for table in ("enrollments", "marks", "rosters", "completions"):
        own = [one for code in wanted if (one := own_rows(snapshot, table, code))]
        rows[table] = (
            f"({' UNION ALL '.join(f'FROM {one}' for one in own)})"
            if own
            else rows_of(snapshot, table, no_rows=True)
        )
    named = " UNION ".join(
        f"SELECT section_id FROM {rows[table]}" for table in ("marks", "rosters")
    )
    codes = [str(row[0]) for row in here().execute(named).fetchall()]
    # Named one by one, so that only their row groups are read.
    some = ", ".join(map(literal, sorted(codes))) or "NULL"
    sections = rows_of(snapshot, "sections")
    sections = f"(SELECT * FROM {sections} WHERE section_id IN ({some}))"
    return steps.Sources(sections=sections, **rows)


@lru_cache(maxsize=16)
def _year(enrollments: tuple[str, ...], as_of: dt.date) -> int:
    """The latest school year that has begun, as the directory takes it."""
    rows = f"read_parquet([{', '.join(map(literal, enrollments))}])"
    sql = f"SELECT max(school_year) FROM {rows} WHERE entered_on <= DATE '{as_of}'"
    found = here().execute(sql).fetchone()
    told = None if found is None else found[0]
    return SchoolYear.of(as_of).spring if told is None else int(told)


def _collected(snapshot: Snapshot) -> frozenset[str]:
    """Which of the columns that pathways need hold anything at all."""
    return _filled(
        tuple(map(str, snapshot.parts("marks"))),
        tuple(map(str, snapshot.parts("sections"))),
    )


@lru_cache(maxsize=16)
def _filled(marks: tuple[str, ...], sections: tuple[str, ...]) -> frozenset[str]:
    found = set()
    asked = (
        ("marks", marks, ("credits_attempted", "credits_earned", "mark")),
        ("sections", sections, ("a_g", "subject")),
    )
    for table, parts, columns in asked:
        if not parts:
            continue
        rows = f"read_parquet([{', '.join(map(literal, parts))}])"
        for column in columns:
            sql = f"SELECT 1 FROM {rows} WHERE {column} IS NOT NULL LIMIT 1"
            if here().execute(sql).fetchone():
                found.add(f"{table}.{column}")
    return frozenset(found)


def _judged(
    raw: pa.Table, as_of: dt.date, asked: Asked, known: frozenset[str]
) -> pa.Table:
    """States from what was counted, column by column."""
    told: dict[str, Any] = {
        name: raw[name].to_numpy()
        for name in raw.column_names
        if name not in ("student_id", "school_id", "grade", "credits_earned")
    }
    grade = raw["grade"].cast(pa.int32()).to_numpy()
    told["earned"] = raw["credits_earned"].to_numpy().astype(np.float64)
    # In summer, or with older records, the grade is that of a year that is over.
    told["years_over"] = grade - 9 + (told["school_year"] < SchoolYear.of(as_of).spring)
    columns: dict[str, Any] = {
        "student_id": raw["student_id"],
        "school_id": raw["school_id"],
        "grade": raw["grade"],
        **_graduation(told, as_of, asked, known),
        **_a_g(told, known),
        **_career(told, known),
        **_biliteracy(told, known),
    }
    arrays = [_column(columns[one.name], one) for one in SCHEMA]
    return pa.table(arrays, schema=SCHEMA)


Columns = dict[str, Any]


def _graduation(
    told: Columns, as_of: dt.date, asked: Asked, known: frozenset[str]
) -> Columns:
    """Credits earned against those usual by now."""
    years_over = told["years_over"]
    half = told["has_begun"] & (as_of.month in _SECOND_HALF)
    usual = np.minimum((years_over + 0.5 * half) * asked.credits / 4, asked.credits)
    missing = np.maximum(years_over - told["years_told"], 0)
    earned = np.nan_to_num(told["earned"])
    state = np.full(len(earned), State.OPEN)
    state[(missing > 0) | (np.isnan(told["earned"]) & (years_over > 0))] = (
        State.NOT_KNOWN
    )
    state[earned >= usual - _NEAR] = State.UNDER_WAY
    state[earned >= asked.credits - _NEAR] = State.DONE
    if "marks.credits_earned" not in known:
        state[:] = State.NOT_KNOWN
    return {
        "graduation": state,
        "credits_earned": told["earned"],
        "credits_usual": usual,
        "credits_asked": np.full(len(earned), asked.credits),
        "years_missing": missing,
    }


def _a_g(told: Columns, known: frozenset[str]) -> Columns:
    """Which of the seven areas are met."""
    years = np.stack([told[f"years_{area}"] for area in AREAS], axis=1)
    needed = np.array(AREA_YEARS)
    # What goes beyond A to F counts as elective.
    beyond = np.maximum(years[:, :6] - needed[:6], 0).sum(axis=1)
    counted = years.copy()
    counted[:, 6] += beyond
    met = counted >= needed - _NEAR
    bits = (met * (1 << np.arange(7))).sum(axis=1)
    bits[told["has_a_g"]] = 127
    begun = (years.sum(axis=1) > 0) | (told["areas_now"] > 0)
    state = np.where(begun, State.UNDER_WAY, State.OPEN)
    readable = np.nan_to_num(told["readable"].astype(np.float64), nan=1.0)
    incomplete = told["years_over"] > told["years_marked"]
    state[incomplete | (readable == 0)] = State.NOT_KNOWN
    if not {"marks.mark", "sections.a_g"} <= known:
        state[:] = State.NOT_KNOWN
    state[bits == 127] = State.DONE
    return {
        "a_g": state,
        **{f"years_{area}": years[:, place] for place, area in enumerate(AREAS)},
        "areas_met": bits,
        "areas_now": told["areas_now"],
    }


def _career(told: Columns, known: frozenset[str]) -> Columns:
    """Two career courses passed, or what the file of completions says."""
    passed, now = told["career_courses"], told["career_now"] > 0
    state = np.where((passed > 0) | now, State.UNDER_WAY, State.OPEN)
    incomplete = told["years_over"] > told["years_marked"]
    state[(state == State.OPEN) & incomplete] = State.NOT_KNOWN
    if not {"marks.mark", "sections.subject"} <= known:
        state[:] = State.NOT_KNOWN
    state[(passed >= CAREER_COURSES) | told["has_career"]] = State.DONE
    return {"career": state, "career_courses": passed, "career_now": now}


def _biliteracy(told: Columns, known: frozenset[str]) -> Columns:
    """Years of a world language; done only by the seal itself."""
    years, now = told["language_years"], told["language_now"] > 0
    state = np.where((years > 0) | now, State.UNDER_WAY, State.OPEN)
    incomplete = told["years_over"] > told["years_marked"]
    state[(state == State.OPEN) & incomplete] = State.NOT_KNOWN
    if not {"marks.mark", "sections.subject"} <= known:
        state[:] = State.NOT_KNOWN
    state[told["has_seal"]] = State.DONE
    return {"biliteracy": state, "language_years": years, "language_now": now}


def _column(values: Any, field: pa.Field) -> pa.Array:
    """One column in its type; nan is null."""
    if isinstance(values, pa.ChunkedArray):
        return values.combine_chunks()
    if pa.types.is_floating(field.type):
        return pa.array(np.asarray(values, np.float64), field.type, from_pandas=True)
    kind: NDArray[Any] = np.asarray(values)
    return pa.array(kind, pa.from_numpy_dtype(kind.dtype)).cast(field.type)
