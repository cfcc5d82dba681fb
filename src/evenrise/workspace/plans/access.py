"""Who works on which plan: leads on every plan, a principal on their school's.

Plans in work are read by whoever may see findings (`Right.SEE_FINDINGS`).
"""

from __future__ import annotations

from evenrise.workspace.insights.access import places_with
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.models import Plan, Rung


def may_write(person: Person, plan: Plan) -> bool:
    """Whether the person changes the plan."""
    return may_write_for(person, plan.school_id)


def may_write_for(person: Person, school_id: str | None) -> bool:
    """Whether the person writes plans of the district (None) or of a school."""
    return places_with(person, Right.WRITE_PLANS).hold(school_id)


def may_adopt(person: Person, plan: Plan) -> bool:
    """Whether the person records the hearing and the vote of the plan."""
    return places_with(person, Right.ADOPT_PLANS).hold(plan.school_id)


def may_report(person: Person, rung: Rung) -> bool:
    """Whether the person says how far a step is: its owner, or who writes the plan.

    The owner only while they may see plans at all.
    """
    if rung.person_id == person.pk and person.may(Right.SEE_FINDINGS):
        return True
    return may_write(person, rung.plan)
