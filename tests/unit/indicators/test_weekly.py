"""Weekly absence: a worked table, and weeks that add up to the judge's year."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.plain.attendance import attendance_year
from evenrise.indicators.engines.plain.records import Records
from evenrise.indicators.weekly import Weekly, WeeklyAsk, week_sums
from tests.property.indicators_records import DAYS, SCHOOLS, Inventor
from tests.support.tables import DrawnSettings, draw


LATER = dt.date(2030, 1, 4)
MONDAY = dt.date(2025, 9, 1)
ROOM = dt.timedelta(weeks=1)


def ask(school=None, grades=(), groups=(), first=MONDAY, last=MONDAY + ROOM):
    return WeeklyAsk(
        school_id=school, grades=grades, groups=groups, first=first, last=last
    )


def day(place):
    return MONDAY + dt.timedelta(days=place)


@pytest.fixture
def worked(tmp_path):
    """Two students, two weeks; the second week has a holiday on its Monday.

    a: absent Tuesday; half of Wednesday; in-school suspension on Thursday.
    b, an English learner in grade 10, comes on the first Friday; absent next Tuesday.
    """
    open_days = [day(n) for n in (0, 1, 2, 3, 4, 8, 9, 10, 11)]
    rows = [
        ("a", day(1), "absent", None, "unexcused"),
        ("a", day(2), "partial", 0.5, None),
        ("a", day(3), "absent", None, "in_school_suspension"),
        ("b", day(8), "absent", None, "excused"),
        ("b", day(8), "absent", None, "medical"),  # told twice
    ]
    spells = [("a", "09", day(0)), ("b", "10", day(4))]
    tables = {
        "schools": [{"school_id": "S"}],
        "students": [{"student_id": one} for one in "ab"],
        "enrollments": [
            {
                "student_id": student,
                "school_id": "S",
                "school_year": 2026,
                "grade": grade,
                "entered_on": came,
            }
            for student, grade, came in spells
        ],
        "calendar": [
            {"school_id": "S", "date": on, "instructional": True} for on in open_days
        ],
        "attendance": [
            {
                "student_id": student,
                "school_id": "S",
                "date": on,
                "status": status,
                "portion_absent": part,
                "reason": why,
            }
            for student, on, status, part, why in rows
        ],
        "programs": [
            {
                "student_id": "b",
                "program": "english_learner",
                "started_on": dt.date(2020, 8, 1),
            }
        ],
    }
    return draw(tmp_path, tables)


def told(snapshot, one, as_of=LATER):
    found = week_sums(
        Weekly.ABSENCE, snapshot, one, as_of=as_of, settings=DrawnSettings()
    )
    return [
        (row.group, row.week_on, row.count, row.size, row.students) for row in found
    ]


def test_the_worked_table(worked):
    groups = (("english_learner", "english_learner"), ("gender", "female"))
    assert told(worked, ask("S", groups=groups)) == [
        ("", MONDAY, 1, 6, 2),
        ("english_learner", MONDAY, 0, 1, 1),
        ("", MONDAY + ROOM, 1, 8, 2),
        ("english_learner", MONDAY + ROOM, 1, 4, 1),
    ]


def test_grades_and_another_school(worked):
    assert told(worked, ask("S", grades=("09",))) == [
        ("", MONDAY, 1, 5, 1),
        ("", MONDAY + ROOM, 0, 4, 1),
    ]
    assert told(worked, ask("elsewhere")) == []
    assert told(worked, ask("S'; DROP TABLE x")) == []


def test_half_a_week_is_no_week(worked):
    thursday = MONDAY + ROOM + dt.timedelta(days=3)
    assert [row[1] for row in told(worked, ask("S"), thursday)] == [MONDAY]


def test_what_is_not_collected_gives_nothing(tmp_path):
    assert told(draw(tmp_path, {"schools": [{"school_id": "S"}]}), ask("S")) == []


@pytest.mark.parametrize("seed", range(6))
def test_the_weeks_of_a_year_add_up_to_the_judges_days(seed, tmp_path):
    tables = Inventor(seed, 0.8).invent()
    for school in tables["schools"]:
        school["district_id"] = None
    snapshot = draw(tmp_path, tables)
    judge = attendance_year(Records(Question(snapshot, LATER, "district")))
    expected = Counter()
    for place, days in judge.items():
        name = place.organization_id if place.level == "school" else None
        expected[name, "enrolled"] += days["days_enrolled"]
        expected[name, "missed"] += days["days_absent"]
    first = min(DAYS) - dt.timedelta(days=min(DAYS).weekday())
    for school in (None, *SCHOOLS):
        if school == "":
            continue
        found = week_sums(
            Weekly.ABSENCE,
            snapshot,
            ask(school, first=first, last=max(DAYS)),
            as_of=LATER,
            settings=DrawnSettings(),
        )
        assert sum(row.size for row in found) == expected[school, "enrolled"]
        assert sum(row.count for row in found) == expected[school, "missed"]
    assert expected[None, "enrolled"] > 0
