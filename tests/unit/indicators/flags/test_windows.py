"""Days missed before and after a day: by SQL, and counted by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from evenrise.indicators.flags.windows import Windows, absence_windows
from tests.support.tables import draw


AS_OF = dt.date(2026, 6, 30)
MONDAY = dt.date(2025, 9, 1)


def school_days(begin: dt.date, count: int) -> list[dt.date]:
    days, day = [], begin
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day += dt.timedelta(days=1)
    return days


DAYS = school_days(MONDAY, 60)
OTHER = [day for day in DAYS if day.day != 3]  # the other school has other days off


def calendar(school="A", days=None):
    return [
        {"school_id": school, "date": day, "instructional": True}
        for day in (DAYS if days is None else days)
    ]


def stay(student, school="A", first=DAYS[0], last=None, **more):
    return {
        "student_id": student,
        "school_id": school,
        "school_year": 2026,
        "grade": "07",
        "entered_on": first,
        "left_on": last,
    } | more


def missed(student, day, school="A", **more):
    row = {"student_id": student, "school_id": school, "date": day, "status": "absent"}
    return row | more


def snapshot(folder, **tables):
    names = ("calendar", "attendance", "enrollments", "assessments")
    return draw(folder, {name: tables.get(name, ()) for name in names})


def row(windows: Windows, student: str, day: dt.date) -> dict[str, float]:
    place = windows.students.tolist().index(student)
    (at,) = np.flatnonzero(
        (windows.student == place) & (windows.day == np.datetime64(day))
    )
    names = ("days_earlier", "absent_earlier", "days_before", "absent_before")
    names += ("days_after", "absent_after", "due", "score", "tested", "whole")
    return {name: getattr(windows, name)[at].item() for name in names}


def test_the_day_itself_belongs_to_what_follows(tmp_path) -> None:
    day = DAYS[20]
    absences = [missed("1", DAYS[n]) for n in (9, 10, 19, 20, 29, 30)]
    told = snapshot(
        tmp_path, calendar=calendar(), enrollments=[stay("1")], attendance=absences
    )
    found = row(absence_windows(told, [day], AS_OF, 10, 10), "1", day)
    assert (found["days_before"], found["absent_before"]) == (10, 2)
    assert (found["days_after"], found["absent_after"]) == (10, 2)
    assert (found["days_earlier"], found["absent_earlier"]) == (10, 1)
    assert found["due"] == 10


def test_what_is_dated_later_changes_nothing(tmp_path) -> None:
    day, as_of = DAYS[20], DAYS[26]
    early = [missed("1", DAYS[n]) for n in (12, 22, 26)]
    late = [missed("1", DAYS[n]) for n in (27, 28)]
    late_scores = [
        {
            "student_id": str(n),
            "assessment": "s",
            "subject": "math",
            "taken_on": DAYS[27],
            "grade": "07",
            "scale_score": 100.0 + n,
        }
        for n in range(20)
    ]
    common = {"calendar": calendar(), "enrollments": [stay("1")]}
    then = snapshot(tmp_path / "then", attendance=early, **common)
    now = snapshot(
        tmp_path / "now", attendance=early + late, assessments=late_scores, **common
    )
    rows = [
        row(absence_windows(one, [day], as_of, 10, 10), "1", day) for one in (then, now)
    ]
    assert rows[0] == rows[1]
    assert (rows[0]["days_after"], rows[0]["absent_after"], rows[0]["due"]) == (7, 2, 7)


def test_a_transfer_resets_nothing(tmp_path) -> None:
    day = DAYS[30]
    told = snapshot(
        tmp_path,
        calendar=calendar() + calendar("B", OTHER),
        enrollments=[
            stay("1", last=DAYS[34]),
            stay("1", "B", first=DAYS[35]),
            stay("2", "B"),
        ],
        attendance=[missed("1", DAYS[33]), missed("1", OTHER[-20], "B")],
    )
    found = row(absence_windows(told, [day], AS_OF, 10, 25), "1", day)
    assert found["absent_after"] == 2
    assert found["days_before"] == 10


def test_parts_of_days_and_late_arrivals_are_no_absence(tmp_path) -> None:
    day = DAYS[20]
    rows = [
        missed("1", DAYS[21], status="partial", portion_absent=0.5),
        missed("1", DAYS[22], status="tardy"),
        missed("1", DAYS[23], reason="in_school_suspension"),
        missed("1", DAYS[24], portion_absent=0.5),
        missed("1", DAYS[25], reason="excused"),
    ]
    told = snapshot(
        tmp_path, calendar=calendar(), enrollments=[stay("1")], attendance=rows
    )
    found = row(absence_windows(told, [day], AS_OF, 10, 10), "1", day)
    assert (found["days_after"], found["absent_after"]) == (10, 1)


def test_a_school_without_calendar_is_told_by_its_own_rows(tmp_path) -> None:
    day = DAYS[20]
    present = [missed("1", each, status="present") for each in DAYS if each != DAYS[22]]
    told = snapshot(
        tmp_path,
        enrollments=[stay("1")],
        attendance=[*present, missed("1", DAYS[22])],
    )
    found = row(absence_windows(told, [day], AS_OF, 10, 10), "1", day)
    assert (found["days_before"], found["absent_before"]) == (10, 0)
    assert (found["days_after"], found["absent_after"]) == (10, 1)


def test_a_pair_asks_for_one_student_only(tmp_path) -> None:
    told = snapshot(
        tmp_path,
        calendar=calendar(),
        enrollments=[stay("1"), stay("2")],
        attendance=[missed("1", DAYS[1])],
    )
    pairs = (np.array(["2"]), np.array([DAYS[15]], "datetime64[D]"))
    windows = absence_windows(told, [DAYS[20]], AS_OF, 10, 10, pairs=pairs)
    assert len(windows) == 3
    assert not row(windows, "2", DAYS[15])["whole"]
    assert row(windows, "1", DAYS[20])["whole"]
    first = windows.day[windows.student == windows.students.tolist().index("1")]
    assert first.tolist() == [DAYS[20]]


def test_scores_are_of_an_earlier_school_year(tmp_path) -> None:
    day = DAYS[20]
    spring, fall = dt.date(2025, 5, 5), DAYS[5]
    scores = [
        {
            "student_id": f"{n:02}",
            "assessment": "state",
            "subject": "math",
            "taken_on": taken,
            "grade": "06",
            "scale_score": 100.0 + (n if taken == spring else -n),
        }
        for n in range(15)
        for taken in (spring, fall)
    ]
    told = snapshot(
        tmp_path,
        calendar=calendar(),
        enrollments=[stay(f"{n:02}") for n in range(15)] + [stay("new")],
        attendance=[missed("00", DAYS[1])],
        assessments=scores,
    )
    windows = absence_windows(told, [day], AS_OF, 10, 10)
    spread = np.std(np.arange(15), ddof=1)
    assert row(windows, "14", day)["score"] == pytest.approx(7 / spread)
    assert row(windows, "new", day)["tested"] is False


def test_nothing_asked_is_nothing_told(tmp_path) -> None:
    told = snapshot(tmp_path, calendar=calendar(), enrollments=[stay("1")])
    assert len(absence_windows(told, [], AS_OF)) == 0
    assert len(absence_windows(told, [dt.date(2027, 1, 1)], AS_OF)) == 0
    with pytest.raises(ValueError, match="one school day"):
        absence_windows(told, [DAYS[0]], AS_OF, 0)


def test_counting_by_hand_gives_the_same(tmp_path) -> None:
    rng = np.random.default_rng(7)
    students = [f"{n:02}" for n in range(25)]
    stays, absences = [], []
    for student in students:
        if rng.random() < 0.4:
            cut = int(rng.integers(10, 50))
            stays += [
                stay(student, last=DAYS[cut]),
                stay(student, "B", first=DAYS[min(59, cut + 2)]),
            ]
        else:
            stays.append(stay(student, first=DAYS[int(rng.integers(0, 5))]))
        for day in DAYS:
            for school in "AB":
                if rng.random() < 0.1:
                    absences.append(missed(student, day, school))  # noqa: PERF401
    told = snapshot(
        tmp_path,
        calendar=calendar() + calendar("B", OTHER),
        enrollments=stays,
        attendance=absences,
    )
    open_days = {"A": set(DAYS), "B": set(OTHER)}
    asked = [DAYS[18], DAYS[31], DAYS[52]]
    windows = absence_windows(told, asked, AS_OF, 12, 9)
    seen = 0
    for day in asked:
        for student in students:
            mine = [one for one in stays if one["student_id"] == student]
            now = [
                one
                for one in mine
                if one["entered_on"] <= day and (one["left_on"] or day) >= day
            ]
            if not now:
                continue
            ordered = DAYS if now[-1]["school_id"] == "A" else OTHER
            past = [each for each in ordered if each < day]
            coming = [each for each in ordered if each >= day]
            low, high = past[-12:][0], coming[:9][-1]

            def counted(begin, end, mine=mine):
                days = {
                    (each, one["school_id"])
                    for one in mine
                    for each in open_days[one["school_id"]]
                    if begin <= each <= end
                    and one["entered_on"] <= each <= (one["left_on"] or end)
                }
                away = {
                    (one["date"], one["school_id"])
                    for one in absences
                    if one["student_id"] == mine[0]["student_id"]
                }
                return len(days), len(days & away)

            found = row(windows, student, day)
            before = counted(low, day - dt.timedelta(days=1))
            after = counted(day, high)
            assert (found["days_before"], found["absent_before"]) == before
            assert (found["days_after"], found["absent_after"]) == after
            assert found["due"] == min(9, len(coming))
            seen += 1
    assert seen == len(windows) > 60
