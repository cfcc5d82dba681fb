"""The day to look at: the day asked for, or the last one of a year that is over."""

from __future__ import annotations

import datetime as dt

from evenrise.records.snapshots.last_day import last_school_day
from tests.unit.records.district import bring_in, folder, written


STAYS = "student_id,school_id,school_year,grade,entered_on,left_on\n"
DAYS = "student_id,school_id,date,status,portion_absent,reason\n"
NOVEMBER = dt.date(2026, 11, 22)


def _snapshot(home, **files):
    return written(bring_in(home / "store", folder(home / "in", **files)))


def test_a_day_of_a_year_with_records_is_itself(tmp_path):
    snapshot = _snapshot(tmp_path)
    assert last_school_day(snapshot, dt.date(2026, 3, 2)) == dt.date(2026, 3, 2)


def test_after_the_year_its_last_day_with_attendance_stands(tmp_path):
    days = DAYS + "S1,001,2026-03-03,present,,\nS1,001,2026-06-09,present,,\n"
    snapshot = _snapshot(tmp_path, attendance=days)
    assert last_school_day(snapshot, NOVEMBER) == dt.date(2026, 6, 9)


def test_without_attendance_the_end_of_june_stands(tmp_path):
    snapshot = _snapshot(tmp_path, attendance=DAYS)
    assert last_school_day(snapshot, NOVEMBER) == dt.date(2026, 6, 30)


def test_enrollments_of_next_year_wait_for_their_first_day(tmp_path):
    stays = STAYS + "S1,001,2026,05,2025-08-18,\nS1,001,2027,06,2026-08-17,\n"
    days = DAYS + "S1,001,2026-06-09,present,,\n"
    snapshot = _snapshot(tmp_path, enrollments=stays, attendance=days)
    assert last_school_day(snapshot, dt.date(2026, 7, 20)) == dt.date(2026, 6, 9)
    assert last_school_day(snapshot, NOVEMBER) == NOVEMBER


def test_before_anybody_was_enrolled_the_day_is_itself(tmp_path):
    stays = STAYS + "S1,001,2026,05,2025-08-18,\n"
    snapshot = _snapshot(tmp_path, enrollments=stays)
    assert last_school_day(snapshot, dt.date(2024, 3, 2)) == dt.date(2024, 3, 2)
