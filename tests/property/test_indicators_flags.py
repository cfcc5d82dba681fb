"""Flags agree with a slow judge, and the future changes nothing."""

from __future__ import annotations

import datetime as dt
import json
import random
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings as rules_of_play, strategies as st

from evenrise.findings.early_warning.reasons import reason_text
from evenrise.indicators.flags.compute import flag_students
from evenrise.indicators.flags.rules import MEASURES, RULE_SETS, own_rule_set
from evenrise.vocabulary.text import Text
from tests.property.flags_judge import Judge
from tests.property.indicators_records import DAYS, SCHOOLS, STUDENTS, Inventor
from tests.support.examples import examples
from tests.support.tables import DrawnSettings, draw


AS_OF = (
    dt.date(2025, 9, 8),
    dt.date(2025, 10, 20),
    dt.date(2025, 11, 30),
    dt.date(2026, 6, 30),
    dt.date(2025, 7, 1),
)
SETTINGS = DrawnSettings(
    thresholds={"early_warning.minimum_days": 3, "early_warning.passing_mark": 60},
    incident_kinds={"serious": ("fight",), "state_offense": ("weapon",)},
)
JUDGED = {
    "minimum": 3,
    "passing": 60,
    "serious": ("fight",),
    "state": ("weapon",),
}
# Small lines, so that the few days of invented students cross them.
OWN = own_rule_set(
    "own",
    Text("Own", "Propio"),
    [
        {"measure": "absences_year", "at": 2},
        {"measure": "absences_quarter", "at": 2, "severe": True},
        {"measure": "unexcused_absences", "at": 1, "grades": ["9", "10"]},
        {"measure": "suspension_days", "at": 3, "severe": True},
        {"measure": "minor_incidents", "at": 1},
        {"measure": "failing_ela", "at": 1},
        {"measure": "failing_math", "at": 2, "severe": True},
        {"measure": "lowest_mark", "at": 90},
    ],
)
SETS = {**RULE_SETS, "own": OWN}
TABLES = (
    "enrollments",
    "calendar",
    "attendance",
    "incidents",
    "sections",
    "rosters",
    "marks",
)


class Flagging(Inventor):
    """The inventor, with all that flags read; keys are kept, as a snapshot does."""

    def invent(self):
        return {name: getattr(self, name)() for name in TABLES}

    def enrollments(self):
        rows = [
            {**row, "grade": self.one("06", "07", "09", "10", "KG")}
            for row in super().enrollments()
        ]
        return _once(rows, "student_id", "school_id", "school_year", "entered_on")

    def attendance(self):
        reasons = (None, "excused", "medical", "unexcused", "out_of_school_suspension")
        return [
            {**row, "reason": self.one(*reasons, row["reason"])}
            for row in super().attendance()
        ]

    def incidents(self):
        rows = [
            {**row, "behavior": self.one(None, " Fight", "weapon", "talk")}
            for row in super().incidents()
        ]
        return _once(rows, "incident_id", "student_id", "action")

    def sections(self):
        titles = (None, "", 'The "best"\n\\ course', "Inglés 6")
        return [{**row, "title": self.one(*titles)} for row in super().sections()]


def _once(rows, *key):
    return list({tuple(row[part] for part in key): row for row in rows}.values())


def later(chance, tables, as_of):
    """Rows that become known after the day, for every table."""
    day = lambda: as_of + dt.timedelta(days=chance.randint(1, 120))  # noqa: E731
    pick = lambda: (chance.choice(STUDENTS), chance.choice(SCHOOLS))  # noqa: E731
    future = {name: [] for name in TABLES}
    for _ in range(12):
        student, school = pick()
        future["attendance"] += [
            {
                "student_id": student,
                "school_id": school,
                "date": day(),
                "status": chance.choice(("absent", "present")),
                "reason": chance.choice((None, "unexcused")),
            }
        ]
        future["incidents"].append(
            {
                "incident_id": f"later{len(future['incidents'])}",
                "student_id": student,
                "school_id": school,
                "date": day(),
                "action": "expulsion",
                "behavior": "weapon",
            }
        )
        future["marks"].append(
            {
                "student_id": student,
                "section_id": f"c{chance.randint(0, 7)}",
                "term": "later",
                "mark": chance.choice(("F", "A", "12")),
                "posted_on": day(),
            }
        )
        came = day()
        future["enrollments"].append(
            {
                "student_id": student,
                "school_id": school,
                "school_year": came.year + (came.month >= 7),
                "grade": "12",
                "entered_on": came,
            }
        )
        future["calendar"].append(
            {"school_id": school, "date": day(), "instructional": True}
        )
        future["rosters"].append(
            {
                "student_id": student,
                "section_id": f"c{chance.randint(0, 7)}",
                "started_on": day(),
            }
        )
    return {name: rows + future[name] for name, rows in tables.items()}


def flag(tables, as_of, sets=SETS, parts=1):
    with tempfile.TemporaryDirectory() as folder:
        snapshot = draw(Path(folder), tables, parts=parts)
        return flag_students(snapshot, as_of, sets, SETTINGS)


def told(flagged):
    """Everything, in an order of its own."""
    return (
        flagged.students.to_pylist(),
        flagged.states.to_pylist(),
        sorted(flagged.reasons.to_pylist(), key=lambda row: [*row.values()]),
        flagged.tiers.to_pylist(),
    )


@st.composite
def districts(draw):
    """Tables of a small district, and a day."""
    seed, density = draw(st.integers(0, 2**32)), draw(st.sampled_from([0.4, 0.6, 0.9]))
    missing = draw(st.frozensets(st.sampled_from(TABLES[1:]), max_size=2))
    empty = draw(st.frozensets(st.sampled_from(TABLES), max_size=1))
    made = Flagging(seed, density).invent()
    tables = {
        name: [] if name in empty else rows
        for name, rows in made.items()
        if name not in missing
    }
    return seed, tables, draw(st.sampled_from(AS_OF))


play = rules_of_play(
    max_examples=examples(8), deadline=None, suppress_health_check=list(HealthCheck)
)


@play
@given(district=districts(), parts=st.integers(1, 2))
def test_the_judge_agrees(district, parts):
    _, tables, as_of = district
    judge = Judge(tables, as_of, **JUDGED)
    flagged = flag(tables, as_of, parts=parts)
    people = {
        row["student_id"]: (row["school_id"], row["grade"])
        for row in flagged.students.to_pylist()
    }
    assert people == judge.students()
    expected = {
        (student, key, domain): state
        for key, rules in SETS.items()
        for (student, domain), state in judge.states(rules).items()
    }
    found = {
        (row["student_id"], row["rule_set"], row["domain"]): row["state"]
        for row in flagged.states.to_pylist()
    }
    assert found == expected
    check_reasons(judge, flagged, found)


def check_reasons(judge, flagged, states):
    """Every flag has a reason, no other state has one, and each says what is so."""
    with_reason = set()
    for row in flagged.reasons.to_pylist():
        with_reason.add((row["student_id"], row["rule_set"], row["domain"]))
        reason = json.loads(row["reason"])
        line = next(
            one for one in SETS[row["rule_set"]].lines if one.key == reason["line"]
        )
        value, of = judge.measure(line.measure, row["student_id"])
        assert (reason["measure"], reason["value"]) == (line.measure, value)
        assert reason["of"] == of
        assert judge.over(line, (value, of))
        if row["domain"] == "attendance":
            check_days(judge, row["student_id"], reason["detail"])
        if "courses" in reason["detail"]:
            latest = {mark for _, mark in judge.latest(row["student_id"])}
            assert {one["mark"] for one in reason["detail"]["courses"]} <= latest
        words = reason_text(reason)
        assert "fight" not in words.en.lower()
    assert with_reason == {key for key, state in states.items() if state > 0}


def check_days(judge, student, detail):
    member, absent = judge.days(student)
    why = judge.why(student)
    assert detail["enrolled"] == len(member)
    assert detail["absent"] == len(absent)
    assert [detail[name] for name in ("medical", "excused", "unexcused")] == [
        why[name] for name in ("medical", "excused", "unexcused")
    ]
    ends = (min(absent), max(absent)) if absent else (None, None)
    assert (detail["since"], detail["last"]) == tuple(
        day and day.isoformat() for day in ends
    )


@play
@given(district=districts())
def test_the_future_changes_nothing(district):
    seed, tables, as_of = district
    chance = random.Random(seed)  # noqa: S311 - a game of dice, no secret
    before = flag(tables, as_of)
    after = flag(later(chance, tables, as_of), as_of)
    assert told(after) == told(before)


@play
@given(district=districts())
def test_the_order_of_rows_changes_nothing(district):
    seed, tables, as_of = district
    chance = random.Random(seed)  # noqa: S311
    shuffled = {name: chance.sample(rows, len(rows)) for name, rows in tables.items()}
    assert told(flag(shuffled, as_of, parts=2)) == told(flag(tables, as_of))


@play
@given(district=districts(), gone=st.sampled_from(("attendance", "incidents", "marks")))
def test_missing_is_never_clear(district, gone):
    """Without a table, a domain that needs it is no data for everybody."""
    _, tables, as_of = district
    tables = {name: rows for name, rows in tables.items() if name != gone}
    domain = {"attendance": "attendance", "incidents": "behavior", "marks": "course"}
    states = {
        row["state"]
        for row in flag(tables, as_of).states.to_pylist()
        if row["domain"] == domain[gone]
    }
    assert states <= {-1}


@play
@given(seed=st.integers(0, 2**32), moved=st.integers(1, len(DAYS)))
def test_a_transfer_resets_nothing(seed, moved):
    """The same days at one school or at two: the same states, the same reasons."""
    chance = random.Random(seed)  # noqa: S311
    days = [
        dt.date(2025, 9, 1) + dt.timedelta(days=n)
        for n in range(80)
        if (dt.date(2025, 9, 1) + dt.timedelta(days=n)).weekday() < 5
    ]
    change = days[moved]
    rows = [
        (
            day,
            chance.choice(("absent", "present", "present")),
            chance.choice((None, "excused")),
        )
        for day in days
    ]

    def tables(second):
        return {
            "enrollments": [
                {
                    "student_id": "ana",
                    "school_id": school,
                    "school_year": 2026,
                    "grade": "09",
                    "entered_on": first,
                    "left_on": last,
                }
                for school, first, last in (
                    ("A", days[0], change - dt.timedelta(days=1)),
                    (second, change, None),
                )
            ],
            "attendance": [
                {
                    "student_id": student,
                    "school_id": "A" if day < change else second,
                    "date": day,
                    "status": status,
                    "reason": reason,
                }
                for day, status, reason in rows
                for student in ("ana",)
            ]
            + [
                # Others are there every day: both schools keep every day.
                {
                    "student_id": "ben",
                    "school_id": school,
                    "date": day,
                    "status": "present",
                }
                for school in ("A", "B")
                for day in days
            ],
        }

    stayed, left = flag(tables("A"), days[-1]), flag(tables("B"), days[-1])
    assert left.states.to_pylist() == stayed.states.to_pylist()
    reasons = [
        [json.loads(row["reason"]) for row in one.reasons.to_pylist()]
        for one in (stayed, left)
    ]
    for stay, leave in zip(*reasons, strict=True):
        assert {**leave["detail"], "schools": 1} == stay["detail"]


def test_every_measure_stands_in_some_set():
    used = {line.measure for rules in SETS.values() for line in rules.lines}
    assert used == set(MEASURES)
