"""Reviews: what stands, what is noticed and decided, a page that is kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.due import further_due
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.plans.actions.reviewing import (
    Noted,
    close_review,
    decision_done,
    make_review,
    note,
)
from evenrise.workspace.plans.models import ReviewItem, ReviewMeeting, Rung, StepReport
from evenrise.workspace.plans.queries.reviews import review_facts
from tests.web.plans.a_life import days_ago
from tests.web.plans.a_plan import make_plan


pytestmark = pytest.mark.django_db


@pytest.fixture
def review(cast, db_district) -> ReviewMeeting:
    plan = make_plan(cast)
    Rung.objects.filter(plan=plan, key="t1").update(
        begins_on=days_ago(60), ends_on=days_ago(3), state="begun"
    )
    Rung.objects.filter(plan=plan, key="t2").update(
        begins_on=days_ago(60), ends_on=days_ago(2), state="done"
    )
    return make_review(
        cast["superintendent"],
        plan=plan,
        held_on=days_ago(0),
        title_en="Mid-year review",
        title_es="Revisión",
    )


def test_what_stands_is_told_in_plain_values(review, cast):
    StepReport.objects.create(
        rung=Rung.objects.get(key="t1"),
        state="begun",
        note="Two schools so far.",
        by=cast["counselor"],
    )
    facts = review_facts(review)
    rows = {one["key"]: one for one in facts["rungs"]}
    assert (rows["t1"]["late"], rows["t2"]["late"]) == (True, False)
    assert rows["t1"]["report"] == "Two schools so far."
    (measure,) = facts["measures"]
    assert measure["rung"] == "g1"
    assert measure["sentence_en"]
    assert measure["sentence_es"] != measure["sentence_en"]
    assert "counselor" not in str(facts)


def test_the_page_of_a_closed_review_is_kept(review, cast, as_person):
    plan, client = review.plan, as_person("cabinet")
    item = reverse("review_item", args=[plan.slug, review.pk, "t1"])
    told = {"noticed": "Two schools wait for phones.", "decided": "Buy phones."}
    assert client.post(item, told).status_code == 422  # nobody does it
    told |= {"owner": cast["counselor"].pk, "due_on": days_ago(-5)}
    assert client.post(item, told).status_code == 302
    where = reverse("review", args=[plan.slug, review.pk])
    page = as_person("board").get(where).content.decode()
    assert "1 of 2 steps is done" in page or "1 of 2 steps are done" in page
    assert "Buy phones." in page
    assert (
        client.post(reverse("review_close", args=[plan.slug, review.pk])).status_code
        == 302
    )
    before = as_person("board").get(where).content.decode()
    Rung.objects.filter(plan=plan).update(title_en="Other", state="done")
    ReviewItem.objects.update(noticed="Other")
    after = as_person("board").get(where).content.decode()
    assert "kept as it stood" in after
    assert "Other" not in after
    assert after.count("Call on the third day") == before.count("Call on the third day")
    assert client.get(item).status_code == 404
    spanish = as_person("board", "es").get(where).content.decode()
    assert "Llamar al tercer día" in spanish


def test_whoever_was_asked_says_that_it_is_done(review, cast, as_person):
    lead, counselor = cast["superintendent"], cast["counselor"]
    told = Noted(decided="Buy phones.", owner=counselor, due_on=days_ago(-2))
    item = note(lead, review=review.pk, rung="t1", told=told)
    assert item is not None
    where = reverse("review", args=[review.plan.slug, review.pk])
    assert where in [one.url for one in further_due(counselor)]
    close_review(lead, review=review.pk, page=review_facts(review))
    with pytest.raises(NotYours):
        decision_done(cast["teacher"], item=item.pk)
    done = reverse("review_item_done", args=[review.plan.slug, review.pk, item.pk])
    assert as_person("counselor").post(done).status_code == 302
    item.refresh_from_db()
    assert item.done_at is not None
    assert where not in [one.url for one in further_due(counselor)]
    as_person("counselor").post(done, {"undone": 1})
    item.refresh_from_db()
    assert item.done_at is None


def test_a_review_is_closed_once_and_not_before_its_day(review, cast):
    lead = cast["superintendent"]
    ReviewMeeting.objects.update(held_on=days_ago(-3))
    with pytest.raises(InputProblem, match="not come"):
        close_review(lead, review=review.pk, page={})
    ReviewMeeting.objects.update(held_on=days_ago(0))
    close_review(lead, review=review.pk, page=review_facts(review))
    with pytest.raises(Overtaken):
        close_review(lead, review=review.pk, page={})
    with pytest.raises(Overtaken):
        note(lead, review=review.pk, rung="t1", told=Noted(noticed="Late"))
    for role in ("principal", "teacher", "board"):
        with pytest.raises(NotYours):
            note(cast[role], review=review.pk, rung="t1", told=Noted(noticed="x"))


def test_a_blank_note_takes_it_off(review, cast):
    lead = cast["superintendent"]
    note(lead, review=review.pk, rung="g1", told=Noted(noticed="Seen"))
    assert note(lead, review=review.pk, rung="g1", told=Noted()) is None
    assert not ReviewItem.objects.exists()
    with pytest.raises(NotYours):
        note(lead, review=review.pk, rung="zz", told=Noted(noticed="x"))
