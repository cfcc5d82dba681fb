"""Words about and of a student: family contacts, their own words, notes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from evenrise.workspace.people.models import Person, School, Student


class FamilyContact(models.Model):
    """One conversation with a family, in which language, and what was agreed."""

    class How(models.TextChoices):
        """As in the record contract."""

        MEETING = "meeting"
        CALL = "call"
        MESSAGE = "message"
        VISIT = "visit"
        EVENT = "event"
        WORKSHOP = "workshop"

    class Direction(models.TextChoices):
        """Who began it."""

        FROM_FAMILY = "from_family"
        FROM_SCHOOL = "from_school"

    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    held_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    direction = models.CharField(max_length=12, choices=Direction.choices)
    language = models.CharField(max_length=8)  # BCP 47
    interpreter = models.BooleanField(default=False)
    reached = models.BooleanField(default=True)
    about = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["student", "held_on"])
        ]


class StudentVoice(models.Model):
    """The student's own words, goals and interests, as they said them."""

    class Kind(models.TextChoices):
        """What it is."""

        WORDS = "words"
        GOAL = "goal"
        INTEREST = "interest"
        HELPS = "helps"  # what helps me

    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=500)
    language = models.CharField(max_length=8)
    said_on = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "-said_on", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["student"])]


class TransitionNote(models.Model):
    """What the next school should know: strengths, what helps, a trusted adult."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    from_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    strengths = models.CharField(max_length=500)
    helps = models.CharField(max_length=500)
    trusted_adult = models.CharField(max_length=200, blank=True)
    family_wishes = models.CharField(max_length=500, blank=True)
    written_on = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-written_on", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["student"])]


class Note(models.Model):
    """A note about the work with a student.

    A restricted note is read by its author and by those whose role may read restricted
    notes and who serve the student by caseload or school (see `access.py`).
    """

    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    text = models.CharField(max_length=2000)
    restricted = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["student", "at"])]
