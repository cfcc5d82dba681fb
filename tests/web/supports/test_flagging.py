"""A run over all students: what opens, stands, closes, and is taken back by an undo."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pyarrow as pa
import pytest
from django.utils import timezone

from evenrise.indicators.flags.compute import flag_students
from evenrise.indicators.flags.rules import RULE_SETS
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.standing import standing
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.people.models import School, Student
from evenrise.workspace.supports.actions.flag_answering import set_aside
from evenrise.workspace.supports.actions.flag_placing import UNKNOWN_DAYS, place_run
from evenrise.workspace.supports.actions.flagging import (
    day_of,
    due,
    flag_all,
    flag_current,
)
from evenrise.workspace.supports.models import (
    Flag,
    FlagAnswer,
    FlagRun,
    RuleChoice,
    WatchState,
)


pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 1)
DOMAINS = ("attendance", "behavior", "course")


@pytest.fixture
def day(db_district):
    """The last school day that the records know."""
    found = day_of(standing())
    assert found < db_district.as_of  # the district's latest year is over
    return found


def later(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


@pytest.fixture
def students(db_district):
    return list(
        Student.objects.filter(current=True, school__isnull=False).order_by("pk")[:4]
    )


def run(students, day, found, unknown=()):
    """A run of some students: `found` gives levels, {(student, domain): level}."""
    levels = np.zeros((len(students), 3), np.int8)
    keys = [student.pk for student in students]
    for (student, domain), level in found.items():
        levels[keys.index(student.pk), DOMAINS.index(domain)] = level
    for student, domain in unknown:
        levels[keys.index(student.pk), DOMAINS.index(domain)] = -1
    watch = pa.table(
        {
            "student_id": keys,
            **{name: levels[:, place] for place, name in enumerate(DOMAINS)},
            "flags": (levels > 0).sum(axis=1),
            "unknown": (levels < 0).sum(axis=1),
        }
    )
    beyond = [(s, d, level) for (s, d), level in found.items()]
    flags = pa.table(
        {
            "student_id": pa.array([s.pk for s, _, _ in beyond], pa.string()),
            "domain": pa.array([d for _, d, _ in beyond], pa.string()),
            "school_id": pa.array([s.school_id for s, _, _ in beyond], pa.string()),
            "level": pa.array([level for _, _, level in beyond], pa.int8()),
            "reasons": pa.array(
                [json.dumps([{"line": "x", "value": level}]) for *_, level in beyond],
                pa.string(),
            ),
        }
    )
    made = FlagRun.objects.create(
        snapshot="s",
        as_of=day,
        rule_set="abc",
        students=len(keys),
        flagged=0,
        no_data=0,
    )
    place_run(made, watch, flags)
    return made


def told(student, domain="attendance"):
    """The stretches of a student, as (opened, seen, closed) in days after DAY."""

    def days(day):
        return None if day is None else (day - DAY).days

    rows = Flag.objects.filter(student=student, domain=domain).order_by("opened_on")
    return [(days(f.opened_on), days(f.seen_on), days(f.closed_on)) for f in rows]


def test_all_students_get_states_and_flags_as_computed(db_district, day):
    made = flag_all(db_district.snapshot.id, day)
    rules = RULE_SETS["abc"]
    flagged = flag_students(db_district.snapshot, day, (rules,), district_settings())
    states = {
        (one["student_id"], one["domain"]): one["state"]
        for one in flagged.states.to_pylist()
    }
    assert made.students == flagged.students.num_rows == WatchState.objects.count()
    kept = {
        (state.student_id, domain): getattr(state, domain)
        for state in WatchState.objects.all()
        for domain in DOMAINS
    }
    assert kept == states
    open_now = Flag.objects.filter(closed_on__isnull=True)
    assert {(f.student_id, f.domain): f.level for f in open_now} == {
        key: state for key, state in states.items() if state > 0
    }
    assert open_now.count() > 20
    reasons: dict[tuple[str, str], list[object]] = {}
    for one in flagged.reasons.to_pylist():
        key = (one["student_id"], one["domain"])
        reasons.setdefault(key, []).append(json.loads(one["reason"]))
    assert {(f.student_id, f.domain): f.reasons for f in open_now} == reasons
    assert made.flagged == WatchState.objects.filter(flags__gt=0).count() > 10
    assert made.no_data == WatchState.objects.filter(unknown__gt=0).count()
    entry = LogEntry.objects.filter(verb="supports.flag_all").latest("id")
    assert entry.details["flagged"] == made.flagged


def test_again_on_the_same_day_changes_nothing(db_district, day):
    flag_all(db_district.snapshot.id, day)
    before = list(Flag.objects.order_by("pk").values())
    assert before
    flag_all(db_district.snapshot.id, day)
    assert list(Flag.objects.order_by("pk").values()) == before


def test_a_flag_opens_stands_and_closes_by_itself(students):
    ana, ben, *_ = students
    run(students, later(0), {(ana, "attendance"): 1, (ben, "attendance"): 2})
    run(students, later(1), {(ana, "attendance"): 2})
    assert told(ana) == [(0, 1, None)]
    assert told(ben) == [(0, 0, 1)]
    flag = Flag.objects.get(student=ana)
    assert (flag.level, flag.reasons[0]["value"]) == (2, 2)
    run(students, later(2), {(ben, "attendance"): 1})
    assert told(ana) == [(0, 1, 2)]
    assert told(ben) == [(0, 0, 1), (2, 2, None)]


def test_who_left_is_watched_no_more_and_the_flag_closes(students):
    ana, ben, *rest = students
    run(students, later(0), {(ana, "attendance"): 1})
    run([ben, *rest], later(1), {})
    assert told(ana) == [(0, 0, 1)]
    assert not WatchState.objects.filter(student=ana).exists()


def test_a_transfer_moves_the_flag_and_keeps_its_days(students):
    ana = students[0]
    run(students, later(0), {(ana, "attendance"): 1})
    other = School.objects.exclude(pk=ana.school_id).first()
    ana.school = other
    run(students, later(1), {(ana, "attendance"): 1})
    flag = Flag.objects.get(student=ana)
    assert (flag.school_id, flag.opened_on) == (other.pk, later(0))


def test_a_school_that_the_directory_does_not_know_is_left_out(students):
    ana = students[0]
    ana.school_id = "nowhere"
    run(students, later(0), {(ana, "attendance"): 1})
    assert Flag.objects.get(student=ana).school_id is None


def test_what_is_suddenly_not_known_is_neither_gone_nor_fine_for_two_weeks(students):
    ana = students[0]
    run(students, later(0), {(ana, "course"): 1})
    run(students, later(UNKNOWN_DAYS), {}, unknown=[(ana, "course")])
    assert told(ana, "course") == [(0, 0, None)]
    assert WatchState.objects.get(student=ana).course == -1
    run(students, later(UNKNOWN_DAYS + 1), {}, unknown=[(ana, "course")])
    assert told(ana, "course") == [(0, 0, UNKNOWN_DAYS + 1)]


def test_another_domain_that_is_not_known_does_not_hold_a_flag_open(students):
    ana = students[0]
    run(students, later(0), {(ana, "course"): 1})
    run(students, later(1), {}, unknown=[(ana, "behavior")])
    assert told(ana, "course") == [(0, 0, 1)]


def test_an_undo_leaves_no_flag_of_tomorrow(students):
    ana, ben, cleo, _ = students
    today = {(ana, "attendance"): 1, (ben, "attendance"): 1}
    run(students, later(0), today)
    before = list(Flag.objects.order_by("pk").values())
    run(students, later(1), {(ben, "attendance"): 2, (cleo, "attendance"): 1})
    assert told(ana) == [(0, 0, 1)]
    assert told(cleo) == [(1, 1, None)]
    run(students, later(0), today)  # the import of day 1 was undone
    assert list(Flag.objects.order_by("pk").values()) == before
    run(students, later(1), today)
    assert told(ana) == told(ben) == [(0, 1, None)]
    assert told(cleo) == []


def test_an_undo_keeps_what_people_did_without_the_reasons(students, cast):
    ana = students[0]
    run(students, later(1), {(ana, "attendance"): 1})
    flag = Flag.objects.get()
    day = timezone.localdate() + dt.timedelta(days=3)
    set_aside(cast["counselor"], flag=flag, reason="We met today.", until=day)
    run(students, later(0), {})
    flag.refresh_from_db()
    assert (flag.closed_on, flag.reasons) == (flag.opened_on, [])
    assert FlagAnswer.objects.get().flag == flag
    run(students, later(1), {(ana, "attendance"): 1})
    flag.refresh_from_db()
    assert (flag.closed_on, flag.reasons[0]["value"]) == (None, 1)


def test_a_flag_that_opened_later_and_holds_opened_today(students, cast):
    """Another rule, or other records: on the earlier day it holds as well."""
    ana = students[0]
    run(students, later(2), {(ana, "attendance"): 1})
    run(students, later(0), {(ana, "attendance"): 1})
    assert told(ana) == [(0, 0, None)]


def test_a_stretch_that_a_later_day_closed_is_closed_today_when_it_no_longer_holds(
    students,
):
    ana = students[0]
    run(students, later(0), {(ana, "attendance"): 1})
    run(students, later(3), {})
    run(students, later(1), {})
    assert told(ana) == [(0, 0, 1)]


def test_earlier_stretches_are_never_opened_again(students):
    ana = students[0]
    run(students, later(0), {(ana, "attendance"): 1})
    run(students, later(1), {})
    run(students, later(5), {(ana, "attendance"): 1})
    assert told(ana) == [(0, 0, 1), (5, 5, None)]


def test_only_what_is_due_is_done(db_district):
    assert due() is not None
    made = flag_current()
    assert made is not None
    assert due() is None
    assert flag_current() is None
    RuleChoice.objects.create(
        rule_set="edfi", begins_on=db_district.as_of, reason="We tried it."
    )
    assert due() is not None
    assert flag_current().rule_set == "edfi"
    RuleChoice.objects.create(
        rule_set="balfanz",
        begins_on=db_district.as_of + dt.timedelta(days=1),
        reason="From tomorrow.",
    )
    assert due() is None


def test_who_meets_another_at_work_leaves_it_to_them(db_district, settings):
    from evenrise.records.snapshots.locking import locked

    with locked(settings.HOME.workspace / "flagging.lock"):
        assert flag_current() is None
    assert due() is not None


def test_a_change_of_rule_keeps_the_days_of_a_flag(db_district, day):
    flag_all(db_district.snapshot.id, day - dt.timedelta(days=1))
    RuleChoice.objects.create(rule_set="edfi", begins_on=day, reason="We tried it.")
    flag_all(db_district.snapshot.id, day)
    both = Flag.objects.filter(closed_on__isnull=True, opened_on__lt=day)
    assert both.exists()
    assert set(both.values_list("rule_set", flat=True)) == {"edfi"}
