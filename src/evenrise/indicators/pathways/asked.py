"""What a district asks of pathways: numbers it may set, and California's usual ones.

In `district.toml`::

    [thresholds]
    "pathways.credits_to_graduate" = 24
    "pathways.credits_of_a_year" = 1
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


AREAS = ("A", "B", "C", "D", "E", "F", "G")
# Years of courses with a C or better: history, English, mathematics, science, another
# language, arts, elective. Source: UC and CSU subject requirement ("A-G"),
# admission.universityofcalifornia.edu. Further years of A to F count as elective (G).
AREA_YEARS = (2.0, 4.0, 3.0, 2.0, 2.0, 1.0, 1.0)
GRADES = ("09", "10", "11", "12")
CREDITS = 220.0  # what many California districts ask for in four years
CAREER_COURSES = 2  # a pathway is a sequence of at least two courses (CDE)
LANGUAGE_YEARS = 4.0  # one way to the State Seal of Biliteracy (EC 51461)
_NAMES = ("pathways.credits_to_graduate", "ninth_grade_on_track.credits_to_graduate")
_SMALL = 60  # fewer credits to graduate: a district that counts a year as one


@dataclass(frozen=True, slots=True)
class Asked:
    """What graduation asks for here, in the district's own credits.

    `year` is what a course of a whole year carries.
    """

    credits: float = CREDITS
    year: float = 10.0


def asked_of(thresholds: Mapping[str, float]) -> Asked:
    """The district's numbers, from its settings' `thresholds`.

    Args:
        thresholds: by name; what the indicator of ninth grade asks for counts here too.
    """
    credits_ = next(
        (thresholds[name] for name in _NAMES if name in thresholds), CREDITS
    )
    usual = 10.0 if credits_ > _SMALL else 1.0
    return Asked(credits_, thresholds.get("pathways.credits_of_a_year", usual))
