"""All the indicators, by key, in the order in which a review tells them."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from evenrise.indicators.define import Indicator
from evenrise.vocabulary.errors import DefinitionProblem


# One folder of the catalog each.
KEYS: Final = (
    "graduation",
    "dropout_cohort",
    "dropout",
    "a_g_completion",
    "ethnic_studies",
    "biliteracy_seal",
    "ninth_grade_on_track",
    "d_f_rate",
    "advanced_courses",
    "met_standard_ela",
    "met_standard_math",
    "chronic_absence",
    "chronic_absence_edfacts",
    "attendance_rate",
    "suspension",
    "days_removed",
    "feedback_days",
    "no_feedback_four_weeks",
    "enrollment",
)


def _read(key: str) -> Indicator:
    found = import_module(f"evenrise.indicators.catalog.{key}.definition").INDICATOR
    if not isinstance(found, Indicator) or found.key != key:
        raise DefinitionProblem(
            f"The folder catalog/{key} must define INDICATOR with the key {key!r}."
        )
    return found


INDICATORS: Final[dict[str, Indicator]] = {key: _read(key) for key in KEYS}
