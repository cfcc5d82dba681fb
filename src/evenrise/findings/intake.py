"""What schools add for alike students: one outcome and year, ready to be compared.

Compared are students of the same grade with the same earlier results, language,
disability, income and housing. Race is left out on purpose: it describes how the
system serves groups, and must not lower what a school is expected to reach. Grades
that only one school teaches are left out too, as are schools for particular
circumstances: nobody there has a like elsewhere.

A yes or no outcome (chronic absence) is read as a linear probability: the same model
on 0 and 1. Its coefficients are differences in points, which people can hold; with
shares between 5 and 40 per cent and schools of dozens of students or more, means of 0
and 1 are near enough to normal for a school's effect, whose spread is estimated from
the same residuals (Angrist and Pischke 2009, section 3.4.2; Hellevik 2009, Quality
and Quantity 43:59). What a linear model cannot do, bounded single predictions, is not
asked of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.findings.table import Flags, Floats, Ints
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.statistics.moments import ONE, Moments
from evenrise.statistics.multilevel import fit
from evenrise.statistics.multilevel_fit import MultilevelFit
from evenrise.vocabulary.groups import FAMILIES


INTAKE = ("english_learner", "disability", "low_income", "foster", "homeless")
# Whom a school must also serve well to be a bright spot; the first one collected, set
# before looking.
FOCAL = ("low_income", "english_learner", "disability")
MATCHED_ON = ("english_learner", "disability", "low_income")
FEWEST = 11  # students of a school, and of a grade at another school
FEWEST_SCHOOLS = 5  # below this a spread between schools cannot be told
PRIOR_BANDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Intake:
    """One outcome in one year: students who can be compared, and their sums.

    `rows` are places in the outcomes. `y` is the score (in standard deviations) or 1
    and 0; `spread` its standard deviation; `better` +1 where more is good, else -1.
    """

    outcomes: StudentOutcomes
    year: int
    rows: Ints
    school: Ints
    y: Floats
    spread: float
    better: float
    focal: str | None
    moments: Moments
    fixed: tuple[str, ...]

    @property
    def schools(self) -> Ints:
        """The schools compared, as places in the outcomes' schools."""
        return self.moments.ids.astype(np.int64)

    def fit(self) -> MultilevelFit:
        """Schools' effects for all their students."""
        return fit(self.moments, "y", self.fixed)

    def fit_focal(self) -> MultilevelFit | None:
        """Schools' effects apart for the focal group; None where there is none."""
        if self.focal is None or self.focal not in self.fixed:
            return None
        return fit(self.moments, "y", self.fixed, (ONE, self.focal))

    def of_group(self, family: str) -> Flags:
        """Whether each student is in the group that names a two-way family."""
        return np.asarray(self.outcomes.groups[family][self.rows] == 0)

    def count(self, chosen: Flags) -> Ints:
        """Students by school of those chosen, in the order of `schools`."""
        place = np.searchsorted(self.schools, self.school)
        return np.bincount(place[chosen], minlength=len(self.schools)).astype(np.int64)

    def cells(self) -> Ints:
        """Each student's cell: grade, band of prior results, language, need, income.

        Set before looking; students without an earlier result are a band of their own.
        """
        outcomes, rows = self.outcomes, self.rows
        cell = outcomes.grade[rows] * (PRIOR_BANDS + 1) + _bands(outcomes.prior[rows])
        for family in MATCHED_ON:
            if family in outcomes.groups:
                cell = cell * 2 + self.of_group(family)
        return cell


def outcome_of(outcomes: StudentOutcomes) -> Floats:
    """Scores where there are any, else 1 and 0."""
    if outcomes.has_scores:
        return outcomes.score
    return outcomes.happened.astype(np.float64)


def better_of(outcomes: StudentOutcomes) -> float:
    """+1 where more of the outcome is good, else -1."""
    return 1.0 if outcomes.has_scores or outcomes.good == "up" else -1.0


def make_intake(outcomes: StudentOutcomes, year: int, apart: Flags) -> Intake | None:
    """The students of a year who can be compared; None with too few schools.

    Args:
        outcomes: of one indicator.
        year: a school year, by its spring.
        apart: by school, whether it serves particular circumstances.
    """
    rows = _comparable(outcomes, year, apart)
    schools = np.unique(outcomes.school[rows])
    if len(schools) < FEWEST_SCHOOLS:
        return None
    rows = rows[np.argsort(outcomes.school[rows], kind="stable")]
    y = outcome_of(outcomes)[rows]
    spread = float(y.std())
    if not spread > 0:
        return None
    columns = _columns(outcomes, rows)
    moments = _moments(outcomes.school[rows], columns, y)
    fixed = _independent(moments, (ONE, *columns))
    focal = next((one for one in FOCAL if one in outcomes.groups), None)
    return Intake(
        outcomes,
        year,
        rows,
        outcomes.school[rows],
        y,
        spread,
        better_of(outcomes),
        focal,
        moments,
        fixed,
    )


def _comparable(outcomes: StudentOutcomes, year: int, apart: Flags) -> Ints:
    """Rows of the year in grades that two schools teach, at schools with enough."""
    kept = (outcomes.school_year == year) & (outcomes.school >= 0)
    kept &= (outcomes.grade >= 0) & np.isfinite(outcome_of(outcomes))
    rows = np.flatnonzero(kept)
    rows = rows[~apart[outcomes.school[rows]]]
    grades = len(FAMILIES["grade"].groups)
    while True:
        school, grade = outcomes.school[rows], outcomes.grade[rows]
        shape = (len(outcomes.schools), grades)
        cell = np.bincount(school * grades + grade, minlength=shape[0] * grades)
        size = cell.reshape(shape)
        taught = (size >= FEWEST).sum(axis=0) >= 2
        enough = (size * taught).sum(axis=1) >= FEWEST
        fit_rows = taught[grade] & enough[school]
        if fit_rows.all():
            return rows
        rows = rows[fit_rows]


def _columns(outcomes: StudentOutcomes, rows: Ints) -> dict[str, Floats]:
    """The fixed part by name: grades, earlier results, intake."""
    prior = outcomes.prior[rows]
    known = np.isfinite(prior)
    columns: dict[str, Floats] = {}
    if known.any():
        columns["prior"] = np.where(known, prior, 0.0)
        columns["no_prior"] = (~known).astype(np.float64)
    for family in INTAKE:
        if family in outcomes.groups:
            member = outcomes.groups[family][rows] == 0
            columns[family] = member.astype(np.float64)
    grade = outcomes.grade[rows]
    for code in np.unique(grade)[1:]:
        columns[f"grade {code}"] = (grade == code).astype(np.float64)
    return columns


def _moments(school: Ints, columns: dict[str, Floats], y: Floats) -> Moments:
    """Sums by school; the rows are in the order of the schools."""
    names = (ONE, *columns, "y")
    data = np.column_stack([np.ones(len(y)), *columns.values(), y])
    ids, start = np.unique(school, return_index=True)
    cross = [part.T @ part for part in np.split(data, start[1:])]
    return Moments.from_sums(ids.tolist(), names, np.array(cross))


def _independent(moments: Moments, names: tuple[str, ...]) -> tuple[str, ...]:
    """The columns, less those that the ones before them already tell."""
    total = moments.cross.sum(axis=0)
    size = np.sqrt(np.diagonal(total))
    kept: list[str] = []
    for name in names:
        at = moments.columns([*kept, name])
        if not size[at[-1]] > 0:
            continue
        part = total[np.ix_(at, at)] / np.outer(size[at], size[at])
        if np.linalg.eigvalsh(part)[0] > 1e-8:
            kept.append(name)
    return tuple(kept)


def _bands(prior: Floats) -> Ints:
    """Fifths of the earlier results, 1 to 5; 0 without any."""
    known = np.isfinite(prior)
    if not known.any():
        return np.zeros(len(prior), dtype=np.int64)
    cuts = np.quantile(prior[known], np.arange(1, PRIOR_BANDS) / PRIOR_BANDS)
    band = np.searchsorted(cuts, np.where(known, prior, 0.0), side="right") + 1
    return np.where(known, band, 0).astype(np.int64)
