"""`check` finds what was changed or lost in a store, and says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from evenrise.records.importing import ImportOptions, import_paths
from evenrise.records.snapshots import SnapshotStore
from evenrise.records.snapshots.verify import verify
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.progress import Silent
from tests.unit.records.district import bring_in, folder


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    files = tmp_path / "files"
    files.mkdir()
    (files / "schools.csv").write_text("school_id,name,level\n1,Elm,high\n")
    (files / "students.csv").write_text("student_id,gender\nA,F\n")
    (files / "enrollments.csv").write_text(
        "student_id,school_id,school_year,grade,entered_on\nA,1,2026,09,2025-08-20\n"
    )
    store = SnapshotStore(tmp_path / "store")
    options = ImportOptions(as_of=dt.date(2026, 6, 30))
    import_paths([files], store=store, options=options, progress=Silent())
    return store


def test_a_whole_store_has_no_problems(store: SnapshotStore) -> None:
    found = verify(store)
    assert found.problems == ()
    assert len(found.snapshots) == 1
    assert found.parts >= 3


def test_a_changed_part_is_named(store: SnapshotStore) -> None:
    part = next((store.root / "parts").iterdir())
    part.write_bytes(part.read_bytes() + b"x")
    (problem,) = verify(store).problems
    assert part.name in problem
    assert "was changed" in problem


def test_a_missing_part_is_named(store: SnapshotStore) -> None:
    part = next((store.root / "parts").iterdir())
    part.unlink()
    (problem,) = verify(store).problems
    assert "is missing" in problem


def test_a_changed_manifest_is_named(store: SnapshotStore) -> None:
    current = store.current()
    assert current is not None
    page = current.path / "manifest.json"
    page.write_text(page.read_text().replace('"rows": 1', '"rows": 2'))
    assert "manifest" in verify(store).problems[0]


def test_a_lost_pointer_is_said(store: SnapshotStore) -> None:
    (store.root / "current.json").unlink()
    assert "current" in verify(store).problems[0]


def _spoil(root, pattern, text):
    (found,) = root.glob(pattern)
    found.write_text(text)


@pytest.mark.parametrize("text", ["{", "[]", '{"snapshot": "../../etc"}', "", "3"])
def test_a_damaged_pointer_is_one_sentence(tmp_path, text):
    bring_in(tmp_path / "store", folder(tmp_path / "in"))
    _spoil(tmp_path / "store", "current.json", text)
    (problem,) = verify(SnapshotStore(tmp_path / "store")).problems
    assert problem.endswith(".")


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"format": 1, "tables": 3}'])
def test_importing_again_mends_a_damaged_manifest(tmp_path, text):
    root = tmp_path / "store"
    report = bring_in(root, folder(tmp_path / "in"))
    _spoil(root, "snapshots/*/manifest.json", text)
    problems = verify(SnapshotStore(root)).problems
    assert len(problems) == 1
    assert "no whole snapshot" in problems[0]
    (root / "current.json").unlink()  # it leads to the damaged one
    again = bring_in(root, tmp_path / "in")
    assert again.snapshot is not None
    assert report.snapshot is not None
    assert again.snapshot.id == report.snapshot.id
    assert verify(SnapshotStore(root)).problems == ()


def test_importing_again_mends_a_damaged_part(tmp_path):
    root = tmp_path / "store"
    bring_in(root, folder(tmp_path / "in"))
    part = next(root.glob("parts/*.parquet"))
    part.write_bytes(part.read_bytes()[:20])
    assert len(verify(SnapshotStore(root)).problems) == 1
    (root / "current.json").unlink()
    bring_in(root, tmp_path / "in")
    assert verify(SnapshotStore(root)).problems == ()


def test_a_snapshot_of_a_newer_evenrise_says_so(tmp_path):
    root = tmp_path / "store"
    bring_in(root, folder(tmp_path / "in"))
    _spoil(root, "snapshots/*/manifest.json", '{"format": 99, "tables": {}}')
    with pytest.raises(InputProblem, match=r"newer Evenrise \(format 99"):
        SnapshotStore(root).current()


def test_a_folder_that_is_no_store_is_not_called_whole(tmp_path):
    with pytest.raises(InputProblem, match="holds no snapshot"):
        verify(SnapshotStore(tmp_path))
