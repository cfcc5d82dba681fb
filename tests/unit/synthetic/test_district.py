"""Building: the same seed, the two forms of attendance, compression, and refusals."""

# ruff: noqa: S608 - the SQL is put together from the names of our own tables

from __future__ import annotations

import datetime as dt
import gzip
import json
import tomllib

import pytest

from evenrise.synthetic.district import build_district, truths_path
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.progress import Silent
from tests.unit.synthetic.conftest import AS_OF, build


def _bytes(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes(small, tmp_path):
    again = build(tmp_path / "small", students=300)
    assert _bytes(again.folder) == _bytes(small.folder)
    assert again.truths == small.truths


def test_another_seed_gives_other_people(small, tmp_path):
    other = build(tmp_path / "small", students=300, seed=2)
    for name in ("students.csv", "attendance.csv", "marks.csv"):
        assert _bytes(other.folder)[name] != _bytes(small.folder)[name]


def test_compressed_files_hold_the_same_rows(small, tmp_path):
    build_district(
        tmp_path / "small",
        students=300,
        seed=1,
        as_of=AS_OF,
        progress=Silent(),
        gz=True,
    )
    for name, content in _bytes(small.folder).items():
        if name.endswith(".csv"):
            packed = (tmp_path / "small" / f"{name}.gz").read_bytes()
            assert gzip.decompress(packed) == content


def test_both_forms_of_attendance_tell_the_same(middling, tmp_path):
    short = build(tmp_path / "short", attendance="absences")
    columns = "student_id, school_id, date, status, portion_absent, reason"
    rows = f"SELECT {columns} FROM attendance WHERE status <> 'present' ORDER BY ALL"
    assert short.rows(rows) == middling.rows(rows)
    assert short.one("SELECT count(*) FROM attendance WHERE status = 'present'") == (0,)


def test_fewer_years_are_the_latest_ones(tmp_path):
    one = build(tmp_path / "one", students=300, years=1, as_of=dt.date(2024, 6, 20))
    assert one.rows("SELECT DISTINCT school_year FROM enrollments") == [("2024",)]


def test_a_year_that_still_runs_is_left_out(tmp_path):
    one = build(tmp_path / "one", students=300, years=1, as_of=dt.date(2024, 6, 10))
    assert one.rows("SELECT DISTINCT school_year FROM enrollments") == [("2023",)]


def test_the_truths_are_written_beside_the_folder(small):
    written = json.loads(truths_path(small.folder).read_text())
    assert [truth["key"] for truth in written["planted"]] == [
        truth.key for truth in small.truths.planted
    ]
    assert truths_path(small.folder).parent == small.folder.parent


def test_the_folder_names_its_district_and_says_that_it_is_invented(small):
    settings = tomllib.loads((small.folder / "district.toml").read_text())
    assert settings == {"name": "Alder Coast Unified", "code": "9970001"}
    assert "invented" in (small.folder / "README.txt").read_text()
    assert small.rows("SELECT DISTINCT district_id, district_name FROM schools") == [
        ("9970001", "Alder Coast Unified")
    ]


def test_progress_is_told_up_to_the_end(tmp_path):
    heard = []

    class Listener:
        def step(self, what, done, total):
            heard.append((what, done, total))

    build_district(
        tmp_path / "d", students=300, seed=3, as_of=AS_OF, progress=Listener()
    )
    attendance = [(done, total) for what, done, total in heard if what == "attendance"]
    assert attendance[-1][0] == attendance[-1][1]
    assert all(done <= total for _, done, total in heard)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"students": 299}, "299 students"),
        ({"students": 6_000_001}, "6,000,001 students"),
        ({"years": 0}, "0 years"),
        ({"years": 14}, "14 years"),
        ({"seed": -1}, "-1 cannot be a seed"),
    ],
)
def test_what_cannot_be_built_is_said_in_a_sentence(tmp_path, asked, words):
    asked = {"students": 300, "seed": 1, **asked}
    with pytest.raises(ArgumentProblem, match=words):
        build_district(tmp_path / "d", as_of=AS_OF, progress=Silent(), **asked)
    assert not (tmp_path / "d").exists()


def test_slips_stand_on_the_lines_they_are_said_to_stand_on(small, tmp_path):
    truths = build_district(
        tmp_path / "d",
        students=300,
        seed=1,
        as_of=AS_OF,
        progress=Silent(),
        slips=True,
    )
    assert len(truths.slips) == 7
    for slip in truths.slips:
        lines = (tmp_path / "d" / f"{slip.file}.csv").read_text().splitlines()
        header, row = lines[0].split(","), lines[slip.line - 1].split(",")
        assert row[header.index(slip.column)] == slip.cell
    clean = (small.folder / "marks.csv").read_text()
    assert (tmp_path / "d" / "marks.csv").read_text().startswith(clean)
