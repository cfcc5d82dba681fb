"""The catalogue of learning: what is offered, who came, what they said of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenrise.workspace.learning.models.initiatives import Initiative
from evenrise.workspace.learning.models.standards import Standard
from evenrise.workspace.learning.models.words import OfferingKind, PartnerKind
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.models.plan import InTwoLanguages


class Partner(models.Model):
    """An organization or a circle of volunteers that gives hours."""

    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=12, choices=PartnerKind.choices)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]


class PartnerHours(models.Model):
    """Hours that people of a partner gave; `people` counts them and names nobody."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="hours")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    people = models.PositiveIntegerField()
    hours = models.DecimalField(max_digits=8, decimal_places=2)  # all people together
    what = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(people__gt=0, hours__gt=0), name="somebody_gave_hours"
            )
        ]


class Offering(InTwoLanguages):
    """Something to learn: what, for whom, with how many hours and which credit."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=OfferingKind.choices)
    standards: models.ManyToManyField[Standard, Standard] = models.ManyToManyField(
        Standard, related_name="offerings"
    )
    initiative = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, related_name="offerings"
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, related_name="offerings"
    )
    roles = models.JSONField(default=list)  # for whom; none: for all staff
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    credit = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["slug"]


class Session(models.Model):
    """One time that an offering is given."""

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="sessions")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    place = models.CharField(max_length=200, blank=True)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    led_by = models.CharField(max_length=200, blank=True)  # somebody without an account
    places = models.PositiveIntegerField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["begins_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="session_in_order"
            )
        ]


class SignUp(models.Model):
    """Somebody wants to come, waits for a place, came or did not.

    `school` and `role` are where they worked then and as what. `attended` is unknown
    until somebody notes it. `batch` names the one press, or the file, that noted it, so
    that it can be taken back; `brought` says that the file signed them up as well.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField(default=timezone.now)
    waiting = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    batch = models.CharField(max_length=20, blank=True)
    brought = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "attended"])
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="signed_up_once",
            )
        ]


class SessionFeedback(models.Model):
    """Three taps and a few words on a session; nothing tells whose.

    Taps run from 1 to 4: I can use this; it fits the children I serve; my time was
    well spent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # no order to read
    session = models.ForeignKey(Session, models.CASCADE, related_name="feedback")
    useful = models.SmallIntegerField()
    fits = models.SmallIntegerField()
    time = models.SmallIntegerField()
    words = models.CharField(max_length=500, blank=True)


class FeedbackGiven(models.Model):
    """Somebody answered; what they said stands apart and cannot be joined to it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["session", "person"], name="one_feedback_a_session"
            )
        ]


class WhatChanged(models.Model):
    """What was changed because of what people said of an offering."""

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="changed")
    text_en = models.TextField(blank=True)
    text_es = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]


class LearningCalendarKey(models.Model):
    """A secret address of one person's calendar of learning; only its hash is kept."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
