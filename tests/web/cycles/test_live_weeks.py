"""Weeks that are counted from the records: by hand, by the task, and hidden."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from evenrise.indicators.weekly import WEEKLY
from evenrise.records.snapshots.school_weeks import school_weeks
from evenrise.workspace.cycles.actions.live import renew_all
from evenrise.workspace.cycles.models import CycleMeasure, CycleState, MeasureKind
from evenrise.workspace.cycles.queries.series import FEWEST
from evenrise.workspace.cycles.queries.watched import watched
from evenrise.workspace.people.models import School
from tests.web.cycles.a_cycle import make_cycle


FROM = dt.date(2025, 3, 3)  # the invented records end in that spring


@pytest.fixture
def live(db_district, cast):
    cycle = make_cycle(cast)
    cycle.measures.all().delete()
    return CycleMeasure.objects.create(
        cycle=cycle,
        name="Days missed",
        kind=MeasureKind.LIVE,
        indicator="weekly_absence",
        good=-1,
        school_id=cycle.school_id,
        grades=["09"],
        groups=["english_learner", "low_income"],
        counted_from=FROM,
        by=cast["teacher"],
    )


def url(name, measure):
    return reverse(name, args=[measure.cycle_id, measure.pk])


def test_the_weeks_come_from_the_records_and_nobody_types_them(live, as_person):
    teacher = as_person("teacher")
    assert teacher.get(url("weeks_count", live)).status_code == 404
    answer = teacher.post(url("weeks_renew", live), follow=True)
    assert "counted anew" in answer.content.decode()
    weeks = live.weeks.filter(group="")
    assert weeks.count() >= 8
    first = weeks.earliest("week_on")
    assert first.week_on >= FROM
    assert first.students * 5 >= first.size > first.count >= 0
    assert first.snapshot
    again = {row.pk for row in live.weeks.all()}
    weeks.filter(pk=first.pk).update(left_out="State tests")
    teacher.post(url("weeks_renew", live))
    assert {row.pk for row in live.weeks.all()} == again
    first.refresh_from_db()
    assert first.left_out == "State tests"


def test_small_groups_are_hidden_by_their_students(live, as_person):
    as_person("teacher").post(url("weeks_renew", live))
    reading = watched(live.cycle)[0].reading
    rows = {(one.group, one.week_on): one for one in live.weeks.all()}
    assert {one.series.group for one in reading.series} >= {""}
    for one in reading.series:
        for point in one.points:
            row = rows.get((one.series.group, point.week.on))
            if row is not None and row.size is None:
                assert (row.count, row.students, point.value) == (0, None, None)
            elif row is not None:
                assert row.students >= FEWEST, "of fewer no number is kept"


def test_the_task_counts_what_is_due_once_and_no_decided_cycle(live):
    assert renew_all() == 1
    assert live.weeks.exists()
    assert renew_all() == 0
    live.weeks.all().delete()
    type(live.cycle).objects.filter(pk=live.cycle_id).update(
        state=CycleState.ABANDONED, reason="It did not help."
    )
    assert renew_all() == 0


def test_somebody_of_a_school_chooses_among_their_own(live, as_person):
    teacher = as_person("teacher")
    new = reverse("cycle_measure_new", args=[live.cycle_id]) + "?kind=live"
    here = live.school_id
    other = School.objects.filter(current=True).exclude(pk=here).first()
    told = {"name": "Days", "part": "outcome", "good": "-1", "chart": ""}
    page = teacher.get(new).content.decode()
    assert f'value="{here}"' in page
    assert f'value="{other.pk}"' not in page
    for wrong in (other.pk, ""):
        assert teacher.post(new, told | {"school": wrong}).status_code == 422
    assert teacher.post(new, told | {"school": here}).status_code == 302
    assert CycleMeasure.objects.latest("pk").school_id == here


def test_holidays_come_from_the_calendar(db_district, live):
    weeks = school_weeks(db_district.snapshot, live.school_id)
    assert max(weeks.values()) == 5
    assert 0 in weeks.values()  # winter, spring or summer
    assert all(on.weekday() == 0 for on in weeks)


def test_nobody_outside_the_team_has_it_counted(live, as_person):
    for role in ("principal", "superintendent", "administrator"):
        assert as_person(role).post(url("weeks_renew", live)).status_code in {403, 404}
    assert not live.weeks.exists()


def test_every_live_indicator_is_offered_and_kept_by_its_form(live, as_person):
    teacher = as_person("teacher", "es")
    new = reverse("cycle_measure_new", args=[live.cycle_id])
    kinds = teacher.get(new).content.decode()
    told = {"part": "balancing", "good": "-1", "chart": "", "school": live.school_id}
    for what, one in WEEKLY.items():
        address = f"{new}?kind=live&indicator={what}"
        assert address.replace("&", "&amp;") in kinds
        page = teacher.get(address).content.decode()
        assert one.definition.es in page
        answer = teacher.post(address, told | {"name": one.title.es, "target": 2.5})
        assert answer.status_code == 302
        made = CycleMeasure.objects.latest("pk")
        assert made.indicator == what
        assert made.target == (0.025 if one.is_share else 2.5)
    assert teacher.get(f"{new}?kind=live&indicator=weekly_faults").status_code == 404


def test_incidents_are_told_for_each_hundred_students_a_week(live, as_person):
    CycleMeasure.objects.filter(pk=live.pk).update(
        indicator="weekly_incidents", grades=[], groups=[]
    )
    teacher = as_person("teacher")
    page = teacher.post(url("weeks_renew", live), follow=True).content.decode()
    assert "for every 100 students a week" in page
    assert "Counted from the district’s records, as of" in page
    live.refresh_from_db()
    assert live.weeks.filter(group="", count__gt=0).exists()
