"""An import of some tables keeps the others, with the files they came from."""

from __future__ import annotations

import argparse
import json

import pytest

from evenrise.records.snapshots import SnapshotStore
from evenrise.records.snapshots.verify import verify
from evenrise.vocabulary.errors import InputProblem
from tests.unit.records.district import (
    ATTENDANCE,
    ENROLLMENTS,
    STUDENTS,
    bring_in,
    folder,
    rows,
    written,
)


FACTS = (
    "indicator,school_year,level,organization_id,group_family,group,"
    "numerator,denominator\n"
)


def _only(home, **files):
    """A folder of these files alone."""
    home.mkdir()
    for name, text in files.items():
        (home / f"{name}.csv").write_text(text)
    return home


@pytest.fixture
def first(tmp_path):
    return written(bring_in(tmp_path / "store", folder(tmp_path / "in")))


def test_what_is_not_brought_is_carried_over_part_by_part(tmp_path, first):
    given = _only(
        tmp_path / "next", attendance=ATTENDANCE + "S3,002,2025-08-18,present,,\n"
    )
    report = bring_in(tmp_path / "store", given, keep_rest=True)
    now = written(report)
    for table in ("schools", "students", "enrollments"):
        assert now.parts(table) == first.parts(table)
        assert now.columns(table) == first.columns(table)
        assert now.rows(table) == first.rows(table)
    assert now.rows("attendance") == 4
    assert report.as_json()["differences"]["students"] == {
        "new": 0,
        "changed": 0,
        "gone": 0,
        "same": 3,
    }
    assert verify(SnapshotStore(tmp_path / "store")).problems == ()


def test_without_it_what_is_not_brought_is_gone(tmp_path, first):
    given = _only(tmp_path / "next", attendance=ATTENDANCE)
    with pytest.raises(InputProblem, match="would remove 3 of 3 students"):
        bring_in(tmp_path / "store", given)


def test_lineage_leads_to_the_file_that_brought_the_row(tmp_path, first):
    """Carried over twice, each time beside other files at other places."""
    given = _only(
        tmp_path / "a",
        a_note="one,two\n1,2\n",
        students="student_id,gender\nS3,F\nS1,M\nS2,M\n",
    )
    bring_in(tmp_path / "store", given, keep_rest=True)
    # Attendance begins on another line, so that nothing is right by chance.
    given = _only(tmp_path / "b", attendance="A title,,,,,\n" + ATTENDANCE)
    now = written(bring_in(tmp_path / "store", given, keep_rest=True))

    def lines(table, key):
        found = rows(now, table, f"{key}, _file, _row")
        return {k: now.lineage(table, file, row) for k, file, row in found}

    assert lines("students", "student_id") == {
        "S3": ("students.csv", 2),
        "S1": ("students.csv", 3),
        "S2": ("students.csv", 4),
    }
    assert lines("schools", "school_id")["002"] == ("schools.csv", 3)
    told = lines("attendance", "student_id || date")
    assert told["S12025-08-19"] == ("attendance.csv", 4)
    names = {table: [f["name"] for f in now.files(table)] for table in ("schools",)}
    assert "enrollments.csv" in names["schools"]
    assert "a_note.csv" not in names["schools"]
    # The first attendance is gone, so nothing of the snapshot came from its file.
    assert [(one["name"], one["tables"]) for one in now.all_files()] == [
        ("attendance.csv", ["attendance"]),
        ("enrollments.csv", ["enrollments"]),
        ("schools.csv", ["schools"]),
        ("students.csv", ["students"]),
    ]


def test_the_same_import_again_gives_the_same_snapshot(tmp_path, first):
    given = _only(tmp_path / "next", attendance=ATTENDANCE)
    once = written(bring_in(tmp_path / "store", given, keep_rest=True))
    again = written(bring_in(tmp_path / "store", given, keep_rest=True))
    assert again.id == once.id
    assert len(again.manifest["earlier_files"]) == 1


def test_questions_look_at_the_tables_that_were_carried_over(tmp_path, first):
    stranger = ATTENDANCE + "S77,001,2025-08-18,present,,\n"
    given = _only(tmp_path / "next", attendance=stranger)
    report = bring_in(tmp_path / "store", given, keep_rest=True, make_current=False)
    (asked,) = [q for q in report.questions if q.key == "records.unknown_students"]
    assert (asked.file, asked.where) == ("attendance.csv", "line 5, column student_id")


def test_questions_name_the_file_of_a_row_that_was_carried_over(tmp_path, first):
    given = _only(
        tmp_path / "next",
        a_note="one,two\n1,2\n",
        schools="school_id,name,level\n002,Elm,high\n",
    )
    report = bring_in(tmp_path / "store", given, keep_rest=True)
    asked = [q for q in report.questions if q.key == "records.unknown_schools"]
    assert {(q.file, q.where) for q in asked} == {
        ("attendance.csv", "line 2, column school_id"),
        ("enrollments.csv", "line 2, column school_id"),
    }


def test_students_who_leave_are_still_noticed(tmp_path, first):
    given = _only(tmp_path / "next", students="student_id,gender\nS1,F\n")
    with pytest.raises(InputProblem, match="would remove 2 of 3 students"):
        bring_in(tmp_path / "store", given, keep_rest=True)


def test_a_brought_table_is_replaced_as_a_whole(tmp_path, first):
    later = ENROLLMENTS.splitlines()[0] + "\nS1,001,2027,06,2026-08-17,\n"
    given = _only(tmp_path / "next", enrollments=later)
    now = written(bring_in(tmp_path / "store", given, keep_rest=True))
    assert rows(now, "enrollments", "student_id, school_year") == [("S1", 2027)]


def test_published_facts_are_kept_file_by_file(tmp_path):
    store = tmp_path / "store"
    row = "graduation,{y},district,1,all,all,{n},100\n"
    given = _only(
        tmp_path / "a",
        older=FACTS + row.format(y=2022, n=80) + row.format(y=2023, n=81),
        other=FACTS + row.format(y=2024, n=82),
    )
    bring_in(store, given)
    given = _only(
        tmp_path / "b",
        older=FACTS + row.format(y=2022, n=90),  # 2023 is taken back
        newest=FACTS
        + "suspension,2024,district,1,all,all,1,100\n"
        + row.format(y=2024, n=92),
    )
    bring_in(store, given, keep_rest=True)
    given = _only(tmp_path / "c", third=FACTS + row.format(y=2021, n=70))
    now = written(bring_in(store, given, keep_rest=True))
    facts = now.facts().to_pylist()
    assert {
        (f["indicator"], f["school_year"], f["numerator"], f["source_file"])
        for f in facts
    } == {
        ("graduation", 2021, 70, "third.csv"),
        ("graduation", 2022, 90, "older.csv"),
        ("graduation", 2024, 92, "newest.csv"),
        ("suspension", 2024, 1, "newest.csv"),
    }
    for name, row_told, file, place in rows(
        now, "facts", "source_file, source_row, _file, _row"
    ):
        assert now.lineage("facts", file, place) == (name, row_told)
    assert len(now.files("facts")) == 3  # other.csv tells nothing any more


def test_records_keep_the_facts_and_facts_keep_the_records(tmp_path, first):
    given = _only(
        tmp_path / "a", told=FACTS + "graduation,2024,district,1,all,all,82,100\n"
    )
    with_facts = written(bring_in(tmp_path / "store", given, keep_rest=True))
    assert with_facts.rows("students") == 3
    given = _only(tmp_path / "b", students=STUDENTS)
    now = written(bring_in(tmp_path / "store", given, keep_rest=True))
    assert now.facts()["numerator"].to_pylist() == [82]
    assert now.lineage("facts", 0, 1) == ("told.csv", 2)


def test_names_of_organizations_are_kept_and_the_newest_stands(tmp_path):
    store = tmp_path / "store"
    header = FACTS.replace("organization_id,", "organization_id,organization_name,")
    row = "graduation,2024,school,{i},{name},all,all,82,100\n"
    given = _only(
        tmp_path / "a",
        told=header + row.format(i=1, name="Oak") + row.format(i=2, name="Elm"),
    )
    bring_in(store, given)
    given = _only(tmp_path / "b", more=header + row.format(i=2, name="Elm High"))
    now = written(bring_in(store, given, keep_rest=True)).organizations().to_pylist()
    named = {one["organization_id"]: one["name"] for one in now}
    assert named == {"1": "Oak", "2": "Elm High"}


def test_a_first_import_has_nothing_to_keep(tmp_path):
    report = bring_in(tmp_path / "store", folder(tmp_path / "in"), keep_rest=True)
    assert written(report).rows("students") == 3


def test_a_missing_part_stops_before_anything_is_written(tmp_path, first):
    (part,) = first.parts("students")
    part.unlink()
    given = _only(tmp_path / "next", attendance=ATTENDANCE)
    with pytest.raises(InputProblem, match="students cannot be carried over"):
        bring_in(tmp_path / "store", given, keep_rest=True)


def test_a_manifest_of_format_1_is_still_read_and_carried(tmp_path):
    """What an older Evenrise wrote: no groups, every `_file` counts `files`."""
    from evenrise.records.snapshots.snapshot import name_of

    root = tmp_path / "store"
    snapshot = written(bring_in(root, folder(tmp_path / "in")))
    old = json.loads((snapshot.path / "manifest.json").read_text())
    old["format"] = 1
    del old["earlier_files"]
    for table in old["tables"].values():
        del table["file_groups"]
    home = root / "snapshots" / name_of(old)
    home.mkdir()
    (home / "manifest.json").write_text(json.dumps(old))
    store = SnapshotStore(root)
    store.make_current(home.name)
    store.retire(snapshot.id)
    current = store.current()
    assert current is not None
    assert current.lineage("schools", *rows(current, "schools", "_file, _row")[0]) == (
        "schools.csv",
        2,
    )
    given = _only(tmp_path / "next", attendance=ATTENDANCE)
    now = written(bring_in(root, given, keep_rest=True))
    assert now.lineage("schools", *rows(now, "schools", "_file, _row")[1]) == (
        "schools.csv",
        3,
    )


def test_the_command_keeps_the_rest_when_asked(tmp_path, first, capsys):
    from evenrise.cli import import_command

    parser = argparse.ArgumentParser()
    import_command.configure(parser)

    def run(*words):
        return import_command.run(parser.parse_args([*given, *words]))

    files = _only(tmp_path / "next", attendance=ATTENDANCE)
    given = (str(files), "--store", str(tmp_path / "store"), "--json")
    assert run("--dry-run") == 0
    assert json.loads(capsys.readouterr().out)["differences"]["students"]["gone"] == 3
    assert run("--keep-rest") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["differences"]["students"]["same"] == 3
    current = SnapshotStore(tmp_path / "store").current()
    assert current is not None
    assert current.id == told["snapshot"]
    assert current.rows("students") == 3
