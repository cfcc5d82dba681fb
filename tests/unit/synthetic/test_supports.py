"""Supports of an invented district: who got them, who gives them, what they changed."""

# ruff: noqa: S608 - the SQL is put together from the names of our own tables

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import duckdb
import pytest

from evenrise.synthetic.district import build_district, supports_path, truths_path
from evenrise.synthetic.support_files import PLANS, read_given
from evenrise.synthetic.truths import DEFAULT_TRUTHS
from evenrise.vocabulary.progress import Silent
from tests.unit.synthetic.conftest import AS_OF, build


SUPPORTS = (
    "student_id,support,tier,owner_staff_id,begins_on,review_on,planned_end_on,"
    "ended_on,ended_how,sessions_planned,minutes,goal"
)
SESSIONS = "student_id,support,begins_on,held_on,delivered,minutes,why_not"


@pytest.fixture(scope="module")
def with_and_without(tmp_path_factory):
    """The same district twice, with and without the planted supports."""
    folder = tmp_path_factory.mktemp("supports")
    given = build(folder / "with" / "records")
    none = build(
        folder / "without" / "records", truths=replace(DEFAULT_TRUTHS, supports=())
    )
    path = supports_path(given.folder)
    for name in ("supports", "support_sessions"):
        given.con.execute(
            f"CREATE TABLE {name} AS SELECT * FROM read_csv('{path / name}.csv',"
            " all_varchar = true, header = true)"
        )
    return given, none


@pytest.fixture(scope="module")
def given(with_and_without):
    return with_and_without[0]


def test_the_files_lie_beside_the_records_with_the_agreed_columns(given) -> None:
    path = supports_path(given.folder)
    assert path.parent == given.folder.parent
    assert not list(given.folder.glob("support*"))
    lines = [
        (path / f"{name}.csv").read_text().splitlines()[0]
        for name in ("supports", "support_sessions")
    ]
    assert lines == [SUPPORTS, SESSIONS]


def test_the_same_seed_gives_the_same_supports(given, tmp_path) -> None:
    again = build(tmp_path / "records")
    for name in ("supports.csv", "support_sessions.csv"):
        one, two = (supports_path(each.folder) / name for each in (given, again))
        assert one.read_bytes() == two.read_bytes()


def test_only_attendance_moves_and_only_to_presence(with_and_without) -> None:
    given, none = with_and_without
    for file in sorted(given.folder.glob("*.csv")):
        other = none.folder / file.name
        assert (file.read_bytes() == other.read_bytes()) == (
            file.name != "attendance.csv"
        )
    none.con.execute(
        f"CREATE TABLE theirs AS SELECT * FROM read_csv('{given.folder}/attendance.csv'"
        ", all_varchar = true, header = true)"
    )
    assert none.rows("SELECT * FROM theirs EXCEPT SELECT * FROM attendance") == []
    none.con.execute("CREATE TABLE gone AS SELECT * FROM attendance EXCEPT FROM theirs")
    path = supports_path(given.folder) / "supports.csv"
    (n,) = none.one("SELECT count(*) FROM gone")
    (covered,) = none.one(
        "SELECT count(DISTINCT (g.student_id, g.date)) FROM gone AS g JOIN "
        f"read_csv('{path}', all_varchar = true, header = true) AS s "
        "ON s.student_id = g.student_id AND s.support = 'check_in' "
        "AND g.date >= s.begins_on"
    )
    assert n == covered > 200


def test_a_check_in_takes_away_about_half_of_the_absences(with_and_without) -> None:
    given, none = with_and_without
    path = supports_path(given.folder) / "supports.csv"
    sql = (
        "SELECT count(*) FROM attendance AS a JOIN "
        f"read_csv('{path}', all_varchar = true, header = true) AS s "
        "ON s.student_id = a.student_id AND s.support = '{}' AND a.date BETWEEN "
        # The days of that school year: the next one is as it would have been.
        "s.begins_on AND (s.begins_on::DATE + INTERVAL 6 MONTH)::DATE::VARCHAR "
        "AND ((a.date > '2025-07-01') = (s.begins_on > '2025-07-01')) "
        "WHERE a.status = 'absent' AND a.reason IN ('excused', 'unexcused')"
    )
    left, before = (one.one(sql.format("check_in"))[0] for one in (given, none))
    assert 0.4 < left / before < 0.65
    # The useless one takes nothing away, beyond students who are given both.
    left, before = (one.one(sql.format("homework_club"))[0] for one in (given, none))
    assert left / before > 0.85


def test_those_who_are_given_it_missed_more_before(given) -> None:
    mean, everybody = (
        given.one(
            "SELECT avg(coalesce(n, 0)) FROM (SELECT DISTINCT student_id FROM "
            f"{who}) LEFT JOIN (SELECT student_id, count(*) AS n FROM attendance "
            "WHERE status = 'absent' AND date < '2024-10-20' GROUP BY student_id) "
            "USING (student_id)"
        )[0]
        for who in ("supports WHERE support = 'check_in'", "enrollments")
    )
    assert mean > 1.3 * everybody


def test_honors_lunch_goes_to_the_highest_scores(given) -> None:
    (inside,) = given.one(
        "WITH s AS (SELECT student_id, avg(scale_score::INT - 17 * grade::INT) AS score"
        " FROM assessments WHERE taken_on BETWEEN '2025-01-01' AND '2025-07-01'"
        " GROUP BY student_id), ranked AS (SELECT *, percent_rank() OVER ("
        "ORDER BY score) AS place FROM s) SELECT avg((place > 0.9)::INT) FROM ranked"
        " JOIN supports USING (student_id) WHERE support = 'honors_lunch'"
        " AND begins_on BETWEEN '2025-08-01' AND '2026-07-01'"
    )
    assert inside > 0.97


def test_owners_are_adults_of_the_records_in_a_fitting_role(given) -> None:
    assert (
        given.rows(
            "SELECT owner_staff_id FROM supports EXCEPT SELECT staff_id FROM staff"
        )
        == []
    )
    roles = dict(
        given.rows(
            "SELECT support, list(DISTINCT role) FROM supports AS s JOIN "
            "staff_assignments AS a ON a.staff_id = s.owner_staff_id GROUP BY support"
        )
    )
    assert "teacher" in roles["homework_club"]
    assert set(roles["honors_lunch"]) <= {"specialist", "teacher"}


def test_days_and_sessions_fit_together(given) -> None:
    today = f"'{AS_OF}'"
    (wrong,) = given.one(
        "SELECT count(*) FROM supports WHERE begins_on > planned_end_on "
        f"OR begins_on > {today} OR ended_on > {today} OR ended_on < begins_on "
        "OR (ended_on IS NULL) <> (ended_how IS NULL)"
    )
    assert wrong == 0
    (wrong,) = given.one(
        "SELECT count(*) FROM support_sessions AS x LEFT JOIN supports AS s "
        "USING (student_id, support, begins_on) WHERE s.student_id IS NULL "
        f"OR held_on < begins_on OR held_on > coalesce(s.ended_on, {today}) "
        "OR (delivered = 'Y') <> (why_not IS NULL) OR (delivered = 'Y') <> "
        "(x.minutes IS NOT NULL)"
    )
    assert wrong == 0
    (running,) = given.one(
        "SELECT count(*) FROM supports WHERE ended_on IS NULL AND planned_end_on > "
        f"{today}"
    )
    assert running > 10
    (share,) = given.one("SELECT avg((delivered = 'Y')::INT) FROM support_sessions")
    assert 0.78 < share < 0.88


def test_nobody_is_given_the_same_support_twice_at_once(given) -> None:
    assert (
        given.rows(
            "SELECT student_id, support, begins_on FROM supports GROUP BY ALL "
            "HAVING count(*) > 1"
        )
        == []
    )


def test_what_was_given_is_read_back(given) -> None:
    student, support, begins_on, planned, delivered = read_given(
        supports_path(given.folder)
    )
    assert (len(student),) == given.one("SELECT count(*) FROM supports")
    assert set(support) == set(PLANS)
    assert str(begins_on.min()) == given.one("SELECT min(begins_on) FROM supports")[0]
    assert (delivered <= planned).all()
    assert (int(delivered.sum()),) == given.one(
        "SELECT count(*) FROM support_sessions WHERE delivered = 'Y'"
    )


def test_the_truths_tell_what_each_support_does(given) -> None:
    told = json.loads(truths_path(given.folder).read_text())["supports"]
    assert {each["key"]: each["verdict"] for each in told} == {
        "check_in": "helps",
        "homework_club": "cannot_tell",
        "honors_lunch": "not_comparable",
    }


def test_a_district_without_planted_supports_has_no_such_folder(tmp_path) -> None:
    build_district(
        tmp_path / "records",
        students=300,
        seed=1,
        as_of=dt.date(2026, 6, 30),
        progress=Silent(),
        truths=replace(DEFAULT_TRUTHS, supports=()),
    )
    assert not supports_path(tmp_path / "records").exists()


def test_the_smallest_district_of_one_year_can_be_built(tmp_path) -> None:
    build(tmp_path / "records", students=300, years=1)
    path = supports_path(tmp_path / "records")
    rows = duckdb.sql(
        f"SELECT DISTINCT support FROM read_csv('{path}/supports.csv', header = true)"
    ).fetchall()
    assert ("check_in",) in rows
