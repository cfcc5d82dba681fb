"""What is done for one student: tier, support, sessions, progress, reviews."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.supports.models.flags import Flag
from evenrise.workspace.supports.models.menu import SupportKind
from evenrise.workspace.supports.models.words import Area


TIERS = [(1, "1"), (2, "2"), (3, "3")]


class TierPlacement(models.Model):
    """A student is in a tier of one area, from a day on, for a reason.

    Nobody has a row for tier 1: it is for all. A change ends one row and begins
    another, so the history stays.
    """

    student = models.ForeignKey(Student, models.CASCADE, related_name="tiers")
    area = models.CharField(max_length=12, choices=Area.choices)
    tier = models.SmallIntegerField(choices=TIERS)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-begins_on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["student", "area"],
                condition=Q(ends_on__isnull=True),
                name="one_tier_an_area",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ends_on"])]


class Support(models.Model):
    """One support for one student: goal, owner, dosage, dates, rule for its end."""

    class Ended(models.TextChoices):
        """How a support ended."""

        GOAL_MET = "goal_met"
        CHANGED = "changed"  # another support follows
        STOPPED = "stopped"
        LEFT = "left"  # the student left the district

    student = models.ForeignKey(Student, models.CASCADE, related_name="supports")
    kind = models.ForeignKey(SupportKind, models.PROTECT, related_name="+")
    tier = models.SmallIntegerField(choices=TIERS)
    goal = models.CharField(max_length=500)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begins_on = models.DateField()
    review_on = models.DateField()
    planned_end_on = models.DateField()
    sessions_a_week = models.DecimalField(max_digits=4, decimal_places=1)
    sessions_planned = models.SmallIntegerField()
    minutes = models.SmallIntegerField()
    measure = models.CharField(max_length=120, blank=True)
    baseline = models.FloatField(null=True)
    target = models.FloatField(null=True)
    rises = models.BooleanField(default=True)
    exit_rule = models.CharField(max_length=300)
    because_of = models.ForeignKey(
        Flag, models.SET_NULL, null=True, related_name="supports"
    )
    ended_on = models.DateField(null=True)
    ended_how = models.CharField(max_length=10, choices=Ended.choices, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    batch = models.CharField(max_length=16, blank=True, db_index=True)  # begun together
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["review_on", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["student", "ended_on"]),
            models.Index(fields=["owner", "ended_on", "review_on"]),
            models.Index(fields=["kind", "begins_on"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(planned_end_on__gte=F("begins_on")),
                name="support_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_how=""),
                name="an_end_says_how",
            ),
        ]


class Session(models.Model):
    """One planned session of a support, given or not; taken back by `undone_at`."""

    class WhyNot(models.TextChoices):
        """Why a session was not given."""

        ABSENT = "absent"
        ADULT_AWAY = "adult_away"
        NO_TIME = "no_time"
        OTHER = "other"

    support = models.ForeignKey(Support, models.CASCADE, related_name="sessions")
    held_on = models.DateField()
    delivered = models.BooleanField()
    minutes = models.SmallIntegerField(null=True)
    why_not = models.CharField(max_length=12, choices=WhyNot.choices, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    batch = models.CharField(max_length=16, blank=True, db_index=True)  # from one file

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["support", "held_on"])
        ]


class ProgressPoint(models.Model):
    """One reading of a support's measure on a day."""

    support = models.ForeignKey(Support, models.CASCADE, related_name="points")
    on = models.DateField()
    value = models.FloatField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "id"]


class Review(models.Model):
    """A review of a support: what was decided, why, and when to look again.

    `before` is what the support's plan said until then, so that a review can be taken
    back the same day; taken back, it stays on record.
    """

    class Decision(models.TextChoices):
        """What a review can decide."""

        CONTINUE = "continue"
        CHANGE = "change"
        INTENSIFY = "intensify"
        FADE = "fade"
        EXIT = "exit"

    support = models.ForeignKey(Support, models.CASCADE, related_name="reviews")
    on = models.DateField()
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.CharField(max_length=500)
    next_on = models.DateField(null=True)
    before = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-id"]
