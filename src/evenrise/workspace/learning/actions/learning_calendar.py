"""The secret address of one's learning; only its hash is kept."""

from __future__ import annotations

from evenrise.workspace.learning.models import LearningCalendarKey
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions.calendar_keys import SecretAddress


LEARNING = SecretAddress(LearningCalendarKey.objects, Right.INQUIRE, "learning")
