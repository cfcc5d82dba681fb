"""What teams adopted, where it worked and where it did not."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from evenrise.workspace.cycles.models.cycle import Cycle
from evenrise.workspace.insights.models import WrittenIn
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.models.plan import InTwoLanguages


class Practice(InTwoLanguages):
    """A way of working that a team adopted, for others to use: what it is, and where.

    `materials` is a list of {"name", "url"}. Retired ones stay readable.
    """

    slug = models.SlugField(max_length=80, unique=True)
    context_en = models.TextField(blank=True)
    context_es = models.TextField(blank=True)
    materials = models.JSONField(default=list)
    people: models.ManyToManyField[Person, Person] = models.ManyToManyField(
        Person, related_name="+"
    )  # whom to ask; each said yes
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    retired_at = models.DateTimeField(null=True)
    retired_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["slug"]


class PracticeTried(models.Model):
    """A cycle that tried the practice; its decision says whether it held there."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="tried")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="practices")
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["practice", "cycle"], name="tried_once_a_cycle"
            )
        ]


class SpotVisit(models.Model):
    """What visitors learned at a place to learn from, by the guide of inquiry.

    `answers` maps a question's key to what was seen and said; names no student. The
    texts stand in the `language` of their writer; blank where nobody told it.
    """

    finding_key = models.CharField(max_length=300, db_index=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    snapshot = models.CharField(max_length=64, blank=True)
    on = models.DateField()
    answers = models.JSONField(default=dict)
    hypothesis = models.TextField(blank=True)
    language = models.CharField(max_length=3, choices=WrittenIn.choices, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    shared_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-id"]


class BeliefSurvey(models.Model):
    """Beliefs and practices, asked of the staff of a place and of others.

    `statements` is a list of {"key", "en", "es"}; answers run from 1 (not at all) to 5.
    """

    name_en = models.CharField(max_length=200, blank=True)
    name_es = models.CharField(max_length=200, blank=True)
    finding_key = models.CharField(max_length=300, blank=True)
    statements = models.JSONField(default=list)
    here: models.ManyToManyField[School, School] = models.ManyToManyField(
        School, related_name="+"
    )
    elsewhere: models.ManyToManyField[School, School] = models.ManyToManyField(
        School, related_name="+"
    )
    opens_on = models.DateField()
    closes_on = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opens_on", "-id"]


class BeliefAnswer(models.Model):
    """One answer; nothing tells whose. `place` is here or elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # no order to read
    survey = models.ForeignKey(BeliefSurvey, models.CASCADE, related_name="answers")
    place = models.CharField(max_length=10)
    answers = models.JSONField()


class BeliefAnswered(models.Model):
    """Somebody answered; what they said stands apart and cannot be joined to it."""

    survey = models.ForeignKey(BeliefSurvey, models.CASCADE, related_name="answered")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["survey", "person"], name="one_belief_answer"
            )
        ]
