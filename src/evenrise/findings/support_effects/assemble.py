"""Finds students comparable with those given a support, from windows of attendance.

    look = planned_look(as_of, given.begins_on)
    days, pairs = days_asked(given, look)
    windows = absence_windows(snapshot, days, look.on, pairs=pairs)
    studies = assemble(given, windows, look)

Each student given a support stands beside up to four who began no such support by then,
of the same school level and month, with as many days missed before. Whole columns
throughout: nothing here goes student by student.
"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.findings.support_effects.followed import (
    ENOUGH_DAYS,
    Followed,
    absences_followed,
    measured,
)
from evenrise.findings.support_effects.study import (
    Flags,
    Floats,
    Look,
    SupportStudy,
)
from evenrise.indicators.flags.measures import Domain
from evenrise.indicators.flags.windows import Windows
from evenrise.vocabulary.grades import GRADES


LOOKS = 4  # January and June, over two years
YEARS_BACK = 2  # supports begun before are judged no more
LOOK_DAYS = ((1, 31), (6, 30))
COMPARISONS = 4  # for each student given it
# Shares (of days missed, of marks failed) before that count as alike.
BANDS = np.array([0.0001, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.35])
_RECENTLY = 120  # days in which another support may still work
_MIDDLE, _HIGH = GRADES.index("06"), GRADES.index("09")

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]

__all__ = ["ENOUGH_DAYS", "Given", "assemble", "measured", "planned_look"]


@dataclass(frozen=True, slots=True)
class Given:
    """Supports that students were given, one row each, in columns.

    `student` holds the records' codes, `support` the kinds' keys; `planned` and
    `delivered` count sessions by the day of asking.
    """

    student: NDArray[np.str_]
    support: NDArray[np.str_]
    begins_on: Days
    planned: Ints
    delivered: Ints

    def __len__(self) -> int:
        return len(self.student)

    @property
    def keys(self) -> tuple[str, ...]:
        """The kinds of support, in order."""
        return tuple(str(key) for key in np.unique(self.support))

    def where(self, kept: Flags) -> Given:
        """Some of the rows."""
        return Given(
            self.student[kept],
            self.support[kept],
            self.begins_on[kept],
            self.planned[kept],
            self.delivered[kept],
        )


def planned_look(as_of: dt.date, begins_on: Days) -> Look:
    """The latest planned look by a day, and how many there were since the first start.

    31 January and 30 June. Whoever asks in between gets the same answer, since it is
    made of what was known at the look: asking more often finds nothing more.
    """
    days = [
        dt.date(year, month, day)
        for year in range(as_of.year - YEARS_BACK - 1, as_of.year + 1)
        for month, day in LOOK_DAYS
    ]
    past = [day for day in days if day <= as_of]
    on = past[-1]
    since = begins_on[(begins_on > _oldest(on)) & (begins_on <= np.datetime64(on))]
    first = since.min().astype(object) if len(since) else on
    number = sum(day >= first for day in past)
    return Look(max(1, min(LOOKS, number)), LOOKS, on)


def _oldest(on: dt.date) -> np.datetime64:
    """Starts up to this day are judged no more."""
    return np.datetime64(on.replace(year=on.year - YEARS_BACK))


def days_asked(given: Given, look: Look) -> tuple[Days, tuple[NDArray[np.str_], Days]]:
    """What `absence_windows` is asked: a day of each month, and each student's start.

    Everybody is asked about on the middle start of a month.
    """
    judged = given.where(_judged(given, look))
    return _middles(judged.begins_on), (judged.student, judged.begins_on)


def _judged(given: Given, look: Look) -> Flags:
    if look.on is None:
        return np.ones(len(given), np.bool_)
    return (given.begins_on > _oldest(look.on)) & (
        given.begins_on <= np.datetime64(look.on)
    )


def _middles(starts: Days) -> Days:
    """The middle start of every month that has one."""
    ordered = np.sort(starts.astype("datetime64[D]"))
    month = ordered.astype("datetime64[M]")
    _, first, count = np.unique(month, return_index=True, return_counts=True)
    return np.asarray(ordered[first + (count - 1) // 2], "datetime64[D]")


@dataclass(frozen=True, slots=True)
class Pool:
    """Everybody's windows, with what makes two students alike; one row each."""

    windows: Windows
    followed: Followed
    share: Floats  # of days missed, or marks failed, before
    stratum: Ints  # month, level and band of that share; -1 unknown
    school_share: Floats

    @classmethod
    def of(cls, windows: Windows, followed: Followed) -> Pool:
        """The rows that can be compared by one outcome."""
        share = followed.before
        known = followed.known & (windows.grade >= 0)
        level = (windows.grade >= _MIDDLE).astype(np.int64) + (windows.grade >= _HIGH)
        month = windows.day.astype("datetime64[M]").astype(np.int64)
        band = np.searchsorted(BANDS, share, side="right")
        stratum = (month * 3 + level) * 16 + band
        return cls(
            windows,
            followed,
            share,
            np.where(known, stratum, -1),
            _school_shares(windows, share, month, known),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the covariates."""
        lately, earlier, school = self.followed.names
        names = (lately, earlier, "grade", "score", "untested", school, "other_support")
        if self.followed.domain is Domain.ATTENDANCE:
            return names
        return (*names, "absent_before")

    def covariates(self, key: str, given: Given, rows: Ints) -> Floats:
        """What is known of rows from before, one column a name."""
        windows = self.windows
        columns: list[Floats] = [
            self.share[rows],
            self.followed.earlier[rows],
            windows.grade[rows].astype(np.float64),
            windows.score[rows].astype(np.float64),
            (~windows.tested[rows]).astype(np.float64),
            self.school_share[rows],
            _others(key, given, windows, rows).astype(np.float64),
        ]
        if self.followed.domain is not Domain.ATTENDANCE:
            days = np.maximum(windows.days_before[rows], 1)
            columns.append(windows.absent_before[rows] / days)
        return np.column_stack(columns)


def _school_shares(
    windows: Windows, share: Floats, month: Ints, known: Flags
) -> Floats:
    """That share at each row's school in that month, a mean over students."""
    cell = month * (len(windows.schools) + 1) + windows.school
    cells, at = np.unique(cell, return_inverse=True)
    counted = windows.whole & known
    n = np.bincount(at, weights=counted, minlength=len(cells))
    total = np.bincount(at, weights=np.where(counted, share, 0), minlength=len(cells))
    everywhere = float(share[counted].mean()) if counted.any() else 0.0
    mean = np.where(n > 0, total / np.maximum(n, 1), everywhere)
    return np.asarray(mean[at], np.float64)


def assemble(
    given: Given, windows: Windows, look: Look, followed: Followed | None = None
) -> tuple[SupportStudy, ...]:
    """A study of every support that anybody was given, in the order of their keys.

    Args:
        given: all supports that were given.
        windows: the rows.
        look: when it is judged.
        followed: the outcome; days missed where it is left out.
    """
    pool = Pool.of(windows, followed or absences_followed(windows))
    return tuple(study_of(key, given, pool, look) for key in given.keys)


def study_of(key: str, given: Given, pool: Pool, look: Look) -> SupportStudy:
    """Those given one support beside comparable students."""
    windows, followed = pool.windows, pool.followed
    rows, at, recent = _starts(key, given, pool, look)
    taken, unmatched = _alike(key, given, pool, at)
    at, rows = at[~unmatched], rows[~unmatched]
    both = np.concatenate([at, taken])
    treated = np.arange(len(both)) < len(at)
    left = followed.lost[both]
    sessions = np.zeros((2, len(both)), np.int64)
    sessions[:, : len(at)] = given.planned[rows], given.delivered[rows]
    return SupportStudy(
        support=key,
        measured=followed.measured,
        treated=treated,
        outcome=np.where(left, 0.0, followed.after[both]),
        covariates=pool.covariates(key, given, both),
        covariate_names=pool.names,
        school=windows.school[both].astype(np.int64),
        started_on=windows.day[both],
        planned=sessions[0],
        delivered=sessions[1],
        lost=left,
        too_recent=recent,
        unmatched=int(unmatched.sum()),
        look=look,
        everybody=_everybody(key, given, pool, at),
    )


def _everybody(key: str, given: Given, pool: Pool, at: Ints) -> float | None:
    """What followed for all others, in the months of the starts and as often."""
    windows = pool.windows
    month = windows.day.astype("datetime64[M]").astype(np.int64)
    months, starts = np.unique(month[at], return_counts=True)
    others = windows.whole & pool.followed.counts.over
    others &= ~pool.followed.lost & np.isin(month, months)
    others &= ~_begun(key, given, windows)
    place = np.searchsorted(months, month[others])
    n = np.bincount(place, minlength=len(months))
    if not len(months) or not n.all():
        return None
    share = pool.followed.after[others]
    mean = np.bincount(place, weights=share, minlength=len(months)) / n
    return float(mean @ starts / starts.sum())


def _starts(key: str, given: Given, pool: Pool, look: Look) -> tuple[Ints, Ints, int]:
    """Each student's first start that can be judged: rows of `given`, of the windows.

    And how many began too recently to be judged yet.
    """
    windows = pool.windows
    meant = (given.support == key) & _judged(given, look)
    rows = np.flatnonzero(meant)
    rows = rows[np.argsort(given.begins_on[rows], kind="stable")]
    _, first = np.unique(given.student[rows], return_index=True)
    rows = rows[first]
    at = row_of(windows, given.student[rows], given.begins_on[rows])
    rows, at = rows[at >= 0], at[at >= 0]
    over = pool.followed.counts.over[at]
    judged = over & (pool.stratum[at] >= 0)
    return rows[judged], at[judged], int((~over).sum())


def row_of(windows: Windows, student: NDArray[np.str_], day: Days) -> Ints:
    """The rows of the windows for students and days; -1 where there is none."""
    if not len(windows):
        return np.full(len(student), -1, np.int64)
    place = windows.places(student)
    keys = _keys(windows.student, windows.day)
    wanted = _keys(place, day)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where((place >= 0) & (keys[at] == wanted), at, -1)


def _keys(student: NDArray[np.integer[Any]], day: Days) -> Ints:
    days = day.astype("datetime64[D]").astype(np.int64)
    return student.astype(np.int64) * 100_000 + days


def _alike(key: str, given: Given, pool: Pool, at: Ints) -> tuple[Ints, Flags]:
    """Rows of comparable students, and who of those given it has none.

    Every comparable student stands in one row only, of a month drawn by chance; the
    draw is the same every time.
    """
    windows = pool.windows
    strata, wanted = np.unique(pool.stratum[at], return_counts=True)
    able = windows.whole & pool.followed.counts.over
    able &= np.isin(pool.stratum, strata) & ~_begun(key, given, windows)
    rows = np.flatnonzero(able)
    rng = np.random.default_rng(zlib.crc32(key.encode()))
    rows = rows[rng.permutation(len(rows))]
    _, first = np.unique(windows.student[rows], return_index=True)
    rows = rows[np.sort(first)]
    stratum = np.searchsorted(strata, pool.stratum[rows])
    order = np.argsort(stratum, kind="stable")
    rows, stratum = rows[order], stratum[order]
    start = np.searchsorted(stratum, np.arange(len(strata)))
    nth = np.arange(len(rows)) - start[stratum]
    rows = rows[nth < COMPARISONS * wanted[stratum]]
    alone = ~np.isin(pool.stratum[at], pool.stratum[rows])
    return rows, alone


def _begun(key: str, given: Given, windows: Windows) -> Flags:
    """Whether each row's student had begun this support by its day.

    Who begins later stays: leaving them out would leave out those for whom things went
    worse in the meantime.
    """
    meant = given.support == key
    place = windows.places(given.student[meant])
    begins = given.begins_on[meant][place >= 0]
    earliest = np.full(len(windows.students), np.datetime64("9999-12-31"))
    np.minimum.at(earliest, place[place >= 0], begins.astype("datetime64[D]"))
    return np.asarray(earliest[windows.student] <= windows.day)


def _others(key: str, given: Given, windows: Windows, rows: Ints) -> Flags:
    """Whether each row's student began another support not long before."""
    meant = given.support != key
    place = windows.places(given.student[meant])
    keys = np.sort(_keys(place, given.begins_on[meant])[place >= 0])
    student, day = windows.student[rows], windows.day[rows]
    low = np.searchsorted(keys, _keys(student, day - _RECENTLY), side="left")
    high = np.searchsorted(keys, _keys(student, day), side="right")
    return np.asarray(high > low)
