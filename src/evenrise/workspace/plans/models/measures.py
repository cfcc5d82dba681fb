"""What a goal promises in numbers, for all and for the gap; answers to red lights."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models.plan import Rung


class Measure(models.Model):
    """An indicator of a goal, strategy or step, with baseline, targets and date.

    Shares are 0 to 1, gaps are differences of shares (others minus group, in the good
    direction of the indicator: never negative when the group is behind). `groups` is a
    list of {"family", "group", "baseline_gap", "target_gap"}; a gap is the group beside
    all other students of the organization. Where `indicator` is blank, the measure has
    no data yet and says so; its title says what is meant.
    """

    rung = models.ForeignKey(Rung, models.CASCADE, related_name="measures")
    key = models.CharField(max_length=24)
    place = models.IntegerField(default=0)
    title_en = models.CharField(max_length=200, blank=True)
    title_es = models.CharField(max_length=200, blank=True)
    indicator = models.CharField(max_length=80, blank=True)
    definition_version = models.IntegerField(null=True)
    organization_id = models.CharField(max_length=250, blank=True)  # blank: the plan's
    baseline_year = models.SmallIntegerField(null=True)
    baseline = models.FloatField(null=True)
    target = models.FloatField(null=True)
    target_year = models.SmallIntegerField(null=True)
    groups = models.JSONField(default=list)
    note_en = models.TextField(blank=True)
    note_es = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rung", "key"], name="one_measure_a_key"),
            models.CheckConstraint(
                condition=~Q(indicator="") | ~Q(title_en="") | ~Q(title_es=""),
                name="a_measure_says_what",
            ),
        ]


class RedLightAnswer(models.Model):
    """What will be done about a measure that is not as promised; the latest counts."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="answers")
    school_year = models.SmallIntegerField()
    reading = models.CharField(max_length=30)  # the label it answers
    text_en = models.TextField(blank=True)
    text_es = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(text_en="") | ~Q(text_es=""),
                name="an_answer_says_something",
            )
        ]
