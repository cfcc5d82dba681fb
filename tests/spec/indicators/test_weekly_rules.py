"""The weekly indicators, worked by hand (indicators/weekly/rules.md)."""

from __future__ import annotations

import datetime as dt

import pytest

from evenrise.indicators.weekly import WEEKLY, Weekly, WeeklyAsk, week_sums
from tests.support.tables import DrawnSettings, draw


MONDAY = dt.date(2025, 9, 1)
WEEK = dt.timedelta(weeks=1)
LATER = dt.date(2025, 12, 31)
PUPILS = ("ana", "ben")


def day(place):
    return MONDAY + dt.timedelta(days=place)


def tables(**more):
    """Ana and Ben at school S in two weeks of five days, Ben an English learner."""
    return {
        "schools": [{"school_id": "S"}],
        "students": [{"student_id": one} for one in PUPILS],
        "enrollments": [
            {
                "student_id": one,
                "school_id": "S",
                "school_year": 2026,
                "grade": "09",
                "entered_on": MONDAY,
            }
            for one in PUPILS
        ],
        "calendar": [
            {"school_id": "S", "date": day(n), "instructional": True}
            for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)
        ],
        "programs": [
            {
                "student_id": "ben",
                "program": "english_learner",
                "started_on": dt.date(2020, 8, 1),
            }
        ],
        "attendance": [attended("ana", 1, "absent")],
        **more,
    }


def attended(student, place, status):
    return {
        "student_id": student,
        "school_id": "S",
        "date": day(place),
        "status": status,
        "portion_absent": None,
        "reason": None,
    }


def incident(key, student, place, action="restorative", school="S"):
    return {
        "incident_id": key,
        "student_id": student,
        "school_id": school,
        "date": day(place),
        "action": action,
        "days_removed": None,
    }


def work(*rows):
    """Pieces of work by (key, day due, student, status, day scored)."""
    due = {key: on for key, on, *_ in rows}
    return {
        "sections": [
            {
                "section_id": "M",
                "school_id": "S",
                "school_year": 2026,
                "subject": "math",
            }
        ],
        "assignments": [
            {"assignment_id": key, "section_id": "M", "due_on": day(on)}
            for key, on in due.items()
        ],
        "scores": [
            {
                "assignment_id": key,
                "student_id": student,
                "score": "8" if status in (None, "scored") else None,
                "status": status,
                "scored_on": None if scored is None else day(scored),
            }
            for key, _on, student, status, scored in rows
        ],
    }


def told(tmp_path, what, records, as_of=LATER, groups=(), school="S"):
    ask = WeeklyAsk(
        school_id=school, grades=(), groups=groups, first=MONDAY, last=MONDAY + WEEK
    )
    found = week_sums(
        what, draw(tmp_path, records), ask, as_of=as_of, settings=DrawnSettings()
    )
    return [(one.group, one.week_on, one.count, one.size) for one in found]


def test_late_arrivals_once_a_day_and_not_on_a_day_that_was_no_school(tmp_path):
    rows = [
        attended("ana", 0, "tardy"),
        attended("ana", 0, "tardy"),  # told twice
        attended("ana", 5, "tardy"),  # a Saturday
        attended("ben", 8, "tardy"),
        attended("ben", 9, "absent"),
    ]
    found = told(tmp_path, Weekly.TARDY, tables(attendance=rows))
    assert found == [("", MONDAY, 1, 10), ("", MONDAY + WEEK, 1, 10)]


def test_a_school_that_never_writes_late_arrivals_tells_no_week(tmp_path):
    assert told(tmp_path, Weekly.TARDY, tables()) == []


def test_incidents_for_each_hundred_students_and_five_days(tmp_path):
    rows = [
        incident("1", "ana", 0),
        incident("1", "ben", 0),  # two students of one incident
        incident("2", "ana", 5),  # a Saturday's game is of that week
        incident("3", "ben", 8, "out_of_school_suspension"),
        incident("4", "ben", 11, "in_school_suspension"),
        incident("5", "zoe", 1),  # not enrolled
        incident("6", "ana", 1, school="T"),  # elsewhere
    ]
    records = tables(incidents=rows)
    learners = (("english_learner", "english_learner"),)
    assert told(tmp_path / "a", Weekly.INCIDENTS, records, groups=learners) == [
        ("", MONDAY, 3, 0.02),
        ("english_learner", MONDAY, 1, 0.01),
        ("", MONDAY + WEEK, 2, 0.02),
        ("english_learner", MONDAY + WEEK, 2, 0.01),
    ]
    assert told(tmp_path / "b", Weekly.SUSPENSIONS, records) == [
        ("", MONDAY, 0, 0.02),
        ("", MONDAY + WEEK, 2, 0.02),
    ]


def test_a_week_after_the_last_incident_is_not_told_as_quiet(tmp_path):
    records = tables(incidents=[incident("1", "ana", 0)])
    assert told(tmp_path / "a", Weekly.INCIDENTS, records) == [("", MONDAY, 1, 0.02)]
    none = tables(incidents=[])
    found = told(tmp_path / "b", Weekly.INCIDENTS, none)
    assert [count for _group, _on, count, _size in found] == [0, 0]
    old = incident("1", "ana", -300)  # of the year before
    assert told(tmp_path / "c", Weekly.INCIDENTS, tables(incidents=[old])) == []


def test_missing_work_of_the_work_that_the_gradebook_tells_of(tmp_path):
    records = tables(
        **work(
            ("1", 1, "ana", "scored", 4),
            ("1", 1, "ben", "missing", None),
            ("2", 4, "ana", "not_submitted", None),
            ("2", 4, "ben", "exempt", None),
            ("3", 8, "ana", None, 10),  # a score without a status
            ("3", 8, "ben", "scored", 60),
        )
    )
    whole = [("", MONDAY, 2, 3), ("", MONDAY + WEEK, 0, 2)]
    assert told(tmp_path / "a", Weekly.MISSING_WORK, records) == whole
    # Scores that were not there yet on the day are not counted.
    early = told(tmp_path / "b", Weekly.MISSING_WORK, records, as_of=day(30))
    assert early == [("", MONDAY, 2, 3), ("", MONDAY + WEEK, 0, 1)]
    # Two weeks after its Friday a week has settled, not a day before.
    assert told(tmp_path / "c", Weekly.MISSING_WORK, records, as_of=day(17)) == []
    settled = told(tmp_path / "d", Weekly.MISSING_WORK, records, as_of=day(18))
    assert settled == whole[:1]


def test_a_gradebook_that_never_says_missing_tells_no_week(tmp_path):
    records = tables(**work(("1", 1, "ana", "scored", 4)))
    assert told(tmp_path, Weekly.MISSING_WORK, records) == []


@pytest.mark.parametrize("what", list(Weekly))
def test_every_one_says_whose_rule_it_is_and_what_it_needs(what, tmp_path):
    one = WEEKLY[what]
    assert one.key is what
    assert all((one.authority, one.source, one.definition.en, one.definition.es))
    for gone in one.needs:
        records = tables(incidents=[], **work(("1", 1, "ana", "missing", None)))
        del records[gone]
        assert told(tmp_path / gone, what, records) == []
