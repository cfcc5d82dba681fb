"""What databases differ in: NUL, long text, capitals, order. Run on both of them."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pyarrow as pa
import pytest
from django.test import Client

from evenrise.records.snapshots.directory import read_directory
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.placing import place_directory


@pytest.fixture
def odd(db_district):
    """The directory with one student whose text is not as text should be."""
    directory = read_directory(db_district.snapshot, db_district.as_of)
    rows = directory.students.to_pylist()
    rows[0] |= {"given_name": "A\0na", "family_name": "Ñandú " * 100}
    rows[1] |= {"given_name": "", "family_name": None}
    rows[2] |= {"given_name": "Back\\slash\t", "family_name": 'Quo"te\nNew'}
    students = pa.Table.from_pylist(rows, schema=directory.students.schema)
    place_directory(dataclasses.replace(directory, students=students), AS_OF)
    return [row["student_id"] for row in rows[:3]]


AS_OF = dt.date(2026, 5, 15)


def test_every_text_has_its_place(odd):
    first, second, third = (Student.objects.get(pk=key) for key in odd)
    assert first.given_name == "Ana"
    assert len(first.family_name) == 250
    assert first.sort_name.startswith("nandu nandu")
    assert (second.given_name, second.family_name) == ("", "")
    assert second.sort_name == second.student_id
    assert (third.given_name, third.family_name) == ("Back\\slash\t", 'Quo"te\nNew')


def test_the_directory_is_set_right_again(odd, db_district):
    before = list(Student.objects.order_by("pk").values_list())
    directory = read_directory(db_district.snapshot, db_district.as_of)
    place_directory(directory, AS_OF)
    after = list(Student.objects.order_by("pk").values_list())
    assert [row[0] for row in after] == [row[0] for row in before]
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 3


@pytest.mark.parametrize(
    "address",
    ["/students?q=%00", "/students?%00=1", "/schools/%00", "/students/a%00b", "/%00"],
)
def test_nul_in_an_address_is_refused(as_person, address):
    assert as_person("superintendent").get(address).status_code == 400
    assert Client().get(address).status_code == 400


def test_nul_in_a_form_is_refused(as_person, cast):
    client = as_person("superintendent")
    answer = client.post(
        "/findings/say/x",
        "text=a%00b",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 400
    answer = Client().post("/account/login/", {"login": "a\0@b.c", "password": "x"})
    assert answer.status_code == 200  # the form says it


def test_an_address_is_one_whatever_its_capitals(db):
    Person.objects.create_user("Ana.Lopez@District.Example", name="Ana")
    assert Person.objects.get_by_natural_key("ANA.LOPEZ@district.EXAMPLE").name == "Ana"
