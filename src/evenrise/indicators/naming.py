"""Which district this is, and what its schools are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from evenrise.indicators.engines.base import Tables


UNNAMED = "district"  # the code of a district that never says it


class SnapshotLike(Tables, Protocol):
    """What is read of a snapshot."""

    @property
    def id(self) -> str:
        """Its name, by its content."""

    def facts(self) -> pa.Table:
        """Facts that agencies published."""

    def organizations(self) -> pa.Table:
        """Names: level, organization_id, name, district_id."""


class SettingsLike(Protocol):
    """What is read of a district's settings."""

    @property
    def name(self) -> str:
        """The district's name, blank when not told."""

    @property
    def code(self) -> str:
        """The district's code, blank when not told."""

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Numbers that the district sets for itself, keyed `indicator.threshold`."""


@dataclass(frozen=True, slots=True)
class Names:
    """The district, and names and districts of organizations by (level, id)."""

    district: str
    names: Mapping[tuple[str, str], str]
    districts: Mapping[str, str]

    def name(self, level: str, organization: str) -> str:
        """What it is called; its code when nobody says."""
        return self.names.get((level, organization)) or organization

    def district_of(self, level: str, organization: str) -> str:
        """The district it belongs to; a district belongs to itself."""
        if level == "district":
            return organization
        return self.districts.get(organization, self.district)


def read_names(snapshot: SnapshotLike, settings: SettingsLike) -> Names:
    """Names from the organizations and the schools table; the latter wins.

    The district is the one most schools name, else the settings' code, else
    "district".
    """
    names: dict[tuple[str, str], str] = {}
    districts: dict[str, str] = {}
    for row in snapshot.organizations().to_pylist():
        if row["name"]:
            names[str(row["level"]), row["organization_id"]] = row["name"]
    for row in _schools(snapshot):
        school, district = row["school_id"], row["district_id"]
        if row["name"]:
            names["school", school] = row["name"]
        if district:
            districts[school] = district
            if row["district_name"]:
                names["district", district] = row["district_name"]
    most = Counter(districts.values()).most_common(1)
    district = most[0][0] if most else settings.code or UNNAMED
    if settings.name:
        names.setdefault(("district", district), settings.name)
    return Names(district, names, districts)


def _schools(snapshot: SnapshotLike) -> list[dict[str, str]]:
    # `ParquetFile`, for `read_table` imports the dataset machinery: two seconds.
    # A blank name or district is None, which reads as untrue like a blank text.
    columns = ["school_id", "name", "district_id", "district_name"]
    if not snapshot.has("schools"):
        return []
    return [
        row
        for part in snapshot.parts("schools")
        for row in pq.ParquetFile(part).read(columns=columns).to_pylist()
    ]
