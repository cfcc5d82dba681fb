"""Past students as they were known on a day: counted, unknown kept, no look ahead."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from evenrise.indicators.flags.cohorts import CHECKPOINTS, FEATURES, cohorts_of
from tests.support.tables import DrawnSettings, draw


AS_OF = dt.date(2026, 7, 5)
SETTINGS = DrawnSettings(code="D")
BEGIN = {2025: dt.date(2024, 8, 19), 2026: dt.date(2025, 8, 18)}


def school_days(year):
    first = BEGIN[year]
    days = (first + dt.timedelta(days=at) for at in range(300))
    return [day for day in days if day.weekday() < 5][:180]


def enrolled(student, year, school="A", **more):
    return {
        "student_id": student,
        "school_id": school,
        "school_year": year,
        "grade": "07" if year == 2025 else "08",
        "entered_on": BEGIN[year],
        **more,
    }


def away(student, year, places, reason="excused", school="A"):
    days = school_days(year)
    return [
        {
            "student_id": student,
            "school_id": school,
            "date": days[at],
            "status": "absent",
            "reason": reason,
        }
        for at in places
    ]


def records():
    """Two years; ann misses 20 days, ben fails math in the end, cal is on track."""
    students = ("ann", "ben", "cal")
    enrollments = [enrolled(one, year) for one in students for year in BEGIN]
    days = [
        *away("ann", 2025, range(10)),
        *away("ann", 2026, range(5), "unexcused"),
        *away("ann", 2026, range(120, 135)),
        *away("ben", 2026, [41, 42]),
        *away("cal", 2026, [60]),
    ]
    calendar = [
        {"school_id": school, "date": day, "instructional": True}
        for school in "AB"
        for year in BEGIN
        for day in school_days(year)
    ]
    sections = [
        {
            "section_id": f"{subject}{year}",
            "school_id": "A",
            "school_year": year,
            "subject": subject,
        }
        for subject in ("ela", "math", "pe")
        for year in BEGIN
    ]
    marks = [
        {
            "student_id": one,
            "section_id": f"{subject}{year}",
            "term": term,
            "mark": "F" if one == "ben" and subject == "math" and year == 2026 else "B",
            "posted_on": dt.date(year, *day),
        }
        for one in students
        for subject in ("ela", "math", "pe")
        for year in BEGIN
        for term, day in (("S1", (1, 20)), ("S2", (6, 10)))
    ]
    incidents = [
        {
            "incident_id": "i1",
            "student_id": "cal",
            "school_id": "A",
            "date": dt.date(2025, 9, 3),
            "action": "out_of_school_suspension",
            "days_removed": 2.0,
        },
    ]
    return {
        "schools": [{"school_id": "A"}, {"school_id": "B"}],
        "students": [{"student_id": one, "gender": "F"} for one in students],
        "enrollments": enrollments,
        "calendar": calendar,
        "attendance": days,
        "sections": sections,
        "marks": marks,
        "incidents": incidents,
    }


def found(folder, tables, as_of=AS_OF):
    return cohorts_of(draw(folder, tables), as_of, SETTINGS)


def row(cohorts, place, year=2026, checkpoint=0):
    """Features of the student in alphabetical place, by name."""
    student = np.unique(cohorts.student)[place]
    (at,) = np.flatnonzero(
        (cohorts.student == student)
        & (cohorts.school_year == year)
        & (cohorts.checkpoint == checkpoint)
    )
    return at, dict(zip(cohorts.names, cohorts.features[at].tolist(), strict=True))


def test_a_row_for_each_student_year_and_checkpoint(tmp_path):
    cohorts = found(tmp_path, records())
    assert len(cohorts) == 3 * 2 * len(CHECKPOINTS)
    assert cohorts.names == FEATURES
    assert cohorts.years == (2025, 2026)
    assert [cohorts.schools[code] for code in np.unique(cohorts.school)] == ["A"]


def test_features_are_those_of_the_day(tmp_path):
    cohorts = found(tmp_path, records())
    at, ann = row(cohorts, 0)
    there = sum(day <= dt.date(2025, 10, 15) for day in school_days(2026))
    assert ann["share_absent"] == pytest.approx(5 / there)
    assert ann["share_unexcused"] == pytest.approx(5 / there)
    assert ann["recent_absences"] == 0
    assert ann["prior_share_absent"] == pytest.approx(10 / 180)
    assert ann["grade"] == 8
    assert ann["schools"] == 1
    assert cohorts.rule[at] == 1
    _, ben = row(cohorts, 1, checkpoint=1)
    assert (ben["marks"], ben["f_marks"], ben["core_f_marks"]) == (3, 1, 1)
    at, cal = row(cohorts, 2)
    assert (cal["incidents"], cal["suspension_days"]) == (1, 2)
    assert cohorts.rule[at] == 1


def test_the_last_twenty_school_days_are_counted_back_from_the_day(tmp_path):
    tables = records()
    last = [at for at, d in enumerate(school_days(2026)) if d <= dt.date(2025, 10, 15)]
    tables["attendance"] += away("cal", 2026, [last[-1], last[-20], last[-21]])
    _, cal = row(found(tmp_path, tables), 2)
    assert cal["recent_absences"] == 2


def test_what_is_not_known_is_unknown_and_never_nothing(tmp_path):
    cohorts = found(tmp_path, records())
    _, ben = row(cohorts, 1, year=2025)
    # No marks by October, no earlier year, no tests; no incident told in 2024-25.
    for name in ("marks", "f_marks", "prior_share_absent", "prior_ela", "incidents"):
        assert np.isnan(ben[name]), name
    _, ben = row(cohorts, 1)
    assert ben["incidents"] == 0
    tables = records()
    del tables["attendance"], tables["incidents"]
    bare = found(tmp_path / "bare", tables)
    for name in ("share_absent", "recent_absences", "incidents", "suspension_days"):
        assert np.isnan(bare.features[:, bare.names.index(name)]).all(), name


def test_absences_without_any_reason_are_not_called_excused(tmp_path):
    tables = records()
    for one in tables["attendance"]:
        one["reason"] = None
    _, ann = row(found(tmp_path, tables), 0)
    assert np.isnan(ann["share_unexcused"])
    assert ann["share_absent"] > 0


def test_the_outcome_and_the_day_it_was_certain(tmp_path):
    cohorts = found(tmp_path, records())
    ann, _ = row(cohorts, 0)
    # The 18th absence of 180 days is day 120 + 12 of the year.
    certain = school_days(2026)[120 + 12]
    assert cohorts.outcome[ann] == 1
    assert cohorts.met_after[ann] == (certain - dt.date(2025, 10, 15)).days
    ben, _ = row(cohorts, 1)
    assert cohorts.outcome[ben] == 1
    assert cohorts.met_after[ben] == (dt.date(2026, 6, 10) - dt.date(2025, 10, 15)).days
    cal, _ = row(cohorts, 2)
    assert cohorts.outcome[cal] == 0
    assert np.isnan(cohorts.met_after[cal])


def test_a_student_of_a_few_weeks_is_not_judged(tmp_path):
    tables = records()
    tables["enrollments"].append(
        enrolled("dee", 2026, left_on=dt.date(2025, 9, 5)) | {"entered_on": BEGIN[2026]}
    )
    tables["enrollments"].append(
        enrolled(
            "eve", 2026, entered_on=dt.date(2026, 1, 26), left_on=dt.date(2026, 2, 20)
        )
    )
    cohorts = found(tmp_path, tables)
    assert len(np.unique(cohorts.student)) == 4  # dee had left by October
    eve = cohorts.student == np.unique(cohorts.student)[3]
    assert np.isnan(cohorts.outcome[eve]).all()
    assert cohorts.checkpoint[eve].tolist() == [1]


def test_a_move_between_schools_does_not_reset_absences(tmp_path):
    tables = records()
    moved = dt.date(2025, 9, 15)
    tables["enrollments"] = [
        one
        for one in tables["enrollments"]
        if (one["student_id"], one["school_year"]) != ("ann", 2026)
    ] + [
        enrolled("ann", 2026, left_on=moved - dt.timedelta(days=1)),
        enrolled("ann", 2026, school="B", entered_on=moved),
    ]
    tables["attendance"] += away("ann", 2026, [25], school="B")
    cohorts = found(tmp_path, tables)
    at, ann = row(cohorts, 0)
    there = sum(day <= dt.date(2025, 10, 15) for day in school_days(2026))
    assert ann["share_absent"] == pytest.approx(6 / there)
    assert ann["schools"] == 2
    assert cohorts.schools[cohorts.school[at]] == "B"


def test_appending_the_future_changes_nothing_known_by_then(tmp_path):
    before = found(tmp_path / "before", records())
    tables = records()
    later = dt.date(2025, 10, 16)
    places = [at for at, day in enumerate(school_days(2026)) if day >= later]
    tables["attendance"] += [
        one | {"status": status}
        for student, status in (("ben", "absent"), ("cal", "present"))
        for one in away(student, 2026, places[3:60], "unexcused")
    ]
    tables["incidents"].append(
        {
            "incident_id": "i2",
            "student_id": "ben",
            "school_id": "A",
            "date": later,
            "action": "expulsion",
            "days_removed": 9.0,
        }
    )
    tables["marks"].append(
        {
            "student_id": "cal",
            "section_id": "ela2026",
            "term": "Q1",
            "mark": "F",
            "posted_on": later,
        }
    )
    tables["enrollments"].append(enrolled("new", 2026, entered_on=later))
    after = found(tmp_path / "after", tables)
    for one in range(3):
        for year in BEGIN:
            (first, _), (second, _) = row(before, one, year), row(after, one, year)
            np.testing.assert_array_equal(
                before.features[first], after.features[second]
            )
            assert before.rule[first] == after.rule[second]


def test_a_year_that_is_not_over_is_left_out(tmp_path):
    cohorts = found(tmp_path, records(), dt.date(2026, 6, 29))
    assert cohorts.years == (2025,)
    assert len(found(tmp_path / "none", records(), dt.date(2025, 1, 1))) == 0


def test_scores_are_standardised_within_their_own_year(tmp_path):
    tables = records()
    pupils = [f"p{number:02d}" for number in range(12)]
    tables["enrollments"] += [enrolled(one, year) for one in pupils for year in BEGIN]

    def tests(year, scale):
        return [
            {
                "student_id": one,
                "assessment": "state",
                "subject": "ela",
                "grade": "07",
                "taken_on": dt.date(year, 4, 20),
                "scale_score": scale * number + 0.0,
                "level": 3,
            }
            for number, one in enumerate(pupils)
        ]

    tables["assessments"] = tests(2025, 10)
    one = found(tmp_path / "one", tables)
    tables["assessments"] += tests(2026, 999)
    two = found(tmp_path / "two", tables)
    at = one.names.index("prior_ela")
    np.testing.assert_array_equal(one.features[:, at], two.features[:, at])
    known = one.features[~np.isnan(one.features[:, at]), at]
    assert len(known) == 12 * len(CHECKPOINTS)
    assert known.mean() == pytest.approx(0, abs=1e-6)
