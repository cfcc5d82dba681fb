"""Did somebody act in time? The counts, and what might make them look better."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.actions.effects import ask_anew
from evenrise.workspace.supports.groups import groups_in, place_groups
from evenrise.workspace.supports.models import (
    Flag,
    FlagAnswer,
    FlagRun,
    KeptAnswer,
    Note,
    Session,
    StudentGroups,
    Support,
    SupportKind,
)
from evenrise.workspace.supports.queries.acted import Span, acted_counts
from evenrise.workspace.supports.queries.counting import keep
from evenrise.workspace.supports.starting_menu import ensure_menu
from evenrise.workspace.supports.tasks import after_night
from evenrise.workspace.supports.tasks_effects import renew_kept


pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OPENED = TODAY - dt.timedelta(days=20)
SPAN = Span(TODAY - dt.timedelta(days=100), TODAY)
FLAGS = 12


def day(number: int) -> dt.date:
    """So many days after the flags opened."""
    return OPENED + dt.timedelta(days=number)


@pytest.fixture
def school(cast):
    """The principal's school."""
    return cast["principal"].grants_today[0].school_id


@pytest.fixture
def flags(school):
    """An open flag of attendance for each of some students of the school."""
    Flag.objects.all().delete()
    Support.objects.all().delete()
    ensure_menu()
    students = Student.objects.filter(school=school, current=True)[:FLAGS]
    return [
        Flag.objects.create(
            student=student,
            school_id=school,
            domain="attendance",
            level=1,
            rule_set="abc",
            opened_on=OPENED,
            seen_on=TODAY,
        )
        for student in students
    ]


def support(flag: Flag, person, kind: str = "check_in", **more) -> Support:
    """A support of the flag's student, planned over thirty days."""
    fields = {
        "student": flag.student,
        "kind": SupportKind.objects.get(key=kind),
        "tier": 2,
        "goal": "Come to school",
        "owner": person,
        "begins_on": OPENED,
        "review_on": day(15),
        "planned_end_on": day(29),
        "sessions_a_week": 5,
        "sessions_planned": 30,
        "minutes": 10,
        "exit_rule": "Two weeks without an absence",
    }
    return Support.objects.create(**(fields | more))


def session(one: Support, number: int, **more) -> Session:
    """A session of ten minutes, so many days after the flags opened."""
    fields = {"held_on": day(number), "delivered": True, "minutes": 10}
    return Session.objects.create(support=one, **(fields | more))


def counted(school: str) -> dict:
    """The row of all students of a school."""
    students = Student.objects.filter(school=school)
    return acted_counts(students, SPAN)["flags"][0]


def test_times_are_those_from_the_flag_to_the_first_session(flags, school, cast):
    for number, flag in enumerate(flags):
        one = support(flag, cast["counselor"])
        session(one, number + 1, at=timezone.now())
        session(one, 19, at=timezone.now())
    row = counted(school)
    assert (row["flags"], row["answered"], row["waiting"]) == (FLAGS, FLAGS, 0)
    assert row["quartiles"] == (3.5, 6.5, 9.5)  # 1 to 12 days
    assert row["soon"] == 1


def test_whoever_waits_counts_as_long_as_they_wait(flags, school, cast):
    for flag in flags[:4]:
        session(support(flag, cast["counselor"]), 2)
    row = counted(school)
    assert (row["answered"], row["waiting"]) == (4, 8)
    # A third began after two days: a quarter is known, half is not.
    assert row["quartiles"] == (2, None, None)


GAMES = {
    "a plan alone": lambda one: one.save(),
    "a session that was not given": lambda one: session(
        one, 1, delivered=False, why_not="absent"
    ),
    "a session taken back": lambda one: session(one, 1, undone_at=timezone.now()),
    "a session before the flag": lambda one: session(one, -1),
    "a session of tomorrow": lambda one: session(one, 21),
    "a session of no minutes": lambda one: session(one, 1, minutes=0),
    "a note": lambda one: Note.objects.create(student=one.student, text="Met."),
    "set aside": lambda one: FlagAnswer.objects.create(
        flag=Flag.objects.get(student=one.student),
        kind="set_aside",
        reason="Later",
        until=TODAY,
    ),
}


@pytest.mark.parametrize("game", GAMES)
def test_nothing_but_a_session_answers_a_flag(game, flags, school, cast):
    before = counted(school)
    for flag in flags:
        GAMES[game](support(flag, cast["counselor"]))
    row = counted(school)
    assert row["answered"] == before["answered"] == 0
    assert row["waiting"] == FLAGS
    assert row["soon"] == before["soon"] == 0


def test_a_session_for_another_matter_answers_nothing(flags, school, cast):
    for flag in flags:
        session(support(flag, cast["counselor"], "math_lab"), 1)
    assert counted(school)["answered"] == 0
    # It does where the support was begun because of the flag.
    for flag in flags:
        flag.student.supports.update(because_of=flag)
    assert counted(school)["answered"] == FLAGS


def test_deleting_what_answered_a_flag_takes_back_the_answer(flags, school, cast):
    for flag in flags:
        session(support(flag, cast["counselor"]), 1)
    assert counted(school)["answered"] == FLAGS
    Support.objects.filter(student=flags[0].student).delete()
    Session.objects.filter(support__student=flags[1].student).update(
        undone_at=timezone.now()
    )
    assert counted(school)["answered"] == FLAGS - 2


def test_what_was_logged_late_is_counted_and_told_both_ways(flags, school, cast):
    for flag in flags:
        session(support(flag, cast["counselor"]), 1, at=timezone.now())
    row = counted(school)
    assert row["quartiles"][1] == 1
    assert row["late"] == FLAGS
    assert row["median_logged"] == 20  # the day on which it was logged


def test_a_flag_that_closes_by_itself_is_not_answered(flags, school):
    Flag.objects.filter(pk__in=[flag.pk for flag in flags[:5]]).update(
        closed_on=day(10)
    )
    row = counted(school)
    assert (row["answered"], row["closed"], row["waiting"]) == (0, 5, 7)


def test_set_aside_is_told_and_its_clock_goes_on(flags, school, cast):
    for flag in flags[:3]:
        FlagAnswer.objects.create(flag=flag, kind="set_aside", reason=".", until=TODAY)
    ended = FlagAnswer.objects.create(
        flag=flags[0], kind="taken_back", reason=".", by=cast["counselor"]
    )
    FlagAnswer.objects.create(
        flag=flags[1], kind="set_aside", reason=".", until=OPENED, by=ended.by
    )
    waiting = acted_counts(Student.objects.filter(school=school), SPAN)["waiting"]
    assert [one["flags"] for one in waiting] == [0, 0, FLAGS, 0, 0]
    assert [one["aside"] for one in waiting] == [0, 0, 1, 0, 0]


def test_planned_beside_given(flags, school, cast):
    for flag in flags:
        one = support(flag, cast["counselor"])
        for number in (1, 2, 3):
            session(one, number)
            session(one, number)  # twice on one day counts once
    extra = Support.objects.filter(student=flags[0].student).get()
    for number in range(4, 20):
        session(extra, number)
    dosage = acted_counts(Student.objects.filter(school=school), SPAN)["dosage"][0]
    assert dosage["planned"] == 21 * FLAGS  # 21 of 30 days are over
    assert dosage["given"] == 3 * FLAGS + 16
    # What one student got beyond the plan makes up for nobody else's.
    assert dosage["kept"] == pytest.approx((3 * (FLAGS - 1) + 19) / (21 * FLAGS))


def test_fewer_than_eleven_students_are_not_told(flags, school):
    Flag.objects.filter(pk=flags[0].pk).delete()
    Flag.objects.filter(pk=flags[1].pk).delete()
    assert "flags" not in counted(school)


def test_only_students_within_reach_are_counted(flags, as_person):
    assert "12 flags" in as_person("principal").get(reverse("acted")).content.decode()
    other = as_person("other_principal").get(reverse("acted")).content.decode()
    assert "12 flags" not in other


def test_the_page_speaks_spanish(flags, as_person):
    page = as_person("principal", "es").get(reverse("acted")).content.decode()
    assert "¿Actuó alguien a tiempo?" in page
    assert "De 12 señales abiertas este año escolar" in page


def test_groups_are_those_of_the_facts(db_district):
    placed = place_groups(db_district.snapshot, db_district.as_of)
    assert placed == StudentGroups.objects.count() > 0
    codes = StudentGroups.objects.order_by("pk").values_list("codes", flat=True)
    told = {(one.family, one.group): int(one.rows.sum()) for one in groups_in([*codes])}
    every = sum(n for (family, _), n in told.items() if family == "race_ethnicity")
    assert every == placed
    assert told["english_learner", "english_learner"] > 0


def test_a_large_district_reads_what_was_kept(flags, as_person, monkeypatch):
    assert not keep("acted", acted_counts)  # this one is counted when the page opens
    monkeypatch.setattr("evenrise.workspace.supports.queries.counting.LIVE", 10)
    assert keep("acted", acted_counts)
    before = as_person("superintendent").get(reverse("acted")).content
    Flag.objects.all().delete()
    after = as_person("superintendent").get(reverse("acted")).content
    assert b"12 flags" in before
    assert b"12 flags" in after
    assert KeptAnswer.objects.count() == 1


def test_kept_figures_are_asked_for_anew_once_an_hour(flags, as_person, monkeypatch):
    monkeypatch.setattr("evenrise.workspace.supports.queries.counting.LIVE", 10)
    keep("acted", acted_counts)
    assert not ask_anew("acted")
    hour_ago = timezone.now() - dt.timedelta(hours=2)
    KeptAnswer.objects.update(made_at=hour_ago)
    assert as_person("superintendent").get(reverse("acted")).status_code == 200
    assert KeptAnswer.objects.get().made_at > hour_ago  # somebody asked
    assert not ask_anew("acted")
    Flag.objects.all().delete()
    renew_kept.call()
    page = as_person("superintendent").get(reverse("acted")).content
    assert b"12 flags" not in page


def test_a_run_of_flags_keeps_the_figures_of_a_large_district(
    db_district, as_person, monkeypatch
):
    """So nobody waits for them, neither by day nor after the night."""
    monkeypatch.setattr("evenrise.workspace.supports.queries.counting.LIVE", 10)
    assert FlagRun.objects.count() == 0
    after_night()
    assert FlagRun.objects.count() == 1
    kept = set(KeptAnswer.objects.values_list("key", flat=True))
    assert kept == {"acted", "tiers", "known", "watch"}
    for name in ("acted", "known"):
        page = as_person("superintendent").get(reverse(name)).context["page"]
        assert page.made
