"""Where children go to school: a year's stays, one row a child and school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance
from evenrise.synthetic.folder import Folder, days, numbers, words
from evenrise.synthetic.people import FIRST_NINTH, FIRST_SIXTH, People
from evenrise.synthetic.places import DAYS, Calendar, Level, Places
from evenrise.synthetic.registry import student_ids
from evenrise.vocabulary.grades import GRADES


EXITS = (None, "end_of_year", "moved_within_district", "left_district")


@dataclass(frozen=True, slots=True)
class Stays:
    """A school year's stays in columns, in the order of student numbers, then days.

    `student` and `school` are places in People and Places; `first` and `last` are
    places in the calendar, both days included; `exit` is a place in EXITS.
    """

    year: int
    student: NDArray[np.int32]
    school: NDArray[np.int32]
    grade: NDArray[np.int8]
    first: NDArray[np.int16]
    last: NDArray[np.int16]
    exit: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.student)

    def where(self, kept: NDArray[Any]) -> Stays:
        """Some of the stays."""
        return Stays(
            self.year,
            self.student[kept],
            self.school[kept],
            self.grade[kept],
            self.first[kept],
            self.last[kept],
            self.exit[kept],
        )


def make_stays(
    year: int, people: People, places: Places, chance: Chance, *, background: bool
) -> Stays:
    """Everybody's stays in one year."""
    rng = chance.of("stays", year)
    who = people.present(year)
    grade = people.grade(who, year)
    school = _home_school(who, grade, people, places)
    late = (people.arrive[who] == year) & people.starts_late[who]
    early = (people.depart[who] == year) & people.leaves_early[who]
    size = len(who)
    first = np.where(late, rng.integers(4, 80, size), 0).astype(np.int16)
    last = np.where(early, rng.integers(90, 172, size), DAYS - 1).astype(np.int16)
    left = np.where(early, 3, 1).astype(np.int8)
    other = _other_school(school, places, rng)
    chance_to_move = np.full(size, 0.03)
    if background:
        chance_to_move += 0.12 * people.has("homeless", who, year)
        chance_to_move += 0.10 * people.has("foster", who, year)
    moves = (rng.random(size) < chance_to_move) & (other != school) & ~late & ~early
    day = rng.integers(15, 165, size).astype(np.int16)
    second = np.flatnonzero(moves)
    gap = rng.integers(1, 5, len(second)).astype(np.int16)
    stays = Stays(
        year,
        np.r_[who, who[second]],
        np.r_[school, other[second]],
        np.r_[grade, grade[second]],
        np.r_[first, day[second] + gap],
        np.r_[np.where(moves, day, last), last[second]],
        np.r_[np.where(moves, 2, left), left[second]].astype(np.int8),
    )
    return stays.where(np.lexsort((stays.first, people.number[stays.student])))


def _home_school(
    who: NDArray[np.int32], grade: NDArray[np.int8], people: People, places: Places
) -> NDArray[np.int32]:
    """The school of the neighbourhood, or the one the family chose."""
    zone = people.zone[who]
    school = np.where(
        grade < FIRST_SIXTH,
        zone,
        np.where(grade < FIRST_NINTH, places.middle_of[zone], places.high_of[zone]),
    )
    charters = places.of_level(Level.CHARTER)
    if len(charters):
        chosen = people.charter[who] & (grade < FIRST_NINTH)
        school = np.where(chosen, charters[zone % len(charters)], school)
    others = places.of_level(Level.ALTERNATIVE)
    if len(others):
        chosen = people.alternative[who] & (grade > FIRST_NINTH)
        school = np.where(chosen, others[zone % len(others)], school)
    return np.asarray(school, np.int32)


def _other_school(
    school: NDArray[np.int32], places: Places, rng: np.random.Generator
) -> NDArray[np.int32]:
    """Another school of the same level; the same one where there is no other."""
    level = places.level[school]
    starts = np.searchsorted(places.level, np.arange(len(Level)))
    counts = np.bincount(places.level, minlength=len(Level))
    step = 1 + (rng.random(len(school)) * (counts[level] - 1)).astype(np.int64)
    place = (school - starts[level] + step) % counts[level]
    return np.asarray(starts[level] + place, np.int32)


def write_stays(
    folder: Folder,
    years: list[tuple[Stays, Calendar]],
    people: People,
    places: Places,
) -> None:
    """Write `enrollments.csv`; in the latest year those still here have no end."""
    latest = years[-1][0].year
    with folder.open("enrollments") as table:
        for stays, calendar in years:
            left = calendar.dates[stays.last]
            exits = stays.exit
            if stays.year == latest:
                stayed = exits == 1
                left = np.where(stayed, np.datetime64("NaT"), left)
                exits = np.where(stayed, 0, exits)
            table.add(
                student_id=student_ids(people, stays.student),
                school_id=words(places.codes, stays.school),
                school_year=numbers(np.full(len(stays), stays.year, np.int16)),
                grade=words(GRADES, stays.grade),
                entered_on=days(calendar.dates[stays.first]),
                left_on=days(left),
                exit_code=words(EXITS, exits),
            )
