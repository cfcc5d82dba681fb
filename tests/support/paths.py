"""Where tests find real data and reference numbers; they skip where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("EVENRISE_SHARED", ROOT.parent / "shared"))
DATA = SHARED / "data"
REFERENCE = Path(os.environ.get("EVENRISE_REFERENCE", SHARED / "reference"))


def real_data(folder: str) -> Path:
    """A folder of real data; skips the test, with the reason, where it is absent."""
    path = DATA / folder
    if not path.exists():
        pytest.skip(f"the real data folder {folder} is not beside this checkout")
    return path
