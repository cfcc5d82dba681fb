"""One page store of drawn facts, and one of a small invented district, for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from evenrise.findings.review import Reviewed
from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.prepare import write_pages
from evenrise.publishing.reviewing.settings_file import settings_beside
from evenrise.publishing.reviewing.work import ReviewWork, review_snapshot
from evenrise.records.importing import ImportOptions, import_paths
from evenrise.records.snapshots import Snapshot, SnapshotStore
from evenrise.synthetic.district import build_district
from evenrise.vocabulary.progress import Silent
from tests.support.page_stores import drawn_store


AS_OF = dt.date(2026, 6, 30)
# Without them fewer indicators are told, and the tests take half the time.
LEFT_OUT = ("scores", "assignments", "marks", "rosters", "assessments", "completions")


@dataclass(frozen=True)
class Invented:
    """A small invented district: its snapshot, its review, its pages."""

    snapshot: Snapshot
    made: Reviewed
    pages: PageStore


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageStore]:
    """The pages of seven drawn schools, published figures."""
    store = drawn_store(tmp_path_factory.mktemp("drawn") / "pages.sqlite")
    yield store
    store.close()


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Invented]:
    """The pages of 600 invented students, computed from their records."""
    home = tmp_path_factory.mktemp("invented")
    records = home / "records"
    build_district(records, students=600, seed=4, as_of=AS_OF, progress=Silent())
    for name in LEFT_OUT:
        (records / f"{name}.csv").unlink()
    settings = settings_beside([records])
    report = import_paths(
        [records],
        store=SnapshotStore(home / "store"),
        options=ImportOptions(as_of=AS_OF, settings=settings),
        progress=Silent(),
    )
    assert report.snapshot is not None
    work = ReviewWork(
        snapshot=report.snapshot, as_of=AS_OF, settings=settings, report=report
    )
    made = review_snapshot(work, Silent())
    target = home / "pages.sqlite"
    write_pages(made, report.snapshot, target, Silent())
    store = PageStore(target)
    yield Invented(report.snapshot, made, store)
    store.close()
