"""From a flag to a planned support, a logged session, a review and an end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.supports.actions import care
from evenrise.workspace.supports.models import (
    Flag,
    Review,
    Session,
    Support,
    SupportKind,
    TierPlacement,
)


WEEK = dt.timedelta(weeks=1)


def test_the_plan_follows_from_the_menu(support, plan, today):
    assert support.sessions_planned == 60  # five a week for twelve weeks
    assert support.review_on == today + 3 * WEEK
    assert support.planned_end_on == today + 9 * WEEK
    assert support.measure == "Days absent in a week"
    assert not support.rises


def test_only_a_delivered_session_answers_a_flag(counselor, support, flag, today):
    care.keep_first_days([support.student_id])
    flag.refresh_from_db()
    assert flag.first_support_on == flag.opened_on  # it ran when the flag opened
    assert flag.first_session_on is None
    care.log_session(
        counselor,
        support=support.pk,
        held_on=today,
        delivered=False,
        why_not="absent",
    )
    early = flag.opened_on - dt.timedelta(days=1)
    care.log_session(counselor, support=support.pk, held_on=early, delivered=True)
    flag.refresh_from_db()
    assert flag.first_session_on is None
    late = care.log_session(
        counselor, support=support.pk, held_on=today, delivered=True
    )
    flag.refresh_from_db()
    assert flag.first_session_on == today
    care.undo_session(counselor, session=late.pk)
    flag.refresh_from_db()
    assert flag.first_session_on is None


def test_a_support_of_another_area_answers_only_when_it_names_the_flag(
    counselor, student, plan, flag, today
):
    kind = SupportKind.objects.get(key="math_lab")
    other = replace(
        care.plan_from_menu(kind, owner=counselor, begins_on=today - WEEK),
        goal="Pass.",
    )
    made = care.begin_support(counselor, student=student, plan=other)
    care.log_session(counselor, support=made.pk, held_on=today, delivered=True)
    flag.refresh_from_db()
    assert flag.first_session_on is None
    assert flag.first_support_on is None
    Support.objects.filter(pk=made.pk).update(because_of=flag)
    care.keep_first_days([student.pk])
    flag.refresh_from_db()
    assert flag.first_session_on == today
    assert flag.first_support_on == today - WEEK


def test_a_session_after_the_flag_closed_does_not_answer_it(
    counselor, support, flag, today
):
    flag.closed_on = today - WEEK
    flag.save()
    care.log_session(counselor, support=support.pk, held_on=today, delivered=True)
    flag.refresh_from_db()
    assert flag.first_session_on is None


def test_a_run_keeps_the_days_of_flags_that_it_opened(counselor, support, flag, today):
    """A flag that opens while a support runs is answered by what follows."""
    held_on = flag.opened_on + dt.timedelta(days=2)
    care.log_session(counselor, support=support.pk, held_on=held_on, delivered=True)
    Flag.objects.update(first_session_on=None, first_support_on=None)
    assert care.keep_after_run(today) == 1
    flag.refresh_from_db()
    assert (flag.first_support_on, flag.first_session_on) == (flag.opened_on, held_on)


def test_a_support_has_one_session_a_day(counselor, support, today):
    one = care.log_session(counselor, support=support.pk, held_on=today, delivered=True)
    two = care.log_session(counselor, support=support.pk, held_on=today, delivered=True)
    assert one == two
    care.log_session(
        counselor, support=support.pk, held_on=today, delivered=False, why_not="no_time"
    )
    live = Session.objects.filter(support=support, undone_at__isnull=True)
    assert [(row.delivered, row.why_not) for row in live] == [(False, "no_time")]


def test_sessions_lie_within_the_support_and_not_ahead(counselor, support, today):
    for day in (today + dt.timedelta(days=1), support.begins_on - WEEK):
        with pytest.raises(InputProblem):
            care.log_session(counselor, support=support.pk, held_on=day, delivered=True)
    assert not Session.objects.exists()


def test_sessions_of_months_ago_are_not_written_by_a_tap(counselor, support, today):
    Support.objects.update(begins_on=today - 20 * WEEK)
    held_on = today - 5 * WEEK
    with pytest.raises(InputProblem, match="30 days"):
        care.log_session(counselor, support=support.pk, held_on=held_on, delivered=True)


def test_a_session_written_down_late_says_so(as_person, counselor, support, today):
    page = as_person("counselor")
    for back in (6, 8):
        care.log_session(
            counselor,
            support=support.pk,
            held_on=today - dt.timedelta(days=back),
            delivered=True,
        )
    told = page.get(reverse("support", args=[support.pk])).context["page"].sessions
    assert [bool(one.written) for one in told] == [False, True]


def test_nobody_plans_for_a_student_they_do_not_reach(counselor, plan, elsewhere, cast):
    with pytest.raises(NotYours):
        care.begin_support(counselor, student=elsewhere, plan=plan)
    with pytest.raises(NotYours):
        care.begin_support(cast["steward"], student=elsewhere, plan=plan)
    assert not Support.objects.exists()


def test_an_owner_must_see_the_student(cast, student, plan):
    strange = replace(plan, owner=cast["other_principal"])
    with pytest.raises(InputProblem, match="does not see"):
        care.begin_support(cast["counselor"], student=student, plan=strange)
    theirs = replace(plan, owner=cast["principal"])
    made = care.begin_support(cast["counselor"], student=student, plan=theirs)
    assert made.owner == cast["principal"]


def test_the_same_support_does_not_run_twice(counselor, student, support, plan):
    with pytest.raises(InputProblem, match="running"):
        care.begin_support(counselor, student=student, plan=plan)


def test_a_tier_keeps_its_history(counselor, student, today):
    for tier, why in ((2, "Two reasons."), (3, "Not yet enough."), (1, "Goal met.")):
        care.place_in_tier(
            counselor, student=student, area="attendance", tier=tier, reason=why
        )
    rows = TierPlacement.objects.filter(student=student).order_by("pk")
    assert [(row.tier, row.ends_on) for row in rows] == [(2, today), (3, today)]
    assert rows[1].reason == "Not yet enough. → Goal met."
    with pytest.raises(InputProblem):
        care.place_in_tier(
            counselor, student=student, area="attendance", tier=1, reason="Again."
        )


def test_a_review_changes_the_dosage_and_the_next_date(counselor, support, today):
    care.review(
        counselor,
        support=support.pk,
        reviewed=care.Reviewed(
            decision="intensify",
            reason="Four points on the wrong side.",
            next_on=today + 4 * WEEK,
            sessions_a_week=support.sessions_a_week * 2,
            minutes=20,
        ),
    )
    support.refresh_from_db()
    assert support.review_on == today + 4 * WEEK
    assert support.minutes == 20
    # 22 of 85 days of 60 sessions were planned, then ten a week for nine weeks.
    assert support.sessions_planned == round(60 * 22 / 85) + 90
    assert Review.objects.get().decision == "intensify"


def test_an_exit_ends_the_support_and_steps_down(counselor, student, support, today):
    care.place_in_tier(
        counselor, student=student, area="attendance", tier=2, reason="A flag."
    )
    care.review(
        counselor,
        support=support.pk,
        reviewed=care.Reviewed(decision="exit", reason="Goal met.", step_down=True),
    )
    support.refresh_from_db()
    assert (support.ended_on, support.ended_how) == (today, "goal_met")
    assert not TierPlacement.objects.filter(
        student=student, ends_on__isnull=True
    ).exists()
    with pytest.raises(InputProblem):
        care.end_support(counselor, support=support.pk, how="stopped", reason="Again")
    care.undo_end(counselor, support=support.pk)
    support.refresh_from_db()
    assert support.ended_on is None


def test_what_was_begun_today_can_be_taken_back_until_somebody_worked_on_it(
    counselor, support, plan, student, today
):
    done = care.undo_batch(counselor, batch=support.batch)
    assert (done.gone, done.stay) == (1, 0)
    assert not Support.objects.exists()
    again = care.begin_support(counselor, student=student, plan=plan)
    care.log_session(counselor, support=again.pk, held_on=today, delivered=True)
    done = care.undo_batch(counselor, batch=again.batch)
    assert (done.gone, done.stay) == (0, 1)
    Support.objects.update(made_at=timezone.now() - 2 * WEEK)
    with pytest.raises(NotYours):
        care.undo_batch(counselor, batch=again.batch)


def test_the_record_names_no_student(counselor, student, support, today):
    care.add_point(counselor, support=support.pk, on=today, value=3)
    care.log_session(counselor, support=support.pk, held_on=today, delivered=True)
    care.place_in_tier(
        counselor, student=student, area="course", tier=2, reason="Math."
    )
    entries = LogEntry.objects.filter(verb__startswith="supports.")
    verbs = set(entries.values_list("verb", flat=True))
    assert {
        "supports.begin_support",
        "supports.log_session",
        "supports.add_point",
        "supports.place_in_tier",
    } <= verbs
    for entry in entries:
        told = f"{entry.about_key} {entry.details}"
        assert student.pk not in told
        assert student.family_name not in told
