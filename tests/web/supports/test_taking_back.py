"""A review, and the sessions of a file, taken back: all is as it was before."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.supports.actions import care
from evenrise.workspace.supports.actions.care import Reviewed
from evenrise.workspace.supports.models import Review, Session, TierPlacement


pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(weeks=1)
PLAN = (
    "review_on",
    "planned_end_on",
    "sessions_a_week",
    "sessions_planned",
    "minutes",
    "ended_on",
    "ended_how",
    "end_reason",
)


def planned(support) -> tuple[object, ...]:
    support.refresh_from_db()
    return tuple(getattr(support, name) for name in PLAN)


def test_a_review_taken_back_leaves_the_plan_of_before(
    counselor, support, today, as_person
):
    before = planned(support)
    made = care.review(
        counselor,
        support=support.pk,
        reviewed=Reviewed(
            decision="intensify",
            reason="Twice is not enough.",
            next_on=today + 30 * WEEK,
            sessions_a_week=Decimal(5),
            minutes=20,
        ),
    )
    assert planned(support) != before
    client, address = as_person("counselor"), reverse("support", args=[support.pk])
    undo = reverse("undo_review", args=[made.pk])
    assert undo in client.get(address).content.decode()
    page = client.post(undo, follow=True)
    assert page.redirect_chain == [(address, 302)]
    assert planned(support) == before
    assert "Twice is not enough." not in page.content.decode()
    assert Review.objects.get().undone_at is not None  # what was written stays


def test_an_end_and_a_tier_are_taken_back_with_it(counselor, support, student, today):
    before = planned(support)
    care.place_in_tier(
        counselor, student=student, area="attendance", tier=2, reason="Missed a lot."
    )
    made = care.review(
        counselor,
        support=support.pk,
        reviewed=Reviewed(decision="exit", reason="Goal met.", step_down=True),
    )
    now = TierPlacement.objects.filter(student=student, ends_on=None)
    assert not now.exists()
    care.undo_review(counselor, review=made.pk)
    assert planned(support) == before
    assert now.get().tier == 2


def test_only_ones_own_latest_review_of_today(counselor, support, today, cast):
    def written():
        return care.review(
            counselor,
            support=support.pk,
            reviewed=Reviewed(
                decision="continue", reason="It goes well.", next_on=today + 2 * WEEK
            ),
        )

    first, second = written(), written()
    for person, review in (
        (counselor, first),
        (cast["superintendent"], second),
        (cast["other_principal"], second),
    ):
        with pytest.raises(NotYours):
            care.undo_review(person, review=review.pk)
    Review.objects.filter(pk=second.pk).update(on=today - dt.timedelta(days=1))
    with pytest.raises(NotYours):
        care.undo_review(counselor, review=second.pk)
    assert not Review.objects.filter(undone_at__isnull=False).exists()


@pytest.fixture
def brought(counselor, support, as_person):
    """Two sessions that came with a file, and the browser that brought them."""
    days = [support.begins_on + dt.timedelta(days=n) for n in (1, 2)]
    text = "student_id,support,begins_on,held_on,delivered\n" + "".join(
        f"{support.student_id},check_in,{support.begins_on},{day},yes\n" for day in days
    )
    client = as_person("counselor")
    told = {"text": text, "add": "yes"}
    page = client.post(reverse("bring_supports"), told, follow=True)
    return client, page


def test_sessions_of_a_file_are_taken_back_together(brought, support):
    client, page = brought
    kept = Session.objects.filter(undone_at=None)
    batch = kept.values_list("batch", flat=True).distinct().get()
    assert "2 sessions were added from your file." in page.content.decode()
    undo = reverse("undo_sessions", args=[batch])
    assert undo in page.content.decode()
    after = client.post(undo, follow=True).content.decode()
    assert "2 sessions were taken back." in after
    assert not kept.exists()
    assert client.post(undo).status_code == 404  # once


def test_nobody_else_and_no_later_day(brought, as_person):
    batch = Session.objects.values_list("batch", flat=True).distinct().get()
    undo = reverse("undo_sessions", args=[batch])
    assert as_person("superintendent").post(undo).status_code == 404
    Session.objects.update(at=timezone.now() - dt.timedelta(days=2))
    assert as_person("counselor").post(undo).status_code == 404
    assert Session.objects.filter(undone_at=None).count() == 2
