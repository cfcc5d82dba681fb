"""What a cycle watches by the week: counted, read, left out, limits anew."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.models import (
    CycleMeasure,
    CycleState,
    MeasureKind,
    WeekCount,
)
from evenrise.workspace.cycles.pasting import pasted
from evenrise.workspace.cycles.queries.watched import watched
from evenrise.workspace.foundation.models import LogEntry
from tests.web.cycles.a_cycle import make_cycle, monday


pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(cast):
    return make_cycle(cast)


@pytest.fixture
def measure(cycle):
    return cycle.measures.get()


def url(name, measure, *more):
    return reverse(name, args=[measure.cycle_id, measure.pk, *more])


def last_monday(weeks=0):
    return monday(timezone.localdate()) - dt.timedelta(weeks=weeks)


def test_a_draft_may_predict_and_a_running_cycle_may_not(cast, as_person):
    draft = make_cycle(cast, state=CycleState.DRAFT, locked_at=None)
    teacher = as_person("teacher")
    new = reverse("cycle_measure_new", args=[draft.pk])
    assert b"kind=share" in teacher.get(new).content
    told = {
        "name": "Absent on Mondays",
        "part": "outcome",
        "good": "-1",
        "groups": ["english_learner"],
        "predicted": "8",
        "target": "5",
        "chart": "",
    }
    answer = teacher.post(f"{new}?kind=share", told)
    made = CycleMeasure.objects.latest("pk")
    assert answer.url == url("cycle_measure", made)
    assert (made.predicted, made.target, made.good) == (0.08, 0.05, -1)
    # A share is no share above all of it.
    wrong = teacher.post(f"{new}?kind=share", told | {"predicted": "108"})
    assert wrong.status_code == 422

    type(draft).objects.filter(pk=draft.pk).update(
        state=CycleState.RUNNING, locked_at=timezone.now()
    )
    change = url("cycle_measure_change", made)
    page = teacher.get(change).content.decode()
    assert 'name="predicted"' not in page
    assert 'name="good"' not in page
    teacher.post(change, told | {"predicted": "99", "good": "1", "name": "Mondays"})
    made.refresh_from_db()
    assert (made.name, made.predicted, made.good) == ("Mondays", 0.08, -1)
    # Nor is it taken out of sight.
    teacher.post(url("cycle_measure_remove", made))
    made.refresh_from_db()
    assert made.removed_at is None
    # What is added after the start has no prediction.
    teacher.post(f"{new}?kind=share", told | {"predicted": "1"})
    added = CycleMeasure.objects.latest("pk")
    assert (added.predicted, added.good) == (None, -1)
    live = teacher.get(f"{new}?kind=live").content.decode()
    assert 'name="school"' in live
    assert 'name="predicted"' not in live


def test_a_measure_is_taken_out_and_comes_back_with_its_weeks(measure, as_person):
    teacher = as_person("teacher")
    teacher.post(url("cycle_measure_remove", measure))
    page = teacher.get(url("cycle_measure", measure))
    assert (
        reverse("cycle_measure_restore", args=[measure.cycle_id, measure.pk]).encode()
        in page.content
    )
    assert watched(measure.cycle) == ()
    teacher.post(url("cycle_measure_restore", measure))
    assert len(watched(measure.cycle)) == 1
    assert measure.weeks.count() == 6


def test_weeks_are_counted_in_a_grid_and_a_blank_takes_one_away(measure, as_person):
    teacher, on = as_person("teacher"), last_monday(1)
    page = teacher.get(url("weeks_count", measure)).content.decode()
    assert f'name="count_{on:%Y%m%d}_all"' in page
    assert 'value="4"' in page  # what stands already
    count, size = f"count_{on:%Y%m%d}_all", f"size_{on:%Y%m%d}_all"
    before = f"{on - dt.timedelta(weeks=1):%Y%m%d}_all"
    blank = {f"count_{before}": "", f"size_{before}": ""}
    teacher.post(url("weeks_count", measure), {count: "3", size: "58", **blank})
    # What came blank is taken away; what did not come at all stays.
    assert measure.weeks.count() == 5
    assert measure.weeks.latest("week_on").count == 3
    wrong = teacher.post(url("weeks_count", measure), {count: "60", size: "58"})
    assert wrong.status_code == 422
    alone = teacher.post(url("weeks_count", measure), {count: "6"})
    assert "Of how many?" in alone.content.decode()
    assert measure.weeks.get(week_on=on).size == 58
    entry = LogEntry.objects.filter(verb="cycles.count_weeks").latest("pk")
    assert entry.about_key == str(measure.pk)


def test_rows_of_a_spreadsheet_are_pasted(measure, as_person):
    measure.groups = ["english_learner"]
    measure.save()
    teacher, on = as_person("teacher"), last_monday(2)
    friday = on + dt.timedelta(days=4)
    rows = (
        "Day\tAbsent\tOf\tGroup\n"
        f"{friday:%m/%d/%Y}\t5\t60\n"
        f"{on.isoformat()}\t2\t20\tEnglish learners\n"
    )
    teacher.post(url("weeks_paste", measure), {"rows": rows})
    assert measure.weeks.get(group="", week_on=on).count == 5
    assert measure.weeks.get(group="english_learner").size == 20
    wrong = teacher.post(url("weeks_paste", measure), {"rows": f"{on}\tmany\t60"})
    assert wrong.status_code == 422
    assert "Line 1" in wrong.content.decode()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("2026-09-14\t5\t60\tMartians", "Line 1: this measure does not watch"),
        ("2026-09-14\t5\t60\nnever\t1\t2", "Line 2: the first cell is no day"),
        ("Day\tCount", "There is no line"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(rows, words):
    with pytest.raises(InputProblem, match=words):
        pasted(rows, {"all": ""}, sized=True)


def test_commas_within_numbers_and_between_cells():
    found = pasted("2026-09-16, 1,200, 2,000", {"all": ""}, sized=True)
    assert (found[0].count, found[0].size) == (1200, 2000)
    assert found[0].week_on == dt.date(2026, 9, 14)


def test_a_week_ahead_is_not_counted(measure, as_person):
    ahead = last_monday(-2)
    answer = as_person("teacher").post(
        url("weeks_paste", measure), {"rows": f"{ahead}\t1\t60"}
    )
    assert "still ahead" in answer.content.decode()


def test_a_week_left_out_stays_visible_and_counts_again(measure, as_person):
    teacher, on = as_person("teacher"), last_monday(3)
    told = {"week_on": (on + dt.timedelta(days=2)).isoformat(), "reason": "State tests"}
    teacher.post(url("week_leave_out", measure), told)
    assert measure.weeks.get(week_on=on).left_out == "State tests"
    assert b"State tests" in teacher.get(url("cycle_measure", measure)).content
    assert watched(measure.cycle)[0].reading.everyone.counted == 5
    teacher.post(url("week_count_again", measure), {"week_on": on.isoformat()})
    assert watched(measure.cycle)[0].reading.everyone.counted == 6
    empty = told | {"week_on": (on - dt.timedelta(weeks=30)).isoformat()}
    assert teacher.post(url("week_leave_out", measure), empty).status_code == 422


def test_limits_are_made_anew_with_a_reason_and_taken_back(measure, as_person):
    teacher, on = as_person("teacher"), last_monday(3)
    nowhere = {"week_on": last_monday(40).isoformat(), "reason": "It held"}
    assert teacher.post(url("phase_new", measure), nowhere).status_code == 422
    assert (
        teacher.post(
            url("phase_new", measure), {"week_on": on, "reason": ""}
        ).status_code
        == 422
    )
    told = {"week_on": on.isoformat(), "reason": "The new schedule held"}
    teacher.post(url("phase_new", measure), told)
    page = teacher.get(url("cycle_measure", measure)).content.decode()
    assert "The new schedule held" in page
    assert "on trial" in page
    phase = measure.phases.get()
    teacher.post(url("phase_back", measure, phase.pk))
    assert (
        "The new schedule held"
        not in teacher.get(url("cycle_measure", measure)).content.decode()
    )


def _grouped(measure, sizes, groups=("english_learner",), students=None):
    measure.groups = list(groups)
    measure.save()
    first = last_monday(6)
    WeekCount.objects.bulk_create(
        WeekCount(
            measure=measure,
            group=code,
            week_on=first + dt.timedelta(weeks=number),
            count=1,
            size=size,
            students=students,
            by=measure.by,
        )
        for code, own in zip(groups, sizes, strict=True)
        for number, size in enumerate(own)
    )


def hidden(measure, code, *, team=True):
    reading = watched(measure.cycle, team=team)[0].reading
    one = next(one for one in reading.series if one.series.group == code)
    return [point.value is None for point in one.points]


def test_a_small_group_is_hidden_also_from_its_team(measure, as_person):
    _grouped(measure, [(10, 11, 12, 20, 10, 30)])
    assert hidden(measure, "english_learner") == [
        True,
        False,
        False,
        False,
        True,
        False,
    ]
    page = as_person("teacher").get(url("cycle_measure", measure)).content.decode()
    assert "fewer than 11 students" in page
    rows = as_person("teacher").get(url("weeks_file", measure)).content.decode()
    small = [line for line in rows.splitlines() if "fewer than" in line]
    assert len(small) == 2
    assert all(",,,," in line for line in small)


def test_what_is_left_of_all_is_not_told_by_taking_away(measure):
    # 60 of all: a group of 55 would tell the other five.
    _grouped(measure, [(55, 49, 60, 30, 50, 12)])
    assert hidden(measure, "english_learner") == [
        True,
        False,
        False,
        False,
        True,
        False,
    ]


def test_groups_of_a_family_together_tell_no_small_one(measure):
    # 30 and 25 of 60 leave five; without the 25 the rest is thirty.
    _grouped(measure, [(30,) * 6, (25,) * 6], groups=("hispanic", "white"))
    assert not any(hidden(measure, "hispanic"))
    assert all(hidden(measure, "white"))


def test_counts_without_students_behind_them_stay_with_the_team(measure):
    measure.kind = MeasureKind.VALUE
    _grouped(measure, [(None,) * 6])
    groups = [one.series.group for one in watched(measure.cycle)[0].reading.series]
    assert groups == [""]
    team = watched(measure.cycle, team=True)[0].reading.series
    assert [one.series.group for one in team] == ["", "english_learner"]


def test_nobody_above_reads_a_private_measure(measure, as_person):
    for role in ("superintendent", "cabinet", "principal", "administrator", "steward"):
        for name in ("cycle_measure", "weeks_file", "weeks_count", "phase_new"):
            answer = as_person(role).get(url(name, measure))
            assert answer.status_code == 404, (role, name)


def test_a_shared_one_is_read_and_not_changed(cast, as_person):
    shared = make_cycle(cast, shared_at=timezone.now(), shared_by=cast["teacher"])
    one = shared.measures.get()
    page = as_person("board").get(url("cycle_measure", one))
    assert page.status_code == 200
    assert b"weeks/out" not in page.content
    assert as_person("principal").get(url("weeks_count", one)).status_code == 404
    assert as_person("principal").post(url("weeks_paste", one)).status_code == 404


def test_a_name_of_a_student_is_refused(db_district, measure, as_person):
    from evenrise.workspace.people.models import Student

    here = Student.objects.filter(current=True, school=measure.cycle.school_id)
    sort_name = here[0].sort_name
    family, _, given = sort_name.partition(", ")
    told = {
        "week_on": last_monday(2).isoformat(),
        "reason": f"{given} {family} was away",
    }
    answer = as_person("teacher").post(url("week_leave_out", measure), told)
    assert answer.status_code == 422


def test_the_cycles_page_tells_each_measure(measure, as_person):
    page = as_person("teacher").get(reverse("cycle", args=[measure.cycle_id]))
    text = page.content.decode()
    assert "Absent on Monday" in text
    assert "Too early to say: six weeks are counted" in text
    assert text.count("<svg") >= 2
    spanish = as_person("teacher", "es")
    again = spanish.get(reverse("cycle", args=[measure.cycle_id])).content.decode()
    assert "Es demasiado pronto para decirlo" in again
