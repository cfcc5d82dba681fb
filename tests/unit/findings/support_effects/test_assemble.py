"""Who stands beside those given a support, and when it is judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from evenrise.findings.support_effects.assemble import (
    COMPARISONS,
    Given,
    assemble,
    days_asked,
    planned_look,
)
from evenrise.findings.support_effects.effects import read_effects
from evenrise.findings.support_effects.judge import judge
from evenrise.findings.support_effects.reading import Verdict
from evenrise.findings.support_effects.study import Look
from evenrise.indicators.flags.windows import Windows
from tests.support.tables import draw


STARTS = np.array(["2025-11-17", "2026-01-20", "2026-02-17"], "datetime64[D]")
LOOK = Look(2, 4, dt.date(2026, 6, 30))


def everybody(students: int, seed: int = 1) -> Windows:
    """So many students on three days, in the order that the engine gives them."""
    rng = np.random.default_rng(seed)
    n = 3 * students
    grade = np.repeat(rng.integers(2, 14, students), 3)
    before = rng.binomial(45, 0.08, n)
    return Windows(
        students=np.array([f"s{k:05}" for k in range(students)]),
        schools=("A", "B"),
        before=45,
        after=45,
        as_of=LOOK.on,
        student=np.repeat(np.arange(students), 3),
        day=np.tile(STARTS, students),
        school=np.repeat(rng.integers(0, 2, students), 3),
        grade=grade,
        days_earlier=np.full(n, 180),
        absent_earlier=rng.binomial(180, 0.08, n),
        days_before=np.full(n, 45),
        absent_before=before,
        days_after=np.full(n, 45),
        absent_after=rng.binomial(45, 0.08, n),
        due=np.full(n, 45),
        score=rng.standard_normal(n),
        tested=np.ones(n, np.bool_),
        whole=np.ones(n, np.bool_),
    )


def given_to(windows: Windows, rows, support="check_in", day=None) -> Given:
    rows = np.asarray(rows)
    size = len(rows)
    starts = windows.day[rows] if day is None else np.full(size, np.datetime64(day))
    return Given(
        windows.students[windows.student[rows]],
        np.full(size, support),
        starts,
        np.full(size, 16),
        np.full(size, 12),
    )


def test_comparable_students_share_month_level_and_days_missed() -> None:
    windows = everybody(3000)
    rows = np.arange(1, 600, 9)
    (study,) = assemble(given_to(windows, rows), windows, LOOK)
    assert study.treated.sum() + study.unmatched == len(rows)
    assert (~study.treated).sum() <= COMPARISONS * study.treated.sum()
    assert (~study.treated).sum() > 3 * study.treated.sum()
    for part in (study.treated, ~study.treated):
        assert set(np.unique(study.started_on[part])) <= set(STARTS)
    share = study.covariates[:, study.covariate_names.index("absent_before")]
    gap = share[study.treated].mean() - share[~study.treated].mean()
    assert abs(gap) < 0.005
    assert study.planned[study.treated].min() == 16
    assert study.planned[~study.treated].max() == 0


def test_the_same_students_every_time() -> None:
    windows = everybody(800)
    given = given_to(windows, np.arange(0, 240, 6))
    one, two = (assemble(given, windows, LOOK)[0] for _ in range(2))
    assert np.array_equal(one.outcome, two.outcome)
    assert np.array_equal(one.covariates, two.covariates)


def test_who_had_begun_it_is_no_comparison_and_who_begins_later_is() -> None:
    windows = everybody(40)
    windows = replace(windows, grade=np.full(120, 5), absent_before=np.full(120, 3))
    # One student begins in the second month; all others had begun in the first.
    early = given_to(windows, np.arange(3, 60, 3))
    late = given_to(windows, [1])
    both = Given(
        *(
            np.concatenate([getattr(a, f) for a in (early, late)])
            for f in Given.__slots__
        )
    )
    (study,) = assemble(both, windows, LOOK)
    beside = study.started_on[~study.treated]
    assert (beside == STARTS[1]).sum() > 0
    # 40 students, 20 of them given it by the second month.
    assert (beside == STARTS[1]).sum() <= 20


def test_the_first_start_counts_and_once() -> None:
    windows = everybody(900)
    rows = np.arange(0, 90, 3)
    twice = np.concatenate([rows, rows + 2])
    (study,) = assemble(given_to(windows, twice), windows, LOOK)
    assert study.treated.sum() + study.unmatched == len(rows)
    assert set(study.started_on[study.treated]) == {STARTS[0]}


def test_a_start_whose_days_are_not_over_waits_for_the_next_look() -> None:
    windows = everybody(900)
    due = np.where(windows.day == STARTS[2], 20, 45)
    windows = replace(windows, due=due)
    rows = np.concatenate([np.arange(0, 90, 3), np.arange(2, 30, 3)])
    (study,) = assemble(given_to(windows, rows[:25]), windows, LOOK)
    assert study.too_recent == 0
    (study,) = assemble(given_to(windows, np.arange(92, 152, 3)), windows, LOOK)
    assert (study.too_recent, study.treated.sum()) == (20, 0)


def test_who_left_is_lost_not_absent() -> None:
    windows = everybody(900)
    after = np.where(windows.student < 30, 5, 45)
    windows = replace(windows, days_after=after)
    (study,) = assemble(given_to(windows, np.arange(0, 180, 3)), windows, LOOK)
    assert study.lost[study.treated].mean() > 0.4
    assert study.attrition()[1] == 0


def test_another_support_not_long_before_is_known() -> None:
    windows = everybody(3000)
    rows = np.arange(1, 180, 3)
    mine = given_to(windows, rows)
    other = given_to(windows, rows[:20], "mentoring", "2025-12-01")
    both = Given(
        *(
            np.concatenate([getattr(a, f) for a in (mine, other)])
            for f in Given.__slots__
        )
    )
    studies = {study.support: study for study in assemble(both, windows, LOOK)}
    study = studies["check_in"]
    told = study.covariates[:, study.covariate_names.index("other_support")]
    assert study.unmatched == 0
    assert told[study.treated].sum() == 20
    assert told[~study.treated].sum() == 0


def test_looks_are_planned_for_january_and_june() -> None:
    starts = np.array(["2024-10-20", "2025-11-03", "2026-05-04"], "datetime64[D]")
    days = [dt.date(2025, 2, 1), dt.date(2025, 12, 1), dt.date(2026, 6, 30)]
    looks = [planned_look(day, starts) for day in days]
    assert [look.on for look in looks] == [
        dt.date(2025, 1, 31),
        dt.date(2025, 6, 30),
        dt.date(2026, 6, 30),
    ]
    assert [look.number for look in looks] == [1, 2, 4]
    # Asked again in between, nothing more is looked at.
    assert planned_look(dt.date(2026, 12, 31), starts) == looks[-1]


def test_supports_begun_long_ago_or_after_the_look_are_not_judged() -> None:
    windows = everybody(60)
    rows = np.arange(0, 30, 3)
    given = Given(
        windows.students[windows.student[rows]],
        np.full(10, "check_in"),
        np.array(
            ["2023-10-02"] * 3 + ["2026-01-20"] * 4 + ["2026-09-01"] * 3,
            "datetime64[D]",
        ),
        np.full(10, 16),
        np.full(10, 12),
    )
    days, (students, starts) = days_asked(given, LOOK)
    assert days.tolist() == [dt.date(2026, 1, 20)]
    assert len(students) == len(starts) == 4


def test_everybody_is_asked_about_on_one_day_of_a_month() -> None:
    starts = np.array(
        ["2026-01-05", "2026-01-12", "2026-01-26", "2026-03-02"], "datetime64[D]"
    )
    given = Given(
        np.array(list("abcd")), np.full(4, "check_in"), starts, np.ones(4), np.ones(4)
    )
    days, _ = days_asked(given, LOOK)
    assert days.tolist() == [dt.date(2026, 1, 12), dt.date(2026, 3, 2)]


def test_students_without_any_records_give_a_study_of_nobody() -> None:
    windows = everybody(30)
    strangers = Given(
        np.array(["x1", "x2"]),
        np.full(2, "check_in"),
        STARTS[:2],
        np.full(2, 16),
        np.full(2, 12),
    )
    (study,) = assemble(strangers, windows, LOOK)
    assert len(study.treated) == 0
    reading = judge(study)
    assert reading.verdict is Verdict.CANNOT_TELL
    assert "fewer than 20" in reading.sentence.en
    assert reading.n_given == 0


def test_a_snapshot_without_attendance_tells_nothing(tmp_path) -> None:
    names = ("calendar", "attendance", "enrollments", "assessments")
    empty = draw(tmp_path, dict.fromkeys(names, ()))
    given = Given(
        np.array(["1"]),
        np.array(["check_in"]),
        STARTS[:1],
        np.array([16]),
        np.array([12]),
    )
    (reading,) = read_effects(empty, given, dt.date(2026, 7, 1))
    assert reading.effect.value is None
    assert read_effects(empty, given.where(np.array([False])), LOOK.on) == ()
