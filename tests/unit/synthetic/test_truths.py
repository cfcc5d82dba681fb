"""What is planted can be seen by plain counting, and nothing shows where it is not."""

# ruff: noqa: S608 - the SQL is put together from the names of our own tables

from __future__ import annotations

import math

import pytest

from evenrise.synthetic.truths import DEFAULT_TRUTHS, Outcome, Role


CHRONIC = """
CREATE OR REPLACE TABLE chronic AS
WITH member AS (
  SELECT e.student_id, e.school_id, e.school_year, count(*) AS days
  FROM enrollments AS e JOIN calendar AS c
    ON c.school_id = e.school_id AND c.instructional = 'Y'
    AND c.date BETWEEN e.entered_on AND coalesce(e.left_on, '2026-07-01')
  GROUP BY e.student_id, e.school_id, e.school_year),
missed AS (
  SELECT e.student_id, e.school_id, e.school_year, sum(CASE a.status
    WHEN 'absent' THEN 1 WHEN 'partial' THEN 0.5 ELSE 0 END) AS days
  FROM attendance AS a JOIN enrollments AS e
    ON e.student_id = a.student_id AND e.school_id = a.school_id
    AND a.date BETWEEN e.entered_on AND coalesce(e.left_on, '2026-07-01')
  GROUP BY e.student_id, e.school_id, e.school_year)
SELECT m.student_id, m.school_id, m.school_year,
  coalesce(x.days, 0) >= 0.1 * m.days AS is_chronic
FROM member AS m LEFT JOIN missed AS x USING (student_id, school_id, school_year)
WHERE m.days >= 31
"""
LEARNER = """
SELECT p.student_id IS NOT NULL AS learner, avg(is_chronic::INT), count(*)
FROM chronic AS c LEFT JOIN in_program AS p
  ON p.student_id = c.student_id AND p.program = 'english_learner'
  AND p.spring = c.school_year::INT
WHERE c.school_id = '{school}' GROUP BY ALL ORDER BY 1
"""


@pytest.fixture(scope="module")
def counted(large):
    large.con.execute(CHRONIC)
    return large


def test_every_truth_is_planted_at_the_size_of_the_demonstration(large):
    assert [truth.key for truth in large.truths.planted if not truth.planted] == []


def test_a_small_district_says_what_it_could_not_plant(small):
    unplanted = {truth.key for truth in small.truths.planted if not truth.planted}
    assert unplanted == {"absence_gap_by_school", "bright_spot"}


def test_the_gap_of_english_learners_differs_by_school(counted):
    truth = counted.truths["absence_gap_by_school"]
    gaps = {}
    for role, school in truth.schools:
        (_, others, _), (_, learners, n) = counted.rows(LEARNER.format(school=school))
        assert n > 100
        gaps[role] = learners - others
    assert gaps[Role.ABSENCE_GAP_A] > 0.2
    assert gaps[Role.ABSENCE_GAP_B] > 0.2
    assert abs(gaps[Role.ABSENCE_EVEN]) < 0.08


def test_the_bright_spot_is_the_lowest_of_the_elementary_schools(counted):
    bright = counted.truths["bright_spot"].school(Role.BRIGHT_SPOT)
    rates = dict(
        counted.rows(
            "SELECT school_id, avg(is_chronic::INT) FROM chronic"
            " WHERE school_id LIKE 'E%' GROUP BY school_id"
        )
    )
    assert min(rates, key=rates.get) == bright
    income = dict(
        counted.rows(
            "SELECT school_id, avg((p.student_id IS NOT NULL)::INT) FROM enrollments"
            " LEFT JOIN (SELECT DISTINCT student_id FROM in_program"
            " WHERE program = 'low_income') AS p USING (student_id)"
            " WHERE school_id LIKE 'E%' GROUP BY school_id"
        )
    )
    # The children are not the reason: more of them are from low-income families.
    assert income[bright] > sum(income.values()) / len(income)


MET = """
SELECT year(taken_on::DATE) AS spring, p.student_id IS NOT NULL AS low_income,
  avg((met_standard = 'Y')::INT)
FROM assessments AS a LEFT JOIN (SELECT DISTINCT student_id FROM in_program
  WHERE program = 'low_income') AS p USING (student_id)
WHERE subject = '{subject}' AND year(taken_on::DATE) >= 2025
GROUP BY ALL ORDER BY ALL
"""


def test_the_gap_in_english_narrows_only_because_the_others_fell(large):
    rows = large.rows(MET.format(subject="ela"))
    (others, poor), (others_after, poor_after) = (
        (rows[0][2], rows[1][2]),
        (rows[2][2], rows[3][2]),
    )
    assert others_after - others < -0.07
    assert abs(poor_after - poor) < 0.04
    assert others_after - poor_after < others - poor


def test_in_mathematics_both_rose_and_the_gap_closed(large):
    rows = large.rows(MET.format(subject="math"))
    (others, poor), (others_after, poor_after) = (
        (rows[0][2], rows[1][2]),
        (rows[2][2], rows[3][2]),
    )
    assert others_after > others
    assert poor_after > poor
    assert others_after - poor_after < others - poor


def test_two_groups_together_fare_worse_than_their_sum(large):
    rates = {
        (learner, disability): rate
        for learner, disability, rate in large.rows(
            "WITH s AS (SELECT student_id, s.school_year::INT AS spring,"
            " max((mark[1] IN ('D', 'F'))::INT) AS low FROM marks"
            " JOIN sections AS s USING (section_id) GROUP BY ALL)"
            " SELECT e.student_id IS NOT NULL, d.student_id IS NOT NULL, avg(low)"
            " FROM s LEFT JOIN in_program AS e ON e.student_id = s.student_id"
            " AND e.spring = s.spring AND e.program = 'english_learner'"
            " LEFT JOIN in_program AS d ON d.student_id = s.student_id"
            " AND d.spring = s.spring AND d.program = 'disability' GROUP BY ALL"
        )
    }
    neither = rates[(False, False)]
    parts = rates[(True, False)] - neither + rates[(False, True)] - neither
    assert rates[(True, True)] - neither > parts + 0.15


SUSPENDED = """
SELECT race = 'black' AND hispanic = 'N', count(DISTINCT (student_id, school_year)),
  count(DISTINCT (student_id, school_year)) FILTER (i.action LIKE '%suspension')
FROM enrollments AS e JOIN students USING (student_id)
LEFT JOIN incidents AS i ON i.student_id = e.student_id
  AND i.school_id = e.school_id
  AND i.date BETWEEN e.entered_on AND coalesce(e.left_on, '2026-07-01')
WHERE e.school_id {where} AND hispanic IS NOT NULL GROUP BY ALL ORDER BY 1
"""


def _ratio(district, where):
    rows = {
        bool(black): (n, x)
        for black, n, x in district.rows(SUSPENDED.format(where=where))
    }
    return (rows[True][1] / rows[True][0]) / (rows[False][1] / rows[False][0])


def test_discipline_is_uneven_at_one_school(large):
    school = large.truths["uneven_discipline"].school(Role.UNEVEN_DISCIPLINE)
    assert _ratio(large, f"= '{school}'") > 2.2
    assert _ratio(large, f"LIKE 'M%' AND e.school_id <> '{school}'") < 1.7


def test_feedback_is_slow_in_one_subject_at_one_school(large):
    waits = {
        (school, subject): days
        for school, subject, days in large.rows(
            "SELECT s.school_id, subject,"
            " median(date_diff('day', due_on::DATE, scored_on::DATE))"
            " FROM scores JOIN assignments USING (assignment_id)"
            " JOIN sections AS s USING (section_id) WHERE status = 'scored'"
            " AND s.school_id LIKE 'H%' GROUP BY ALL"
        )
    }
    slow = (large.truths["slow_feedback"].school(Role.SLOW_FEEDBACK), "math")
    assert waits[slow] > 20
    assert max(days for key, days in waits.items() if key != slow) < 12


def test_one_cohorts_a_g_lists_were_lost(large):
    rates = dict(
        large.rows(
            "SELECT cohort_year::INT, avg((completed_a_g = 'Y')::INT) FROM completions"
            " WHERE outcome = 'graduated' GROUP BY cohort_year"
        )
    )
    assert rates.pop(2024) < 0.08
    assert min(rates.values()) > 0.4


def test_truths_of_an_outcome_are_only_those_planted(large):
    assert DEFAULT_TRUTHS.tilts(Outcome.ABSENCE) == ()
    assert len(large.truths.tilts(Outcome.ABSENCE)) == 3
    with pytest.raises(KeyError):
        large.truths["nothing"]


@pytest.mark.parametrize(
    "program", ["english_learner", "low_income", "disability", "reclassified"]
)
def test_where_nothing_is_planted_groups_differ_by_chance_only(even, program):
    even.con.execute(CHRONIC)
    (_, others, m), (_, group, n) = even.rows(
        "SELECT p.student_id IS NOT NULL, avg(is_chronic::INT), count(*)"
        " FROM chronic AS c LEFT JOIN in_program AS p ON p.student_id = c.student_id"
        f" AND p.spring = c.school_year::INT AND p.program = '{program}'"
        " WHERE c.school_year = '2026' GROUP BY ALL ORDER BY 1"
    )
    rate = (others * m + group * n) / (m + n)
    spread = math.sqrt(rate * (1 - rate) * (1 / m + 1 / n))
    assert abs(group - others) < 3.3 * spread


def test_where_nothing_is_planted_schools_differ_by_chance_only(even):
    even.con.execute(CHRONIC)
    rows = even.rows(
        "SELECT sum(is_chronic::INT), count(*) FROM chronic"
        " WHERE school_year = '2026' GROUP BY school_id HAVING count(*) > 30"
    )
    rate = sum(x for x, _ in rows) / sum(n for _, n in rows)
    chi = sum((x - n * rate) ** 2 / (n * rate * (1 - rate)) for x, n in rows)
    # 5 standard deviations of a chi-square above its mean.
    assert chi < len(rows) + 5 * math.sqrt(2 * len(rows))
