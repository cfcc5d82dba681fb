"""Standards of professional learning by name, and what staff say of them together."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenrise.workspace.people.models import Person, School


class StandardSet(models.Model):
    """A list of standards: a published one by name alone, or the district's own."""

    key = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(max_length=160)
    name_es = models.CharField(max_length=160, blank=True)
    year = models.SmallIntegerField(null=True)
    own = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)
    used = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["own", "key"]


class Standard(models.Model):
    """One standard: its name, and the frame it belongs to."""

    standards = models.ForeignKey(StandardSet, models.CASCADE, related_name="items")
    key = models.SlugField(max_length=60)
    frame_en = models.CharField(max_length=120, blank=True)
    frame_es = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=160)
    name_es = models.CharField(max_length=160, blank=True)
    about_en = models.TextField(blank=True)  # a district's own words only
    about_es = models.TextField(blank=True)
    place = models.IntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["standards", "key"], name="one_standard_a_key"
            )
        ]


class SelfAssessment(models.Model):
    """Staff say, without their names, how far each standard holds where they work."""

    standards = models.ForeignKey(StandardSet, models.PROTECT, related_name="+")
    opens_on = models.DateField()
    closes_on = models.DateField()
    schools: models.ManyToManyField[School, School] = models.ManyToManyField(
        School, related_name="+"
    )  # none: all of the district
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opens_on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="assessment_in_order"
            )
        ]


class SelfAnswer(models.Model):
    """One answer: standard > 1 (not yet) to 4 (everywhere); nothing tells whose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # no order to read
    assessment = models.ForeignKey(
        SelfAssessment, models.CASCADE, related_name="answers"
    )
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField()


class SelfAnswered(models.Model):
    """Somebody answered; what they said stands apart and cannot be joined to it."""

    assessment = models.ForeignKey(
        SelfAssessment, models.CASCADE, related_name="answered"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["assessment", "person"], name="one_self_answer"
            )
        ]
