"""Attendance, day by day: millions of rows, drawn and written in pieces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance, logistic
from evenrise.synthetic.conduct import Incidents
from evenrise.synthetic.folder import Folder, Table, coded, days as dates, words
from evenrise.synthetic.leanings import Leanings
from evenrise.synthetic.people import FIRST_NINTH
from evenrise.synthetic.places import DAYS, Calendar
from evenrise.synthetic.registry import student_ids
from evenrise.synthetic.stays import Stays
from evenrise.synthetic.truths import Outcome


# Every membership day, or only the days that were not simply present.
Form = Literal["every_day", "absences"]

_PIECE = 12_000  # stays drawn at a time: about 2 million cells, 30 MB
PRESENT, EXCUSED, UNEXCUSED, TARDY, PARTIAL, SUSPENDED, STUDY, MEDICAL = range(8)
_STATUS = (
    "present",
    *("absent", "absent", "tardy", "partial", "absent", "absent", "absent"),
)
_PORTION = (None, "1", "1", None, "0.5", "1", "1", "1")
_REASON = (
    None,
    "excused",
    "unexcused",
    "unexcused",
    "excused",
    "out_of_school_suspension",
    "independent_study_no_credit",
    "medical",
)
_BASE = -3.28
# The youngest and the oldest miss most.
_BY_GRADE = np.array(
    [0.35, 0.25, 0.05, 0, -0.1, -0.1, -0.1, 0, 0.05, 0.1, 0.1, 0.15, 0.2, 0.35]
)
_BY_WEEKDAY = np.array([1.2, 0.92, 0.88, 0.92, 1.22])
_AWAY = 65_536  # a draw is one of so many
# An absence runs on to a second and a third day with these chances.
_SECOND, _THIRD = 0.42, 0.2


@dataclass(frozen=True, slots=True)
class Days:
    """The cells of some stays: `code` has the shape (stays, days), -1 outside."""

    stays: Stays
    code: NDArray[np.int8]


def draw_attendance(
    stays: Stays,
    calendar: Calendar,
    incidents: Incidents,
    leanings: Leanings,
    chance: Chance,
    each: Callable[[Days, int], None],
) -> None:
    """Draw a year's attendance and hand it to `each`, a piece at a time.

    Args:
        stays: the year's stays.
        calendar: the year's calendar.
        incidents: the year's incidents, of which suspensions are absences.
        leanings: how far absence leans for whom.
        chance: the seed.
        each: takes the cells of a piece and how many stays are done.
    """
    year = stays.year
    rate = _rate(stays, leanings, chance)
    season = _season(calendar)
    out_stay, out_day = incidents.out_of_school()
    order = np.argsort(out_stay, kind="stable")
    out_stay, out_day = out_stay[order], out_day[order]
    for start in range(0, len(stays), _PIECE):
        some = np.arange(start, min(start + _PIECE, len(stays)))
        piece = stays.where(some)
        code = _cells(
            rate[some], season, piece.grade, chance.of("attendance", year, start)
        )
        low, high = np.searchsorted(out_stay, (start, start + len(some)))
        code[out_stay[low:high] - start, out_day[low:high]] = SUSPENDED
        day = np.arange(DAYS, dtype=np.int16)
        member = (piece.first[:, None] <= day) & (day <= piece.last[:, None])
        member &= calendar.open[piece.school]
        code[~member] = -1
        each(Days(piece, code), start + len(some))


def _rate(stays: Stays, leanings: Leanings, chance: Chance) -> NDArray[np.float32]:
    """The share of days that each stay's student begins an absence."""
    rng = chance.of("attending", stays.year)
    # One draw a child, so that two stays of a year have the same habits.
    habit = 0.35 * rng.standard_normal(len(leanings.people), np.float32)
    logit = _BASE + leanings.lean(
        Outcome.ABSENCE, stays.student, stays.school, stays.year
    )
    if leanings.truths.background:
        logit += _BY_GRADE[stays.grade]
        logit += 0.05 * (leanings.years[-1] - stays.year)
    logit += habit[stays.student] - 0.5 * leanings.people.latent[stays.student, 1]
    return (logistic(logit) / (1 + _SECOND + _THIRD)).astype(np.float32)


def _season(calendar: Calendar) -> NDArray[np.float32]:
    """How a day multiplies the rate: Mondays and Fridays, and the winter's colds."""
    weekday = (calendar.dates.astype("datetime64[D]").astype(np.int64) + 3) % 7
    middle = np.datetime64(f"{calendar.year}-01-25")
    away = (calendar.dates - middle).astype(np.int64) / 35
    shape = _BY_WEEKDAY[weekday] * (1 + 0.45 * np.exp(-(away**2)))
    return np.asarray(shape / shape.mean(), np.float32)


def _cells(
    rate: NDArray[np.float32],
    season: NDArray[np.float32],
    grade: NDArray[np.int8],
    rng: np.random.Generator,
) -> NDArray[np.int8]:
    """A code for every stay and day, as if all were members all year."""
    size = len(rate)
    draw = rng.integers(0, _AWAY, (size, DAYS), np.uint16)
    chance = np.minimum(rate[:, None] * season * _AWAY, 60_000)
    begins = draw < chance
    absent = begins.copy()
    absent[:, 1:] |= (draw < chance * _SECOND)[:, :-1]
    absent[:, 2:] |= (draw < chance * _THIRD)[:, :-2]
    code = np.zeros((size, DAYS), np.int8)
    # Lateness follows absence, and draws from the other end so that it is free.
    late = _AWAY - chance * 0.55
    code[draw > late] = TARDY
    code[draw > _AWAY - chance * 0.12] = PARTIAL
    where = np.flatnonzero(absent)
    why = rng.random(len(where), np.float32)
    excused = np.where(why < 0.4, MEDICAL, EXCUSED)
    reason = np.where(why < 0.62, excused, UNEXCUSED).astype(np.int8)
    older = grade[where // DAYS] >= FIRST_NINTH
    reason[(why > 0.985) & older] = STUDY
    code.ravel()[where] = reason
    return code


class AttendanceFile:
    """Writes `attendance.csv` in one of its two forms."""

    def __init__(self, table: Table, leanings: Leanings, form: Form) -> None:
        self.table = table
        self.leanings = leanings
        self.least = 0 if form == "every_day" else 1

    def add(self, days: Days, calendar: Calendar) -> None:
        """Append the cells of a piece, a stay after the other."""
        where = np.flatnonzero(days.code >= self.least)
        stay, day = np.divmod(where.astype(np.int32), np.int32(DAYS))
        code = days.code.ravel()[where]
        self.table.add(
            student_id=coded(
                student_ids(self.leanings.people, days.stays.student), stay
            ),
            school_id=words(self.leanings.places.codes, days.stays.school[stay]),
            date=coded(dates(calendar.dates), day),
            status=words(_STATUS, code),
            portion_absent=words(_PORTION, code),
            reason=words(_REASON, code),
        )


def write_attendance(  # noqa: PLR0913 - what the file is made of
    folder: Folder,
    years: list[tuple[Stays, Calendar, Incidents]],
    leanings: Leanings,
    chance: Chance,
    *,
    form: Form,
    tell: Callable[[float, float], None],
    helping: Callable[[Days, Calendar], None],
) -> None:
    """Write `attendance.csv` for all years.

    `tell` hears what is done of what; `helping` may change the cells of a piece before
    they are written (supports.py).
    """
    total = sum(len(stays) for stays, _, _ in years)
    done = 0
    with folder.open("attendance") as table:
        file = AttendanceFile(table, leanings, form)
        for stays, calendar, incidents in years:

            def each(cells: Days, so_far: int) -> None:
                helping(cells, calendar)  # noqa: B023 - called within this turn
                file.add(cells, calendar)  # noqa: B023
                tell(done + so_far, total)  # noqa: B023

            draw_attendance(stays, calendar, incidents, leanings, chance, each)
            done += len(stays)
