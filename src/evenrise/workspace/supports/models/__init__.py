"""What the room keeps; one file a subject."""

from __future__ import annotations

from evenrise.workspace.supports.models.care import (
    ProgressPoint,
    Review,
    Session,
    Support,
    TierPlacement,
)
from evenrise.workspace.supports.models.effects import (
    EffectSet,
    KeptAnswer,
    StudentGroups,
)
from evenrise.workspace.supports.models.flags import (
    CardSet,
    Flag,
    FlagAnswer,
    FlagRun,
    RuleChoice,
    WatchState,
)
from evenrise.workspace.supports.models.known import Advisory, AdvisoryPlace, KnownBy
from evenrise.workspace.supports.models.meetings import (
    Meeting,
    MeetingItem,
    Team,
    TeamMember,
)
from evenrise.workspace.supports.models.menu import LineReading, SupportKind
from evenrise.workspace.supports.models.notes import (
    FamilyContact,
    Note,
    StudentVoice,
    TransitionNote,
)
from evenrise.workspace.supports.models.pathways import Pathways, PathwayState
from evenrise.workspace.supports.models.words import (
    AREA_NAMES,
    STATE_NAMES,
    Area,
    Domain,
    Evidence,
    State,
)


__all__ = [
    "AREA_NAMES",
    "STATE_NAMES",
    "Advisory",
    "AdvisoryPlace",
    "Area",
    "CardSet",
    "Domain",
    "EffectSet",
    "Evidence",
    "FamilyContact",
    "Flag",
    "FlagAnswer",
    "FlagRun",
    "KeptAnswer",
    "KnownBy",
    "LineReading",
    "Meeting",
    "MeetingItem",
    "Note",
    "PathwayState",
    "Pathways",
    "ProgressPoint",
    "Review",
    "RuleChoice",
    "Session",
    "State",
    "StudentGroups",
    "StudentVoice",
    "Support",
    "SupportKind",
    "Team",
    "TeamMember",
    "TierPlacement",
    "TransitionNote",
    "WatchState",
]
