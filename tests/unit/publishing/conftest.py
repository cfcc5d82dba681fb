"""One published review for all tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenrise.publishing.release import publish
from evenrise.vocabulary.progress import Silent
from tests.support.example_review import example_review


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the example review, both languages."""
    out = tmp_path_factory.mktemp("published") / "review"
    publish(example_review(), out, import_story={"files": []}, progress=Silent())
    return out
