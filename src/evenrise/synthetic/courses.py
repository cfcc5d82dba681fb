"""Sections, who sits in them, and the marks they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.catalog import (
    COURSES,
    HOMEROOM_GRADES,
    PLANS,
    SLOTS,
)
from evenrise.synthetic.chance import Chance, logistic
from evenrise.synthetic.folder import Folder, constant, days, keys, numbers, words
from evenrise.synthetic.leanings import Leanings
from evenrise.synthetic.places import Calendar
from evenrise.synthetic.registry import student_ids
from evenrise.synthetic.stays import Stays
from evenrise.synthetic.truths import Outcome


_CLASS_SIZE = 29
_PIECE = 400_000  # seats written at a time
_TERM_ENDS = (87, 179)  # places in the calendar: the two semesters
_ENOUGH = 20  # instructional days of a term for a mark
_LETTERS = ("F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A")
# Standard deviations of the record below which a mark is the one before.
_CUTS = (-1.62, -1.48, -1.3, -1.12, -0.9, -0.55, -0.3, -0.05, 0.4, 0.65, 0.95)
_CREDITS = 5.0  # a semester of a daily course: California's usual measure


@dataclass(frozen=True, slots=True)
class Seats:
    """A year's sections and the seats in them, in columns.

    `section` of a seat is a place in the sections; `stay` a place in the year's
    stays. Seats are in the order of sections.
    """

    year: int
    course: NDArray[np.int16]
    school: NDArray[np.int32]
    section: NDArray[np.int32]
    stay: NDArray[np.int32]

    @property
    def subject(self) -> NDArray[np.str_]:
        """The subject of every section."""
        return np.array([course.subject for course in COURSES])[self.course]

    def ids(self, section: NDArray[Any]) -> Any:
        """The column `section_id` for sections."""
        first = (self.year % 100) * 10_000_000 + 1
        return keys("S", first + section.astype(np.int64), 9)


def make_seats(stays: Stays, leanings: Leanings, chance: Chance) -> Seats:
    """Place everybody in sections: one classroom, or six periods from grade 6."""
    rng = chance.of("courses", stays.year)
    young = np.flatnonzero(stays.grade < HOMEROOM_GRADES)
    older = np.flatnonzero(stays.grade >= HOMEROOM_GRADES)
    chosen = _choose(stays, older, leanings, rng)
    stay = np.r_[young, np.repeat(older, SLOTS)].astype(np.int32)
    course = np.r_[stays.grade[young].astype(np.int16), chosen.ravel()]
    group = stays.school[stay].astype(np.int64) * len(COURSES) + course
    order = np.argsort(group, kind="stable")
    group, stay = group[order], stay[order]
    keys_of, start, count = np.unique(group, return_index=True, return_counts=True)
    sections = -(-count // _CLASS_SIZE)
    rank = np.arange(len(group)) - np.repeat(start, count)
    local = rank % np.repeat(sections, count)
    section = np.repeat(np.cumsum(sections) - sections, count) + local
    in_order = np.argsort(section, kind="stable")
    of_section = np.repeat(keys_of, sections)
    return Seats(
        stays.year,
        (of_section % len(COURSES)).astype(np.int16),
        (of_section // len(COURSES)).astype(np.int32),
        section[in_order].astype(np.int32),
        stay[in_order],
    )


def _choose(
    stays: Stays,
    older: NDArray[np.int64],
    leanings: Leanings,
    rng: np.random.Generator,
) -> NDArray[np.int16]:
    """Courses, shape (students, SLOTS): harder ones follow the student's record."""
    student = stays.student[older]
    record = rng.standard_normal(len(older), np.float32)
    if leanings.truths.background:
        lean = leanings.lean(Outcome.MARK, student, stays.school[older], stays.year)
        record = 0.6 * record + 0.8 * leanings.people.latent[student, 0] + lean
    # 1.702: a logistic curve that is within 0.01 of the normal one.
    place = logistic(1.702 * record)
    chosen = np.zeros((len(older), SLOTS), np.int16)
    for grade, plan in enumerate(PLANS, start=HOMEROOM_GRADES):
        of_grade = np.flatnonzero(stays.grade[older] == grade)
        for slot, period in enumerate(plan):
            draw = rng.random(len(of_grade)) if period.by_taste else place[of_grade]
            edges = np.cumsum(period.shares)
            edges[-1] = 2.0
            at = np.searchsorted(edges, draw, side="right")
            chosen[of_grade, slot] = np.array(period.courses, np.int16)[at]
    return chosen


def write_sections(folder: Folder, years: list[Seats], staff: list[Any]) -> None:
    """Write `sections.csv`; `staff` has a column of staff codes for every year."""
    with folder.open("sections") as table:
        for seats, teachers in zip(years, staff, strict=True):
            count = len(seats.course)
            table.add(
                section_id=seats.ids(np.arange(count)),
                school_id=teachers["school_id"],
                school_year=numbers(np.full(count, seats.year, np.int16)),
                course_code=words([course.code for course in COURSES], seats.course),
                title=words([course.title for course in COURSES], seats.course),
                subject=words([course.subject for course in COURSES], seats.course),
                level=words([course.level for course in COURSES], seats.course),
                a_g=words([course.a_g for course in COURSES], seats.course),
                staff_id=teachers["staff_id"],
            )


def write_rosters(
    folder: Folder,
    years: list[tuple[Stays, Calendar, Seats]],
    leanings: Leanings,
) -> None:
    """Write `rosters.csv`: in a section from the first to the last day of a stay."""
    with folder.open("rosters") as table:
        for stays, calendar, seats in years:
            for start in range(0, len(seats.stay), _PIECE):
                stay = seats.stay[start : start + _PIECE]
                table.add(
                    section_id=seats.ids(seats.section[start : start + _PIECE]),
                    student_id=student_ids(leanings.people, stays.student[stay]),
                    started_on=days(calendar.dates[stays.first[stay]]),
                    ended_on=days(calendar.dates[stays.last[stay]]),
                )


def write_marks(
    folder: Folder,
    years: list[tuple[Stays, Calendar, Seats]],
    leanings: Leanings,
    chance: Chance,
) -> None:
    """Write `marks.csv`: a letter and credits at the end of each semester."""
    with folder.open("marks") as table:
        for stays, calendar, seats in years:
            record = _record(stays, leanings, chance)
            marked = seats.course[seats.section] >= HOMEROOM_GRADES
            for term, end in enumerate(_TERM_ENDS):
                begin = _TERM_ENDS[0] + 1 if term else 0
                first, last = stays.first[seats.stay], stays.last[seats.stay]
                there = (last >= end) & (np.maximum(first, begin) + _ENOUGH <= end)
                seat = np.flatnonzero(marked & there)
                rng = chance.of("marks", stays.year, term)
                for start in range(0, len(seat), _PIECE):
                    some = seat[start : start + _PIECE]
                    own = record[seats.stay[some]]
                    own += 0.5 * rng.standard_normal(len(some), np.float32)
                    student = stays.student[seats.stay[some]]
                    table.add(
                        student_id=student_ids(leanings.people, student),
                        section_id=seats.ids(seats.section[some]),
                        term=constant(f"S{term + 1}", len(some)),
                        posted_on=days(np.repeat(calendar.dates[end] + 4, len(some))),
                        **_letters(np.searchsorted(_CUTS, own)),
                    )


def _letters(mark: NDArray[np.int64]) -> dict[str, Any]:
    """The columns of a mark: its letter, and credits unless it is an F."""
    return {
        "mark": words(_LETTERS, mark),
        "credits_attempted": constant(str(_CREDITS), len(mark)),
        "credits_earned": words(("0", str(_CREDITS)), mark > 0),
    }


def _record(stays: Stays, leanings: Leanings, chance: Chance) -> NDArray[np.float32]:
    """How well each stay's student does this year, in standard deviations."""
    rng = chance.of("record", stays.year)
    year = rng.standard_normal(len(leanings.people), np.float32)
    latent = leanings.people.latent[stays.student]
    own = 0.55 * latent[:, 0] + 0.3 * latent[:, 1] + 0.3 * year[stays.student]
    lean = leanings.lean(Outcome.MARK, stays.student, stays.school, stays.year)
    return np.asarray(0.35 + own + lean, np.float32)
