"""What the room keeps; one file a subject."""

from __future__ import annotations

from evenrise.workspace.cycles.models.cycle import (
    Cycle,
    CycleMember,
    CycleVersion,
)
from evenrise.workspace.cycles.models.measures import (
    CycleMeasure,
    Phase,
    WeekCount,
)
from evenrise.workspace.cycles.models.meetings import (
    Meeting,
    MeetingNote,
)
from evenrise.workspace.cycles.models.practices import (
    BeliefAnswer,
    BeliefAnswered,
    BeliefSurvey,
    Practice,
    PracticeTried,
    SpotVisit,
)
from evenrise.workspace.cycles.models.theory import (
    Cause,
    Driver,
    Voice,
)
from evenrise.workspace.cycles.models.words import (
    DECIDED,
    CauseState,
    ChartKind,
    CycleState,
    DriverKind,
    MeasureKind,
    MeasurePart,
    MemberRole,
    StartsFrom,
)


__all__ = [
    "DECIDED",
    "BeliefAnswer",
    "BeliefAnswered",
    "BeliefSurvey",
    "Cause",
    "CauseState",
    "ChartKind",
    "Cycle",
    "CycleMeasure",
    "CycleMember",
    "CycleState",
    "CycleVersion",
    "Driver",
    "DriverKind",
    "MeasureKind",
    "MeasurePart",
    "Meeting",
    "MeetingNote",
    "MemberRole",
    "Phase",
    "Practice",
    "PracticeTried",
    "SpotVisit",
    "StartsFrom",
    "Voice",
    "WeekCount",
]
