"""Ed-Fi XML: the sample district of the standard, and what must be refused."""

from __future__ import annotations

import pytest

from evenrise.records.files.interchange import is_interchange, tables
from evenrise.records.files.limits import Unreadable
from tests.support.paths import real_data
from tests.support.source_imports import imported, written


@pytest.fixture(scope="module")
def grand_bend(tmp_path_factory):
    path = real_data("edfi_ds52_grandbend_xml")
    return imported(tmp_path_factory.mktemp("store"), path)


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("schools", 3),
        ("students", 960),
        ("staff", 68),
        ("incidents", 21),
        ("assignments", 10),
        ("scores", 250),
        ("assessments", 34),
    ],
)
def test_records_of_the_sample(grand_bend, table, rows):
    assert len(grand_bend.table(table)) == rows


def test_attendance_events(grand_bend):
    rows = grand_bend.table("attendance")
    # 1,917 events, of which two are of one student on one day: the second is refused.
    assert len(rows) == 1916
    kinds = [row["status"] for row in rows]
    assert kinds.count("tardy") == 66
    assert {row["reason"] for row in rows} == {None, "excused", "unexcused"}
    assert any("repeats" in reason for _, _, reason in grand_bend.refused())


def test_programs_by_name(grand_bend):
    names = [row["program"] for row in grand_bend.table("programs")]
    counts = {name: names.count(name) for name in set(names)}
    assert counts == {
        "disability": 97,
        "migrant": 275,
        "english_learner": 38,
        "homeless": 11,
        "low_income": 82,
        "section_504": 3,
    }


def test_a_school_has_its_level_and_district(grand_bend):
    schools = {row["name"]: row for row in grand_bend.table("schools")}
    high = schools["Grand Bend High School"]
    assert (high["level"], high["district_id"]) == ("high", "255901")
    assert high["district_name"] == "Grand Bend ISD"
    assert high["charter"] is False


def test_actions_and_days_of_incidents(grand_bend):
    rows = grand_bend.table("incidents")
    actions = {row["action"] for row in rows}
    assert actions == {"in_school_suspension", "expulsion"}
    assert all(row["student_id"] and row["school_id"] and row["date"] for row in rows)


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<InterchangeStudent xmlns="http://ed-fi.org/5.2.0"><Student>
<StudentUniqueId>&b;</StudentUniqueId></Student></InterchangeStudent>
"""
FILE = BOMB.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/hostname">')


@pytest.mark.parametrize("text", [BOMB, FILE])
def test_declarations_are_refused_before_parsing(tmp_path, text):
    path = written(tmp_path, "bomb.xml", text)
    assert is_interchange(path.read_bytes())
    with pytest.raises(Unreadable, match="declares"):
        list(tables(path, tmp_path, 1))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<InterchangeStudent><Student></InterchangeStudent>", "whole XML"),
        ("<InterchangeStudent><Student>", "whole XML"),
        ("<InterchangeStudent>" + "<A>" * 60 + "</A>" * 60, "too deep"),
    ],
)
def test_damaged_interchanges_are_one_sentence(tmp_path, text, words):
    path = written(tmp_path, "x.xml", text)
    with pytest.raises(Unreadable, match=words):
        list(tables(path, tmp_path, 1))


def test_an_invented_interchange_flattens(tmp_path):
    text = (
        '<InterchangeStudentEnrollment xmlns="http://ed-fi.org/5.2.0">'
        "<StudentSchoolAssociation><EntryDate>2025-08-18</EntryDate>"
        "<StudentReference><StudentIdentity><StudentUniqueId>7</StudentUniqueId>"
        "</StudentIdentity></StudentReference><SchoolReference><SchoolIdentity>"
        "<SchoolId>9</SchoolId></SchoolIdentity></SchoolReference><EntryGradeLevel>"
        "uri://ed-fi.org/GradeLevelDescriptor#Ninth grade</EntryGradeLevel>"
        "</StudentSchoolAssociation><StudentEducationOrganizationAssociation>"
        "<StudentReference><StudentIdentity><StudentUniqueId>7</StudentUniqueId>"
        "</StudentIdentity></StudentReference><Sex>uri://x#Female</Sex>"
        "<HispanicLatinoEthnicity>true</HispanicLatinoEthnicity>"
        "<Race>uri://x#White</Race><Race>uri://x#Asian</Race>"
        "</StudentEducationOrganizationAssociation></InterchangeStudentEnrollment>"
    )
    student = (
        "<InterchangeStudent><Student><StudentUniqueId>7</StudentUniqueId><Name>"
        "<FirstName>Ana</FirstName><LastSurname>Ruiz</LastSurname></Name></Student>"
        "</InterchangeStudent>"
    )
    school = (
        "<InterchangeEducationOrganization><School><NameOfInstitution>Bay High"
        "</NameOfInstitution><SchoolId>9</SchoolId><SchoolCategory>uri://x#High School"
        "</SchoolCategory></School></InterchangeEducationOrganization>"
    )
    folder = tmp_path / "in"
    for name, one in (("a", text), ("b", student), ("c", school)):
        written(folder, f"{name}.xml", one)
    read = imported(tmp_path / "store", folder)
    (stay,) = read.table("enrollments")
    assert (stay["grade"], stay["school_year"], stay["school_id"]) == ("09", 2026, "9")
    (known,) = read.table("students")
    assert (known["gender"], known["hispanic"]) == ("F", True)
    assert set(known["race"].split(";")) == {"white", "asian"}


def test_a_preferred_name_of_one_takes_no_name_from_the_others(tmp_path):
    names = "<LastSurname>Ruiz</LastSurname>"
    likes = "<PreferredFirstName>Nina</PreferredFirstName>"
    students = "".join(
        f"<Student><StudentUniqueId>{number}</StudentUniqueId><Name>{first}{names}"
        "</Name></Student>"
        for number, first in (
            (7, "<FirstName>Ana</FirstName>"),
            (8, f"<FirstName>Antonia</FirstName>{likes}"),
        )
    )
    school = (
        "<InterchangeEducationOrganization><School><NameOfInstitution>Bay High"
        "</NameOfInstitution><SchoolId>9</SchoolId></School>"
        "</InterchangeEducationOrganization>"
    )
    folder = tmp_path / "in"
    written(folder, "a.xml", f"<InterchangeStudent>{students}</InterchangeStudent>")
    written(folder, "b.xml", school)
    read = imported(tmp_path / "store", folder)
    given = {row["student_id"]: row["given_name"] for row in read.table("students")}
    assert given == {"7": "Ana", "8": "Nina"}
