"""A small invented district that is served: its records, its pages, its people.

The district is built once a run (also with several workers), placed into each worker's
database once, and every test's changes are rolled back. Whoever runs one test again
and again keeps the district between runs by naming a folder:
`EVENRISE_TEST_DISTRICT=/tmp/kept ./dev run-tests tests/web/people`; a change below the
workspace needs a new folder.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hashers, get_hashers_by_algorithm
from django.test import Client
from django.utils import timezone

from evenrise.config.home import Home
from evenrise.publishing.page_store.prepare import prepare_pages
from evenrise.publishing.page_store.reading import PageStore
from evenrise.records.importing import ImportOptions, import_paths
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot, SnapshotStore
from evenrise.synthetic.district import build_district
from evenrise.vocabulary.progress import Silent
from tests.support.once import made_once, run_folder
from tests.support.sparing import OneRound, gate_spared
from tests.web.release_fixtures import (  # noqa: F401 - fixtures of every room above
    briefing,
    laid_out,
    proposed,
    public_place,
    released,
)


AS_OF = dt.date(2026, 5, 15)
STUDENTS = 600


@dataclass(frozen=True)
class District:
    """The invented district on the disk."""

    home: Home
    records: Path
    snapshot: Snapshot
    pages: PageStore
    as_of: dt.date = AS_OF


def _build(root: Path) -> None:
    """Records, snapshot and page store; seconds, once a run."""
    home = Home(root / "store")
    home.make()
    build_district(
        root / "records", students=STUDENTS, seed=3, as_of=AS_OF, progress=Silent()
    )
    report = import_paths(
        [root / "records"],
        store=SnapshotStore(home.store),
        options=ImportOptions(as_of=AS_OF),
        progress=Silent(),
    )
    assert report.snapshot is not None
    with gate_spared():
        prepare_pages(
            report.snapshot,
            target=home.pages / f"{report.snapshot.id}.sqlite",
            as_of=AS_OF,
            settings=DistrictSettings(),
            district=None,
            report=report,
            progress=Silent(),
        )


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    """The invented district, shared by the run's workers; nobody may change it."""
    kept = os.environ.get("EVENRISE_TEST_DISTRICT")
    shared = Path(kept) if kept else run_folder(tmp_path_factory)
    root = made_once(shared / "district", _build)
    home = Home(root / "store")
    snapshot = SnapshotStore(home.store).current()
    assert snapshot is not None
    return District(
        home,
        root / "records",
        snapshot,
        PageStore(home.pages / f"{snapshot.id}.sqlite"),
    )


def _forget_hashers() -> None:
    get_hashers.cache_clear()
    get_hashers_by_algorithm.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _served(district: District) -> Iterator[None]:
    """The settings point at the district; a password costs no tenth of a second."""
    before = settings.HOME, settings.STATIC_ROOT, settings.PASSWORD_HASHERS
    settings.HOME = district.home
    settings.STATIC_ROOT = district.home.workspace / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.PASSWORD_HASHERS = [f"{OneRound.__module__}.{OneRound.__qualname__}"]
    _forget_hashers()
    yield
    settings.HOME, settings.STATIC_ROOT, settings.PASSWORD_HASHERS = before
    _forget_hashers()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, district: District, _served):
    """Place the district and its cast into this worker's database, once."""
    from evenrise.workspace.data.standing import make_current
    from evenrise.workspace.people.cast import place_cast
    from evenrise.workspace.people.models import Person

    with django_db_blocker.unblock():
        make_current(district.snapshot, as_of=district.as_of, by=None)
        place_cast(dt.date(2026, 1, 1))
        Person.objects.update(second_step_at=timezone.now())


@pytest.fixture
def cast(db):
    """The people of the district, by role."""
    from evenrise.workspace.people.cast import place_cast

    return place_cast(dt.date(2026, 1, 1))


@pytest.fixture
def db_district(db, district: District) -> District:
    """The district, with its directory in the database."""
    return district


@pytest.fixture
def as_person(cast) -> Callable[[str], Client]:
    """A browser in which one of the cast is signed in, second step done."""

    def sign_in(role: str, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        person = cast[role]
        client.force_login(
            person, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in
