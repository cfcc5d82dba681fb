"""What holds for every test: invented data is repeatable, and time decides nothing."""

from __future__ import annotations

import gc
import os
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support.examples import NIGHT


# A slow machine must not fail a property: speed is measured in benchmarks/. By day the
# invented data are the same every time, so that a red test is red for everybody; by
# night (`./dev night`) they are new, and many more.
settings.register_profile(
    "day", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "night",
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("night" if NIGHT else "day")


# Minutes together, and some of them one test of a minute: begun first, no worker is
# left alone with one of them at the end. The others even out what remains.
LONG = ("web/test_doors.py", "tests/journeys/", "web/data/test_killed.py", "web/ops/")


# A sixth of the processor time of the web tests went into looking for garbage: seldom
# is enough, and never among the modules, which stay.
gc.set_threshold(20_000, 20, 50)


def pytest_collection_finish() -> None:
    """What is imported by now is looked at no more."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """At the end all of it is given back, or libraries in C complain of leaks."""
    gc.unfreeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long before all else; the order stays as it was otherwise."""
    items.sort(key=lambda item: not any(part in item.nodeid for part in LONG))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where workers share a folder, their databases begin as copies.

    Every worker would spend seven seconds on the same migrations; after the copy
    Django's own `migrate` finds nothing left to do.
    """
    from django.db import connection

    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    if connection.vendor == "postgresql":
        from tests.support.served import begun_on_server

        template = begun_on_server(tmp_path_factory, os.environ["EVENRISE_DATABASE"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template
    else:
        _begin_in_memory(tmp_path_factory)


def _begin_in_memory(factory: pytest.TempPathFactory) -> None:
    from django.db.backends.signals import connection_created

    from evenrise.config.home import Home
    from tests.support.served import begun

    empty = Home(begun(factory, factory.mktemp("empty"))).database

    def fill(connection: Any, **_: Any) -> None:
        link = connection.connection
        if (
            connection.is_in_memory_db()
            and not link.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        ):
            with closing(sqlite3.connect(empty)) as made:
                made.backup(link)

    connection_created.connect(fill, weak=False)
