"""One import from end to end: kept, refused, asked, compared, and led back to files."""

from __future__ import annotations

import gzip
import json
import zipfile

import pytest

from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import SnapshotStore
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
from tests.unit.records.district import (
    FILES,
    STUDENTS,
    bring_in,
    folder,
    reasons,
    rows,
    written,
)


def test_a_folder_becomes_a_snapshot_with_typed_tables(tmp_path):
    report = bring_in(tmp_path / "store", folder(tmp_path / "in"))
    snapshot = written(report)
    assert report.exit_code == 0
    assert SnapshotStore(tmp_path / "store").current() == snapshot
    assert rows(snapshot, "students", "student_id, gender, hispanic, race, _row") == [
        ("S1", "F", True, "white;asian", 1),
        ("S2", "M", False, "black", 2),
        ("S3", "X", False, None, 3),
    ]
    assert snapshot.columns("attendance")[:2] == ("student_id", "school_id")
    assert not snapshot.has("incidents")


def test_an_empty_file_means_none_and_a_missing_one_not_collected(tmp_path):
    given = folder(tmp_path / "in", incidents="incident_id,student_id,school_id,date\n")
    snapshot = written(bring_in(tmp_path / "store", given))
    assert snapshot.has("incidents")
    assert snapshot.rows("incidents") == 0
    assert rows(snapshot, "incidents") == []
    assert not snapshot.has("marks")


def test_refused_rows_name_file_line_column_and_never_stop_the_rest(tmp_path):
    students = STUDENTS + "S4,F,maybe,\n,F,N,\nS1,F,N,\nS5,F,N,,extra\n"
    report = bring_in(tmp_path / "store", folder(tmp_path / "in", students=students))
    assert reasons(report) == [
        ("students.csv", 5, "hispanic"),
        ("students.csv", 6, "student_id"),
        ("students.csv", 7, "student_id"),
        ("students.csv", 8, ""),
    ]
    assert report.exit_code == 4
    told = [refusal.reason.en for story in report.files for refusal in story.refusals]
    assert told[2] == "repeats the student_id of line 2."
    story = next(s for s in report.files if s.name == "students.csv")
    assert (story.read, story.kept, story.refused) == (7, 3, 4)


def test_lines_stay_right_below_blank_and_broken_lines(tmp_path):
    text = "student_id,gender\nS1,F\n\nS2\nS3,M\n\n\nS4,F\nS5,M"
    report = bring_in(tmp_path / "store", folder(tmp_path / "in", students=text))
    snapshot = written(report)
    assert reasons(report) == [("students.csv", 4, "")]
    lines = [
        snapshot.lineage("students", file, row)
        for file, row in rows(snapshot, "students", "_file, _row")
    ]
    assert lines == [("students.csv", n) for n in (2, 5, 8, 9)]


def test_headers_match_loosely_and_the_report_says_how(tmp_path):
    students = "\ufeffStudent ID,GENDER,Favorite color\nS1,F,blue\n"
    report = bring_in(tmp_path / "store", folder(tmp_path / "in", students=students))
    story = next(s for s in report.files if s.name == "students.csv")
    assert story.matched == {"Student ID": "student_id", "GENDER": "gender"}
    assert story.unmatched == ["Favorite color"]


def test_the_districts_own_codes_are_mapped(tmp_path):
    attendance = "student_id,school_id,date,status\nS1,001,9/1/2025,A\n"
    settings = DistrictSettings(codes={"attendance.status": {"a": "absent"}})
    given = folder(tmp_path / "in", attendance=attendance)
    report = bring_in(tmp_path / "store", given, settings=settings)
    stored = rows(written(report), "attendance", "date::VARCHAR, status")
    assert stored == [("2025-09-01", "absent")]


def test_a_code_map_to_nothing_we_know_is_an_argument_problem(tmp_path):
    settings = DistrictSettings(codes={"attendance.status": {"a": "away"}})
    with pytest.raises(ArgumentProblem, match="away"):
        bring_in(tmp_path / "store", folder(tmp_path / "in"), settings=settings)
    assert not (tmp_path / "store").exists()


def test_the_same_files_give_the_same_snapshot_and_store_parts_once(tmp_path):
    first = written(bring_in(tmp_path / "store", folder(tmp_path / "in")))
    again = written(bring_in(tmp_path / "store", folder(tmp_path / "in")))
    assert again.id == first.id
    parts = sorted((tmp_path / "store" / "parts").iterdir())
    changed = folder(tmp_path / "in", students=STUDENTS + "S9,F,N,\n")
    second = written(bring_in(tmp_path / "store", changed))
    assert second.id != first.id
    assert second.parts("schools") == first.parts("schools")
    assert len(list((tmp_path / "store" / "parts").iterdir())) == len(parts) + 1


def test_differences_count_new_changed_gone_and_same(tmp_path):
    bring_in(tmp_path / "store", folder(tmp_path / "in"))
    students = "student_id,gender,hispanic,race\nS1,F,Y,white\nS2,M,N,black\nS7,F,N,\n"
    given = folder(tmp_path / "in", students=students)
    report = bring_in(tmp_path / "store", given, dry_run=True)
    told = report.as_json()["differences"]["students"]
    assert told == {"new": 1, "changed": 1, "gone": 1, "same": 1}
    assert report.as_json()["differences"]["schools"]["same"] == 2


def test_a_dry_run_writes_nothing(tmp_path):
    report = bring_in(tmp_path / "store", folder(tmp_path / "in"), dry_run=True)
    assert report.snapshot is None
    assert not (tmp_path / "store").exists()


def test_many_students_leaving_stops_and_asks(tmp_path):
    before = written(bring_in(tmp_path / "store", folder(tmp_path / "in")))
    fewer = folder(tmp_path / "in", students="student_id,gender\nS1,F\n")
    with pytest.raises(InputProblem, match="would remove 2 of 3 students"):
        bring_in(tmp_path / "store", fewer)
    assert SnapshotStore(tmp_path / "store").current() == before
    allowed = bring_in(tmp_path / "store", fewer, allow_removal=True)
    assert written(allowed).rows("students") == 1


def test_a_required_file_without_its_column_stops_and_writes_nothing(tmp_path):
    given = folder(tmp_path / "in", students="name,gender,hispanic\nAna,F,Y\n")
    with pytest.raises(InputProblem, match=r"students\.csv"):
        bring_in(tmp_path / "store", given)
    assert not (tmp_path / "store").exists()


def test_zip_gz_and_folder_give_the_same_tables(tmp_path):
    plain = written(bring_in(tmp_path / "a", folder(tmp_path / "in")))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        for name, text in FILES.items():
            packed.writestr(f"export/{name}", text)
    zipped = written(bring_in(tmp_path / "b", tmp_path / "all.zip"))
    gzipped_files = []
    for name, text in FILES.items():
        path = tmp_path / f"{name}.gz"
        path.write_bytes(gzip.compress(text.encode()))
        gzipped_files.append(path)
    gzipped = written(bring_in(tmp_path / "c", *gzipped_files))
    names = "student_id, school_id, date, status, reason"
    told = [rows(s, "attendance", names) for s in (plain, zipped, gzipped)]
    assert told[0] == told[1] == told[2]
    names = sorted(file["name"] for file in zipped.manifest["files"])
    assert names[0] == "all.zip!export/attendance.csv"


def test_import_json_is_json_and_names_what_it_promises(tmp_path):
    report = bring_in(tmp_path / "store", folder(tmp_path / "in"))
    told = json.loads(json.dumps(report.as_json()))
    assert told["snapshot"] == written(report).id
    for name in ("files", "questions", "differences", "rows_refused"):
        assert name in told
    for name in ("recognised_as", "rows_read", "rows_kept", "refused", "sha256"):
        assert name in told["files"][0]


def test_the_manifest_leads_to_every_file_and_its_hash(tmp_path):
    import hashlib

    given = folder(tmp_path / "in")
    snapshot = written(bring_in(tmp_path / "store", given))
    for file in snapshot.manifest["files"]:
        raw = (given / file["name"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(raw).hexdigest()


def test_spreadsheet_formulas_stay_text_and_are_told(tmp_path):
    schools = "school_id,name,level\n001,\"=cmd|'/c calc'!A1\",high\n002,Elm,high\n"
    report = bring_in(tmp_path / "store", folder(tmp_path / "in", schools=schools))
    assert rows(written(report), "schools", "name")[0] == ("=cmd|'/c calc'!A1",)
    story = next(s for s in report.files if s.name == "schools.csv")
    assert any("formula" in note.en for note in story.notes)


def test_two_importers_at_once_get_a_clear_sentence(tmp_path):
    store = SnapshotStore(tmp_path / "store")
    with (
        store.writing(),
        pytest.raises(InputProblem, match="Another import is writing"),
    ):
        bring_in(tmp_path / "store", folder(tmp_path / "in"))
