"""Teams and their meetings: agenda, decisions, and who must act until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from evenrise.workspace.people.models import Person, School, Student
from evenrise.workspace.supports.models.care import Support
from evenrise.workspace.supports.models.flags import Flag


class Team(models.Model):
    """Adults of one school who meet about students."""

    name = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]


class TeamMember(models.Model):
    """One adult of a team."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    leads = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["team", "person"], name="one_seat")
        ]


class Meeting(models.Model):
    """One meeting of a team. The recap goes to those who must act, once."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="meetings")
    held_on = models.DateField()
    notes = models.TextField(blank=True)  # about the work, never about a student
    closed_at = models.DateTimeField(null=True)
    recap_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]


class MeetingItem(models.Model):
    """One student on the agenda: why, what was decided, who acts until when."""

    class Why(models.TextChoices):
        """Why the student is on the agenda."""

        FLAG = "flag"
        REVIEW = "review"
        ADDED = "added"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    why = models.CharField(max_length=8, choices=Why.choices)
    flag = models.ForeignKey(Flag, models.SET_NULL, null=True, related_name="+")
    support = models.ForeignKey(Support, models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    place = models.SmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "student"], name="once_an_agenda"
            )
        ]
