"""What a line of a rule set may look at: days, incidents and marks of a school year."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from evenrise.vocabulary.text import Text


class Domain(StrEnum):
    """The three things that early warning looks at."""

    ATTENDANCE = "attendance"
    BEHAVIOR = "behavior"
    COURSE = "course"


# A share is crossed in whole numbers (`share` of days), the others as they stand.
Unit = Literal["share", "days", "incidents", "courses", "points", "percent"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a student's school year, known on a day.

    `below` measures are crossed under the line, all others at the line or above it.
    `words` finish the sentence "the line looks at ...". `needs` are the tables without
    which nobody has the number. `most` is the largest line that makes sense.
    """

    key: str
    domain: Domain
    unit: Unit
    words: Text
    needs: tuple[str, ...]
    below: bool = False
    most: float = 400


_DAYS = ("enrollments", "attendance")
_INCIDENTS = ("enrollments", "incidents")
_MARKS = ("enrollments", "marks", "sections")
_ALL = (
    Measure(
        "absent_share",
        Domain.ATTENDANCE,
        "share",
        Text(
            "whole days absent, of the days enrolled this school year",
            "los días completos de ausencia, de los días de inscripción de este año "
            "escolar",
        ),
        _DAYS,
        most=1,
    ),
    Measure(
        "attended_share",
        Domain.ATTENDANCE,
        "share",
        Text(
            "days attended, of the days enrolled this school year",
            "los días de asistencia, de los días de inscripción de este año escolar",
        ),
        _DAYS,
        below=True,
        most=1,
    ),
    Measure(
        "attended_share_45",
        Domain.ATTENDANCE,
        "share",
        Text(
            "days attended, of the days enrolled in the last 45 days of the calendar",
            "los días de asistencia, de los días de inscripción en los últimos 45 días "
            "del calendario",
        ),
        _DAYS,
        below=True,
        most=1,
    ),
    Measure(
        "absences_quarter",
        Domain.ATTENDANCE,
        "days",
        Text(
            "whole days absent in the last nine weeks, a quarter of a school year",
            "los días completos de ausencia en las últimas nueve semanas, un cuarto "
            "del año escolar",
        ),
        _DAYS,
    ),
    Measure(
        "absences_year",
        Domain.ATTENDANCE,
        "days",
        Text(
            "whole days absent this school year",
            "los días completos de ausencia en este año escolar",
        ),
        _DAYS,
    ),
    Measure(
        "unexcused_absences",
        Domain.ATTENDANCE,
        "days",
        Text(
            "whole days absent without an excuse this school year",
            "los días completos de ausencia sin justificar en este año escolar",
        ),
        (*_DAYS, "attendance.reason"),
    ),
    Measure(
        "suspension_days",
        Domain.BEHAVIOR,
        "days",
        Text(
            "days of suspension out of school this school year",
            "los días de suspensión fuera de la escuela en este año escolar",
        ),
        (*_INCIDENTS, "incidents.action"),
    ),
    Measure(
        "serious_incidents",
        Domain.BEHAVIOR,
        "incidents",
        Text(
            "serious incidents this school year (answered with suspension out of "
            "school or expulsion, or of a kind that the district names serious)",
            "los incidentes graves de este año escolar (con suspensión fuera de la "
            "escuela o expulsión, o de un tipo que el distrito considera grave)",
        ),
        (*_INCIDENTS, "incidents.action"),
    ),
    Measure(
        "minor_incidents",
        Domain.BEHAVIOR,
        "incidents",
        Text(
            "incidents this school year that are not serious",
            "los incidentes de este año escolar que no son graves",
        ),
        (*_INCIDENTS, "incidents.action"),
    ),
    Measure(
        "incidents",
        Domain.BEHAVIOR,
        "incidents",
        Text(
            "recorded incidents this school year, of any kind",
            "los incidentes registrados en este año escolar, de cualquier tipo",
        ),
        _INCIDENTS,
    ),
    Measure(
        "state_offenses",
        Domain.BEHAVIOR,
        "incidents",
        Text(
            "incidents this school year of a kind that the district names an offense "
            "under state law",
            "los incidentes de este año escolar de un tipo que el distrito clasifica "
            "como infracción estatal",
        ),
        (*_INCIDENTS, "incidents.behavior"),
    ),
    Measure(
        "failing_core",
        Domain.COURSE,
        "courses",
        Text(
            "courses in English or mathematics whose latest mark is an F",
            "los cursos de inglés o matemáticas cuya última calificación es F",
        ),
        _MARKS,
    ),
    Measure(
        "failing_ela",
        Domain.COURSE,
        "courses",
        Text(
            "courses in English whose latest mark is an F",
            "los cursos de inglés cuya última calificación es F",
        ),
        _MARKS,
    ),
    Measure(
        "failing_math",
        Domain.COURSE,
        "courses",
        Text(
            "courses in mathematics whose latest mark is an F",
            "los cursos de matemáticas cuya última calificación es F",
        ),
        _MARKS,
    ),
    Measure(
        "failing_any",
        Domain.COURSE,
        "courses",
        Text(
            "courses whose latest mark is an F",
            "los cursos cuya última calificación es F",
        ),
        _MARKS,
    ),
    Measure(
        "failing_beside_two_ds",
        Domain.COURSE,
        "courses",
        Text(
            "courses whose latest mark is an F, where two or more others have a D",
            "los cursos cuya última calificación es F, cuando dos o más tienen D",
        ),
        _MARKS,
    ),
    Measure(
        "gpa",
        Domain.COURSE,
        "points",
        Text(
            "the mean of this school year's latest letter marks, from 4 for an A to 0 "
            "for an F",
            "el promedio de las últimas calificaciones con letra de este año escolar, "
            "de 4 por A a 0 por F",
        ),
        _MARKS,
        below=True,
        most=4,
    ),
    Measure(
        "lowest_mark",
        Domain.COURSE,
        "percent",
        Text(
            "the lowest of the latest marks that are given as a number out of 100",
            "la más baja de las últimas calificaciones dadas como número de 0 a 100",
        ),
        _MARKS,
        below=True,
        most=100,
    ),
)
MEASURES: dict[str, Measure] = {one.key: one for one in _ALL}
