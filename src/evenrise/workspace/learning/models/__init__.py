"""What the room keeps; one file a subject."""

from __future__ import annotations

from evenrise.workspace.learning.models.catalogue import (
    FeedbackGiven,
    LearningCalendarKey,
    Offering,
    Partner,
    PartnerHours,
    Session,
    SessionFeedback,
    SignUp,
    WhatChanged,
)
from evenrise.workspace.learning.models.initiatives import (
    Initiative,
    Mended,
)
from evenrise.workspace.learning.models.maps import (
    Component,
    ICMap,
    Level,
    Placement,
)
from evenrise.workspace.learning.models.standards import (
    SelfAnswer,
    SelfAnswered,
    SelfAssessment,
    Standard,
    StandardSet,
)
from evenrise.workspace.learning.models.teams import (
    Coaching,
    CoachingNote,
    LearningTeam,
    LearningWalk,
    TeamMeeting,
    TeamMember,
    WalkNote,
)
from evenrise.workspace.learning.models.words import (
    InitiativeState,
    MapState,
    NoteKind,
    OfferingKind,
    PartnerKind,
    PlacedBy,
    TeamKind,
)


__all__ = [
    "Coaching",
    "CoachingNote",
    "Component",
    "FeedbackGiven",
    "ICMap",
    "Initiative",
    "InitiativeState",
    "LearningCalendarKey",
    "LearningTeam",
    "LearningWalk",
    "Level",
    "MapState",
    "Mended",
    "NoteKind",
    "Offering",
    "OfferingKind",
    "Partner",
    "PartnerHours",
    "PartnerKind",
    "PlacedBy",
    "Placement",
    "SelfAnswer",
    "SelfAnswered",
    "SelfAssessment",
    "Session",
    "SessionFeedback",
    "SignUp",
    "Standard",
    "StandardSet",
    "TeamKind",
    "TeamMeeting",
    "TeamMember",
    "WalkNote",
    "WhatChanged",
]
