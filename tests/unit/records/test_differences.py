"""What an import changes: by table, by file, and a few changed cells without names."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import duckdb
import pyarrow.parquet as pq
import pytest

from evenrise.records.checks import differences
from evenrise.records.checks.bench import Bench
from evenrise.records.checks.ledger import Ledger
from evenrise.records.contracts import CONTRACTS
from evenrise.records.report import Change, Difference
from evenrise.records.settings import ImportOptions
from evenrise.vocabulary.progress import Silent
from tests.unit.records.district import (
    ATTENDANCE,
    FILES,
    STUDENTS,
    bring_in,
    folder,
    rows,
    written,
)


NAMED = "student_id,given_name,family_name,birth_date,gender,home_language\n"


def _counts(one):
    return (one.new, one.changed, one.gone, one.same)


def test_the_first_import_is_all_new(tmp_path):
    report = bring_in(tmp_path / "store", folder(tmp_path / "in"))
    assert {t: _counts(d) for t, d in report.differences.items()} == {
        "schools": (2, 0, 0, 0),
        "students": (3, 0, 0, 0),
        "enrollments": (3, 0, 0, 0),
        "attendance": (3, 0, 0, 0),
    }
    changes = {story.name: story.changes for story in report.files}
    assert changes == {
        name: Difference(new=text.count("\n") - 1) for name, text in FILES.items()
    }


def test_cells_that_changed_are_shown_but_never_names(tmp_path):
    before = NAMED + "S1,Ana,Ruiz,2015-01-02,F,Spanish\nS2,Bo,Lee,2014-01-01,M,Hmong\n"
    after = NAMED + "S1,Anna,Ruiz,2015-01-03,F,\nS2,Bo,Lee,2014-01-01,M,Hmong\n"
    bring_in(tmp_path / "store", folder(tmp_path / "in", students=before))
    report = bring_in(tmp_path / "store", folder(tmp_path / "in", students=after))
    told = report.differences["students"]
    assert _counts(told) == (0, 1, 0, 1)
    assert told.sample == (
        Change(
            key=("S1",), column="given_name", before=None, after=None, withheld=True
        ),
        Change(
            key=("S1",), column="birth_date", before=None, after=None, withheld=True
        ),
        Change(key=("S1",), column="home_language", before="Spanish", after=None),
    )
    page = json.dumps(report.as_json())
    assert "Spanish" not in page
    assert "Ana" not in page


def test_the_sample_is_short_and_counts_are_not(tmp_path):
    header = "student_id,gender\n"
    before = header + "".join(f"A{n:03d},F\n" for n in range(90))
    after = header + "".join(f"A{n:03d},{'M' if n < 70 else 'F'}\n" for n in range(90))
    bring_in(tmp_path / "store", folder(tmp_path / "in", students=before))
    report = bring_in(tmp_path / "store", folder(tmp_path / "in", students=after))
    told = report.differences["students"]
    assert _counts(told) == (0, 70, 0, 20)
    assert len({change.key for change in told.sample}) == 20
    assert {(c.column, c.before, c.after) for c in told.sample} == {
        ("gender", "F", "M")
    }


def test_each_file_is_told_what_it_changed(tmp_path):
    home = folder(tmp_path / "in")
    (home / "more.csv").write_text("student_id,gender\nS4,F\nS5,F\n")
    bring_in(tmp_path / "store", home)
    (home / "more.csv").write_text("student_id,gender\nS4,M\nS6,F\n")
    report = bring_in(tmp_path / "store", home, allow_removal=True)
    changes = {story.name: story.changes for story in report.files}
    assert changes["more.csv"] == Difference(new=1, changed=1)
    assert changes["students.csv"] == Difference(same=3)
    assert _counts(report.differences["students"]) == (1, 1, 1, 3)


@pytest.mark.parametrize("at_once", [500, 3000, 7000, 10**9])
def test_a_long_table_is_compared_in_stretches(tmp_path, monkeypatch, at_once):
    """However it is cut, every row falls into one stretch."""
    monkeypatch.setattr(differences, "AT_ONCE", at_once)
    bench = _bench(tmp_path)
    then = _part(bench, tmp_path / "then.parquet", "number < 19000")
    now = _part(bench, tmp_path / "now.parquet", "number >= 10")
    how = differences._Compared("days", ("student_id", "day"), ("mark",), "student_id")
    told = differences._compare(bench, how, [now], [then])
    # Each side says its own mark at every 1000th row that both hold.
    assert _counts(told) == (1000, 19, 10, 18971)
    assert len(told.sample) == 19
    assert {(c.before, c.after) for c in told.sample} == {("then", "now")}
    cuts = differences._stretches(bench, how, [now], [then])
    assert len(cuts) == {500: 10, 3000: 7, 7000: 3}.get(at_once, 1)


def _bench(home):
    options = ImportOptions(as_of=dt.date(2026, 6, 30))
    return Bench(duckdb.connect(), options, Ledger([], []), home, Silent())


def _part(bench, path, where):
    """20,000 numbered rows in order, some left out, in row groups of 2048."""
    bench.con.execute(
        "COPY (SELECT 0 AS _file, lpad(CAST(number // 2 AS VARCHAR), 6, '0') AS "  # noqa: S608 - a test's own words
        "student_id, number % 2 AS day, CASE WHEN number % 1000 = 500 THEN "
        f"'{path.stem}' ELSE '' END AS mark FROM range(20000) AS r (number) WHERE "
        f"{where} ORDER BY ALL) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
    )
    return path


def test_rows_without_a_key_are_counted_as_a_bag(tmp_path):
    header = "student_id,date,kind\n"
    rows = "S1,2025-09-01,call\nS1,2025-09-01,call\nS2,2025-09-02,visit\n"
    more = "S1,2025-09-01,call\n" + 2 * "S2,2025-09-02,visit\n"
    more += "S3,2025-09-02,visit\n"
    bring_in(tmp_path / "store", folder(tmp_path / "in", family_contacts=header + rows))
    given = folder(tmp_path / "in", family_contacts=header + more)
    told = bring_in(tmp_path / "store", given).differences["family_contacts"]
    assert _counts(told) == (2, 0, 1, 2)


def test_published_facts_are_compared_too(tmp_path):
    header = (
        "indicator,school_year,level,organization_id,group_family,group,"
        "numerator,denominator\n"
    )
    row = "graduation,{y},district,1,all,all,{n},100\n"
    home = tmp_path / "in"
    home.mkdir()
    told = home / "told.csv"
    told.write_text(header + row.format(y=2022, n=80) + row.format(y=2023, n=81))
    bring_in(tmp_path / "store", home)
    told.write_text(header + row.format(y=2022, n=80) + row.format(y=2023, n=90))
    facts = bring_in(tmp_path / "store", home).differences["facts"]
    assert _counts(facts) == (0, 1, 0, 1)
    assert {(c.column, c.after) for c in facts.sample} == {
        ("numerator", "90.0"),
        ("value", "0.9"),
    }


def test_against_another_store_nothing_is_left_out(tmp_path):
    """Gone, new and same add up to the rows of both snapshots."""
    first = written(bring_in(tmp_path / "store", folder(tmp_path / "in")))
    given = folder(
        tmp_path / "in",
        students=STUDENTS.replace("S2,M", "S7,M"),
        attendance=ATTENDANCE.splitlines()[0] + "\n",
    )
    report = bring_in(tmp_path / "store", given, allow_removal=True)
    now = written(report)
    for table, one in report.differences.items():
        assert one.new + one.changed + one.same == now.rows(table)
        assert one.gone + one.changed + one.same == first.rows(table)


CALENDAR = "school_id,date,instructional\n001,2025-08-18,Y\n001,2025-08-19,Y\n"


def test_a_column_that_snapshots_before_it_lack(tmp_path, monkeypatch):
    """The bell schedule was declared when there were snapshots already."""
    now = CONTRACTS["calendar"]
    before = replace(now, columns=tuple(one for one in now.columns if not one.later))
    monkeypatch.setitem(CONTRACTS, "calendar", before)
    store, home = tmp_path / "store", tmp_path / "in"
    old = written(bring_in(store, folder(home, calendar=CALENDAR)))
    assert "bell_schedule" not in _parquet_columns(old)
    monkeypatch.setitem(CONTRACTS, "calendar", now)

    more = STUDENTS + "S4,M,N,\n"
    (home / "students.csv").write_text(more)
    students = bring_in(store, home / "students.csv", keep_rest=True)
    assert _counts(students.differences["calendar"]) == (0, 0, 0, 2)
    assert "bell_schedule" not in _parquet_columns(written(students))

    again = bring_in(store, home)
    assert _counts(again.differences["calendar"]) == (0, 0, 0, 2)
    lines = CALENDAR.replace("instructional", "instructional,Bell Schedule")
    told = lines.replace("18,Y", "18,Y,").replace("19,Y", "19,Y, late_start ")
    report = bring_in(store, folder(home, students=more, calendar=told))
    assert _counts(report.differences["calendar"]) == (0, 1, 0, 1)
    assert report.differences["calendar"].sample == (
        Change(
            key=("001", "2025-08-19"),
            column="bell_schedule",
            before=None,
            after="late_start",
        ),
    )
    assert "bell_schedule" in written(report).columns("calendar")
    assert rows(written(report), "calendar", "bell_schedule") == [
        (None,),
        ("late_start",),
    ]


def _parquet_columns(snapshot):
    return {
        one for part in snapshot.parts("calendar") for one in pq.read_schema(part).names
    }
