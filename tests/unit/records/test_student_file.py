"""One student's file: every row with the file and line it came from."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from evenrise.records.snapshots.directory import read_directory
from evenrise.records.snapshots.student_file import Source, read_student
from evenrise.vocabulary.errors import InputProblem
from tests.unit.records.district import ATTENDANCE, bring_in, folder, written


MARCH = dt.date(2026, 3, 2)
DAYS = "student_id,school_id,date,status,portion_absent,reason\n"
NAMED = "student_id,given_name,family_name,home_language\nS1,Ana,Ruiz,Spanish\n"
MORE = {
    "students": NAMED + "S2,Bo,Lee,\nS3,Cy,May,English\n",
    "programs": "student_id,program,started_on\n"
    "S2,foster,\nS1,english_learner,2025-09-01\nS1,gifted,\n",
    "sections": "section_id,school_id,school_year,title,subject\n"
    "A,001,2026,Reading,ela\n",
    "marks": "student_id,section_id,term,mark,posted_on\n"
    "S1,B,fall,B,2025-12-19\nS1,A,spring,A,2026-02-01\n",
    "assessments": "student_id,assessment,subject,taken_on,level\n"
    "S1,state,math,2026-04-17,2\n",
    "incidents": "incident_id,student_id,school_id,date,action,days_removed\n"
    "I1,S2,002,2025-10-01,none,\nI1,S1,009,2025-10-01,restorative,0\n",
}


@pytest.fixture
def snapshot(tmp_path):
    return written(bring_in(tmp_path / "store", folder(tmp_path / "in", **MORE)))


def test_all_that_is_told_of_one_student_and_nothing_of_others(snapshot):
    file = read_student(snapshot, "S1", MARCH)
    assert file is not None
    assert (file.given_name, file.family_name) == ("Ana", "Ruiz")
    assert file.source == Source("students.csv", 2)
    (stay,) = file.stays
    assert (stay.school, stay.grade, stay.left_on) == ("Oak", "05", None)
    assert stay.source == Source("enrollments.csv", 2)
    assert [(p.program, p.source.line) for p in file.programs] == [
        ("gifted", 4),
        ("english_learner", 3),
    ]
    assert [(m.title, m.mark, m.school_year, m.source.line) for m in file.marks] == [
        (None, "B", None, 2),  # no such section is told
        ("Reading", "A", 2026, 3),
    ]
    assert [(a.level, a.source.file) for a in file.assessments] == [
        (2, "assessments.csv")
    ]
    (incident,) = file.incidents
    assert (incident.school, incident.action) == ("009", "restorative")
    assert incident.source == Source("incidents.csv", 3)


def test_what_was_not_collected_is_not_called_none(tmp_path, snapshot):
    bare = written(bring_in(tmp_path / "bare", folder(tmp_path / "in2")))
    file = read_student(bare, "S3", MARCH)
    assert file is not None
    assert file.incidents == ()
    assert "incidents" not in file.collected
    full = read_student(snapshot, "S3", MARCH)
    assert full is not None
    assert full.incidents == ()
    assert "incidents" in full.collected


def test_an_unknown_id_is_nobody_also_one_that_looks_like_sql(snapshot):
    for name in ("S9", "", "S1' OR '1'='1", "S1\x00", "ñ"):
        assert read_student(snapshot, name, MARCH) is None


def test_a_student_whom_only_enrollments_know(tmp_path):
    students = "student_id,given_name\nS1,Ana\n"
    given = folder(tmp_path / "in", students=students)
    file = read_student(written(bring_in(tmp_path / "s", given)), "S3", MARCH)
    assert file is not None
    assert (file.given_name, file.source, len(file.stays)) == (None, None, 1)


def test_days_by_month_with_reasons_and_the_first_line(tmp_path):
    days = (
        "S1,001,2025-09-30,present,,\nS1,001,2025-10-01,absent,,excused\n"
        "S1,001,2025-10-02,absent,,unexcused\nS1,001,2025-10-03,absent,,other\n"
        "S1,001,2025-10-06,partial,0.5,excused\n"
        "S1,001,2025-10-07,absent,,in_school_suspension\n"
        "S1,001,2026-03-03,absent,,excused\n"
    )
    given = folder(tmp_path / "in", attendance=DAYS + days)
    file = read_student(written(bring_in(tmp_path / "s", given)), "S1", MARCH)
    assert file is not None
    told = [
        (m.year, m.month, m.enrolled, m.absent, m.excused, m.unexcused, m.rows, m.line)
        for m in file.months
    ]
    assert told == [
        (2025, 9, 1, 0, 0, 0, 1, 2),
        (2025, 10, 5, 3, 1, 1, 5, 3),
    ]
    assert {m.file for m in file.months} == {"attendance.csv"}


def test_a_medical_absence_is_an_excused_one(tmp_path):
    days = (
        "S1,001,2025-09-29,present,,\nS1,001,2025-09-30,absent,,medical\n"
        "S1,001,2025-10-01,absent,,excused\nS1,001,2025-10-02,absent,,unexcused\n"
    )
    given = folder(tmp_path / "in", attendance=DAYS + days)
    file = read_student(written(bring_in(tmp_path / "s", given)), "S1", MARCH)
    assert file is not None
    told = [(m.month, m.absent, m.excused, m.unexcused) for m in file.months]
    assert told == [(9, 1, 1, 0), (10, 2, 1, 1)]


def test_a_student_absent_every_day_where_others_are_told_present(tmp_path):
    calendar = "school_id,date,instructional\n" + "".join(
        f"002,2025-09-{day:02d},Y\n" for day in (1, 2, 3)
    )
    days = "S2,002,2025-09-01,present,,\nS3,002,2025-09-01,absent,,\n"
    days += "S3,002,2025-09-02,absent,,\n"
    given = folder(tmp_path / "in", attendance=DAYS + days, calendar=calendar)
    file = read_student(written(bring_in(tmp_path / "s", given)), "S3", MARCH)
    assert file is not None
    assert [(m.enrolled, m.absent) for m in file.months] == [(2, 2)]


def test_absences_only_take_their_days_from_the_calendar(tmp_path):
    calendar = "school_id,date,instructional\n" + "".join(
        f"002,2025-09-{day:02d},Y\n" for day in (1, 2, 3)
    )
    days = "S3,002,2025-09-02,absent,,\nS1,001,2025-09-02,absent,,\n"
    given = folder(tmp_path / "in", attendance=DAYS + days, calendar=calendar)
    snapshot = written(bring_in(tmp_path / "s", given))
    counted = {}
    for student in ("S1", "S2", "S3"):
        file = read_student(snapshot, student, MARCH)
        assert file is not None
        counted[student] = [(m.enrolled, m.absent, m.line) for m in file.months]
    # S2 was never absent: no row, so no line to lead to.
    assert counted == {"S1": [], "S2": [(3, 0, None)], "S3": [(3, 1, 2)]}


def test_a_row_that_was_carried_over_leads_to_its_own_file(tmp_path, snapshot):
    (tmp_path / "next").mkdir()
    (tmp_path / "next" / "nightly.csv").write_text(ATTENDANCE)
    now = written(bring_in(tmp_path / "store", tmp_path / "next", keep_rest=True))
    file = read_student(now, "S1", MARCH)
    assert file is not None
    assert file.source == Source("students.csv", 2)
    assert file.months[0].file == "nightly.csv"


def test_threads_read_at_once_and_damage_is_one_sentence(snapshot):
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda i: read_student(snapshot, f"S{i % 4}", MARCH), range(40))
        )
    for place, file in enumerate(found):
        assert (file.student_id if file else None) == (
            f"S{place % 4}" if place % 4 else None
        )
    for part in snapshot.parts("programs"):
        part.unlink()
    with pytest.raises(InputProblem, match="missing or damaged"):
        read_student(snapshot, "S1", MARCH)
    for part in snapshot.parts("attendance"):
        part.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(InputProblem, match="missing or damaged"):
        read_directory(snapshot, MARCH)
