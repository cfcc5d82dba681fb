"""What a cycle watches by the week, and where its limits were made anew."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.workspace.cycles.models.cycle import Cycle
from evenrise.workspace.cycles.models.words import ChartKind, MeasureKind, MeasurePart
from evenrise.workspace.people.models import Person, School


class CycleMeasure(models.Model):
    """One measure: a live indicator, or counts that the team keeps by hand.

    A live one is counted from the snapshot for a school and grades. `groups` are keys
    of the groups watched beside all students (vocabulary/groups.py); `good` is 1 when
    up is good, -1 when down is, 0 when neither.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="measures")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=MeasureKind.choices)
    part = models.CharField(
        max_length=10, choices=MeasurePart.choices, default=MeasurePart.OUTCOME
    )
    chart = models.CharField(max_length=4, choices=ChartKind.choices, blank=True)
    good = models.SmallIntegerField(default=1)
    unit = models.CharField(max_length=60, blank=True)
    indicator = models.CharField(max_length=80, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    grades = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    predicted = models.FloatField(null=True)  # locked with the cycle's prediction
    target = models.FloatField(null=True)
    counted_from = models.DateField(null=True)  # the first week that is watched
    place = models.IntegerField(default=0)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(kind=MeasureKind.LIVE) | ~Q(indicator=""),
                name="a_live_measure_names_its_indicator",
            ),
            models.CheckConstraint(
                condition=Q(good__in=[-1, 0, 1]), name="good_is_up_down_or_neither"
            ),
        ]


class WeekCount(models.Model):
    """One week of a measure, for all students (`group` blank) or for one group.

    `count` of `size`: students or days for a share, events by exposure; a value has no
    size. `week_on` is the Monday. A week that is left out says why and stays. A live
    week without a size is one that is not to be told; its numbers are not kept.
    """

    measure = models.ForeignKey(CycleMeasure, models.CASCADE, related_name="weeks")
    group = models.CharField(max_length=120, blank=True)
    week_on = models.DateField()
    count = models.FloatField()
    size = models.FloatField(null=True)
    students = models.IntegerField(null=True)  # how many stand behind a live count
    snapshot = models.CharField(max_length=64, blank=True)
    left_out = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["week_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["measure", "group", "week_on"], name="one_count_a_week"
            ),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__gte=0), name="size_not_below_0"
            ),
            models.CheckConstraint(
                condition=Q(students__isnull=True) | Q(students__gte=0, count__gte=0),
                name="live_counts_not_below_0",
            ),
        ]


class Phase(models.Model):
    """A person made a measure's limits anew from a week on, with a reason."""

    measure = models.ForeignKey(CycleMeasure, models.CASCADE, related_name="phases")
    begins_on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["begins_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["measure", "begins_on"],
                condition=Q(taken_back_at__isnull=True),
                name="one_phase_a_week",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_phase_has_its_reason"
            ),
        ]
