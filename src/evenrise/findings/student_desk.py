"""What findings on single students share: which schools and cells may be spoken of.

Numbers worked out from students' records are held to the facts that `protect()` lets
be shown: where a school's own figure is hidden or in question, nothing is said of it
here either. Numbers of students who could be compared differ a little from those of
the facts (students who changed schools); they are rounded to ten, so that no handful
of children can be worked out from the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from evenrise.findings.desk import Desk
from evenrise.findings.finding import Finding, NotRun
from evenrise.findings.schools import stands_apart
from evenrise.findings.table import Flags
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.statistics.bright_spots import ENOUGH
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


Outcomes = Mapping[str, StudentOutcomes]
COMPARED = ("met_standard_ela", "met_standard_math", "chronic_absence")
ROUNDED_TO = 10

ROUNDED = Text(
    "Students in a model are told rounded to ten, so that nobody can be worked out "
    "from two counts.",
    "Los estudiantes de un modelo se redondean a decenas, para que no se pueda "
    "deducir a nadie a partir de dos cifras.",
)
NOT_A_RATING = Text(
    "This is no rating of a teacher, a principal or a school: students are not "
    "assigned to schools by chance, schools before this one share in it, and one year "
    "is one year.",
    "Esto no califica a ningún docente, director ni escuela: los estudiantes no llegan "
    "a las escuelas al azar, las escuelas anteriores también cuentan y un año es solo "
    "un año.",
)
EARLIER_HERE = Text(
    "Earlier scores may come from the same school and already hold part of what it "
    "gave; they are also never exact.",
    "Los puntajes anteriores pueden venir de la misma escuela y ya contener parte de "
    "lo que ella dio; además, nunca son exactos.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one part of the review found, and what it could not look at.

    `notes` are sentences for the section of an indicator.
    """

    findings: tuple[Finding, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    notes: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)


def school_name(desk: Desk, school: str) -> str:
    """The school's name, or its code where it has none."""
    rows = desk.facts.rows(level=Level.SCHOOL, organization_id=school)
    return desk.organization(int(rows[0])).name if len(rows) else school


def apart(desk: Desk, outcomes: StudentOutcomes) -> Flags:
    """By school, whether it serves particular circumstances."""
    names = [school_name(desk, school) for school in outcomes.schools]
    return np.array([stands_apart(name) for name in names], dtype=np.bool_)


def shown_row(
    desk: Desk,
    cell: tuple[str, int, str, str],
    family: str = ALL_FAMILY,
    group: str = ALL_STUDENTS,
) -> int | None:
    """The row of a fact that may be told, else None.

    Args:
        desk: the review's desk.
        cell: indicator, year, level and organization.
        family: the group family.
        group: the group.
    """
    key, year, level, organization = cell
    facts = desk.facts
    rows = facts.rows(
        indicator=key,
        school_year=year,
        level=level,
        organization_id=organization,
        group_family=family,
        group=group,
    )
    rows = rows[facts.shown[rows] & ~facts.doubted[rows]]
    return int(rows[0]) if len(rows) else None


def counted_there(desk: Desk, cell: tuple[str, int, str, str]) -> bool:
    """Whether an organization's number of students is told, and enough, for a year.

    Its figure may be hidden: that it is then small, or nearly all, is told already.
    """
    key, year, level, organization = cell
    facts = desk.facts
    rows = facts.rows(
        indicator=key,
        school_year=year,
        level=level,
        organization_id=organization,
        group_family=ALL_FAMILY,
    )
    rows = rows[~facts.doubted[rows]]
    told = [facts.cell("denominator", int(row)) for row in rows]
    return any(n is not None and n > ENOUGH for n in told)


def both_shown(
    desk: Desk, cell: tuple[str, int, str, str], family: str
) -> tuple[int, int] | None:
    """The rows of a two-way family's group and of everybody else, if both are shown."""
    group = shown_row(desk, cell, family, family)
    others = shown_row(desk, cell, family, f"not_{family}")
    return None if group is None or others is None else (group, others)


def rounded(students: float) -> int:
    """A number of students in a model, rounded to ten."""
    return int(round(students / ROUNDED_TO) * ROUNDED_TO)
