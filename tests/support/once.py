"""What many tests read and nobody changes: made once a run, whatever the workers.

A run's folder holds it. `./dev test` runs pytest twice, on SQLite and on PostgreSQL,
and names one folder for both: EVENRISE_TEST_RUN.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    named = os.environ.get("EVENRISE_TEST_RUN")
    if named:
        return Path(named)
    base = factory.getbasetemp()
    # With several workers each has a folder of its own below the run's.
    return base.parent if base.name.startswith("popen-") else base


def made_once(root: Path, make: Callable[[Path], None]) -> Path:
    """A folder that the first who asks fills; others wait for it.

    Args:
        root: the folder; whoever kept one from an earlier run names that.
        make: fills it. Where it fails, the next who asks begins anew.
    """
    root.parent.mkdir(parents=True, exist_ok=True)
    with root.with_name(f"{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "whole").exists():
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            make(root)
            (root / "whole").touch()
    return root
