"""What stands behind the arguments of the table of doors, in the room `plans`."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.adopting import close_hearing, open_hearing
from evenrise.workspace.plans.actions.answering_comments import (
    Answered,
    tell_what_was_done,
)
from evenrise.workspace.plans.actions.bringing import bring
from evenrise.workspace.plans.actions.calendar_keys import STEPS
from evenrise.workspace.plans.actions.commenting import accept_comment, hear_comment
from evenrise.workspace.plans.actions.file_work import read_file
from evenrise.workspace.plans.actions.making_editions import Why
from evenrise.workspace.plans.actions.moving import remove_rung
from evenrise.workspace.plans.actions.reporting import report_step
from evenrise.workspace.plans.actions.reviewing import Noted, make_review, note
from evenrise.workspace.plans.exchange import csv_file
from evenrise.workspace.plans.models import (
    BudgetLine,
    Link,
    Measure,
    Plan,
    RedLightAnswer,
    Spending,
)
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.reports.actions import approve, make_public
from evenrise.workspace.reports.plan_releasing import propose_plan
from tests.web.plans.a_life import adopted, days_ago, hearing, work_digest
from tests.web.plans.a_plan import make_plan, small_content


def make_plan_things(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """One of everything that an address of the room can name; a function a part.

    Args:
        cast: the people, by role.
        found: what is known already.
    """
    assert found
    plan = make_plan(cast)
    made: dict[str, object] = {"plan": plan.slug}
    made |= {"goal": "g1", "strategy": "s1", "step": "t1"}
    made |= _of_measures(cast, plan) | _of_money(cast, plan)
    made |= _of_trace(plan) | _of_tree(cast, plan) | _of_life(cast, plan)
    made |= _of_exchange(cast, plan)
    return made | _of_public(cast, plan)


def _of_public(cast: dict[str, Person], plan: Plan) -> dict[str, object]:
    """Everybody reads the adopted edition; the figures are public already."""
    edition = plan.editions.get(number=1)
    release = propose_plan(person=cast["cabinet"], edition=edition)
    second = cast["steward"]
    approve(person=second, release=release, content=release.content)
    return {"plan_release": make_public(person=second, release=release).pk}


def _of_tree(cast: dict[str, Person], plan: Plan) -> dict[str, object]:
    """The plan of the principal's school, a report of the counselor's step."""
    school = cast["principal"].grants_today[0].school_id
    told = small_content(slug="our-school", kind="school", school_id=school)
    own = make_plan(cast, told)
    report = report_step(cast["counselor"], plan=plan.slug, key="t1", state="begun")
    remove_rung(cast["superintendent"], plan=own.slug, key="v1")
    return {"own_plan": own.slug, "report": report.pk, "gone": "v1"}


def _of_measures(cast: dict[str, Person], plan: Plan) -> dict[str, object]:
    """A measure, one that was taken out, and an answer to a red light."""
    goal = plan.rungs.get(key="g1")
    gone = Measure.objects.create(
        rung=goal, key="m8", title_en="Belonging", removed_at=timezone.now()
    )
    answer = RedLightAnswer.objects.create(
        measure=goal.measures.get(key="m1"),
        school_year=2025,
        reading="falling",
        text_en="We will call.",
        by=cast["superintendent"],
    )
    return {
        "measure": "m1",
        "gone_one": gone.key,
        "light_answer": answer.pk,
        "priority": "p1",
    }


def _of_trace(plan: Plan) -> dict[str, object]:
    """What the small plan's strategy stands on."""
    return {"link": Link.objects.get(rung__plan=plan, rung__key="s1").pk}


def _of_money(cast: dict[str, Person], plan: Plan) -> dict[str, object]:
    """A budget line, and what was booked on it from a file."""
    line = BudgetLine.objects.get(rung__plan=plan)
    spent = Spending.objects.create(
        line=line,
        amount=1200,
        until=days_ago(3),
        batch="a-batch",
        by=cast["superintendent"],
    )
    return {"budget": line.pk, "spending": spent.pk}


def _of_life(cast: dict[str, Person], plan: Plan) -> dict[str, object]:
    """Edition 1 adopted, an amendment heard; a comment, its answer, a review.

    What a review asked for is the counselor's to do; the calendar is theirs too.
    """
    lead, counselor = cast["superintendent"], cast["counselor"]
    adopted(lead, plan)
    one = open_hearing(
        lead,
        plan=plan,
        hearing=hearing(),
        digest=work_digest(plan),
        why=Why("Later steps.", "Pasos posteriores."),
    )
    comment = hear_comment(edition=one, text="More buses", language="en")
    accept_comment(lead, comment=comment.pk)
    close_hearing(lead, edition=one.pk)
    answer = tell_what_was_done(
        lead,
        plan=plan,
        told=Answered(
            changed=True,
            text_en="We did.",
            text_es="Lo hicimos.",
            comments=(comment.pk,),
        ),
    )
    review = make_review(
        lead, plan=plan, held_on=days_ago(0), title_en="Mid-year", title_es="Mitad"
    )
    told = Noted(decided="Buy phones.", owner=counselor, due_on=days_ago(-5))
    item = note(lead, review=review.pk, rung="t1", told=told)
    return {
        "edition": one.number,
        "comment": comment.pk,
        "answer": answer.pk,
        "review": review.pk,
        "item": item.pk if item else 0,
        "secret": STEPS.make(counselor),
    }


def _of_exchange(cast: dict[str, Person], plan: Plan) -> dict[str, object]:
    """A file that was brought and read, and waits for a decision."""
    content = replace(content_of(plan), text_en="Said otherwise.")
    one = bring(
        cast["superintendent"], plan=plan, name="plan.csv", data=csv_file.write(content)
    )
    read_file(one.pk)
    return {"plan_file": one.pk}
