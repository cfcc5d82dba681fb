"""Supports that students of the invented district were given, and what they changed.

One lowers absence, one changes nothing, and one goes to the students with the highest
scores, who are like nobody else. Who gets the first two hangs on the days missed in the
45 school days before, as a school would choose: so those who get them miss more than
others afterwards too, and plain comparisons mislead. Drawn from a stream of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.assessments import SUBJECTS, draw_scores
from evenrise.synthetic.attendance import (
    EXCUSED,
    MEDICAL,
    PRESENT,
    STUDY,
    SUSPENDED,
    UNEXCUSED,
    Days,
)
from evenrise.synthetic.chance import Chance, logistic
from evenrise.synthetic.leanings import Leanings
from evenrise.synthetic.people import GRADES as GRADE_COUNT
from evenrise.synthetic.places import DAYS, Calendar, make_calendar
from evenrise.synthetic.stays import Stays
from evenrise.synthetic.truths import Chosen, PlantedSupport


YEARS = 2  # the latest school years in which supports began
BEFORE = 45  # school days that are looked at before somebody is chosen
_STARTS = (50, 126)  # places in the calendar on which a support may begin
_STEEP, _MOST = 22.0, 0.25  # how days missed make it likelier, and up to which share
_STRONGEST = 0.05  # share of those tested
_OFTEN = 0.1  # chance of a day's absence at which an amount is meant
_SETTLED = 60  # days after the last school year from which another one runs
_NEWEST = (7, 56)  # days before today on which running supports began
_SEEN = np.array([EXCUSED, MEDICAL, UNEXCUSED, SUSPENDED, STUDY], np.int8)


@dataclass(frozen=True, slots=True)
class Begun:
    """Supports begun, one row each, in columns.

    `support` is a place in the planted supports, `student` and `school` places in
    People and Places, `day` a place in the calendar of `year`.
    """

    support: NDArray[np.int8]
    student: NDArray[np.int32]
    school: NDArray[np.int32]
    year: NDArray[np.int16]
    day: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.student)


@dataclass
class Helping:
    """Chooses students while attendance is drawn, and makes a support work.

    Called with the cells of each piece, before they are written.
    """

    leanings: Leanings
    chance: Chance
    as_of: dt.date
    strongest: dict[int, NDArray[np.bool_]]
    calendars: dict[int, Calendar] = field(default_factory=dict)
    parts: list[Begun] = field(default_factory=list)

    @property
    def planted(self) -> tuple[PlantedSupport, ...]:
        """The supports of this district; none where nothing is planted."""
        return self.leanings.truths.supports

    def __call__(self, cells: Days, calendar: Calendar) -> None:
        """Choose among the students of a piece; their later days change in place."""
        year, stays = calendar.year, cells.stays
        if not self.planted or year not in self.leanings.years[-YEARS:]:
            return
        self.calendars[year] = calendar
        rng = self.chance.of("supports", year, int(stays.student[0]))
        for place, support in enumerate(self.planted):
            day = rng.integers(*_STARTS, len(stays)).astype(np.int16)
            there = (stays.exit == 1) & (stays.first <= day - BEFORE)
            share = _missed_before(cells, day)
            chosen = there & self._chosen(support, stays, year, share, rng)
            self._note(place, stays.where(chosen), year, day[chosen])
            _lower(cells, np.flatnonzero(chosen), day, support.amount, rng)
        if year == self.leanings.years[-1]:
            self._now(cells, year + 1)

    def _chosen(
        self,
        support: PlantedSupport,
        stays: Stays,
        year: int,
        share: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> NDArray[np.bool_]:
        draw = rng.random(len(stays))
        if support.chosen is Chosen.STRONGEST:
            return self.strongest[year][stays.student]
        likely = logistic(support.offer + _STEEP * np.minimum(share, _MOST))
        return np.asarray(draw < likely)

    def _now(self, cells: Days, year: int) -> None:
        """Supports of the last weeks, in the year whose records are to come."""
        last = self.calendars[year - 1].last.astype(object)
        if self.as_of < last + dt.timedelta(days=_SETTLED):
            return
        calendar = make_calendar(year, self.leanings.places, self.chance)
        today = np.datetime64(self.as_of, "D")
        ago = (today - calendar.dates).astype(np.int64)
        days = np.flatnonzero((ago >= _NEWEST[0]) & (ago <= _NEWEST[1]))
        if not len(days):
            return
        self.calendars[year] = calendar
        stays = cells.stays
        rng = self.chance.of("supports now", year, int(stays.student[0]))
        there = (stays.exit == 1) & (stays.grade < GRADE_COUNT - 1)
        share = _missed_before(cells, np.full(len(stays), DAYS, np.int16))
        for place, support in enumerate(self.planted):
            day = days[rng.integers(0, len(days), len(stays))].astype(np.int16)
            chosen = there & self._chosen(support, stays, year, share, rng)
            self._note(place, stays.where(chosen), year, day[chosen])

    def _note(
        self, support: int, stays: Stays, year: int, day: NDArray[np.int16]
    ) -> None:
        size = len(stays)
        self.parts.append(
            Begun(
                np.full(size, support, np.int8),
                stays.student,
                stays.school,
                np.full(size, year, np.int16),
                day,
            )
        )

    def begun(self) -> Begun:
        """Everything that began, in the order of supports, years and students."""
        parts = self.parts
        joined = [
            np.concatenate([getattr(part, name) for part in parts])
            if parts
            else np.zeros(0, np.int64)
            for name in Begun.__slots__
        ]
        order = np.lexsort((joined[1], joined[3], joined[0]))
        columns: list[NDArray[Any]] = [column[order] for column in joined]
        return Begun(*columns)


def _missed_before(cells: Days, day: NDArray[np.int16]) -> NDArray[np.float64]:
    """The share of school days missed in those before a day, for each stay."""
    absent = np.isin(cells.code, _SEEN)
    total = np.zeros((len(absent), DAYS + 1), np.int16)
    np.cumsum(absent, axis=1, out=total[:, 1:], dtype=np.int16)
    row = np.arange(len(absent))
    begin = np.maximum(day - BEFORE, 0)
    return np.asarray((total[row, day] - total[row, begin]) / BEFORE, np.float64)


def _lower(
    cells: Days,
    rows: NDArray[np.int64],
    day: NDArray[np.int16],
    amount: float,
    rng: np.random.Generator,
) -> None:
    """Turn some absences of chosen stays into presence, from a day on."""
    if amount >= 0 or not len(rows):
        return
    start = np.log(_OFTEN / (1 - _OFTEN))
    kept = float(logistic(np.array([start + amount]))[0]) / _OFTEN
    code = cells.code[rows]
    later = np.arange(DAYS) >= day[rows][:, None]
    absent = later & np.isin(code, (EXCUSED, MEDICAL, UNEXCUSED))
    code[absent & (rng.random(code.shape) >= kept)] = PRESENT
    cells.code[rows] = code


def strongest_students(
    years: Iterable[Stays], leanings: Leanings, chance: Chance
) -> dict[int, NDArray[np.bool_]]:
    """By year, the students with the highest latest earlier test scores.

    Scores are standardized within grade, as a school would read them; the year after
    the last is told too.
    """
    latest = np.full(len(leanings.people), np.nan)
    found: dict[int, NDArray[np.bool_]] = {}
    after = 0
    for stays in years:
        found[stays.year] = _top(latest)
        total = np.zeros(len(latest))
        n = np.zeros(len(latest))
        for subject in SUBJECTS:
            scores = draw_scores(stays, subject, leanings, chance)
            some = stays.where(scores.rows)
            np.add.at(total, some.student, _within(scores.own, some.grade))
            np.add.at(n, some.student, 1)
        latest = np.where(n > 0, total / np.maximum(n, 1), latest)
        after = stays.year + 1
    found[after] = _top(latest)
    return found


def _within(own: NDArray[np.float64], grade: NDArray[np.int8]) -> NDArray[np.float64]:
    n = np.maximum(np.bincount(grade, minlength=GRADE_COUNT), 1)
    mean = np.bincount(grade, own, GRADE_COUNT) / n
    spread = np.sqrt(np.bincount(grade, own**2, GRADE_COUNT) / n - mean**2)
    spread = np.where(spread > 0, spread, 1)
    return np.asarray((own - mean[grade]) / spread[grade], np.float64)


def _top(score: NDArray[np.float64]) -> NDArray[np.bool_]:
    known = np.isfinite(score)
    if not known.any():
        return np.zeros(len(score), np.bool_)
    line = np.quantile(score[known], 1 - _STRONGEST)
    return known & (np.where(known, score, -np.inf) > line)
