"""Whom a team asked, which causes it considered, and its theory of improvement."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.workspace.cycles.models.cycle import Cycle
from evenrise.workspace.cycles.models.words import CauseState, DriverKind
from evenrise.workspace.insights.models import Evidence, SaidBy
from evenrise.workspace.people.models import Person


class Voice(models.Model):
    """Whom the team asked, and what they said; names no student."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="voices")
    said_by = models.CharField(max_length=12, choices=SaidBy.choices)
    how_many = models.PositiveIntegerField(null=True)
    said = models.TextField()
    asked_on = models.DateField(null=True)
    evidence = models.ForeignKey(Evidence, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]


class Cause(models.Model):
    """A cause that the team considered; ruled out or likely only with evidence."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="causes")
    text = models.CharField(max_length=300)
    state = models.CharField(
        max_length=10, choices=CauseState.choices, default=CauseState.OPEN
    )
    evidence = models.TextField(blank=True)
    finding_key = models.CharField(max_length=300, blank=True)
    place = models.IntegerField(default=0)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state=CauseState.OPEN) | ~Q(evidence=""),
                name="ruled_out_with_evidence",
            )
        ]


class Driver(models.Model):
    """One rung below the aim: a driver, what it needs, or a change idea.

    `tried` marks the idea that this cycle tests.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="drivers")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="children"
    )
    kind = models.CharField(max_length=10, choices=DriverKind.choices)
    text = models.CharField(max_length=300)
    place = models.IntegerField(default=0)
    tried = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "id"]
