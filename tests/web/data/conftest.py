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
from evenrise.workspace.data import standing as standings
from evenrise.workspace.data.actions.imports import bring_in
from evenrise.workspace.data.models import Import, new_key
from evenrise.workspace.data.uploads import land
from tests.web.conftest import AS_OF, District


IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def home(district: District, tmp_path: Path) -> Iterator[Home]:
    """The district's store, in a place where it may change."""
    shutil.copytree(district.home.store, tmp_path / "store")
    before, settings.HOME = settings.HOME, Home(tmp_path / "store")
    standings._opened.cache_clear()
    yield settings.HOME
    settings.HOME = before
    standings._opened.cache_clear()


@pytest.fixture
def at_once(settings) -> None:
    """Long work is done at once, in the same process."""
    settings.TASKS = IMMEDIATE


@pytest.fixture
def rows(district: District) -> Callable[[str], list[dict[str, str]]]:
    """The rows of one of the district's files."""

    def read(table: str) -> list[dict[str, str]]:
        with (district.records / f"{table}.csv").open(encoding="utf-8") as file:
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
