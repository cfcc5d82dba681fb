"""A team's meetings by a protocol; their notes are the cycle's record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from evenrise.workspace.cycles.models.cycle import Cycle
from evenrise.workspace.people.models import Person


class Meeting(models.Model):
    """One meeting: which protocol, who does what, and where it stands.

    `protocol` names one of `starting/protocols`; `roles` maps its roles to names of
    adults. `step` counts from 0; null before the meeting begins.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="meetings")
    protocol = models.CharField(max_length=60)
    on = models.DateField()
    question = models.CharField(max_length=300, blank=True)
    roles = models.JSONField(default=dict)
    step = models.SmallIntegerField(null=True)
    step_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-id"]


class MeetingNote(models.Model):
    """What was said in one step of a meeting; names no student."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="notes")
    step = models.SmallIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["step", "id"]
