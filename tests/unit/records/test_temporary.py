"""Folders that must not stay: gone at the end, or when the next one is made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from evenrise.records.snapshots.temporary import folder_aside, remove_forgotten


HOLD = """
import sys, time
from evenrise.records.snapshots.temporary import folder_aside
with folder_aside() as work:
    (work / "students.csv").write_text("S1")
    print(work, flush=True)
    time.sleep(60)
"""


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path, monkeypatch):
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], env=env, stdout=subprocess.PIPE, text=True
    ) as held:
        assert held.stdout is not None
        left = Path(held.stdout.readline().strip())
        remove_forgotten(tmp_path)
        assert (left / "students.csv").exists(), "a busy one stays"
        held.send_signal(signal.SIGKILL)
    assert (left / "students.csv").exists()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with folder_aside() as work:
        assert not left.exists()
        assert [home.name for home in tmp_path.iterdir()] == [work.parent.name]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_just_being_made_and_strangers_stay(tmp_path):
    (tmp_path / "evenrise-records-young").mkdir()
    (tmp_path / "other").mkdir()
    remove_forgotten(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
