"""What the room keeps; one file a subject."""

from __future__ import annotations

from evenrise.workspace.plans.models.exchange import (
    PlanFile,
)
from evenrise.workspace.plans.models.life import (
    CalendarKey,
    Comment,
    Edition,
    Reminder,
    ReviewItem,
    ReviewMeeting,
    WeDid,
)
from evenrise.workspace.plans.models.measures import (
    Measure,
    RedLightAnswer,
)
from evenrise.workspace.plans.models.money import (
    BudgetLine,
    Spending,
)
from evenrise.workspace.plans.models.plan import (
    Department,
    Plan,
    Rung,
    RungVersion,
    StepReport,
)
from evenrise.workspace.plans.models.trace import (
    Link,
)
from evenrise.workspace.plans.models.words import (
    BELOW,
    EditionState,
    FundingSource,
    HeardBy,
    LinkTo,
    PlanKind,
    RungKind,
    Service,
    StepState,
)


__all__ = [
    "BELOW",
    "BudgetLine",
    "CalendarKey",
    "Comment",
    "Department",
    "Edition",
    "EditionState",
    "FundingSource",
    "HeardBy",
    "Link",
    "LinkTo",
    "Measure",
    "Plan",
    "PlanFile",
    "PlanKind",
    "RedLightAnswer",
    "Reminder",
    "ReviewItem",
    "ReviewMeeting",
    "Rung",
    "RungKind",
    "RungVersion",
    "Service",
    "Spending",
    "StepReport",
    "StepState",
    "WeDid",
]
