"""Gradebooks: assignments, scores, and how long students wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.catalog import HOMEROOM_GRADES
from evenrise.synthetic.chance import Chance, logistic, pick
from evenrise.synthetic.courses import Seats
from evenrise.synthetic.folder import (
    Folder,
    Table,
    days,
    keys,
    numbers,
    words,
    yes_no,
)
from evenrise.synthetic.leanings import Leanings
from evenrise.synthetic.places import Calendar
from evenrise.synthetic.registry import student_ids
from evenrise.synthetic.stays import Stays


ASSIGNMENTS = 17  # a section's, one every two weeks
_CATEGORIES = ("homework", "quiz", "project", "test")
_TITLES = ("Practice", "Quiz", "Project", "Unit test")
_POINTS = (10, 20, 50, 100)
_STATUS = ("scored", "missing", "not_submitted", "exempt")
_PIECE = 400_000


@dataclass(frozen=True, slots=True)
class Habits:
    """A section's ways: days until work is scored, and how often with a comment."""

    wait: NDArray[np.float32]
    comments: NDArray[np.float32]


def write_gradebooks(
    folder: Folder,
    years: list[tuple[Stays, Calendar, Seats]],
    leanings: Leanings,
    chance: Chance,
) -> None:
    """Write `assignments.csv` and `scores.csv` for grades 6 to 12."""
    with folder.open("assignments") as assignments, folder.open("scores") as scores:
        for stays, calendar, seats in years:
            habits = _habits(seats, leanings, chance)
            graded = seats.course >= HOMEROOM_GRADES
            section = np.flatnonzero(graded)
            seat = np.flatnonzero(graded[seats.section])
            for number in range(ASSIGNMENTS):
                rng = chance.of("scores", seats.year, number)
                work = _assign(assignments, seats, section, calendar, number, rng)
                for start in range(0, len(seat), _PIECE):
                    _score(
                        scores,
                        (stays, seats, habits, leanings),
                        seat[start : start + _PIECE],
                        work,
                        rng,
                    )


def _habits(seats: Seats, leanings: Leanings, chance: Chance) -> Habits:
    """Most teachers answer within a week; a few are slow."""
    rng = chance.of("feedback", seats.year)
    count = len(seats.course)
    wait = rng.gamma(4.0, 1.4, count)
    if leanings.truths.background:
        wait += (rng.random(count) < 0.06) * rng.gamma(6.0, 2.5, count)
    wait += leanings.by_section(seats.subject, seats.school, seats.year)
    return Habits(
        wait.astype(np.float32),
        np.clip(rng.beta(1.2, 3.0, count), 0, 1).astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class Work:
    """One assignment in every section: columns as long as the sections."""

    first: int
    due: NDArray[np.int64]
    due_on: NDArray[np.datetime64]
    kind: NDArray[np.int8]

    def ids(self, section: NDArray[Any]) -> Any:
        """The column `assignment_id` for sections."""
        return keys("W", self.first + section.astype(np.int64), 11)


def _assign(
    table: Table,
    seats: Seats,
    section: NDArray[np.int64],
    calendar: Calendar,
    number: int,
    rng: np.random.Generator,
) -> Work:
    """Give every section an assignment and write it."""
    count = len(seats.course)
    kind = pick(rng, (0.45, 0.28, 0.12, 0.15), count)
    given = number * 10 + rng.integers(0, 5, count)
    due = np.minimum(given + np.array([2, 1, 9, 3])[kind], len(calendar.dates) - 1)
    # No year has 50 million sections, so numbers of different work never meet.
    first = (seats.year % 100 * ASSIGNMENTS + number) * 50_000_000 + 1
    work = Work(first, due, calendar.dates[due], kind)
    titles = [f"{title} {number + 1}" for title in _TITLES]
    table.add(
        assignment_id=work.ids(section),
        section_id=seats.ids(section),
        title=words(titles, kind[section]),
        category=words(_CATEGORIES, kind[section]),
        assigned_on=days(calendar.dates[given[section]]),
        due_on=days(work.due_on[section]),
        points_possible=numbers(np.array(_POINTS)[kind[section]]),
    )
    return work


def _score(
    table: Table,
    world: tuple[Stays, Seats, Habits, Leanings],
    seat: NDArray[np.int64],
    work: Work,
    rng: np.random.Generator,
) -> None:
    """Write the scores of some seats for one assignment."""
    stays, seats, habits, leanings = world
    due = work.due[seats.section[seat]]
    stay = seats.stay[seat]
    seat = seat[(stays.first[stay] <= due) & (due <= stays.last[stay])]
    stay, section = seats.stay[seat], seats.section[seat]
    size = len(seat)
    latent = leanings.people.latent[stays.student[stay]]
    lost = rng.random(size) < logistic(-3.0 - 0.7 * latent[:, 1])
    status = np.where(lost, pick(rng, (0.6, 0.4), size) + 1, 0)
    status[rng.random(size) < 0.012] = 3
    scored = status == 0
    share = logistic(
        1.5 + 0.8 * latent[:, 0] + 0.7 * rng.standard_normal(size, np.float32)
    )
    points = np.array(_POINTS)[work.kind[section]]
    # Most of a class is scored on one day; projects take longer.
    wait = habits.wait[section] * np.where(work.kind[section] == 2, 1.5, 1.0)
    wait += np.where(rng.random(size) < 0.1, rng.integers(0, 6, size), 0)
    scored_on = work.due_on[section] + np.round(wait).astype(np.int64)
    scored_on[~scored] = np.datetime64("NaT")
    comment = scored & (rng.random(size) < habits.comments[section])
    table.add(
        assignment_id=work.ids(section),
        student_id=student_ids(leanings.people, stays.student[stay]),
        score=numbers(np.round(share * points).astype(np.int16), blank=~scored),
        status=words(_STATUS, status),
        scored_on=days(scored_on),
        has_comment=yes_no(comment),
    )
