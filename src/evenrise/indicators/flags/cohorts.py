"""Past students as they were known on a day, and how their year ended.

    cohorts = cohorts_of(snapshot, as_of, settings)

One row a student, finished school year and checkpoint. Features use only what was known
on the checkpoint; outcomes are known only for years that are over. Race, income,
language, disability, housing, gender and school stand beside, to see whom flags miss:
never among the features. All of it is counted in sets by DuckDB.
"""

# ruff: noqa: S608 - the SQL is our own.
from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Template
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.duckdb_engine import DuckDBEngine
from evenrise.indicators.engines.sql_steps import steps_of
from evenrise.indicators.flags.numbers import MINIMUM_DAYS
from evenrise.indicators.naming import SettingsLike, SnapshotLike, read_names
from evenrise.indicators.student_years import Interval
from evenrise.records.sql import literal, parquet
from evenrise.statistics.abc_rule import YES, abc_flags
from evenrise.statistics.attendance_as_of import MIN_DAYS_CALIFORNIA
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.school_year import FIRST_MONTH, SchoolYear


Floats = NDArray[np.float64]
Features = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

CHECKPOINTS = ((10, 15), (1, 31))  # month and day: mid October, end of January
RECENT_DAYS = 20  # school days: about a month
MOST_YEARS = 4  # finished years that are looked back upon
FEWEST_IN_GRADE = 11  # scores; fewer give no mean and spread to stand on
FEATURES = (
    "share_absent",
    "share_unexcused",
    "recent_absences",
    "incidents",
    "suspension_days",
    "marks",
    "d_marks",
    "f_marks",
    "core_d_marks",
    "core_f_marks",
    "prior_share_absent",
    "prior_ela",
    "prior_math",
    "grade",
    "schools",
)
_TENTH = 10  # chronic absence: a tenth of the days enrolled
_BITS = 62  # days of a block


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cohorts:
    """Students of finished years, one row a student, year and checkpoint.

    Equally long arrays. `features` is (rows, names), nan where unknown. `rule` counts
    the lines of the ABC rule that were known to be crossed. `outcome` is 1 for a
    student who was not on track at the year's end, 0 for one who was, nan where it is
    not known. `met_after` is the days from the checkpoint to the day on which that
    became certain (0: on it or before), nan for others. `checkpoint` numbers
    `checkpoints` (such as "10-15"), `school` numbers `schools` (-1: none), and
    `student` stands for a student within these arrays only. `groups` numbers
    `group_names` of each family (-1: in none); they are never features.
    """

    names: tuple[str, ...]
    features: Features
    rule: Floats
    outcome: Floats
    met_after: Floats
    school_year: Ints
    checkpoint: Ints
    checkpoints: tuple[str, ...]
    school: Ints
    schools: tuple[str, ...]
    student: Ints
    groups: Mapping[str, Ints] = field(default_factory=dict)
    group_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.school_year)

    @property
    def years(self) -> tuple[int, ...]:
        """The school years with a known outcome, the earliest first."""
        return tuple(int(y) for y in np.unique(self.school_year[self.judged]))

    @property
    def judged(self) -> Flags:
        """Rows whose outcome is known."""
        return ~np.isnan(self.outcome)

    def only(self, rows: NDArray[Any]) -> Cohorts:
        """Some of the rows, by a mask or by places, in that order."""
        return Cohorts(
            names=self.names,
            features=self.features[rows],
            rule=self.rule[rows],
            outcome=self.outcome[rows],
            met_after=self.met_after[rows],
            school_year=self.school_year[rows],
            checkpoint=self.checkpoint[rows],
            checkpoints=self.checkpoints,
            school=self.school[rows],
            schools=self.schools,
            student=self.student[rows],
            groups={family: codes[rows] for family, codes in self.groups.items()},
            group_names=self.group_names,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """Cohorts, and whose number is which: `codes` and `numbers` belong together."""

    cohorts: Cohorts
    codes: list[str]
    numbers: Ints


class CohortSettings(SettingsLike, Protocol):
    """What is read of a district's settings; thresholds as flags read them."""

    @property
    def incident_kinds(self) -> Mapping[str, Sequence[str]]:
        """The district's own codes of incidents, by kind."""


def cohorts_of(
    snapshot: SnapshotLike, as_of: dt.date, settings: CohortSettings
) -> Cohorts:
    """The students of the finished school years, at each checkpoint.

    Not on track: absent on a tenth of the year's days or more (of at least 31), or
    the last mark of an ELA or math course of the year is an F. Students without such
    a mark are judged by attendance alone; students enrolled for fewer than 31 days
    are not judged. Source of the lines: `statistics/abc_rule.py`.

    Args:
        snapshot: the records.
        as_of: nothing after this day is read; years that end after it are left out.
        settings: the district's own: its code, its serious incidents, and the
            thresholds `early_warning.minimum_days` and `early_warning.passing_mark`.
    """
    return numbered_cohorts(snapshot, as_of, settings).cohorts


def numbered_cohorts(
    snapshot: SnapshotLike, as_of: dt.date, settings: CohortSettings
) -> Numbered:
    """The same, with the codes of the students: for further counting, never to keep."""
    district = read_names(snapshot, settings).district
    with _Counting(Question(snapshot, as_of, district)) as counting:
        return counting.cohorts(settings)


class _Counting(DuckDBEngine):
    """The indicators' engine, with the steps that only cohorts need."""

    def cohorts(self, settings: CohortSettings) -> Numbered:
        """All rows, ordered by student, year and checkpoint."""
        years = self._finished()
        if not years:
            return Numbered(_nobody(), [], np.zeros(0, np.int64))
        self._run("assessment_year")
        self._run("student_places")
        self._run("memberships", Interval.SCHOOL_YEAR)
        self._open_incidents()
        words = self._words(years, settings)
        for kind, name, select in steps_of(__package__, "cohorts"):
            sql = Template(select).substitute(words)
            self._con.execute(f"CREATE OR REPLACE TEMP {kind.upper()} {name} AS {sql}")
        found = self._con.sql(
            "SELECT * FROM cohort_rows ORDER BY number, school_year, moment"
        ).fetchnumpy()
        places = self._rows("SELECT organization_id FROM organizations ORDER BY place")
        groups = self._group_codes(_whole(found["id"]))
        minimum = settings.thresholds.get("early_warning.minimum_days", MINIMUM_DAYS)
        told = self._rows(
            "SELECT y.student_id, MIN(p.number) FROM student_years AS y "
            "JOIN student_places AS p ON p.id = y.id GROUP BY y.student_id"
        )
        return Numbered(
            _cohorts(found, tuple(place for (place,) in places), groups, minimum),
            [str(code) for code, _number in told],
            np.array([number for _code, number in told], np.int64),
        )

    def _open_incidents(self) -> None:
        """The incidents with what they were about, for the district's own kinds."""
        tables = self.question.tables
        parts = list(tables.parts("incidents")) if tables.has("incidents") else []
        source = (
            f"SELECT * FROM {parquet(parts)}"
            if parts
            else "SELECT *, CAST(NULL AS VARCHAR) AS behavior FROM incidents"
        )
        self._con.execute(f"CREATE TEMP VIEW incidents_in_full AS {source}")

    def _finished(self) -> list[int]:
        """The latest finished years with anybody enrolled."""
        rows = self._rows("SELECT DISTINCT school_year FROM spells ORDER BY 1")
        years = [
            int(year)
            for (year,) in rows
            if SchoolYear(year).last_day <= self.question.as_of
        ]
        return years[-MOST_YEARS:]

    def _words(self, years: list[int], settings: CohortSettings) -> dict[str, str]:
        ending = len(CHECKPOINTS)
        days = [*CHECKPOINTS, (6, 30)]
        moments = ", ".join(
            f"({place}, {month}, {day})" for place, (month, day) in enumerate(days)
        )
        passing = settings.thresholds.get("early_warning.passing_mark")
        codes = [literal(one) for one in settings.incident_kinds.get("serious", ())]
        named = f"LOWER(TRIM(behavior)) IN ({', '.join(codes)})"
        return {
            "passing": "NULL" if passing is None else repr(float(passing)),
            "serious": f"COALESCE({named}, FALSE)" if codes else "FALSE",
            "as_of": f"DATE '{self.question.as_of.isoformat()}'",
            "first": str(years[0]),
            "last": str(years[-1]),
            "ending": str(ending),
            "moments": moments,
            "recent": str(RECENT_DAYS),
            "fewest": str(FEWEST_IN_GRADE),
            "eligible": str(MIN_DAYS_CALIFORNIA),
            "incidents_collected": str(self.question.tables.has("incidents")).lower(),
        }

    def _group_codes(self, rows: Ints) -> dict[str, Ints]:
        """Each row's group by family; grade and overlapping races left out."""
        found = self._con.sql(
            f"SELECT * FROM memberships_{Interval.SCHOOL_YEAR} ORDER BY id"
        ).fetchnumpy()
        families = self._collected() - {"grade", "race_any"}
        return {
            family: found[family].astype(np.int64)[rows]
            for family in FAMILIES
            if family in families and family in found
        }


def _nobody() -> Cohorts:
    nothing, none = np.zeros(0), np.zeros(0, np.int64)
    return Cohorts(
        names=FEATURES,
        features=np.zeros((0, len(FEATURES)), np.float32),
        rule=nothing,
        outcome=nothing,
        met_after=nothing,
        school_year=none,
        checkpoint=none,
        checkpoints=_names_of_checkpoints(),
        school=none,
        schools=(),
        student=none,
    )


def _names_of_checkpoints() -> tuple[str, ...]:
    return tuple(f"{month:02d}-{day:02d}" for month, day in CHECKPOINTS)


def _cohorts(
    found: Mapping[str, Any],
    schools: tuple[str, ...],
    groups: dict[str, Ints],
    minimum_days: float,
) -> Cohorts:
    # Blocks are whole numbers of 62 bits: more than a float can hold.
    blocks = np.column_stack(
        [np.ma.filled(found[f"b{place}"], 0) for place in range(6)]
    )
    columns = {name: _numbers(values) for name, values in found.items()}
    outcome, met_after = _outcome(columns, blocks.astype(np.int64))
    return Cohorts(
        names=FEATURES,
        features=_features(columns),
        rule=_rule(columns, minimum_days),
        outcome=outcome,
        met_after=met_after,
        school_year=_whole(found["school_year"]),
        checkpoint=_whole(found["moment"]),
        checkpoints=_names_of_checkpoints(),
        school=_whole(found["place"]),
        schools=schools,
        student=_whole(found["number"]),
        groups=groups,
        group_names={
            family: tuple(group.code for group in FAMILIES[family].groups)
            for family in groups
        },
    )


def _numbers(values: Any) -> Floats:
    """A column of numbers; what the records do not say is nan, never 0."""
    known = np.ma.asarray(values).astype(np.float64)
    return np.asarray(np.ma.filled(known, np.nan), np.float64)


def _whole(values: Any) -> Ints:
    return np.asarray(values, np.int64)


def _share(part: Floats, whole: Floats) -> Floats:
    """The quotient; nan where there is nothing to divide by."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), np.nan)


def _features(columns: Mapping[str, Floats]) -> Features:
    absent, enrolled = columns["absent"], columns["enrolled"]
    # Absences without any reason told are not known to be excused.
    untold = (absent > 0) & (columns["told"] == 0)
    unexcused = np.where(untold, np.nan, columns["unexcused"])
    recent = np.where(columns["recent_days"] > 0, columns["recent_absent"], np.nan)
    made = {
        "share_absent": _share(absent, enrolled),
        "share_unexcused": _share(unexcused, enrolled),
        "recent_absences": recent,
    }
    return np.column_stack(
        [made[name] if name in made else columns[name] for name in FEATURES]
    ).astype(np.float32)


def _rule(columns: Mapping[str, Floats], minimum_days: float) -> Floats:
    """How many of the three lines of the ABC rule are known to be crossed."""
    enough = columns["enrolled"] >= minimum_days
    share = _share(columns["absent"], columns["enrolled"])
    flags = abc_flags(
        absence_rate=np.where(enough, share, np.nan),
        suspension_days=columns["suspension_days"],
        minor_incidents=columns["incidents"] - columns["serious"],
        failing_ela=columns["failing_ela"],
        failing_math=columns["failing_math"],
        serious_incidents=columns["serious"],
    )
    return flags.crossed.astype(np.float64)


def _outcome(columns: Mapping[str, Floats], blocks: Ints) -> tuple[Floats, Floats]:
    """Not on track at the year's end, and days until that was certain."""
    enrolled, absent = columns["end_enrolled"], columns["end_absent"]
    measured = enrolled >= MIN_DAYS_CALIFORNIA
    chronic = measured & (_TENTH * absent >= enrolled)
    failing = (columns["end_failing_ela"] == YES) | (columns["end_failing_math"] == YES)
    marked = ~(
        np.isnan(columns["end_failing_ela"]) & np.isnan(columns["end_failing_math"])
    )
    known = measured | (np.isnan(enrolled) & marked)
    outcome = np.where(known, (chronic | failing).astype(np.float64), np.nan)
    after = np.where(failing, columns["failed_after"], np.inf)
    late = np.flatnonzero(chronic)
    of_late = {name: values[late] for name, values in columns.items()}
    met = _days_to_the_tenth(of_late, blocks[late])
    after[late] = np.minimum(after[late], met)
    happened = outcome == YES
    return outcome, np.where(happened, np.maximum(after, 0), np.nan)


def _days_to_the_tenth(columns: Mapping[str, Floats], blocks: Ints) -> Floats:
    """Days from the checkpoint to the absence that made a tenth of the whole year."""
    so_far = np.cumsum(np.bitwise_count(blocks), axis=1).astype(np.int64)
    needed = np.ceil(columns["end_enrolled"] / _TENTH).astype(np.int64)
    place = np.argmax(so_far >= needed[:, None], axis=1)
    own = np.arange(len(blocks))
    before = np.where(place > 0, so_far[own, place - 1], 0)
    days = (blocks[own, place][:, None] >> np.arange(_BITS)) & 1
    bit = np.argmax(np.cumsum(days, axis=1) >= (needed - before)[:, None], axis=1)
    year = columns["school_year"].astype(np.int64)
    met = _day(year - 1, 7 + 2 * place + (bit >= 31), 1 + bit % 31)
    month, day = np.array(CHECKPOINTS)[columns["moment"].astype(np.int64)].T
    fall = (month >= FIRST_MONTH).astype(np.int64)
    return (met - _day(year - fall, month, day)).astype(np.float64)


def _day(year: Ints, month: Ints, day: Ints) -> Ints:
    """Days since 1970; months beyond 12 run into the next year."""
    first = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    return first.astype("datetime64[D]").astype(np.int64) + day - 1
