"""A copy of the invented district for each test, and files to bring into it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from evenrise.config.home import Home
from evenrise.publishing.page_store.prepare import prepare_pages
from evenrise.records.importing import ImportOptions, import_paths
from evenrise.records.snapshots import SnapshotStore
from evenrise.vocabulary.progress import Silent
from evenrise.workspace.data import standing as standings
from evenrise.workspace.data.actions.imports import bring_in
from evenrise.workspace.data.models import Import, Standing, new_key
from evenrise.workspace.data.uploads import land
from tests.web.conftest import AS_OF
from tests.web.data.killing import write_records


IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A very small district: records/ and store/ with its snapshot and pages."""
    root = tmp_path_factory.mktemp("small")
    (root / "records").mkdir()
    write_records(root / "records")
    home = Home(root / "store")
    home.make()
    report = import_paths(
        [root / "records"],
        store=SnapshotStore(home.store),
        options=ImportOptions(as_of=AS_OF),
        progress=Silent(),
    )
    assert report.snapshot is not None
    target = home.pages / f"{report.snapshot.id}.sqlite"
    prepare_pages(report.snapshot, target=target, as_of=AS_OF, report=report)
    return root


@pytest.fixture
def home(db, cast, small: Path, tmp_path: Path) -> Iterator[Home]:
    """The small district, standing, in a place where it may change."""
    shutil.copytree(small / "store", tmp_path / "store")
    before, settings.HOME = settings.HOME, Home(tmp_path / "store")
    snapshot = SnapshotStore(settings.HOME.store).current()
    assert snapshot is not None
    Standing.objects.all().delete()  # of the larger district of other rooms
    standings.make_current(snapshot, as_of=AS_OF, by=None)
    yield settings.HOME
    settings.HOME = before


@pytest.fixture
def at_once(settings) -> None:
    """Long work is done at once, in the same process."""
    settings.TASKS = IMMEDIATE


@pytest.fixture
def rows(small: Path) -> Callable[[str], list[dict[str, str]]]:
    """The rows of one of the small district's files."""

    def read(table: str) -> list[dict[str, str]]:
        with (small / "records" / f"{table}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return read


def as_csv(rows: Sequence[dict[str, str]]) -> bytes:
    """Rows as a file."""
    out = io.StringIO()
    write = csv.DictWriter(out, list(rows[0]))
    write.writeheader()
    write.writerows(rows)
    return out.getvalue().encode()


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/csv")


def brought(person, as_of: dt.date = AS_OF, **files: bytes) -> Import:
    """An import of some files, by table."""
    key = new_key()
    landing = land(key)
    for table, content in files.items():
        target = landing.open(f"{table}.csv")
        landing.add(target, content)
        landing.close(target)
    return bring_in(person, key=key, files=landing.files, as_of=as_of)
