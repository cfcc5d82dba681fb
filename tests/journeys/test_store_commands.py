"""import, compute and check, as a data person uses them on two nights."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest


STUDENTS = 40


def evenrise(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evenrise", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )


def night(folder: Path, students: int, absent: int = 5) -> Path:
    """A folder of last night's files: the first `absent` students were away often."""
    folder.mkdir()
    codes = [f"S{n:03d}" for n in range(students)]
    (folder / "schools.csv").write_text(
        "school_id,name,level,district_id,district_name\nH1,Elm High,high,77,Elm\n"
    )
    days = [f"2025-{m:02d}-{d:02d}" for m in (9, 10) for d in range(1, 26)]
    (folder / "calendar.csv").write_text(
        "school_id,date,instructional\n" + "".join(f"H1,{d},Y\n" for d in days)
    )
    (folder / "students.csv").write_text(
        "student_id,gender,race\n" + "".join(f"{c},F,white\n" for c in codes)
    )
    (folder / "enrollments.csv").write_text(
        "student_id,school_id,school_year,grade,entered_on\n"
        + "".join(f"{c},H1,2026,09,2025-08-25\n" for c in codes)
    )
    (folder / "attendance.csv").write_text(
        "student_id,school_id,date,status,reason\n"
        + "".join(
            f"{c},H1,{d},absent,unexcused\n" for c in codes[:absent] for d in days[:10]
        )
    )
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    done = evenrise(
        "import", night(tmp_path / "monday", STUDENTS), "--store", tmp_path / "store"
    )
    assert done.returncode == 0, done.stderr
    return tmp_path / "store"


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    done = evenrise(
        "import", night(tmp_path / "n", 3), "--store", tmp_path / "s", "--dry-run"
    )
    assert done.returncode == 0, done.stderr
    assert "nothing was written" in done.stdout
    assert "students.csv: District CSV; 3 rows read, 3 kept" in done.stdout
    assert not (tmp_path / "s").exists()


def test_the_second_night_is_told_as_a_difference(store: Path, tmp_path: Path) -> None:
    tuesday = night(tmp_path / "tuesday", STUDENTS + 2)
    done = evenrise("import", tuesday, "--store", store, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["differences"]["students"]
    assert told == {"new": 2, "changed": 0, "gone": 0, "same": STUDENTS}


def test_half_a_file_stops_and_asks(store: Path, tmp_path: Path) -> None:
    before = (store / "current.json").read_text()
    half = night(tmp_path / "half", STUDENTS // 2)
    done = evenrise("import", half, "--store", store)
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert "--allow-removal" in done.stderr
    assert (store / "current.json").read_text() == before
    assert evenrise(
        "import", half, "--store", store, "--allow-removal"
    ).returncode == 0  # fmt: skip


def test_refused_rows_are_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    folder = night(tmp_path / "n", 4)
    with (folder / "students.csv").open("a") as file:
        file.write("S900,Q,white\n,F,white\n")
    done = evenrise("import", folder, "--store", tmp_path / "s")
    assert done.returncode == 4
    assert "line 7, student_id" in done.stdout


def test_compute_keeps_facts_beside_the_snapshot(store: Path) -> None:
    done = evenrise("compute", "--store", store, "--json", "--as-of", "2025-10-31")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert "chronic_absence" in told["indicators"]
    assert Path(told["file"]).exists()
    assert told["facts"] > 0


def test_check_finds_a_whole_store_whole_and_a_changed_one_not(store: Path) -> None:
    assert evenrise("check", "--store", store).returncode == 0
    part = next((store / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-1])
    done = evenrise("check", "--store", store)
    assert done.returncode == 3
    assert part.name in done.stdout


def test_an_empty_store_is_said_plainly(tmp_path: Path) -> None:
    done = evenrise("compute", "--store", tmp_path / "none")
    assert done.returncode == 3
    assert "evenrise import" in done.stderr


def test_a_person_at_a_terminal_sees_how_far_it_is(tmp_path: Path) -> None:
    mine, theirs = pty.openpty()
    folder = night(tmp_path / "n", 3)
    with subprocess.Popen(
        [sys.executable, "-m", "evenrise", "import", folder, "--store", tmp_path / "s"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    ) as running:
        assert running.wait(timeout=120) == 0
    os.close(theirs)
    seen = os.read(mine, 100_000).decode(errors="replace")
    os.close(mine)
    assert "100 %" in seen
