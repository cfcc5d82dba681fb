"""Visits of an invented district's people to a place to learn from.

Only where the review found one: with a handful of schools it finds none, and then the
room says so. Written by the verbs that people use; never called where records are real.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evenrise.findings.finding import Kind
from evenrise.publishing.page_store.reading import PageStore
from evenrise.workspace.cycles.actions.visits import (
    Spot,
    VisitSaid,
    share_visit,
    write_visit,
)
from evenrise.workspace.cycles.models import SpotVisit
from evenrise.workspace.people.models import Person


_BEFORE = dt.timedelta(weeks=1)  # the visit was in the week before the demo's day


def place_visits(
    pages: PageStore, on: dt.date, people: Mapping[str, Person]
) -> tuple[SpotVisit, ...]:
    """Write down what visitors saw at the first place that the review names.

    Args:
        pages: what people at work see of the records.
        on: the day of the demo.
        people: the cast, by role.

    Returns:
        The visits, shared; none where no place was found, or some are there.
    """
    found = pages.findings(kind=Kind.BRIGHT_SPOT)
    if not found or SpotVisit.objects.exists():
        return ()
    first = min(found, key=lambda one: (one.organization_name.casefold(), one.key))
    place = Spot(
        finding_key=first.key,
        school_id=first.organization_id,
        snapshot=pages.snapshot,
    )
    day = on - dt.timedelta(days=on.weekday()) - _BEFORE
    return tuple(_visit(said, place, day, people) for said in _words())


@cache
def _words() -> tuple[dict[str, Any], ...]:
    path = Path(__file__).with_name("demo_visits.toml")
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["visit"])


def _visit(
    said: Mapping[str, Any], place: Spot, monday: dt.date, people: Mapping[str, Person]
) -> SpotVisit:
    person = people[said["by"]]
    told = VisitSaid(
        on=monday + dt.timedelta(days=said["day"]),
        language=said["language"],
        answers=said["answers"],
        hypothesis=said["hypothesis"],
    )
    made = write_visit(person, spot=place, said=told)
    return share_visit(person, visit=made.pk)
