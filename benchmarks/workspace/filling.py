"""Fills a store's workspace as a district of that size would, and times each step."""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from tests.web.things import make_things

from evenrise.publishing.page_store.prepare import prepare_pages
from evenrise.publishing.page_store.reading import PageStore
from evenrise.publishing.reviewing.settings_file import settings_beside
from evenrise.records.snapshots import Snapshot
from evenrise.records.snapshots.directory import read_directory
from evenrise.vocabulary.progress import Silent
from evenrise.workspace.data.models import DataQuestion
from evenrise.workspace.data.standing import (
    make_current,
    page_file,
    pages_of,
    snapshot_store,
    standing,
)
from evenrise.workspace.people.cast import place_cast
from evenrise.workspace.people.models import Person, StaffAssignment, StaffMember
from evenrise.workspace.people.placing import place_directory
from evenrise.workspace.plans.models import Plan
from evenrise.workspace.reports import actions, releasing
from evenrise.workspace.reports.models import Briefing, Release
from evenrise.workspace.reports.states import State
from evenrise.workspace.supports.models import AdvisoryPlace


@dataclass
class Steps:
    """The rows (what, seconds, processor seconds, largest GB of this process)."""

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Time what is done inside."""
        wall, busy = time.perf_counter(), time.process_time()
        yield
        wall, busy = time.perf_counter() - wall, time.process_time() - busy
        largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        row = (what, f"{wall:.1f}", f"{busy:.1f}", f"{largest:.2f}")
        self.rows.append(row)
        print(f"  {row}", file=sys.stderr, flush=True)


def fill(steps: Steps, as_of: dt.date, day: dt.date) -> None:
    """Prepare and show the store's snapshot, and give every adult an account.

    Args:
        steps: what is timed.
        as_of: the day that the pages speak of.
        day: the day of the directory, on which sections meet.
    """
    snapshot = _snapshot()
    target = page_file(snapshot.id)
    if not target.exists():
        prepare(steps, as_of, target)
    if standing() is None:
        with steps.step("made current: the directory placed for the first time"):
            make_current(snapshot, as_of=as_of, by=None)
        with steps.step("placed again, with the sections of a day they meet"):
            place_directory(read_directory(snapshot, day), day)
    place_cast(day)
    _accounts(steps, day)


def prepare(steps: Steps, as_of: dt.date, target: Path) -> None:
    """Compute, protect, review and write the pages of the store's snapshot."""
    with steps.step("pages prepared"):
        prepare_pages(
            _snapshot(),
            target=target,
            as_of=as_of,
            settings=settings_beside([settings.HOME.store]),
            progress=Silent(),
        ).close()


def _snapshot() -> Snapshot:
    found = snapshot_store().current()
    if found is None:
        raise SystemExit("The store holds no snapshot: evenrise import comes first.")
    return found


def _accounts(steps: Steps, as_of: dt.date) -> None:
    """An account for each adult of the records, with the roles of their posts."""
    taken = Person.objects.exclude(staff_id="").values("staff_id")
    without = StaffMember.objects.exclude(pk__in=taken)
    people = [
        Person(
            email=f"{one.pk}@demo.example".lower(),
            name=one.name,
            staff_id=one.pk,
            password="!",  # noqa: S106 - nobody signs in by it
        )
        for one in without
    ]
    if not people:
        return
    Person.objects.bulk_create(people, batch_size=2_000)
    with steps.step(f"placed again, {len(people):,} adults receive their roles"):
        place_directory(read_directory(_snapshot(), as_of), as_of)


def place_again(steps: Steps, as_of: dt.date) -> None:
    """What a night costs: a directory of which little changed is placed again."""
    with steps.step("the directory read from the snapshot"):
        directory = read_directory(_snapshot(), as_of)
    with steps.step("placed again, nothing changed"):
        place_directory(directory, as_of)
    with (
        connection.cursor() as cursor
    ):  # one student in a hundred, as it was last night
        cursor.execute(
            "UPDATE people_student SET grade = '00', days_absent = days_absent + 1 "
            "WHERE student_id LIKE '%77'"
        )
        cursor.execute("DELETE FROM people_roster WHERE id % 100 = 7")
    with steps.step("placed again, one in a hundred changed"):
        place_directory(directory, as_of)


def figures(steps: Steps, as_of: dt.date) -> tuple[Release, Briefing]:
    """A release of the figures that everybody reads, and a briefing."""
    people = place_cast(as_of)
    lead, writer = people["superintendent"], people["steward"]
    release = Release.objects.filter(state=State.PUBLIC).first()
    if release is None:
        release = actions.propose_figures(person=writer)
        with steps.step("a release of the figures prepared"):
            releasing.prepare_figures.call(release.pk)
        release.refresh_from_db()
        actions.approve(person=lead, release=release, content=release.content)
        with steps.step("made public"):
            release = releasing.publish_figures(person=lead, release=release)
    briefing = Briefing.objects.first()
    if briefing is None:
        words = actions.Words(title="Who misses school?", opening="Three schools.")
        briefing = actions.begin_briefing(person=writer, language="en", words=words)
        chosen = [one.key for one in current().main()[:3]]
        actions.choose_findings(person=writer, briefing=briefing, findings=chosen)
        briefing.refresh_from_db()
    return release, briefing


def current() -> PageStore:
    """The page store of what is current."""
    now = standing()
    if now is None:
        raise SystemExit("Nothing is current in this store.")
    return pages_of(now.snapshot)


def things(as_of: dt.date, release: Release, briefing: Briefing) -> dict[str, Any]:
    """One of everything that an address can name."""
    _lay_aside()
    district = SimpleNamespace(pages=current(), as_of=as_of)
    return make_things(place_cast(as_of), district, release, briefing)


def _lay_aside() -> None:
    """What a run before made and only one of can stand."""
    DataQuestion.objects.filter(mark="a-question").delete()
    AdvisoryPlace.objects.all().delete()
    for plan in Plan.objects.exclude(slug__contains="-before-"):
        Plan.objects.filter(pk=plan.pk).update(slug=f"{plan.slug}-before-{plan.pk}")
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for room in ("cycles", "learning"):
            for model in apps.get_app_config(room).get_models(
                include_auto_created=True
            ):
                cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608, SLF001


def counts() -> dict[str, int]:
    """How large the district is."""
    tables: dict[str, Callable[[], int]] = {
        "students": lambda: _rows("people_student"),
        "staff": StaffMember.objects.count,
        "posts": StaffAssignment.objects.count,
        "accounts": Person.objects.count,
        "sections": lambda: _rows("people_section"),
        "places in sections": lambda: _rows("people_roster"),
        "schools": lambda: _rows("people_school"),
    }
    return {name: count() for name, count in tables.items()}


def _rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])
