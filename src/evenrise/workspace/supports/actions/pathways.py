"""Pathways of all students, made anew when a snapshot becomes current; in sets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from evenrise.indicators.pathways.asked import GRADES
from evenrise.indicators.pathways.compute import pathways_of
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.models import Pathways
from evenrise.workspace.supports.queries.advisories import without_counts
from evenrise.workspace.supports.queries.counting import keep
from evenrise.workspace.supports.queries.known import known_counts
from evenrise.workspace.supports.queries.pathways import pathway_counts


_COLUMNS = (
    "graduation",
    "a_g",
    "career",
    "biliteracy",
    "credits_earned",
    "credits_usual",
    "areas_met",
    "areas_now",
)
_BATCH = 2_000


def place_pathways(
    snapshot: Snapshot, as_of: dt.date, settings: DistrictSettings
) -> int:
    """Write the pathways of the students enrolled in grades 9 to 12; how many.

    Args:
        snapshot: the current one.
        as_of: the day that its pages speak of.
        settings: what the district asks for.

    Raises:
        InputProblem: a part of the store is missing or damaged.
    """
    found = pathways_of(snapshot, as_of, None, settings)
    enrolled = Student.objects.filter(current=True, grade__in=GRADES)
    there = set(enrolled.order_by().values_list("pk", flat=True))
    codes = found["student_id"].to_pylist()
    columns = (found[name].to_pylist() for name in _COLUMNS)
    details = (found[name].to_pylist() for name in Pathways.DETAIL)
    rows = (
        Pathways(
            student_id=code, detail=detail, **dict(zip(_COLUMNS, values, strict=True))
        )
        for code, detail, values in zip(
            codes, zip(*details, strict=True), zip(*columns, strict=True), strict=True
        )
        if code in there
    )
    with transaction.atomic():
        Pathways.objects.all().delete()
        placed: list[Any] = Pathways.objects.bulk_create(rows, batch_size=_BATCH)
    return len(placed)


def pathways_due() -> bool:
    """Whether what is current has students in grades 9 to 12 and no pathways at all.

    So it is where an earlier version made it current.
    """
    if standing() is None or Pathways.objects.exists():
        return False
    return bool(Student.objects.filter(current=True, grade__in=GRADES).exists())


def renew() -> int:
    """Pathways of what is current, and the counts that a large district keeps."""
    now = standing()
    snapshot = snapshot_store().current()
    if now is None or snapshot is None:
        return 0
    placed = place_pathways(snapshot, now.as_of, district_settings())
    keep("pathways", pathway_counts)
    keep("known", known_counts)
    keep("advisories", without_counts)
    return placed
