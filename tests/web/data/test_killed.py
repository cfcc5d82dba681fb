"""A worker that is really killed, at eleven moments: nothing acknowledged is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.served import begun
from tests.web.data.killing import MOMENTS


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, dict[str, object]]:
    """What was found after each kill."""
    folder: Path = tmp_path_factory.mktemp("killed")
    begun(tmp_path_factory, folder / "first")
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.data.killing", str(folder)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["moment"]: line for line in lines}


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_loses_nothing(told, moment) -> None:
    found = told[moment]
    assert found["killed"] == 9
    assert found["acknowledged"]  # what a person was told is still on record
    assert found["agrees"]  # the pages and the records name one snapshot
    assert found["left"] == []
    done = moment == "committed"
    assert found["state"] == ("current" if done else "interrupted")
    assert found["stood"] == (2 if done else 1)
    # What the kill had staged is gone; what stands is there with its pages.
    assert found["snapshots"] == found["pages"] == (2 if done else 1)
    if not done:
        assert found["again"] == "ready"
    assert found["end"] == "current"
    assert found["stands"]
    assert found["in_the_end"] == found["pages_in_the_end"] == 2


@pytest.mark.slow
def test_of_two_who_say_yes_at_once_one_looks_again(told) -> None:
    found = told["race"]
    assert found["states"] == ["current", "ready"]
    assert found["stood"] == 2
    assert found["stands"]
