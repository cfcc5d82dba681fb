"""The verbs of care, behind one door for the rooms' other parts.

    plan = plan_from_menu(kind, owner=person, begins_on=today)
    support = begin_support(person, student=student, plan=replace(plan, goal="..."))
    log_session(person, support=support.pk, held_on=today, delivered=True)
    add_point(person, support=support.pk, on=today, value=42)
    review(person, support=support.pk, reviewed=Reviewed(decision="continue", ...))
    end_support(person, support=support.pk, how="goal_met", reason="...")
    place_in_tier(person, student=student, area="attendance", tier=2, reason="...")

Each raises `NotYours` (not within reach, or without the right) and `InputProblem` (one
sentence for the person); then nothing was written.
"""

from __future__ import annotations

from evenrise.workspace.supports.actions.answering import (
    keep_after_run,
    keep_all_first_days,
    keep_first_days,
)
from evenrise.workspace.supports.actions.bringing_sessions import undo_sessions
from evenrise.workspace.supports.actions.changing import Changed, change_support
from evenrise.workspace.supports.actions.planning import (
    REVIEW_AFTER,
    Begun,
    Plan,
    TakenBack,
    begin_batch,
    begin_support,
    plan_from_menu,
    undo_batch,
)
from evenrise.workspace.supports.actions.reviewing import (
    Reviewed,
    end_support,
    review,
    undo_end,
    undo_review,
)
from evenrise.workspace.supports.actions.sessions import (
    add_point,
    log_session,
    undo_point,
    undo_session,
)
from evenrise.workspace.supports.actions.tiers import place_in_tier


__all__ = [
    "REVIEW_AFTER",
    "Begun",
    "Changed",
    "Plan",
    "Reviewed",
    "TakenBack",
    "add_point",
    "begin_batch",
    "begin_support",
    "change_support",
    "end_support",
    "keep_after_run",
    "keep_all_first_days",
    "keep_first_days",
    "log_session",
    "place_in_tier",
    "plan_from_menu",
    "review",
    "undo_batch",
    "undo_end",
    "undo_point",
    "undo_review",
    "undo_session",
    "undo_sessions",
]
