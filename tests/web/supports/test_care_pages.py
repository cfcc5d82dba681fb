"""The pages of care: the walk from a flag to an end, two taps, what is not theirs."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from evenrise.workspace.foundation.models import LogEntry, StudentLook
from evenrise.workspace.people.models import CaseloadPlace
from evenrise.workspace.supports.actions import care
from evenrise.workspace.supports.models import (
    ProgressPoint,
    Session,
    Support,
    TierPlacement,
)


WEEK = dt.timedelta(weeks=1)


def test_a_counselor_walks_from_a_flag_to_an_exit(
    as_person, counselor, student, flag, today
):
    browser = as_person("counselor")
    begin = reverse("begin_support", args=[student.pk])
    menu = browser.get(begin, {"flag": flag.pk})
    assert f"?kind=check_in&amp;flag={flag.pk}" in menu.content.decode()
    address = f"{begin}?kind=check_in&flag={flag.pk}"
    page = browser.get(address)
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields}
    told |= {"goal": "Here every Monday.", "baseline": "2", "target": "0"}
    told = {k: v for k, v in told.items() if v not in {None, False}}
    answer = browser.post(address, {**told, "in_tier": "on"})
    assert answer.status_code == 302, answer.context["form"].errors
    made = Support.objects.get()
    assert answer.headers["location"] == reverse("support", args=[made.pk])
    assert made.because_of == flag
    assert TierPlacement.objects.get().tier == 2

    browser.post(reverse("log_session", args=[made.pk]), {"given": "yes"})
    flag.refresh_from_db()
    assert flag.first_session_on == today
    browser.post(
        reverse("add_point", args=[made.pk]), {"on": today.isoformat(), "value": "1.5"}
    )
    assert ProgressPoint.objects.get().value == 1.5
    shown = browser.get(reverse("support", args=[made.pk]))
    assert "Too early to say: 5 more points are needed." in shown.content.decode()
    review = reverse("review_support", args=[made.pk])
    refused = browser.post(
        review, {"decision": "continue", "reason": "Good.", "next_on": ""}
    )
    assert refused.status_code == 422
    browser.post(
        review,
        {
            "decision": "exit",
            "reason": "The goal was met.",
            "how": "goal_met",
            "step_down": "on",
        },
    )
    made.refresh_from_db()
    assert made.ended_how == "goal_met"
    assert TierPlacement.objects.get().ends_on == today
    student_page = browser.get(reverse("student", args=[student.pk]))
    assert "The goal was met" in student_page.content.decode()


def test_a_session_takes_two_taps(as_person, support):
    """Open the page; tap the button of the row: nothing else is asked."""
    browser = as_person("counselor")
    page = browser.get(reverse("supports")).content.decode()  # the first tap
    button = reverse("log_session", args=[support.pk])
    row = page.split(f'id="support-{support.pk}"')[1].split("</tr>")[0]
    assert f'action="{button}"' in row
    assert '<button type="submit" name="given" value="yes"' in row
    browser.post(button, {"given": "yes"}, follow=True)  # the second
    assert Session.objects.get().delivered
    after = browser.get(reverse("supports")).content.decode()
    row = after.split(f'id="support-{support.pk}"')[1].split("</tr>")[0]
    undo = reverse("undo_session", args=[Session.objects.get().pk])
    assert f'action="{undo}"' in row
    browser.post(undo)
    assert Session.objects.get().undone_at is not None


def test_not_given_says_why_with_the_second_tap(as_person, support):
    browser = as_person("counselor")
    address = reverse("log_session", args=[support.pk])
    browser.post(address, {"given": "no"})
    assert not Session.objects.exists()
    browser.post(address, {"given": "no", "why_not": "adult_away"})
    page = browser.get(reverse("supports")).content.decode()
    assert "Not given</strong>" not in page
    assert "The adult was away</strong>" in page


def test_what_is_not_theirs_is_not_there(as_person, cast, support):
    browser = as_person("other_principal")
    for name in ("support", "review_support", "end_support"):
        assert browser.get(reverse(name, args=[support.pk])).status_code == 404
    for name in ("log_session", "add_point", "undo_end"):
        address = reverse(name, args=[support.pk])
        assert browser.post(address, {"given": "yes"}).status_code == 404
    for name in ("begin_support", "place_in_tier"):
        address = reverse(name, args=[support.student_id])
        assert browser.get(address).status_code == 404
    assert not Session.objects.exists()


def test_an_owner_who_no_longer_reaches_the_student_learns_only_how_many(
    as_person, counselor, support, student
):
    CaseloadPlace.objects.filter(student=student).delete()
    page = as_person("counselor").get(reverse("supports"))
    assert page.context["page"].beyond == 1
    assert page.context["page"].lines == ()
    assert student.family_name not in page.content.decode()


def test_opening_a_support_is_a_look(as_person, support):
    before = StudentLook.objects.count()
    as_person("counselor").get(reverse("support", args=[support.pk]))
    look = StudentLook.objects.order_by("-pk").first()
    assert StudentLook.objects.count() == before + 1
    assert (look.student_key, look.reason) == (support.student_id, "caseload")


def test_the_start_page_counts_and_names_nobody(as_person, support, student, today):
    Support.objects.update(review_on=today)
    page = as_person("counselor").get(reverse("start")).content.decode()
    assert "1 review of a support is due this week" in page
    assert student.family_name not in page


def test_somebody_who_sees_the_student_takes_a_support_over(
    as_person, cast, support, student
):
    CaseloadPlace.objects.filter(student=student).delete()
    browser = as_person("principal")
    address = reverse("change_support", args=[support.pk])
    assert as_person("counselor").get(address).status_code == 404
    form = browser.get(address).context["form"]
    told = {name: form[name].value() for name in form.fields}
    told = {k: v for k, v in told.items() if v not in (None, False)}
    strange = {**told, "owner": cast["other_principal"].pk}
    assert browser.post(address, strange).status_code == 422
    browser.post(address, {**told, "owner": cast["principal"].pk, "target": "1"})
    support.refresh_from_db()
    assert support.owner == cast["principal"]
    assert (support.baseline, support.target) == (4.0, 1.0)
    entry = LogEntry.objects.filter(verb="supports.change_support").first()
    assert entry.details == {"parts": ["owner", "target"]}


def test_a_review_proposes_no_longer_plan_and_makes_one_when_asked(
    as_person, counselor, support, today
):
    Support.objects.update(planned_end_on=today + 2 * WEEK)
    page = as_person("counselor").get(reverse("review_support", args=[support.pk]))
    assert page.context["form"]["next_on"].value() == today + 2 * WEEK
    planned = support.sessions_planned
    care.review(
        counselor,
        support=support.pk,
        reviewed=care.Reviewed(
            decision="continue", reason="Nearly there.", next_on=today + 4 * WEEK
        ),
    )
    support.refresh_from_db()
    assert support.planned_end_on == today + 4 * WEEK
    assert support.sessions_planned == planned + 10  # two weeks of five
