"""Known by: an adult says that they know a student well; and advisories."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.workspace.people.models import Person, School, Student


class KnownBy(models.Model):
    """One adult knows one student well: they said so, and did not take it back."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    student = models.ForeignKey(Student, models.CASCADE, related_name="known_by")
    since = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "student"],
                condition=Q(ended_on__isnull=True),
                name="known_once",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["student", "ended_on"])
        ]


class Advisory(models.Model):
    """A small group of students with one adult who follows them."""

    name = models.CharField(max_length=120)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]


class AdvisoryPlace(models.Model):
    """One student in one advisory."""

    advisory = models.ForeignKey(Advisory, models.CASCADE, related_name="places")
    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    since = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(ended_on__isnull=True),
                name="one_advisory",
            )
        ]
