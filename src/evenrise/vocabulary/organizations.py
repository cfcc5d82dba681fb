"""Whom a fact is about: a school, its district, its county, its state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How large the organization is."""

    SCHOOL = "school"
    DISTRICT = "district"
    COUNTY = "county"
    STATE = "state"


@dataclass(frozen=True, slots=True, order=True)
class Organization:
    """A school, district, county or state, by the code its agency gives it."""

    level: Level
    organization_id: str
    name: str
    district_id: str | None = None
