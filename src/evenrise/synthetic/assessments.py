"""The state's yearly tests in English language arts and mathematics."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance
from evenrise.synthetic.folder import Folder, constant, days, numbers, words, yes_no
from evenrise.synthetic.leanings import Leanings
from evenrise.synthetic.places import Calendar
from evenrise.synthetic.registry import student_ids
from evenrise.synthetic.stays import Stays
from evenrise.synthetic.truths import Outcome
from evenrise.vocabulary.grades import GRADES


ASSESSMENT = "state_summative"
# Grades 3 to 8 and 11, as places in GRADES.
_TESTED = tuple(
    GRADES.index(grade) for grade in ("03", "04", "05", "06", "07", "08", "11")
)
_WINDOW = (146, 168)  # instructional days on which tests are taken
_TAKES = 0.965
_CUTS = (-0.75, 0.0, 0.85)  # standard deviations where levels 2, 3 and 4 begin
# Subject, outcome, and how far most students stand above the middle cut.
SUBJECTS = (("ela", Outcome.ELA, 0.25), ("math", Outcome.MATH, 0.1))


@dataclass(frozen=True, slots=True)
class Scores:
    """A year's scores in one subject: rows of the stays, their days and standings."""

    rows: NDArray[np.int64]
    day: NDArray[np.int64]
    own: NDArray[np.float64]


def draw_scores(
    stays: Stays,
    subject: tuple[str, Outcome, float],
    leanings: Leanings,
    chance: Chance,
) -> Scores:
    """Draw who was tested in a subject, when, and how they did; the same every time."""
    name, outcome, easy = subject
    rng = chance.of("tests " + name, stays.year)
    # One day a student, so that who moves in spring is tested once.
    day = rng.integers(*_WINDOW, len(leanings.people))[stays.student]
    there = np.isin(stays.grade, _TESTED)
    there &= (stays.first <= day) & (day <= stays.last)
    tested = np.flatnonzero(there & (rng.random(len(stays)) < _TAKES))
    own = _standing(stays.where(tested), outcome, leanings, rng) + easy
    return Scores(tested, day[tested], own)


def write_assessments(
    folder: Folder,
    years: list[tuple[Stays, Calendar]],
    leanings: Leanings,
    chance: Chance,
) -> None:
    """Write `assessments.csv`: two scores a student and year in tested grades.

    Scores follow the student from year to year; most of a score is the student's
    own, some of it the year's.
    """
    with folder.open("assessments") as table:
        for stays, calendar in years:
            for subject in SUBJECTS:
                scores = draw_scores(stays, subject, leanings, chance)
                some, own = stays.where(scores.rows), scores.own
                level = np.searchsorted(_CUTS, own, side="right") + 1
                scale = np.round(2_400 + 17.0 * some.grade + 90 * own)
                table.add(
                    student_id=student_ids(leanings.people, some.student),
                    assessment=constant(ASSESSMENT, len(some)),
                    subject=constant(subject[0], len(some)),
                    taken_on=days(calendar.dates[scores.day]),
                    grade=words(GRADES, some.grade),
                    scale_score=numbers(scale.astype(np.int16)),
                    level=numbers(level.astype(np.int8)),
                    met_standard=yes_no(level >= 3),
                )


def _standing(
    stays: Stays,
    outcome: Outcome,
    leanings: Leanings,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """The score in standard deviations of the district's students."""
    latent = leanings.people.latent[stays.student, 0]
    # The two subjects share most of what a student brings.
    apart = 0.35 if outcome is Outcome.MATH else -0.35
    own = 0.75 * latent + apart * leanings.people.latent[stays.student, 2] * 0.4
    lean = leanings.lean(outcome, stays.student, stays.school, stays.year)
    return np.asarray(own + lean + 0.5 * rng.standard_normal(len(stays)), np.float64)
