"""OneRoster 1.1 and 1.2: slips, changes, deletions, work set and marked."""

from __future__ import annotations

import zipfile

import pytest

from evenrise.records.settings import DistrictSettings
from evenrise.records.sources.oneroster.kinds import BY_NAME, KINDS, kind_of
from tests.support.paths import real_data
from tests.support.source_imports import imported, written


ORGS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "d1,,,Bay Unified,district,0161119,\n"
    "s1,,,Bay High,school,0130229,d1\n"
)
SESSIONS = (
    "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,"
    "schoolYear\n"
    "t1,,,Year,schoolYear,2025-08-18,2026-06-05,,2025-2026\n"
)
CLASSES = (
    "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,"
    "classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
    "c1,,,Period 1,09,k1,E9-1,scheduled,,s1,t1,,,1\n"
    'c2,,,AP Biology,"11,12",,AP-1,scheduled,,s1,t1,Science,,2\n'
)
COURSES = (
    "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,"
    "orgSourcedId,subjects,subjectCodes\n"
    "k1,,,t1,English 9 Honors,E9,09,d1,English,\n"
)
USERS_11 = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,"
    "givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,"
    "grades,password\n"
    "u1,,,true,s1,student,u1,,Ana,Ruiz,,90001,,,,p1,9,secret-of-ana\n"
    "u2,,,true,s1,student,u2,,Ben,Oh,,90002,,,,,11,\n"
    "u3,,,true,s1,teacher,u3,,Cy,Lee,,70001,,,,,,secret-of-cy\n"
    "p1,,,true,s1,guardian,p1,,Eva,Ruiz,,,,,,u1,,\n"
)
ENROLLMENTS = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,"
    "role,primary,beginDate,endDate\n"
    "e1,,,c1,s1,u1,student,,2025-08-18,2026-06-05\n"
    "e2,,,c2,s1,u2,student,,2025-09-01,\n"
    "e3,,,c1,s1,u3,teacher,true,2025-08-18,\n"
)
DEMOGRAPHICS = (
    "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,"
    "asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,"
    "demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,"
    "stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus\n"
    "u1,,,2011-02-03,female,false,true,false,false,true,true,true,,,,\n"
    "u2,,,2009-02-03,other,false,false,false,false,false,true,false,,,,\n"
)


def folder(tmp_path, **more: str):
    base = {
        "orgs": ORGS,
        "academicSessions": SESSIONS,
        "classes": CLASSES,
        "courses": COURSES,
        "users": USERS_11,
        "enrollments": ENROLLMENTS,
        "demographics": DEMOGRAPHICS,
    }
    for name, text in (base | more).items():
        written(tmp_path / "or", f"{name}.csv", text)
    return tmp_path / "or"


def by_id(rows, key):
    return {row[key]: row for row in rows}


def test_students_with_race_gender_and_no_password(tmp_path):
    read = imported(tmp_path / "store", folder(tmp_path))
    students = by_id(read.table("students"), "student_id")
    assert set(students) == {"u1", "u2"}
    assert students["u1"]["race"] == "asian;white"
    assert students["u1"]["hispanic"] is True
    assert students["u1"]["gender"] == "F"
    assert students["u2"]["gender"] == "X"
    assert students["u2"]["race_ethnicity"] == "two_or_more"
    stored = b"".join(p.read_bytes() for p in (tmp_path / "store").rglob("*.parquet"))
    assert b"secret-of" not in stored
    assert "secret-of" not in str(read.report.as_json())


def test_stays_sections_and_staff(tmp_path):
    read = imported(tmp_path / "store", folder(tmp_path))
    stays = by_id(read.table("enrollments"), "student_id")
    assert stays["u1"]["school_year"] == 2026
    assert stays["u1"]["grade"] == "09"
    assert stays["u2"]["grade"] == "11"
    assert str(stays["u2"]["entered_on"]) == "2025-09-01"
    sections = by_id(read.table("sections"), "section_id")
    assert sections["c1"]["title"] == "English 9 Honors"
    assert (sections["c1"]["subject"], sections["c1"]["level"]) == ("ela", "honors")
    assert (sections["c2"]["subject"], sections["c2"]["level"]) == ("science", "ap")
    assert sections["c1"]["staff_id"] == "u3"
    assert [row["staff_id"] for row in read.table("staff")] == ["u3"]
    (school,) = read.table("schools")
    assert school["level"] == "high"
    assert school["district_name"] == "Bay Unified"


def test_version_1_2_takes_roles_from_their_own_file(tmp_path):
    users = (
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,"
        "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,"
        "password,userMasterIdentifier,prefferedGivenName,preferredMiddleName,"
        "preferredFamilyName,primaryOrgSourcedId,pronouns\n"
        "u1,,,true,u1,,Ana,Ruiz,,90001,,,,,09,pw,,Anita,,,s1,\n"
        "u3,,,true,u3,,Cy,Lee,,70001,,,,,,pw,,,,,s1,\n"
    )
    roles = (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,"
        "endDate,orgSourcedId,userProfileSourcedId\n"
        "r1,,,u1,primary,student,2025-08-18,,s1,\n"
        "r3,,,u3,primary,counselor,2025-08-01,,s1,\n"
    )
    profiles = (
        "sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,"
        "applicationId,description,credentialType,username,password\n"
        "x1,,,u1,a,b,c,d,e,ana,hunter2\n"
    )
    path = folder(tmp_path, users=users, roles=roles, userprofiles=profiles)
    read = imported(tmp_path / "store", path)
    (student,) = read.table("students")
    assert student["given_name"] == "Anita"
    (assignment,) = read.table("staff_assignments")
    assert assignment["role"] == "counselor"
    assert "prefferedGivenName" in read.notes()
    assert "no password in it was stored" in read.notes()


def test_a_delta_changes_adds_and_deletes(tmp_path):
    whole = folder(tmp_path)
    manifest = (
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n"
        "file.users,delta\nfile.enrollments,delta\n"
    )
    stamp = "2026-01-10T00:00:00.000Z"
    users = USERS_11.splitlines()[0] + (
        f"\nu1,active,{stamp},true,s1,student,u1,,Ana,Ruiz-Gil,,90001,,,,p1,10,\n"
        f"u2,tobedeleted,{stamp},true,s1,student,u2,,Ben,Oh,,90002,,,,,11,\n"
        f"u9,active,{stamp},true,s1,student,u9,,Dee,Fox,,90009,,,,,12,\n"
    )
    gone = (
        ENROLLMENTS.splitlines()[0] + f"\ne2,tobedeleted,{stamp},c2,s1,u2,student,,,\n"
    )
    target = tmp_path / "z.zip"
    with zipfile.ZipFile(target, "w") as packed:
        for name, text in (
            ("manifest.csv", manifest),
            ("users.csv", users),
            ("enrollments.csv", gone),
        ):
            packed.writestr(name, text)
    read = imported(tmp_path / "store", whole, target)
    students = by_id(read.table("students"), "student_id")
    assert set(students) == {"u1", "u9"}
    assert students["u1"]["family_name"] == "Ruiz-Gil"
    assert {row["student_id"] for row in read.table("rosters")} == {"u1"}
    assert not read.questions("oneroster.delta_alone")


def test_a_delta_alone_is_asked_about(tmp_path):
    manifest = "propertyName,value\noneroster.version,1.1\nfile.users,delta\n"
    read = imported(tmp_path / "store", folder(tmp_path, manifest=manifest))
    (question,) = read.questions("oneroster.delta_alone")
    assert "users" in question.text.en


def test_work_set_and_marked(tmp_path):
    items = (
        "sourcedId,status,dateLastModified,title,description,assignDate,dueDate,"
        "classSourcedId,categorySourcedId,gradingPeriodSourcedId,resultValueMin,"
        "resultValueMax\n"
        "i1,,,Essay,,2025-09-01,2025-09-08,c1,g1,,0,100\n"
    )
    results = (
        "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,"
        "scoreStatus,score,scoreDate,comment\n"
        "r1,,,i1,u1,fully graded,88.5,2025-09-12T10:00:00Z,Fine argument\n"
        "r2,,,i1,u2,exempt,,,\n"
    )
    categories = "sourcedId,status,dateLastModified,title\ng1,,,Writing\n"
    path = folder(tmp_path, lineItems=items, results=results, categories=categories)
    read = imported(tmp_path / "store", path)
    (work,) = read.table("assignments")
    assert (work["category"], str(work["due_on"])) == ("Writing", "2025-09-08")
    assert work["points_possible"] == 100
    scores = by_id(read.table("scores"), "student_id")
    assert scores["u1"]["status"] == "scored"
    assert scores["u1"]["has_comment"] is True
    assert str(scores["u1"]["scored_on"]) == "2025-09-12"
    assert scores["u2"]["status"] == "exempt"
    assert scores["u2"]["has_comment"] is False
    assert "Fine argument" not in str(scores)


def test_a_missing_file_is_not_collected_and_an_empty_one_is_none(tmp_path):
    read = imported(tmp_path / "store", folder(tmp_path))
    assert not read.report.snapshot.has("scores")
    empty = (
        "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,"
        "scoreStatus,score,scoreDate,comment\n"
    )
    other = imported(tmp_path / "other", folder(tmp_path / "b", results=empty))
    assert other.report.snapshot.has("scores")
    assert other.table("scores") == []


def test_the_districts_own_numbers_may_be_the_ids(tmp_path):
    settings = DistrictSettings(
        mappings={"oneroster": {"student_id": "identifier", "school_id": "identifier"}}
    )
    read = imported(tmp_path / "store", folder(tmp_path), settings=settings)
    assert {row["student_id"] for row in read.table("students")} == {"90001", "90002"}
    assert {row["student_id"] for row in read.table("rosters")} == {"90001", "90002"}
    assert {row["school_id"] for row in read.table("enrollments")} == {"0130229"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_is_known_by_its_own_columns(kind):
    first = tuple(names[0] for names in kind.columns.values())
    header = tuple(dict.fromkeys((*first, *sorted(kind.telling))))
    assert kind_of(header) is kind


def test_a_table_of_ours_is_none_of_theirs():
    assert kind_of(("schoolid", "name", "level")) is None
    assert kind_of(("studentid", "givenname", "familyname", "birthdate")) is None
    assert BY_NAME["users"].columns["grades"] == ("grades", "grade")


def test_the_sample_with_draft_names_is_read(tmp_path):
    path = real_data("oneroster_v1p1_oat_basecsv")
    read = imported(tmp_path / "store", path)
    assert len(read.table("students")) == 2
    assert len(read.table("sections")) == 3
    assert len(read.table("rosters")) == 3
    assert "grade (grades)" in read.notes()


def test_the_sample_with_deletions_and_no_courses_is_read(tmp_path):
    path = real_data("oneroster_v1p1_moodle_fixture") / "Test_full_data_set.zip"
    read = imported(tmp_path / "store", path)
    sections = read.table("sections")
    assert [row["title"] for row in sections] == ["Introduction to Physics"]
    assert sections[0]["subject"] == "science"
    stored = b"".join(p.read_bytes() for p in (tmp_path / "store").rglob("*.parquet"))
    assert b"Password1-" not in stored


def test_the_japanese_sample_is_read_from_folder_and_zip_alike(tmp_path):
    path = real_data("oneroster_v1p1_lepo") / "ja"
    alone = imported(tmp_path / "a", path / "oneroster.zip")
    both = imported(tmp_path / "b", path)
    names = {row["family_name"] for row in alone.table("students")}
    assert "姓03" in names
    assert len(alone.table("students")) == len(both.table("students")) == 20
    assert len(alone.table("rosters")) == len(both.table("rosters")) == 25
