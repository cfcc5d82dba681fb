"""What people decide, say, write and ask about what the review found."""

from __future__ import annotations

from evenrise.workspace.insights.models.evidence import (
    Evidence,
    EvidenceKind,
    EvidenceLink,
    EvidenceVersion,
    LinkKind,
    Quote,
    Readers,
    SaidBy,
    Theme,
    WrittenIn,
)
from evenrise.workspace.insights.models.findings import (
    Decision,
    Remark,
    RemarkVersion,
    Start,
    StartKind,
    Verdict,
)
from evenrise.workspace.insights.models.recommendations import (
    Answer,
    AnswerVerdict,
    Recommendation,
    RecommendationVersion,
    StandsOn,
)


__all__ = [
    "Answer",
    "AnswerVerdict",
    "Decision",
    "Evidence",
    "EvidenceKind",
    "EvidenceLink",
    "EvidenceVersion",
    "LinkKind",
    "Quote",
    "Readers",
    "Recommendation",
    "RecommendationVersion",
    "Remark",
    "RemarkVersion",
    "SaidBy",
    "StandsOn",
    "Start",
    "StartKind",
    "Theme",
    "Verdict",
    "WrittenIn",
]
