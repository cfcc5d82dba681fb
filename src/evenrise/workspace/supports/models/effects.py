"""What is known of whether somebody acted and whether it helped, kept for reading."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from evenrise.workspace.people.models import Student


class EffectSet(models.Model):
    """The readings of every support, made from one snapshot; they name no student.

    `content` is what `findings/support_effects` wrote.
    """

    snapshot = models.CharField(max_length=16, unique=True)
    as_of = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]


class StudentGroups(models.Model):
    """The groups of one student in this school year, as `groups.py` writes them.

    A copy of the current snapshot's, renewed with it; for counting, never for choosing
    a student. A student of whom nothing is collected has no row.
    """

    student = models.OneToOneField(
        Student, models.CASCADE, primary_key=True, related_name="group_codes"
    )
    codes = models.CharField(max_length=60)


class KeptAnswer(models.Model):
    """The figures of a page about the whole district, counted aside.

    Half a million students cannot be counted while somebody waits; smaller districts
    and schools are counted when the page opens, and read no row of this. `made_at` is
    also moved when they are asked for anew, so that one reader asks and not each.
    """

    key = models.CharField(max_length=20, unique=True)  # acted | tiers | known
    made_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()
