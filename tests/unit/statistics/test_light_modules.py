"""Statistics and the review's hot path: importing them must stay cheap."""

from __future__ import annotations

import subprocess
import sys

import pytest


HEAVY = ("pandas", "statsmodels", "sklearn", "scipy")


@pytest.mark.parametrize("name", ["rates", "multiplicity", "gap_change", "funnel"])
def test_hot_modules_import_nothing_heavy(name: str) -> None:
    code = f"import sys, evenrise.statistics.{name}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    loaded = {module.split(".")[0] for module in done.stdout.split()}
    assert not loaded & set(HEAVY)
