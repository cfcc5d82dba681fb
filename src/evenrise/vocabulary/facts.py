"""The one currency: a fact, its status, and the columns a table of facts has.

Facts come from two doors: computed from student records, or read from an agency's
published files. Everything above the indicators floor works on facts alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenrise.vocabulary.organizations import Level


class Status(StrEnum):
    """What a fact's missing number means; never collapsed into zero or null."""

    REPORTED = "reported"
    SUPPRESSED = "suppressed"  # exists, but is too small to show
    NO_STUDENTS = "no_students"  # counted, and there was nobody
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"  # the district does not gather it
    NOT_LOADED = "not_loaded"  # gathered, but not brought in


class Origin(StrEnum):
    """The door a fact came through; decides who must protect it."""

    COMPUTED = "computed"  # from student records: we protect it
    PUBLISHED = "published"  # an agency printed it: it stands as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One indicator's value for one organization, school year and group.

    `numerator` and `denominator` are counts of students unless the indicator's unit
    says otherwise (days, portions of a day). `value` is numerator / denominator, as a
    share from 0 to 1 (or in the indicator's own unit), and None unless reported.
    `source_file` and `source_row` lead to where a published number was read; computed
    facts name the snapshot instead.
    """

    indicator: str
    definition_version: int
    authority: str
    school_year: int
    level: Level
    organization_id: str
    organization_name: str
    group_family: str
    group: str
    numerator: float | None
    denominator: float | None
    value: float | None
    status: Status
    origin: Origin
    source_file: str | None = None
    source_row: int | None = None
    snapshot: str | None = None
    district_id: str | None = None


# The columns of a table of facts, in order, with their Arrow types. The table is a
# `pyarrow.Table`; text columns may be dictionary-encoded; counts are float64 because
# days come in halves.
FACT_COLUMNS: dict[str, str] = {
    "indicator": "string",
    "definition_version": "int16",
    "authority": "string",
    "school_year": "int16",
    "level": "string",
    "organization_id": "string",
    "organization_name": "string",
    "group_family": "string",
    "group": "string",
    "numerator": "float64",
    "denominator": "float64",
    "value": "float64",
    "status": "string",
    "origin": "string",
    "source_file": "string",
    "source_row": "int64",
    "snapshot": "string",
    "district_id": "string",
}
