"""The directory: who is where on one day, and days of the school year."""

from __future__ import annotations

import datetime as dt

from evenrise.records.snapshots.directory import read_directory
from tests.unit.records.district import bring_in, folder, written


IN_MARCH = dt.date(2026, 3, 2)
IN_JULY = dt.date(2026, 7, 15)
STAYS = "student_id,school_id,school_year,grade,entered_on,left_on\n"
DAYS = "student_id,school_id,date,status,portion_absent,reason\n"
ROSTER = "section_id,student_id,started_on,ended_on\n"
SECTIONS = "section_id,school_id,school_year,title,subject,staff_id\n"


def _read(home, as_of=IN_MARCH, **files):
    snapshot = written(bring_in(home / "store", folder(home / "in", **files)))
    return read_directory(snapshot, as_of)


def _students(directory, *names):
    rows = directory.students.to_pylist()
    return {row["student_id"]: tuple(row[name] for name in names) for row in rows}


def test_students_stand_with_grade_school_and_whether_enrolled(tmp_path):
    directory = _read(tmp_path)
    assert directory.school_year == 2026
    assert _students(directory, "grade", "school_id", "current") == {
        "S1": ("05", "001", True),
        "S2": ("09", "002", False),  # left in January
        "S3": ("09", "002", True),
    }
    assert directory.schools.to_pylist()[0] == {
        "school_id": "001",
        "name": "Oak",
        "level": "elementary",
    }


def test_in_two_schools_the_stay_that_began_last_is_home_and_both_are_told(tmp_path):
    stays = (
        "S1,001,2026,05,2025-08-18,\nS1,002,2026,06,2026-01-12,\n"
        "S2,002,2026,09,2026-01-12,\nS2,001,2026,09,2025-08-18,2026-01-09\n"
    )
    directory = _read(tmp_path, enrollments=STAYS + stays)
    told = _students(directory, "school_id", "grade")
    assert (told["S1"], told["S2"]) == (("002", "06"), ("002", "09"))
    assert directory.stays.to_pylist() == [
        {"student_id": "S1", "school_id": "001", "grade": "05"},
        {"student_id": "S1", "school_id": "002", "grade": "06"},
        {"student_id": "S2", "school_id": "002", "grade": "09"},
    ]


def test_a_year_that_is_over_stands_as_it_did_at_its_end(tmp_path):
    stays = (
        "S1,001,2026,05,2025-08-18,2026-05-29\nS2,001,2026,05,2025-08-18,2026-02-01\n"
        "S3,002,2026,09,2025-08-18,\nS1,001,2025,04,2024-08-18,\n"
    )
    directory = _read(tmp_path, IN_JULY, enrollments=STAYS + stays)
    told = _students(directory, "current")
    assert told == {"S1": (True,), "S2": (False,), "S3": (True,)}


def test_the_next_year_counts_once_it_has_begun(tmp_path):
    stays = "S1,001,2026,05,2025-08-18,\nS1,002,2027,06,2026-08-17,\n"
    files = {"enrollments": STAYS + stays}
    before = _read(tmp_path / "a", IN_JULY, **files)
    after = _read(tmp_path / "b", dt.date(2026, 8, 17), **files)
    assert (before.school_year, after.school_year) == (2026, 2027)
    assert _students(before, "school_id", "grade")["S1"] == ("001", "05")
    assert _students(after, "school_id", "grade")["S1"] == ("002", "06")


def test_a_stay_that_ends_before_it_begins_is_none(tmp_path):
    stays = "S1,001,2026,05,2025-08-18,2025-08-10\nS2,001,2026,05,2025-08-18,\n"
    directory = _read(tmp_path, dt.date(2025, 8, 18), enrollments=STAYS + stays)
    assert _students(directory, "school_id", "current")["S1"] == (None, False)


def test_days_are_counted_once_and_a_part_attended_is_no_absence(tmp_path):
    days = (
        "S1,001,2025-08-18,present,,\nS1,001,2025-08-19,absent,,excused\n"
        "S1,001,2025-08-20,absent,0.5,\nS1,001,2025-08-21,tardy,,\n"
        "S1,001,2025-08-22,absent,1,in_school_suspension\n"
        "S1,001,2026-03-03,absent,,\nS2,002,2025-08-18,present,,\n"
        "S2,002,2026-02-02,absent,,\n"
    )
    directory = _read(tmp_path, attendance=DAYS + days)
    assert _students(directory, "days_enrolled", "days_absent") == {
        "S1": (5, 1),  # 3 March lies after the day of asking
        "S2": (1, 0),  # February lies outside the stay
        "S3": (None, None),
    }


def test_absences_only_take_their_days_from_the_calendar(tmp_path):
    calendar = "school_id,date,instructional\n" + "".join(
        f"001,2025-09-{day:02d},{'N' if day == 1 else 'Y'}\n" for day in range(1, 6)
    )
    days = "S1,001,2025-09-02,absent,,\nS1,001,2025-09-01,absent,,\n"
    days += "S3,002,2025-09-02,absent,,\n"  # no calendar: nothing can be told
    directory = _read(tmp_path, attendance=DAYS + days, calendar=calendar)
    told = _students(directory, "days_enrolled", "days_absent")
    assert (told["S1"], told["S3"]) == ((4, 1), (None, None))


def test_seen_in_one_school_is_not_absent_in_the_other(tmp_path):
    stays = "S1,001,2026,05,2025-08-18,\nS1,002,2026,05,2025-08-18,\n"
    days = (
        "S1,001,2025-08-18,present,,\nS1,002,2025-08-18,absent,,\n"
        "S1,002,2025-08-19,absent,,\n"
    )
    # Only absences at 002 and no calendar: that school measures nothing.
    days += "S2,002,2025-08-18,present,,\n"
    directory = _read(tmp_path, enrollments=STAYS + stays, attendance=DAYS + days)
    assert _students(directory, "days_enrolled", "days_absent")["S1"] == (2, 1)


def test_rosters_sections_and_adults_of_the_year(tmp_path):
    directory = _read(
        tmp_path,
        sections=SECTIONS
        + "A,001,2026,Reading,ela,T1\nB,002,2026,Algebra,math,T9\nC,001,2025,Old,,T1\n",
        rosters=ROSTER
        + "A,S1,2025-08-18,\nA,S2,2025-08-18,2025-12-19\nB,S3,,\nC,S1,2024-08-19,\n",
        staff="staff_id,given_name,family_name\nT1,Ana,Ruiz\n",
        staff_assignments="staff_id,school_id,school_year,role,started_on,ended_on\n"
        "T1,001,2026,teacher,,\nT1,001,2026,coach,2025-08-01,2025-12-19\n"
        "T1,002,2025,teacher,,\n",
    )
    assert directory.sections["section_id"].to_pylist() == ["A", "B"]
    assert directory.rosters.to_pylist() == [
        {"section_id": "A", "student_id": "S1"},
        {"section_id": "B", "student_id": "S3"},
    ]
    assert directory.staff.to_pylist() == [
        {"staff_id": "T1", "given_name": "Ana", "family_name": "Ruiz"},
        {"staff_id": "T9", "given_name": None, "family_name": None},
    ]
    assert directory.assignments.to_pylist() == [
        {"staff_id": "T1", "school_id": "001", "role": "teacher"}
    ]


def test_every_code_has_a_row_to_lead_to_and_nothing_collected_is_empty(tmp_path):
    stays = "S1,009,2026,05,2025-08-18,\nS77,001,2026,05,2025-08-18,\n"
    directory = _read(tmp_path, enrollments=STAYS + stays)
    assert "S77" in directory.students["student_id"].to_pylist()
    assert {"school_id": "009", "name": "009", "level": None} in (
        directory.schools.to_pylist()
    )
    assert directory.rosters.num_rows == directory.staff.num_rows == 0
    assert directory.sections.schema.field("school_year").type == "int16"
