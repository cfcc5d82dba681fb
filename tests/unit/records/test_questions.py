"""Questions about records: asked where there is reason, and only there."""

from __future__ import annotations

from tests.unit.records.district import ATTENDANCE, ENROLLMENTS, bring_in, folder


def _asked(home, **changes):
    report = bring_in(home / "store", folder(home / "in", **changes))
    return {question.key: question for question in report.questions}


def test_clean_records_raise_no_question(tmp_path):
    assert _asked(tmp_path) == {}


def test_strangers_are_kept_and_asked_about(tmp_path):
    asked = _asked(tmp_path, attendance=ATTENDANCE + "S9,009,2025-08-18,present,,\n")
    assert asked["records.unknown_students"].where == "line 5, column student_id"
    assert "S9" in asked["records.unknown_students"].text.en
    assert "009" in asked["records.unknown_schools"].text.es


def test_days_outside_enrollment_and_calendar(tmp_path):
    asked = _asked(
        tmp_path,
        attendance=ATTENDANCE + "S2,002,2026-02-02,present,,\n",
        calendar="school_id,date,instructional\n"
        "001,2025-08-18,Y\n001,2025-08-19,N\n002,2025-08-18,Y\n",
    )
    outside = asked["records.attendance_outside_enrollment"]
    assert "S2" in outside.text.en
    assert "2 rows" in asked["records.attendance_outside_calendar"].text.en


def test_overlapping_and_backward_enrollments(tmp_path):
    stays = (
        ENROLLMENTS
        + "S1,002,2026,05,2026-01-10,\nS3,001,2026,09,2026-07-02,2026-05-01\n"
    )
    asked = _asked(tmp_path, enrollments=stays)
    assert asked["records.enrollments_overlap"].where == "line 5, column entered_on"
    assert "S3" in asked["records.left_before_entering"].text.en


def test_published_groups_beyond_their_total(tmp_path):
    facts = (
        "indicator,school_year,level,organization_id,group_family,group,"
        "numerator,denominator,value\n"
        "suspension,2024,district,1,all,all,5,100,0.05\n"
        "suspension,2024,district,1,gender,female,2,80,0.025\n"
        "suspension,2024,district,1,gender,male,3,90,0.0333\n"
    )
    asked = _asked(tmp_path, published_facts=facts)
    question = asked["records.total_does_not_add_up"]
    assert (question.indicator, question.organization_id) == ("suspension", "1")
    assert (question.school_year, question.group_family) == (2024, "gender")
