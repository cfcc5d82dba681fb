"""Suspensions of Santa Monica-Malibu Unified, as the state printed them."""

from __future__ import annotations

from docs.examples.kit import read
from evenrise.vocabulary.text import Text


FOLDER = "ca_smmusd_suspension_2019-24"
SOURCE = Text(
    "California Department of Education, suspensions, Santa Monica-Malibu Unified",
    "Departamento de Educación de California, suspensiones, Santa Monica-Malibu "
    "Unified",
)
YEARS = (2020, 2022, 2023, 2024)  # springs; 2021 was not published
Counts = tuple[int, int]


def counts(spring: int, code: str) -> Counts:
    """Students suspended at least once, and students enrolled, schools added up."""
    frame = read(FOLDER, "smmusd_suspension_by_group.csv")
    year = f"{spring - 1}-{spring % 100:02d}"
    rows = frame[(frame["academic_year"] == year) & (frame["subgroup_code"] == code)]
    return (
        int(rows["unduplicated_suspensions"].sum()),
        int(rows["cumulative_enrollment"].sum()),
    )


def others(spring: int, code: str) -> Counts:
    """All students outside the group."""
    every, own = counts(spring, "TA"), counts(spring, code)
    return every[0] - own[0], every[1] - own[1]
