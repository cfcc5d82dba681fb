"""Conditions: what is planted is found, what is not is not, and few are not told."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from evenrise.findings.early_warning.conditions import conditions_of
from evenrise.findings.finding import Certainty
from tests.support.tables import DrawnSettings, draw


FIRST, AS_OF = dt.date(2025, 9, 1), dt.date(2026, 1, 30)
SCHOOLS = {"A": 60, "B": 60, "C": 6}
SETTINGS = DrawnSettings(name="Evenside")


def school_days():
    days = (FIRST + dt.timedelta(days=n) for n in range((AS_OF - FIRST).days + 1))
    return [day for day in days if day.weekday() < 5]


def district(mondays=0.06, f_at_b=0.1):
    """School A's Mondays and B's algebra may be other than the rest."""
    chance = random.Random(8)  # noqa: S311 - a game of dice, no secret
    students = {
        f"{school}{n}": school for school, size in SCHOOLS.items() for n in range(size)
    }
    return {
        "schools": [{"school_id": one, "name": f"School {one}"} for one in SCHOOLS],
        "calendar": [
            {"school_id": school, "date": day, "instructional": True}
            for school in SCHOOLS
            for day in school_days()
        ],
        "enrollments": [
            {
                "student_id": student,
                "school_id": school,
                "school_year": 2026,
                "grade": "09",
                "entered_on": FIRST,
            }
            for student, school in students.items()
        ],
        "attendance": [
            {
                "student_id": student,
                "school_id": school,
                "date": day,
                "status": "absent",
            }
            for student, school in students.items()
            for day in school_days()
            if chance.random()
            < (mondays if school == "A" and day.weekday() == 0 else 0.06)
        ],
        "sections": [
            {
                "section_id": f"{code}{school}",
                "school_id": school,
                "school_year": 2026,
                "course_code": code,
                "title": {"ALG": "Algebra 1", "ENG": "English 9"}[code],
                "subject": {"ALG": "math", "ENG": "ela"}[code],
            }
            for school in SCHOOLS
            for code in ("ALG", "ENG")
        ],
        "marks": [
            {
                "student_id": student,
                "section_id": f"{code}{school}",
                "term": "S1",
                "mark": "F"
                if chance.random() < (f_at_b if (school, code) == ("B", "ALG") else 0.1)
                else "C",
                "posted_on": dt.date(2026, 1, 15),
            }
            for student, school in students.items()
            for code in ("ALG", "ENG")
        ],
    }


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    tables = district(mondays=0.18, f_at_b=0.45)
    return draw(tmp_path_factory.mktemp("planted"), tables)


def test_planted_conditions_are_found(planted):
    found = {
        (one.kind, one.school_id, one.key): one
        for one in conditions_of(planted, AS_OF, SETTINGS)
    }
    monday = found["weekday", "A", "0"]
    assert monday.certainty is Certainty.DIFFERENT
    assert monday.n == 60
    assert monday.difference.value == pytest.approx(0.12, abs=0.04)
    assert monday.sentence.en.startswith("School A has 1")
    assert "absent on Mondays and " in monday.sentence.en
    assert " los lunes y el " in monday.sentence.es
    algebra = found["course", "B", "ALG"]
    assert algebra.difference.lower > 0
    assert "students in Algebra 1; it is " in algebra.sentence.en
    assert all(one.observed > one.expected for one in found.values())
    assert not [key for key in found if key[1] == "C"]


def test_few_students_are_never_told(planted):
    every = conditions_of(planted, AS_OF, SETTINGS, every=True)
    of_c = [one for one in every if one.school_id == "C"]
    assert of_c
    for one in of_c:
        assert one.certainty is Certainty.TOO_FEW
        assert (one.observed, one.expected, one.difference.value) == (None, None, None)
        assert "%" not in one.sentence.en + one.sentence.es


def test_chance_alone_is_no_condition(tmp_path):
    snapshot = draw(tmp_path, district())
    assert conditions_of(snapshot, AS_OF, SETTINGS) == ()


def test_known_on_the_day(planted, tmp_path):
    """Marks posted in January and days after October change nothing in October."""
    day = dt.date(2025, 10, 31)
    tables = district(mondays=0.18, f_at_b=0.45)
    early = {
        **tables,
        "attendance": [row for row in tables["attendance"] if row["date"] <= day],
        "marks": [],
    }
    before = conditions_of(draw(tmp_path, early), day, SETTINGS, every=True)
    assert conditions_of(planted, day, SETTINGS, every=True) == before
    assert before


def test_without_records_there_are_none(tmp_path):
    assert conditions_of(draw(tmp_path, {}), AS_OF, SETTINGS) == ()


def test_plain_data(planted):
    first = conditions_of(planted, AS_OF, SETTINGS)[0].as_json()
    assert first["certainty"] == "different"
    assert set(first["sentence"]) == {"en", "es"}
