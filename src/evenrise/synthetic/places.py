"""The schools of an invented district, their neighbourhoods and their calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance
from evenrise.synthetic.folder import Folder, constant, days, words, yes_no
from evenrise.synthetic.names import DISTRICT_CODE, DISTRICT_NAME, school_names


class Level(IntEnum):
    """The level of a school, in the order of LEVEL_CODES."""

    ELEMENTARY = 0
    MIDDLE = 1
    HIGH = 2
    ALTERNATIVE = 3
    CHARTER = 4


LEVEL_CODES = ("elementary", "middle", "high", "alternative", "k8")
_TITLES = (
    "{} Elementary",
    "{} Middle",
    "{} High",
    "{} Continuation",
    "{} Charter",
)
_LETTERS = "EMHAC"
# Students for whom one more school of the level is opened.
_STUDENTS_A_SCHOOL = (1_000, 3_000, 4_000, 25_000, 12_000)
SMALLEST_WITH_CHOICES = 2_000  # below this, no alternative school and no charter
DAYS = 180  # instructional days a year: California Education Code 46208


@dataclass(frozen=True, slots=True)
class Places:
    """Schools in columns; elementary schools come first, one a neighbourhood.

    `comfort` is how well off a neighbourhood is (standard deviations), `weight` its
    share of families, `middle_of` and `high_of` the schools that follow.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    level: NDArray[np.int8]
    comfort: NDArray[np.float64]
    weight: NDArray[np.float64]
    middle_of: NDArray[np.int32]
    high_of: NDArray[np.int32]

    @property
    def zones(self) -> int:
        """How many neighbourhoods there are."""
        return len(self.comfort)

    def of_level(self, level: Level) -> NDArray[np.int32]:
        """The schools of a level, as places in the columns."""
        return np.flatnonzero(self.level == level).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Calendar:
    """One school year: its instructional days, and which schools were open on them.

    `open` has the shape (schools, days).
    """

    year: int
    dates: NDArray[np.datetime64]
    holidays: NDArray[np.datetime64]
    open: NDArray[np.bool_]

    @property
    def first(self) -> Any:
        """The first instructional day, a `datetime64`."""
        return self.dates[0]

    @property
    def last(self) -> Any:
        """The last instructional day, a `datetime64`."""
        return self.dates[-1]


def make_places(students: int, chance: Chance) -> Places:
    """Schools for so many students."""
    counts = [max(1, round(students / each)) for each in _STUDENTS_A_SCHOOL]
    if students < SMALLEST_WITH_CHOICES:
        counts[Level.ALTERNATIVE] = counts[Level.CHARTER] = 0
    rng = chance.of("places")
    zones = counts[Level.ELEMENTARY]
    place = np.arange(zones)
    codes: list[str] = []
    names: list[str] = []
    shift = int(rng.integers(0, 4_000))
    for level, count in enumerate(counts):
        codes += [f"{_LETTERS[level]}{n:04d}" for n in range(1, count + 1)]
        named = school_names(count, shift + sum(counts[:level]))
        names += [_TITLES[level].format(name) for name in named]
    return Places(
        tuple(codes),
        tuple(names),
        np.repeat(np.arange(len(counts)), counts).astype(np.int8),
        rng.normal(0, 0.8, zones),
        rng.lognormal(0, 0.18, zones),
        (zones + place * counts[Level.MIDDLE] // zones).astype(np.int32),
        (zones + counts[Level.MIDDLE] + place * counts[Level.HIGH] // zones).astype(
            np.int32
        ),
    )


def make_calendar(year: int, places: Places, chance: Chance) -> Calendar:
    """The calendar of a school year; a tenth of the schools lose one day to a storm."""
    start = np.datetime64(dt.date(year - 1, 8, 18))
    weekdays = start + np.arange(7 * 46)
    weekdays = weekdays[np.is_busday(weekdays)]
    free = np.isin(weekdays, _holidays(year))
    dates = weekdays[~free][:DAYS]
    rng = chance.of("calendar", year)
    is_open = np.ones((len(places.codes), DAYS), np.bool_)
    closed = np.flatnonzero(rng.random(len(places.codes)) < 0.1)
    is_open[closed, rng.integers(70, 130, len(closed))] = False
    holidays = weekdays[free & (weekdays < dates[-1])]
    return Calendar(year, dates, holidays, is_open)


def _holidays(year: int) -> NDArray[np.datetime64]:
    """The weekdays without school: public holidays and three breaks."""
    thanksgiving = _nth(year - 1, 11, 4, "Thu")
    winter = np.busday_offset(
        np.datetime64(f"{year - 1}-12-25"), 0, roll="backward", weekmask="Mon"
    )
    spring = _nth(year, 4, 1, "Mon")
    one = [
        _nth(year - 1, 9, 1, "Mon"),
        np.datetime64(dt.date(year - 1, 11, 11)),
        _nth(year, 1, 3, "Mon"),
        _nth(year, 2, 3, "Mon"),
        _nth(year, 6, 1, "Mon") - 7,
    ]
    weeks = [
        thanksgiving - 3 + np.arange(5),
        winter + np.arange(12),
        spring + np.arange(5),
    ]
    return np.concatenate([np.array(one, "datetime64[D]"), *weeks])


def _nth(year: int, month: int, nth: int, weekday: str) -> Any:
    """The nth such weekday of a month."""
    found = np.busday_offset(
        np.datetime64(f"{year}-{month:02d}", "D"),
        nth - 1,
        roll="forward",
        weekmask=weekday,
    )
    return found.astype("datetime64[D]")


def write_places(folder: Folder, places: Places) -> None:
    """Write `schools.csv`."""
    count = len(places.codes)
    with folder.open("schools") as table:
        table.add(
            school_id=words(places.codes, np.arange(count)),
            name=words(places.names, np.arange(count)),
            level=words(LEVEL_CODES, places.level),
            district_id=constant(DISTRICT_CODE, count),
            district_name=constant(DISTRICT_NAME, count),
            charter=yes_no(places.level == Level.CHARTER),
        )


def write_calendars(folder: Folder, places: Places, calendars: list[Calendar]) -> None:
    """Write `calendar.csv`: every weekday of the year, for every school."""
    count = len(places.codes)
    with folder.open("calendar") as table:
        for calendar in calendars:
            closed = np.zeros((count, len(calendar.holidays)), np.bool_)
            dates = np.concatenate([calendar.dates, calendar.holidays])
            order = np.argsort(dates)
            school: NDArray[Any] = np.repeat(np.arange(count), len(dates))
            table.add(
                school_id=words(places.codes, school),
                date=days(np.tile(dates[order], count)),
                instructional=yes_no(
                    np.concatenate([calendar.open, closed], axis=1)[:, order].ravel()
                ),
            )
