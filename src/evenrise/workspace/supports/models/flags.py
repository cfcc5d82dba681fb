"""Flags: which line a student crossed, since when, why; and what people answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.workspace.people.models import Person, School, Student
from evenrise.workspace.supports.models.words import Domain, State


class RuleChoice(models.Model):
    """Which rule set holds from a day on; the district's own lines stand in `lines`.

    Nothing is overwritten: the choice with the latest `begins_on` that has come holds.
    """

    rule_set = models.CharField(max_length=60)
    lines = models.JSONField(default=list)  # empty for a published set
    begins_on = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-begins_on", "-id"]


class FlagRun(models.Model):
    """Once that all students were looked at, with what was known on a day."""

    snapshot = models.CharField(max_length=16)
    as_of = models.DateField()
    rule_set = models.CharField(max_length=60)
    made_at = models.DateTimeField(default=timezone.now)
    students = models.IntegerField()
    flagged = models.IntegerField()
    no_data = models.IntegerField()  # students with a domain that is not known

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]


class WatchState(models.Model):
    """What is known of one student today, by domain: one row a student enrolled."""

    student = models.OneToOneField(
        Student, models.CASCADE, primary_key=True, related_name="watch"
    )
    attendance = models.SmallIntegerField(choices=State.choices)
    behavior = models.SmallIntegerField(choices=State.choices)
    course = models.SmallIntegerField(choices=State.choices)
    flags = models.SmallIntegerField(default=0)  # domains with a flag today
    unknown = models.SmallIntegerField(default=0)  # domains not known today
    run = models.ForeignKey(FlagRun, models.CASCADE, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["flags", "student"])
        ]


class Flag(models.Model):
    """One stretch of time in which a student was beyond a line of one domain.

    It opens with the first run that found it and closes with the first that does not
    (`closed_on`), so it cannot stay on a student by being forgotten. `reasons` are
    the structured reasons of the latest run: see `indicators/flags`.
    """

    student = models.ForeignKey(Student, models.CASCADE, related_name="flags")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    domain = models.CharField(max_length=12, choices=Domain.choices)
    level = models.SmallIntegerField(choices=State.choices)
    rule_set = models.CharField(max_length=60)
    opened_on = models.DateField()
    seen_on = models.DateField()  # the latest day on which it still held
    closed_on = models.DateField(null=True)
    reasons = models.JSONField(default=list)
    # Answered: the first session delivered after it opened (kept by actions of care).
    first_session_on = models.DateField(null=True)
    first_support_on = models.DateField(null=True)  # a support was planned

    class Meta:
        ordering: ClassVar[list[str]] = ["-level", "opened_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["student", "domain"],
                condition=Q(closed_on__isnull=True),
                name="one_open_flag",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["student", "closed_on"]),
            # Of the open ones alone: an index that begins with `closed_on` would be
            # taken for the list of a whole district, and all of it sorted.
            models.Index(
                fields=["school", "domain"],
                condition=Q(closed_on__isnull=True),
                name="flags_of_school",
            ),
            # The order of the list of a whole district: where nothing has begun, and
            # where something has.
            models.Index(
                fields=["-level", "opened_on", "id"],
                condition=Q(closed_on__isnull=True, first_support_on__isnull=True),
                name="flags_waiting",
            ),
            models.Index(
                fields=["-level", "opened_on", "id"],
                condition=Q(closed_on__isnull=True, first_support_on__isnull=False),
                name="flags_begun",
            ),
        ]


class FlagAnswer(models.Model):
    """What a person said about a flag: set aside for a while, or contested.

    `until` ends it: a flag set aside comes back by itself.
    """

    class Kind(models.TextChoices):
        """What was answered."""

        SET_ASIDE = "set_aside"
        CONTESTED = "contested"  # the student or family says a fact is wrong
        TAKEN_BACK = "taken_back"

    flag = models.ForeignKey(Flag, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.CharField(max_length=500)
    until = models.DateField(null=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]


class CardSet(models.Model):
    """What the district's own past says of the rule and of a model, for one snapshot.

    `content` is what `findings/early_warning` wrote; it names no student.
    """

    snapshot = models.CharField(max_length=16, unique=True)
    as_of = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()
