"""Conditions: what is planted is found, what is not is not, and few are not told."""

from __future__ import annotations

import datetime as dt
import random

import pyarrow.parquet as pq
import pytest

from evenrise.findings.early_warning.conditions import conditions_of
from evenrise.findings.finding import Certainty
from evenrise.indicators.flags.conditions import tells_bell_schedules
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


# Twenty students on eight days; how many were absent on each, and its bell schedule.
BELL_DAYS = (
    ("2025-09-01", 1, "regular"),
    ("2025-09-02", 2, ""),
    ("2025-09-03", 8, "Late Start"),
    ("2025-09-04", 1, "Block A"),
    ("2025-09-05", 2, "regular"),
    ("2025-09-08", 1, ""),
    ("2025-09-10", 10, "late_start"),
    ("2025-09-12", 9, "late-start"),
)


def by_the_bell(size=20, days=BELL_DAYS):
    """One school, a worked table; the other tells nothing of its bell."""
    return {
        "schools": [
            {"school_id": "A", "name": "School A"},
            {"school_id": "B", "name": "School B"},
        ],
        "calendar": [
            {
                "school_id": school,
                "date": day,
                "instructional": True,
                "bell_schedule": bell if school == "A" else "",
            }
            for school in ("A", "B")
            for day, _, bell in days
        ],
        "enrollments": [
            {
                "student_id": f"{school}{n:02}",
                "school_id": school,
                "school_year": 2026,
                "grade": "09",
                "entered_on": FIRST,
            }
            for school in ("A", "B")
            for n in range(size)
        ],
        "attendance": [
            {
                "student_id": f"{school}{n:02}",
                "school_id": school,
                "date": day,
                "status": "absent",
            }
            for school in ("A", "B")
            for day, absent, _ in days
            for n in range(min(absent, size))
        ],
    }


def bells_of(snapshot, as_of=AS_OF):
    every = conditions_of(snapshot, as_of, SETTINGS, every=True)
    return {
        (one.school_id, one.key): one for one in every if one.kind == "bell_schedule"
    }


def test_bell_schedules_by_a_worked_table(tmp_path):
    """Late starts: 27 of 60 students' days; the other five days: 7 of 100."""
    found = bells_of(draw(tmp_path, by_the_bell()))
    assert {*found} == {("A", "late_start")}, "regular and Block A have too few days"
    late = found["A", "late_start"]
    assert (late.n, late.units) == (20, 3)
    assert late.observed == pytest.approx(27 / 60)
    assert late.expected == pytest.approx(7 / 100)
    assert late.difference.value == pytest.approx(0.38)
    # Welch: variances 0.0025 of 3 days and 0.00075 of 5, 2.74 degrees of freedom.
    error, quantile = (0.0025 / 3 + 0.00075 / 5) ** 0.5, 3.3676
    assert late.difference.lower == pytest.approx(0.38 - quantile * error, abs=1e-3)
    assert late.certainty is Certainty.DIFFERENT
    assert late.sentence.en.startswith(
        "School A has 45% of its students absent on late-start days and 7% on its "
        "other days: 38.0 points more (95% interval "
    )
    assert late.sentence.en.endswith("), over 3 days.")
    assert late.sentence.es.startswith(
        "En School A falta el 45\u00a0% de sus estudiantes los días de entrada "
        "tardía y el 7\u00a0% los demás días: 38.0 puntos más ("
    )


def test_a_bell_schedule_in_the_districts_own_words(tmp_path):
    days = [
        (day, absent, bell and f"Block_{'A' if bell != 'regular' else 'B'}")
        for day, absent, bell in BELL_DAYS
    ]
    found = bells_of(draw(tmp_path, by_the_bell(days=days)))
    told = found["A", "block_a"].sentence
    assert "absent on days with the bell schedule “Block A” and " in told.en
    assert " los días con horario «Block A» y el " in told.es


def test_bell_schedules_of_few_students_and_of_later_days(tmp_path):
    few = bells_of(draw(tmp_path / "few", by_the_bell(size=10)))
    assert few["A", "late_start"].certainty is Certainty.TOO_FEW
    assert "%" not in few["A", "late_start"].sentence.en
    enough = draw(tmp_path / "enough", by_the_bell(size=11))
    assert bells_of(enough)["A", "late_start"].certainty is not Certainty.TOO_FEW
    assert bells_of(enough, dt.date(2025, 9, 11)) == {}


def test_a_calendar_without_bell_schedules_reads_as_before(tmp_path):
    """A snapshot that was made before there was such a column, or a blank one."""
    tables = district(mondays=0.18)
    blank = draw(tmp_path / "blank", tables)
    before = draw(tmp_path / "before", tables, parts=2)
    for row in tables["calendar"]:
        if row["school_id"] == "A" and row["date"].weekday() == 0:
            row["bell_schedule"] = "minimum"
    told = draw(tmp_path / "told", tables)
    assert {key for _, key in bells_of(told)} == {"minimum"}
    for part in before.parts("calendar"):
        pq.write_table(pq.read_table(part).drop_columns("bell_schedule"), part)
    without = conditions_of(before, AS_OF, SETTINGS, every=True)
    assert without
    assert without == conditions_of(blank, AS_OF, SETTINGS, every=True)
    assert "bell_schedule" not in {one.kind for one in without}
    whether = [tells_bell_schedules(one, AS_OF) for one in (told, blank, before)]
    assert whether == [True, False, False]
    assert not tells_bell_schedules(told, dt.date(2026, 8, 1)), "another school year"
    assert not tells_bell_schedules(draw(tmp_path / "none", {}), AS_OF)
