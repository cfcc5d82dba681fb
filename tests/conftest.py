"""What holds for every test: invented data is repeatable, and time decides nothing."""

from __future__ import annotations

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long before all else; the order stays as it was otherwise."""
    items.sort(key=lambda item: not any(part in item.nodeid for part in LONG))
