"""How each cohort left high school."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance, logistic, pick
from evenrise.synthetic.folder import Folder, numbers, words, yes_no
from evenrise.synthetic.leanings import Leanings
from evenrise.synthetic.people import GRADES
from evenrise.synthetic.registry import student_ids
from evenrise.synthetic.stays import Stays
from evenrise.synthetic.truths import Outcome


OUTCOMES = (
    "graduated",
    "dropped_out",
    "still_enrolled",
    "other_completer",
    "transferred_out",
    "deceased",
)
_GRADUATED, _DROPPED, _STILL, _OTHER, _TRANSFERRED, _DECEASED = range(6)
_TWELFTH = GRADES - 1


def write_completions(
    folder: Folder, years: list[Stays], leanings: Leanings, chance: Chance
) -> None:
    """Write `completions.csv`: one row a student of a cohort, at the last school.

    A cohort is named by the spring of its fourth year of high school. Its members
    are seen from the first year of records on, so the earliest cohorts know fewer
    of those who left on the way.
    """
    with folder.open("completions") as table:
        for place, stays in enumerate(years):
            rng = chance.of("completions", stays.year)
            student, school, here = _cohort(years[: place + 1], leanings)
            lean = leanings.lean(Outcome.MARK, student, school, stays.year)
            outcome = _outcomes(leanings, student, lean, here, rng)
            done = outcome == _GRADUATED
            # A slip of the file, not of the students: finished lists left blank.
            kept = rng.random(len(done)) >= leanings.lean(
                Outcome.A_G, student, school, stays.year
            )
            record = leanings.people.latent[student, 0] + 1.6 * lean
            size = len(student)
            speaks = leanings.people.language[student] > 0
            table.add(
                student_id=student_ids(leanings.people, student),
                cohort_year=numbers(np.full(size, stays.year, np.int16)),
                school_id=words(leanings.places.codes, school),
                outcome=words(OUTCOMES, outcome),
                completed_a_g=yes_no(
                    done & kept & (rng.random(size) < logistic(0.25 + 1.1 * record))
                ),
                cte_pathway=yes_no(done & (rng.random(size) < 0.27)),
                biliteracy_seal=yes_no(
                    done & (rng.random(size) < logistic(-2.6 + 1.3 * speaks + record))
                ),
            )


def _cohort(
    years: list[Stays], leanings: Leanings
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """The cohort's students, their last schools, and whether they stayed to the end."""
    latest = years[-1]
    parts = []
    for stays in years[-4:]:
        back = latest.year - stays.year
        of_cohort = stays.grade == _TWELFTH - back
        first_time = leanings.people.kg_year[stays.student] == latest.year - 12
        parts.append(stays.where(of_cohort & first_time))
    student = np.concatenate([part.student for part in parts])
    school = np.concatenate([part.school for part in parts])
    when = np.concatenate(
        [part.year * 1_000 + part.last.astype(np.int64) for part in parts]
    )
    order = np.lexsort((when, student))
    student, school, when = student[order], school[order], when[order]
    last = np.r_[student[1:] != student[:-1], True]
    end = latest.year * 1_000 + int(latest.last.max())
    return student[last], school[last], when[last] == end


def _outcomes(
    leanings: Leanings,
    student: NDArray[np.int32],
    lean: NDArray[np.float32],
    here: NDArray[np.bool_],
    rng: np.random.Generator,
) -> NDArray[np.int8]:
    """What became of each: those who left mostly went to another district."""
    size = len(student)
    latent = leanings.people.latent[student]
    wish = 2.9 + 0.5 * latent[:, 0] + 0.5 * latent[:, 1] + 1.3 * lean
    finished = rng.random(size) < logistic(wish)
    otherwise = pick(rng, (0.0, 0.68, 0.0, 0.32), size)
    outcome = np.where(finished, _GRADUATED, otherwise)
    outcome[leanings.people.fifth_year[student]] = _STILL
    gone = rng.random(size) < logistic(3.2 + 0.5 * latent[:, 1] + lean)
    outcome = np.where(here, outcome, np.where(gone, _TRANSFERRED, _DROPPED))
    outcome[rng.random(size) < 0.0004] = _DECEASED
    return np.asarray(outcome, np.int8)
