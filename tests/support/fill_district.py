"""Makes the homes that the browser tests serve: run as a program, in its own process.

    python -m tests.support.fill_district empty ROOT
    python -m tests.support.fill_district reviewed ROOT
    python -m tests.support.fill_district district ROOT
    python -m tests.support.fill_district first-day ROOT

`empty` is a home with an empty database.
`reviewed` is a small invented district: its records, a snapshot of them, its review.
`district` places it, with its cast, its public pages and one of everything that an
address can name, into the database; what these are called is written to things.json.
Where ROOT holds a reviewed district already, that one is placed.
`first-day` is a home without any records, with one person who may sign in.
A process of its own, since Django is made ready for one home a process.
"""

from __future__ import annotations

import datetime as dt
import json
import pickle
import sys
from pathlib import Path
from types import SimpleNamespace

from evenrise.cli.serving import begin, ready
from evenrise.vocabulary.progress import Silent


AS_OF = dt.date(2026, 5, 15)
STUDENTS = 1_500
SEED = 3
_REVIEW = "review.pickle"
FIRST = ("joan.whitfield@first.example", "a harbor before sunrise")


def make_empty(root: Path) -> None:
    """A database of this version with nothing in it."""
    ready(begin(root / "store"))


def make_reviewed(root: Path) -> None:
    """Records, snapshot and review: what does not hang on the kind of database."""
    from evenrise.publishing.reviewing.work import ReviewWork, review_snapshot
    from evenrise.records.importing import ImportOptions, import_paths
    from evenrise.records.snapshots import SnapshotStore
    from evenrise.synthetic.district import build_district
    from tests.support.sparing import gate_spared

    silent = Silent()
    records, store = root / "records", root / "store"
    build_district(records, students=STUDENTS, seed=SEED, as_of=AS_OF, progress=silent)
    report = import_paths(
        [records],
        store=SnapshotStore(store),
        options=ImportOptions(as_of=AS_OF),
        progress=silent,
    )
    snapshot = report.snapshot
    assert snapshot is not None
    work = ReviewWork(snapshot=snapshot, as_of=AS_OF, district=None, report=report)
    with gate_spared():
        made = review_snapshot(work, silent)
    (root / _REVIEW).write_bytes(pickle.dumps(made))


def make_district(root: Path) -> None:
    """People, a release, a briefing, supports, in the database."""
    from evenrise.records.snapshots import SnapshotStore

    if not (root / _REVIEW).exists():
        make_reviewed(root)
    made = pickle.loads((root / _REVIEW).read_bytes())  # noqa: S301 - our own file
    snapshot = SnapshotStore(root / "store").current()
    assert snapshot is not None
    ready(begin(root / "store", demo=True))
    from evenrise.workspace.reports.demo import place_demo

    place_demo(made, snapshot, AS_OF, Silent(), supports=root / "supports")
    (root / "things.json").write_text(json.dumps(_things()), encoding="utf-8")


def _things() -> dict[str, object]:
    """One of everything that the table of doors names."""
    from evenrise.workspace.data.standing import current_pages
    from evenrise.workspace.people.cast import place_cast
    from evenrise.workspace.people.models import RoleGrant
    from evenrise.workspace.people.roles import Role, Scope
    from evenrise.workspace.reports.models import Briefing, Release
    from tests.web.things import make_things

    cast = place_cast(AS_OF)
    # This principal leads an elementary school too: there is another one like it.
    RoleGrant.objects.create(
        person=cast["other_principal"],
        role=Role.PRINCIPAL,
        scope=Scope.SCHOOL,
        school_id="E0001",
        begins_on=AS_OF,
        origin="hand",
        reason="Leads both schools this year",
    )
    figures = Release.objects.order_by("pk").first()
    assert figures is not None
    return make_things(
        cast,
        SimpleNamespace(pages=current_pages()),
        figures,
        Briefing.objects.get(),
    )


def make_first_day(root: Path) -> None:
    """A home without records, and a person who is all that a first day needs."""
    ready(begin(root / "store"))
    from evenrise.workspace.people.models import Person, RoleGrant
    from evenrise.workspace.people.roles import Role, Scope

    email, password = FIRST
    person = Person.objects.create_user(
        email=email, password=password, name="Joan Whitfield"
    )
    for role in (Role.SUPERINTENDENT, Role.DATA_STEWARD, Role.ADMINISTRATOR):
        RoleGrant.objects.create(
            person=person,
            role=role,
            scope=Scope.DISTRICT,
            begins_on=AS_OF,
            origin="hand",
            reason="The first day",
        )


MAKERS = {
    "empty": make_empty,
    "reviewed": make_reviewed,
    "district": make_district,
    "first-day": make_first_day,
}


if __name__ == "__main__":
    which, place = sys.argv[1:]
    MAKERS[which](Path(place))
