"""Published facts that are hard to believe, asked about and never corrected.

Two rules. Both speak of all students of an organization with at least 100 students
counted, and both ask; a person answers.

**Out of line with its companion.** Some rates go together: where 94 of 100 students
graduate, few districts have 4 of 100 graduates complete the A-G courses. For each
district the 101 districts of the same file and year with the nearest companion rate
are its neighbours (empirical log odds, so that 2 and 5 per cent lie as far apart as 95
and 98). With their median and median absolute deviation, a modified z-score of -3.5 or
below (Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers) *and* a rate of at
most a quarter of the neighbours' median raise the question. Neighbours by companion
rather than all districts: where many students leave without graduating, a low A-G rate
is believable, and the spread among those neighbours says so. Only the low side is
asked about, since errors of this kind are courses that were never marked; a very high
rate is what some schools are built for. In California's district file of 2018-19 the
rule questions 13 of 365 districts of 100 graduates or more, all of them below 7 per
cent where the neighbours' median is mostly above 40. The same rule for mathematics
given reading was tried and left out: it only found the districts that test a single
high-school grade.

**Tenfold in a year.** A rate that rises or falls tenfold between one year that was
published and the next, beyond what the middle organization of the file did in the same
years (suspensions fell everywhere in 2020-21), and by at least 50 students or five
points, so that small counts do not raise it.
"""

# ruff: noqa: S608 - table names come from the desk

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import duckdb
import numpy as np
from numpy.typing import NDArray

from evenrise.records.files.member import Member
from evenrise.records.report import Question, Severity
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


# indicator > the indicator whose rate tells what to expect of it
COMPANIONS = {"a_g_completion": "graduation"}
NAMES = {
    "a_g_completion": Text("A-G completion", "cursos A-G completos"),
    "graduation": Text("graduation", "graduación"),
}
ENOUGH = 100  # students counted
NEIGHBOURS = 101
FEWEST = 30  # districts, below which no spread can be judged
FENCE = -3.5  # modified z-score
QUARTER = 0.25  # of the neighbours' median
TENFOLD = 10.0
FEWEST_STUDENTS, FEWEST_POINTS = 50, 0.05

_Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Doubt:
    """An organization's rate and what its neighbours' would be."""

    organization_id: str
    name: str
    value: float
    expected: float
    year: int
    file: int
    row: int


def doubts(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[str],
    files: Mapping[int, Member] | None = None,
) -> list[Question]:
    """Questions about the facts in these tables, taken together.

    Args:
        con: the connection that holds the tables.
        tables: tables with the columns of published facts, `_file` and `_row`.
        files: members by `_file`; a question names no file where one is missing.
    """
    if not tables:
        return []
    members = files or {}
    union = " UNION ALL BY NAME ".join(f"SELECT * FROM {table}" for table in tables)
    if not _could_be_asked(con, union):
        return []
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE doubted AS
        SELECT DISTINCT ON (indicator, school_year, level, organization_id)
            indicator, school_year, level, organization_id, organization_name,
            district_id, denominator, value, _file, _row
        FROM ({union}) WHERE group_family = 'all' AND status = 'reported'
            AND value IS NOT NULL AND denominator >= {ENOUGH}
        ORDER BY indicator, school_year, level, organization_id, _file, _row""")
    found = []
    for indicator, companion in COMPANIONS.items():
        for year in _years(con, indicator):
            found += _out_of_line(con, (indicator, companion), year, members)
    return found + _tenfold(con, members)


def _could_be_asked(con: duckdb.DuckDBPyConnection, union: str) -> bool:
    """Whether there is a companion or a second year; most files have neither."""
    pairs = con.execute(
        f"SELECT DISTINCT indicator, school_year FROM ({union}) "
        "WHERE group_family = 'all'"
    ).fetchall()
    indicators = {indicator for indicator, _ in pairs}
    companions = any({a, b} <= indicators for a, b in COMPANIONS.items())
    return companions or len(pairs) > len(indicators)


def _years(con: duckdb.DuckDBPyConnection, indicator: str) -> list[int]:
    return [
        int(row[0])
        for row in con.execute(
            "SELECT DISTINCT school_year FROM doubted WHERE indicator = ? ORDER BY 1",
            [indicator],
        ).fetchall()
    ]


def log_odds(value: _Array, students: _Array) -> _Array:
    """Empirical log odds of shares, finite for 0 and 1 (half a student added)."""
    count = value * students
    odds: _Array = np.log((count + 0.5) / (students - count + 0.5))
    return odds


def out_of_line(
    rate: _Array, students: _Array, companion: _Array, companion_students: _Array
) -> tuple[_Array, _Array]:
    """Modified z-scores of rates among neighbours by companion rate, and medians.

    Args:
        rate: shares, one an organization; `students` their denominators.
        students: counts.
        companion: shares of the companion indicator; `companion_students` likewise.
        companion_students: counts.

    Returns:
        z-scores and the median share of each one's neighbours, same shape. A spread of
        zero gives a z-score of zero: nothing can be said.
    """
    odds = log_odds(rate, students)
    near = log_odds(companion, companion_students)
    size = min(NEIGHBOURS, len(rate))
    distance = np.abs(near[:, None] - near[None, :])
    neighbours = np.argsort(distance, axis=1, kind="stable")[:, :size]
    around = odds[neighbours]
    middle = np.median(around, axis=1)
    spread = np.median(np.abs(around - middle[:, None]), axis=1)
    z = np.divide(
        0.6745 * (odds - middle), spread, out=np.zeros_like(odds), where=spread > 0
    )
    return z, np.median(rate[neighbours], axis=1)


def _out_of_line(
    con: duckdb.DuckDBPyConnection,
    pair: tuple[str, str],
    year: int,
    files: Mapping[int, Member],
) -> list[Question]:
    table = cast(
        "dict[str, _Array]",
        con.execute(
            """SELECT a.organization_id AS id, a.organization_name AS name,
            a.value AS rate,
            a.denominator AS n, b.value AS companion, b.denominator AS m,
            a._file AS file, a._row AS row
        FROM doubted AS a JOIN doubted AS b USING (school_year, level, organization_id)
        WHERE a.indicator = ? AND b.indicator = ? AND school_year = ?
            AND level = 'district'
        ORDER BY id""",
            [*pair, year],
        ).fetchnumpy(),
    )
    if len(table["id"]) < FEWEST:
        return []
    z, middle = out_of_line(table["rate"], table["n"], table["companion"], table["m"])
    low = (z <= FENCE) & (table["rate"] <= QUARTER * middle)
    found = [
        _Doubt(
            str(table["id"][at]),
            _named(table["name"][at], table["id"][at]),
            float(table["rate"][at]),
            float(middle[at]),
            year,
            int(table["file"][at]),
            int(table["row"][at]),
        )
        for at in np.flatnonzero(low)
    ]
    found += [
        school for district in found for school in _schools(con, pair[0], district)
    ]
    return [_ask_out_of_line(pair, doubt, files) for doubt in found]


def _named(name: Any, organization_id: Any) -> str:
    return str(name) if isinstance(name, str) and name else str(organization_id)


def _schools(
    con: duckdb.DuckDBPyConnection, indicator: str, district: _Doubt
) -> list[_Doubt]:
    """Schools of a doubted district that share its doubt."""
    rows = con.execute(
        """SELECT organization_id, organization_name, value, _file, _row FROM doubted
        WHERE indicator = ? AND school_year = ? AND level = 'school'
            AND district_id = ? AND value <= ? ORDER BY 1""",
        [
            indicator,
            district.year,
            district.organization_id,
            QUARTER * district.expected,
        ],
    ).fetchall()
    return [
        _Doubt(
            str(code),
            _named(name, code),
            float(value),
            district.expected,
            district.year,
            int(file),
            int(row),
        )
        for code, name, value, file, row in rows
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _ask_out_of_line(
    pair: tuple[str, str], doubt: _Doubt, files: Mapping[int, Member]
) -> Question:
    indicator, companion = pair
    file, where = _place(files, doubt.file, doubt.row)
    what, beside = NAMES[indicator], NAMES[companion]
    year = SchoolYear(doubt.year).label
    return Question(
        key="published.out_of_line",
        text=Text(
            f"The file gives a rate of {_percent(doubt.value)}% for {what.en} at "
            f"{doubt.name} in {year}; in districts with a similar {beside.en} rate it "
            f"is around {_percent(doubt.expected)}%. This looks like an error in the "
            "reporting rather than something about the students. Were the completions "
            "sent to the state?",
            f"El archivo da una tasa del {_percent(doubt.value)}\u00a0% para {what.es} "
            f"en {doubt.name} en {year}; en los distritos con una tasa parecida de "
            f"{beside.es} es de alrededor del {_percent(doubt.expected)}\u00a0%. "
            "Parece un error al reportar los datos y no algo sobre los estudiantes. "
            "¿Se enviaron al estado los datos de quienes completaron los cursos?",
        ),
        file=file,
        where=where,
        indicator=indicator,
        organization_id=doubt.organization_id,
        school_year=doubt.year,
        severity=Severity.SERIOUS,
    )


def _place(files: Mapping[int, Member], at: int, row: int) -> tuple[str, str]:
    """The file's name and the line of one of its records."""
    member = files.get(at)
    if member is None:
        return "", f"record {row}"
    return member.name, f"line {row + member.header_line}"


def _tenfold(
    con: duckdb.DuckDBPyConnection, files: Mapping[int, Member]
) -> list[Question]:
    rows = con.execute(f"""
        WITH stepped AS (
            SELECT *, lag(value) OVER series AS before,
                lag(school_year) OVER series AS year_before,
                lag(denominator) OVER series AS n_before
            FROM doubted WHERE value BETWEEN 0 AND 1
            WINDOW series AS (PARTITION BY indicator, level, organization_id
                ORDER BY school_year)),
        grown AS (
            SELECT *, ln((value * denominator + 0.5) / (denominator + 1))
                - ln((before * n_before + 0.5) / (n_before + 1)) AS growth
            FROM stepped WHERE before IS NOT NULL),
        usual AS (
            SELECT indicator, level, school_year, year_before,
                CASE WHEN count(*) >= {FEWEST} THEN median(growth) ELSE 0 END AS middle
            FROM grown GROUP BY indicator, level, school_year, year_before)
        SELECT indicator, organization_id, organization_name, school_year, year_before,
            value, before, _file, _row
        FROM grown JOIN usual USING (indicator, level, school_year, year_before)
        WHERE abs(growth - middle) >= ln({TENFOLD})
            AND greatest(value / nullif(before, 0), before / nullif(value, 0), 0)
                NOT BETWEEN 1e-9 AND {TENFOLD} - 1e-9
            AND (abs(value - before) >= {FEWEST_POINTS}
                OR abs(value - before) * least(denominator, n_before)
                    >= {FEWEST_STUDENTS})
        ORDER BY level <> 'district', indicator, organization_id,
            school_year""").fetchall()
    return [_ask_tenfold(row, files) for row in rows]


def _ask_tenfold(row: tuple[Any, ...], files: Mapping[int, Member]) -> Question:
    indicator, code, name, year, year_before, value, before, file, record = row
    what = NAMES.get(indicator, Text(indicator, indicator))
    then, now = SchoolYear(int(year_before)).label, SchoolYear(int(year)).label
    who = _named(name, code)
    told, where = _place(files, int(file), int(record))
    return Question(
        key="published.tenfold",
        text=Text(
            f"The rate of {what.en} at {who} went from {_percent(before)}% in {then} "
            f"to {_percent(value)}% in {now}: a tenfold change or more. Was one of the "
            "two years reported wrongly?",
            f"La tasa de {what.es} en {who} pasó del {_percent(before)}\u00a0% en "
            f"{then} al {_percent(value)}\u00a0% en {now}: un cambio de diez veces o "
            "más. ¿Hay un error en los datos de uno de los dos años?",
        ),
        file=told,
        where=where,
        indicator=str(indicator),
        organization_id=str(code),
        school_year=int(year),
        severity=Severity.SERIOUS,
    )
