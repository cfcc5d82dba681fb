"""The student's own words, as their page and the team's page show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.models import StudentVoice
from evenrise.workspace.supports.queries.teams import leads_student


KINDS = {
    StudentVoice.Kind.WORDS: _("What I want you to know"),
    StudentVoice.Kind.GOAL: _("My goals"),
    StudentVoice.Kind.INTEREST: _("What interests me"),
    StudentVoice.Kind.HELPS: _("What helps me"),
}


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """One thing a student said, in the language in which they said it."""

    key: int
    text: str
    language: str
    said: str
    by: str
    withdraws: bool


@dataclass(frozen=True, slots=True)
class VoiceGroup:
    """What a student said of one kind, the latest first."""

    title: str
    lines: tuple[VoiceLine, ...]


@dataclass(frozen=True, slots=True)
class VoicePart:
    """The student's own words, at the top of their page."""

    student_id: str
    groups: tuple[VoiceGroup, ...]
    withdrawn: tuple[VoiceLine, ...]  # what the reader took back


def voice_part(person: Person, student: Student, reach: Reach) -> VoicePart | None:
    """What a student says of themselves; for whoever supports students."""
    del reach
    if not may_support(person):
        return None
    rows = list(
        StudentVoice.objects.filter(student=student)
        .select_related("by")
        .order_by("-said_on", "-pk")
    )
    leads, language = leads_student(person, student), page_language()

    def line(row: StudentVoice) -> VoiceLine:
        return VoiceLine(
            row.pk,
            row.text,
            row.language,
            day_words(row.said_on, language),
            "" if row.by is None else row.by.name,
            leads or row.by_id == person.pk,
        )

    standing = [row for row in rows if row.withdrawn_at is None]
    groups = (
        VoiceGroup(str(title), tuple(line(row) for row in standing if row.kind == kind))
        for kind, title in KINDS.items()
    )
    taken = (r for r in rows if r.withdrawn_at is not None and r.by_id == person.pk)
    return VoicePart(
        student.student_id,
        tuple(group for group in groups if group.lines),
        tuple(line(row) for row in taken),
    )
