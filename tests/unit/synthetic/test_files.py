"""The files of an invented district keep the contract, their keys and their word."""

# ruff: noqa: S608 - the SQL is put together from the names of our own tables

from __future__ import annotations

import csv
import re

import pytest

from evenrise.records.contracts import CONTRACTS, Kind
from evenrise.synthetic.layout import FILES
from evenrise.vocabulary.grades import GRADES


SURVEYED = {"grade", "gender", "race_ethnicity"}  # the survey's own group columns
_PATTERNS = {
    Kind.DATE: r"\d{4}-\d{2}-\d{2}",
    Kind.YES_NO: r"[YN]",
    Kind.NUMBER: r"-?\d+(\.\d+)?",
    Kind.INTEGER: r"\d+",
    Kind.SCHOOL_YEAR: r"20\d{2}",
    Kind.GRADE: "|".join(GRADES),
}


@pytest.fixture(params=["small", "middling"])
def district(request):
    return request.getfixturevalue(request.param)


def test_every_table_of_the_contract_but_published_facts_is_written(district):
    assert set(FILES) == set(CONTRACTS) - {"published_facts"}
    assert {file.stem for file in district.folder.glob("*.csv")} == set(FILES)
    for name in FILES:
        (rows,) = district.one(f"SELECT count(*) FROM {name}")
        assert rows > 0, name


@pytest.mark.parametrize("name", sorted(FILES))
def test_columns_are_the_contracts(name):
    contract = CONTRACTS[name]
    extra = set(FILES[name]) - set(contract.names)
    assert extra == (SURVEYED if name == "survey_responses" else set())
    assert set(contract.required) <= set(FILES[name])


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_cell_can_be_read(district, name):
    for column in CONTRACTS[name].columns:
        if column.name not in FILES[name]:
            continue
        blanks, values = district.one(
            f"SELECT count(*) FILTER ({column.name} IS NULL),"
            f" list(DISTINCT {column.name}) FILTER ({column.name} IS NOT NULL)"
            f" FROM {name}"
        )
        assert not (column.required and blanks), column.name
        if column.kind is Kind.CODE:
            assert set(values or ()) <= set(column.codes), column.name
        if column.kind is Kind.CODES:
            cells = {code for value in values for code in value.split(";")}
            assert cells <= set(column.codes), column.name
        if column.kind in _PATTERNS:
            shape = re.compile(_PATTERNS[column.kind])
            assert all(shape.fullmatch(value) for value in values or ()), column.name


@pytest.mark.parametrize("name", sorted(FILES))
def test_keys_are_unique(district, name):
    key = CONTRACTS[name].key
    if key:
        total, different = district.one(
            f"SELECT count(*), count(DISTINCT ({', '.join(key)})) FROM {name}"
        )
        assert total == different


REFERENCES = [
    ("enrollments", "student_id", "students"),
    ("enrollments", "school_id", "schools"),
    ("calendar", "school_id", "schools"),
    ("programs", "student_id", "students"),
    ("attendance", "student_id", "students"),
    ("attendance", "school_id", "schools"),
    ("incidents", "student_id", "students"),
    ("sections", "staff_id", "staff"),
    ("rosters", "section_id", "sections"),
    ("rosters", "student_id", "students"),
    ("marks", "section_id", "sections"),
    ("assignments", "section_id", "sections"),
    ("scores", "assignment_id", "assignments"),
    ("scores", "student_id", "students"),
    ("assessments", "student_id", "students"),
    ("completions", "student_id", "students"),
    ("completions", "school_id", "schools"),
    ("staff_assignments", "staff_id", "staff"),
    ("spending", "school_id", "schools"),
    ("facilities", "school_id", "schools"),
    ("survey_responses", "school_id", "schools"),
    ("family_contacts", "student_id", "students"),
]


@pytest.mark.parametrize(("table", "column", "other"), REFERENCES)
def test_references_hold(district, table, column, other):
    (strangers,) = district.one(
        f"SELECT count(*) FROM {table} ANTI JOIN {other} USING ({column})"
    )
    assert strangers == 0


@pytest.mark.parametrize(
    ("table", "other"), [("students", "enrollments"), ("staff", "staff_assignments")]
)
def test_nobody_is_on_a_list_without_a_place(district, table, other):
    key = "student_id" if table == "students" else "staff_id"
    (idle,) = district.one(
        f"SELECT count(*) FROM {table} ANTI JOIN {other} USING ({key})"
    )
    assert idle == 0


def test_the_size_is_what_was_asked_for(small, middling, large):
    for district, asked in ((small, 300), (middling, 3_000), (large, 12_000)):
        (seen,) = district.one(
            "SELECT count(DISTINCT student_id) FROM enrollments"
            " WHERE school_year = '2026'"
        )
        assert abs(seen - asked) <= 0.02 * asked


def test_attendance_lies_within_a_stay_on_a_school_day(middling):
    (total,) = middling.one("SELECT count(*) FROM attendance")
    (inside,) = middling.one(
        "SELECT count(*) FROM attendance AS a"
        " JOIN enrollments AS e USING (student_id, school_id)"
        " JOIN calendar AS c USING (school_id, date)"
        " WHERE c.instructional = 'Y' AND a.date BETWEEN e.entered_on"
        " AND coalesce(e.left_on, '2026-07-01')"
    )
    # A stay of one year never covers a day of another, so no row is met twice.
    assert inside == total


def test_every_membership_day_is_written_when_asked(middling):
    (expected,) = middling.one(
        "SELECT count(*) FROM enrollments AS e JOIN calendar AS c USING (school_id)"
        " WHERE c.instructional = 'Y' AND c.date BETWEEN e.entered_on"
        " AND coalesce(e.left_on, '2026-07-01')"
    )
    (written,) = middling.one("SELECT count(*) FROM attendance")
    assert written == expected


def test_a_student_is_at_one_school_at_a_time(large):
    (twice,) = large.one(
        "SELECT count(*) FROM enrollments AS a JOIN enrollments AS b"
        " USING (student_id, school_year) WHERE a.entered_on < b.entered_on"
        " AND coalesce(a.left_on, '2026-07-01') >= b.entered_on"
    )
    assert twice == 0


def test_ids_keep_to_text_and_rows_to_their_commas(small):
    for name, columns in FILES.items():
        with (small.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            assert tuple(next(reader)) == columns
            assert {len(row) for row in reader} == {len(columns)}
