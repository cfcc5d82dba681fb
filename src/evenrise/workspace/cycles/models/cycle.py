"""A cycle and its team."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenrise.workspace.cycles.models.words import (
    DECIDED,
    CycleState,
    MemberRole,
    StartsFrom,
)
from evenrise.workspace.insights.models import WrittenIn
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.models import Rung
from evenrise.workspace.plans.models.plan import InTwoLanguages


class Cycle(InTwoLanguages):
    """One inquiry: what a team asked, tried, saw and decided.

    Private to its team until `shared_at`. The title stands in both languages where
    somebody wrote both; `text` is what the cycle found, in words for everybody; all
    other words stand in the `language` of the team. Once `locked_at` is set, the
    prediction never changes. A removed cycle stays, so that it can come back.
    """

    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=3, choices=WrittenIn.choices)
    starts_from = models.CharField(max_length=10, choices=StartsFrom.choices)
    finding_key = models.CharField(max_length=300, blank=True, db_index=True)
    headline_en = models.TextField(blank=True)  # the finding's words as they stood
    headline_es = models.TextField(blank=True)
    snapshot = models.CharField(max_length=64, blank=True)
    rung = models.ForeignKey(Rung, models.SET_NULL, null=True, related_name="cycles")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followed_by"
    )
    notice = models.TextField(blank=True)
    wonder = models.TextField(blank=True)
    aim = models.TextField(blank=True)
    groups = models.JSONField(default=list)  # keys of the groups that the aim names
    change = models.TextField(blank=True)  # what is tried
    where = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=300, blank=True)
    how_small = models.CharField(max_length=300, blank=True)
    begins_on = models.DateField(null=True)  # the change's first day
    until = models.DateField(null=True)
    prediction = models.TextField(blank=True)
    locked_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=10, choices=CycleState.choices, default=CycleState.DRAFT
    )
    result = models.TextField(blank=True)
    side_effects = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField(null=True)
    shared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["shared_at", "state", "removed_at"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(title_en="") | ~Q(title_es=""), name="a_cycle_has_a_title"
            ),
            models.CheckConstraint(
                condition=Q(state=CycleState.DRAFT) | Q(locked_at__isnull=False),
                name="tried_with_its_prediction_locked",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | ~Q(reason=""),
                name="decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True)
                | Q(until__isnull=True)
                | Q(until__gte=F("begins_on")),
                name="cycle_ends_after_it_begins",
            ),
        ]


class CycleMember(models.Model):
    """Somebody of the team; leaving keeps the row and ends the reading."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(
        max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER
    )
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["role", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cycle", "person"],
                condition=Q(left_at__isnull=True),
                name="once_in_a_team",
            )
        ]


class CycleVersion(models.Model):
    """A cycle's own words as they stood before a change, to go back to."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    content = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cycle", "number"], name="one_cycle_version"
            )
        ]
