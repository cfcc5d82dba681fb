"""Conditions: settings in which many students are flagged at once, and how sure we are.

A school's Mondays or late starts, a month, a grade, a course: compared with the
school's other days or with the rest of the district. All comparisons of a district are
one family: p-values are adjusted for the false discovery rate. A condition says that
something is different, never why, and names no student.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from evenrise.findings.comparisons import ALPHA
from evenrise.findings.early_warning import condition_words as words
from evenrise.findings.finding import Certainty
from evenrise.indicators.flags.conditions import (
    SchoolDays,
    Settings,
    count_conditions,
)
from evenrise.indicators.flags.counting import FlagSettings
from evenrise.indicators.naming import SnapshotLike, read_names
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import SMALL_COUNT, difference_arrays, difference_p
from evenrise.statistics.two_means import FEWEST, Means, welch
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Text


Kind = Literal["weekday", "bell_schedule", "month", "grade", "course"]
FEW = 11  # students: below it nothing is told
DISTRICT = ""
_WEEKDAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One setting beside what to expect; `school_id` is blank for the whole district.

    `key` is the weekday (0: Monday), the bell schedule (`late_start`), the month
    (`2025-10`), the grade or the course, `n` the students (for days: on a usual day),
    `observed` and `expected` shares from 0 to 1, `difference` observed minus expected
    with its interval. `units` counts the days or weeks of a weekday, bell schedule or
    month.
    """

    kind: Kind
    school_id: str
    key: str
    n: int
    observed: float | None
    expected: float | None
    difference: Estimate
    adjusted_p: float | None
    certainty: Certainty
    units: int | None
    sentence: Text

    @property
    def students(self) -> float:
        """Students beyond the line more than expected: on one such day, or in all."""
        return (self.difference.value or 0.0) * self.n

    def as_json(self) -> dict[str, Any]:
        """Plain data, for keeping."""
        return {**asdict(self), "certainty": str(self.certainty)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One comparison before all are judged together."""

    kind: Kind
    school_id: str
    key: str
    label: str
    n: int
    beyond: int | None  # students; None where days are counted
    observed: float
    expected: float
    lower: float
    upper: float
    p: float
    units: int | None = None
    alone: bool = False  # compared with what the school itself does otherwise


def conditions_of(
    snapshot: SnapshotLike,
    as_of: dt.date,
    settings: Any,
    *,
    every: bool = False,
) -> tuple[Condition, ...]:
    """The conditions of this school year, the surest and largest first.

    Args:
        snapshot: the records.
        as_of: what became known later is not read.
        settings: the district's (names, thresholds and kinds of incidents).
        every: also those that may be chance, are no worse than expected, or are of
            too few students; otherwise only those that stand out.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    flags: FlagSettings = settings
    counts = count_conditions(snapshot, as_of, flags)
    rows = [
        *_by_days(counts.days),
        *_by_students("grade", counts.grades),
        *_by_students("course", counts.courses),
    ]
    names = read_names(snapshot, settings)
    adjusted = benjamini_hochberg([row.p for row in rows])
    found = []
    for row, p in zip(rows, adjusted.tolist(), strict=True):
        certainty = _certainty(row, p)
        if every or (certainty is Certainty.DIFFERENT and row.observed > row.expected):
            school = names.name("school", row.school_id)
            found.append(_condition(row, p, certainty, school))
    order = [Certainty.DIFFERENT, Certainty.UNCLEAR, Certainty.TOO_FEW]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                order.index(one.certainty),
                -one.students,
                one.kind,
                one.school_id,
                one.key,
            ),
        )
    )


def _certainty(row: _Row, adjusted: float) -> Certainty:
    if np.isnan(adjusted):
        return Certainty.TOO_FEW
    if row.beyond is not None and row.beyond < SMALL_COUNT:
        return Certainty.UNCLEAR  # a handful more or less would change the answer
    return Certainty.DIFFERENT if adjusted < ALPHA else Certainty.UNCLEAR


def _condition(
    row: _Row, adjusted: float, certainty: Certainty, school: str
) -> Condition:
    few = certainty is Certainty.TOO_FEW
    difference = (
        Estimate.unknown(Reason.TOO_FEW)
        if few
        else Estimate(row.observed - row.expected, row.lower, row.upper, row.n)
    )
    story = words.ConditionStory(
        kind=row.kind,
        school=school if row.school_id else "",
        key=row.key,
        label=row.label,
        n=row.n,
        observed=row.observed,
        expected=row.expected,
        difference=difference,
        units=row.units,
        alone=row.alone,
        certainty=certainty,
    )
    return Condition(
        kind=row.kind,
        school_id=row.school_id,
        key=row.key,
        n=row.n,
        observed=None if few else row.observed,
        expected=None if few else row.expected,
        difference=difference,
        adjusted_p=None if few else adjusted,
        certainty=certainty,
        units=row.units,
        sentence=words.sentence(story),
    )


def _by_days(days: SchoolDays) -> Iterator[_Row]:
    """Weekdays, each day once; months, each week once: days in a row are alike.

    Bell schedules are each school's own: days that the calendar leaves blank are among
    a school's other days.
    """
    if not len(days.school):
        return
    if days.bells:
        each = np.arange(len(days.school))
        rows = _parted("bell_schedule", days, days.bell, each)
        yield from (row for row in rows if row.key)
    parts = [days]
    if len(days.schools) > 1:
        parts.append(_district(days))
    for part in parts:
        date = part.date.astype("datetime64[D]")
        number = date.astype(np.int64)
        weekday = (number + 3) % _WEEKDAYS  # 1 January 1970 was a Thursday
        yield from _parted("weekday", part, weekday, np.arange(len(date)))
        month = date.astype("datetime64[M]").astype(np.int64)
        week = (number + 3) // _WEEKDAYS
        _, unit = np.unique(
            np.stack([part.school, month, week]), axis=1, return_inverse=True
        )
        yield from _parted("month", part, month, unit.reshape(-1))


def _district(days: SchoolDays) -> SchoolDays:
    """All schools together, a day each."""
    date, at = np.unique(days.date, return_inverse=True)
    at = at.reshape(-1)
    enrolled, absent = (
        np.bincount(at, weights=part).astype(np.int64)
        for part in (days.enrolled, days.absent)
    )
    return SchoolDays(
        schools=(DISTRICT,),
        school=np.zeros(len(date), dtype=np.int64),
        date=date,
        enrolled=enrolled,
        absent=absent,
        bell=np.full(len(date), -1, dtype=np.int64),  # each school has its own
        bells=(),
    )


def _parted(kind: Kind, days: SchoolDays, part: Any, unit: Any) -> Iterator[_Row]:
    """Each part of the year beside the school's other days.

    Args:
        kind: weekday, bell schedule or month.
        days: those of one school, or of all.
        part: the weekday, bell schedule or month of each day.
        unit: which day or week it belongs to.
    """
    schools = len(days.schools)
    _, first = np.unique(unit, return_index=True)
    absent, enrolled = (
        np.bincount(unit, weights=one) for one in (days.absent, days.enrolled)
    )
    rate = absent / enrolled
    parts, at = np.unique(part[first], return_inverse=True)
    school = days.school[first]
    cell = school * len(parts) + at.reshape(-1)
    own = Means.of(cell, rate, schools * len(parts))
    whole = Means.of(school, rate, schools).at(
        np.repeat(np.arange(schools), len(parts))
    )
    others = whole.without(own)
    _, lower, upper, p = welch(own, others)
    usual = Means.of(days.school, days.enrolled, schools).mean
    observed, expected = own.mean, others.mean
    for place in np.flatnonzero((own.n >= FEWEST) & (others.n >= FEWEST)).tolist():
        at_school, at_part = divmod(place, len(parts))
        n = int(usual[at_school])
        key, label = _key(kind, int(parts[at_part]), days)
        yield _Row(
            kind=kind,
            school_id=days.schools[at_school],
            key=key,
            label=label,
            n=n,
            beyond=None,
            observed=float(observed[place]),
            expected=float(expected[place]),
            lower=float(lower[place]),
            upper=float(upper[place]),
            p=float(p[place]) if n >= FEW else float("nan"),
            units=int(own.n[place]),
        )


def _key(kind: Kind, part: int, days: SchoolDays) -> tuple[str, str]:
    """The key and the label of a part; blank for days without a bell schedule."""
    if kind == "bell_schedule":
        return ("", "") if part < 0 else days.bells[part]
    return str(part) if kind == "weekday" else str(np.datetime64(part, "M")), ""


def _by_students(kind: Kind, cells: Settings) -> Iterator[_Row]:
    """Each school's grade or course beside the same one elsewhere in the district.

    What only one school has stands beside the school's others; what several have is
    also told for the whole district, beside the district's others.
    """
    if not cells.key:
        return
    keys, key = np.unique(np.array(cells.key), return_inverse=True)
    schools, school = np.unique(np.array(cells.school), return_inverse=True)
    n, x = (part.astype(np.float64) for part in (cells.students, cells.beyond))
    n_key, x_key = (np.bincount(key, weights=one) for one in (n, x))
    n_school, x_school = (np.bincount(school, weights=one) for one in (n, x))
    n_other, x_other = n_key[key] - n, x_key[key] - x
    alone = n_other < FEW
    n_other = np.where(alone, n_school[school] - n, n_other)
    x_other = np.where(alone, x_school[school] - x, x_other)
    where = [str(one) for one in schools[school]]
    labels = list(cells.label)
    if len(schools) > 1:
        label = dict(zip(cells.key, cells.label, strict=True))
        shared = np.flatnonzero(np.bincount(key) > 1)  # else the school tells it
        where += [DISTRICT] * len(shared)
        labels += [label[str(one)] for one in keys[shared]]
        n_other = np.concatenate([n_other, (n_key.sum() - n_key)[shared]])
        x_other = np.concatenate([x_other, (x_key.sum() - x_key)[shared]])
        alone = np.concatenate([alone, np.ones(len(shared), dtype=np.bool_)])
        n, x = np.concatenate([n, n_key[shared]]), np.concatenate([x, x_key[shared]])
        key = np.concatenate([key, shared])
    yield from _compared(
        kind,
        list(zip(where, [str(keys[one]) for one in key], labels, strict=True)),
        (x, n, x_other, n_other),
        alone.tolist(),
    )


def _compared(
    kind: Kind,
    what: Sequence[tuple[str, str, str]],
    counts: tuple[Any, Any, Any, Any],
    alone: Sequence[bool],
) -> Iterator[_Row]:
    x, n, x_other, n_other = counts
    lower, upper = difference_arrays(x, n, x_other, n_other)
    p = difference_p(x, n, x_other, n_other)
    p = np.where((n >= FEW) & (n_other >= FEW), p, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, expected = x / n, x_other / n_other
    for place, (school, key, label) in enumerate(what):
        yield _Row(
            kind=kind,
            school_id=school,
            key=key,
            label=label,
            n=int(n[place]),
            beyond=int(x[place]),
            observed=float(observed[place]),
            expected=float(expected[place]),
            lower=float(lower[place]),
            upper=float(upper[place]),
            p=float(p[place]),
            alone=alone[place],
        )
