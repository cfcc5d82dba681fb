"""The filled district, deployed on SQLite and on PostgreSQL; a copy for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.support.postgres import cluster, programs
from tests.support.served import fill, filled_district, reviewed_district
from tests.web.ops.deployed import Deployed, things_of


@pytest.fixture(scope="session", autouse=True)
def _served() -> None:
    """Everything here happens in processes of its own: no district in this one."""


@pytest.fixture(scope="session")
def _server_of_databases() -> Iterator[str]:
    """A PostgreSQL of our own, also when the run as a whole has another."""
    try:
        programs()
    except FileNotFoundError as problem:
        pytest.skip(str(problem))
    with cluster() as address:
        yield address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def vendor(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    return str(request.param)


@pytest.fixture(scope="session")
def new_database(vendor: str, request: pytest.FixtureRequest) -> Callable[..., str]:
    """Makes an empty database, or a copy of another; its address."""
    if vendor == "sqlite":
        return lambda **_: ""
    server = request.getfixturevalue("_server_of_databases")

    def make(like: str = "") -> str:
        name = f"d{uuid4().hex[:12]}"
        address = server.replace("/evenrise?", f"/{name}?")
        template = urlsplit(like).path.lstrip("/") or "template0"
        with psycopg.connect(server, autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]
        return address

    return make


@pytest.fixture(scope="session")
def filled(
    vendor: str,
    new_database: Callable[..., str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Deployed:
    """The filled district; nobody may change it."""
    root, database = tmp_path_factory.mktemp("filled") / vendor, new_database()
    if vendor == "sqlite":  # the one that browsers are shown
        shutil.copytree(filled_district(tmp_path_factory), root)
    else:
        shutil.copytree(reviewed_district(tmp_path_factory), root)
        fill("district", root, database)
    return Deployed(root / "store", database, things_of(root), root / "records")


@pytest.fixture
def deployed(
    filled: Deployed, new_database: Callable[..., str], tmp_path: Path
) -> Deployed:
    """A copy of the filled district, to be changed."""
    shutil.copytree(filled.store, tmp_path / "store")
    database = new_database(like=filled.database)
    return replace(filled, store=tmp_path / "store", database=database)


@pytest.fixture
def empty(
    filled: Deployed, new_database: Callable[..., str], tmp_path: Path
) -> Deployed:
    """A place for a restored district."""
    return replace(filled, store=tmp_path / "again" / "store", database=new_database())
