"""Whom a fact is about: a school, its district, its county, its state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenrise.vocabulary.text import Text


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

    @property
    def called(self) -> Text:
        """The name for a reader; a district known by its code alone is "District 7"."""
        code = self.organization_id
        if self.level is Level.DISTRICT and self.name == f"District {code}":
            return Text(self.name, f"Distrito {code}")
        return Text(self.name, self.name)
