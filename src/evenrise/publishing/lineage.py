"""From a number on a page back to its file and row, for all numbers at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from evenrise.findings.finding import EvidenceRow, Review


KEYS = (
    "indicator",
    "school_year",
    "level",
    "organization_id",
    "group_family",
    "group",
)
TOLD = ("source_file", "source_row", "snapshot", "organization_name")
Name = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number was read: a file and a record in it, or a snapshot."""

    file: str | None
    row: int | None
    snapshot: str | None
    organization: str | None


def evidence_of(review: Review) -> Iterable[EvidenceRow]:
    """Every row of every table that the review prints."""
    for finding in (*review.main, *review.findings, *review.questions):
        yield from finding.evidence
    for section in review.sections:
        yield from section.evidence
        yield from section.context
        for finding in section.findings:
            yield from finding.evidence


def places(review: Review) -> dict[Name, Place]:
    """The place of every fact that the review's tables name.

    One narrow filter and one join, however many facts there are; a row that no fact
    gives (all other students together) has no place.
    """
    names = {
        tuple(sorted(row.reference_to))
        for row in evidence_of(review)
        if {key for key, _ in row.reference_to} == set(KEYS)
    }
    if not names:
        return {}
    wanted = [dict(name) for name in names]
    columns = {
        key: pa.array(
            [one[key] for one in wanted],
            pa.int16() if key == "school_year" else pa.string(),
        )
        for key in KEYS
    }
    facts = review.facts.table.select([*KEYS, *TOLD])
    near = facts.filter(
        pc.is_in(
            facts.column("organization_id").cast(pa.string()),
            value_set=pc.unique(columns["organization_id"]),
        )
    )
    plain = pa.table(
        {
            name: _plain(near.column(name), columns.get(name))
            for name in near.column_names
        }
    )
    found = plain.join(pa.table(columns), keys=list(KEYS), join_type="inner")
    return {
        tuple(sorted((key, row[key]) for key in KEYS)): Place(
            *(row[name] for name in TOLD)
        )
        for row in found.to_pylist()
    }


def _plain(column: pa.ChunkedArray, like: pa.Array | None) -> pa.ChunkedArray:
    """Dictionary-encoded text as text: a join wants both sides alike."""
    if like is not None:
        return column.cast(like.type)
    encoded = pa.types.is_dictionary(column.type)
    return column.cast(column.type.value_type) if encoded else column
