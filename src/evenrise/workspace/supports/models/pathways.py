"""Pathways as the current snapshot tells them: one row a student of grades 9 to 12."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.people.models import Student


class PathwayState(models.IntegerChoices):
    """What is known of one pathway; as in `indicators/pathways/compute.py`."""

    NOT_KNOWN = -1, _("Not known")
    OPEN = 0, _("Still open")
    UNDER_WAY = 1, _("Under way")
    DONE = 2, _("Done")


class Pathways(models.Model):
    """One student's four pathways; made anew when a snapshot becomes current.

    `areas_met` and `areas_now` are sets of bits: area A is 1, G is 64. `detail` holds
    the numbers behind them, in the order of `DETAIL`, so that a student's page need not
    ask the snapshot again.
    """

    DETAIL: ClassVar[tuple[str, ...]] = (
        "credits_asked",
        "years_missing",
        *(f"years_{area}" for area in "ABCDEFG"),
        "career_courses",
        "career_now",
        "language_years",
        "language_now",
    )

    student = models.OneToOneField(
        Student, models.CASCADE, primary_key=True, related_name="pathways"
    )
    graduation = models.SmallIntegerField(choices=PathwayState.choices)
    a_g = models.SmallIntegerField(choices=PathwayState.choices)
    career = models.SmallIntegerField(choices=PathwayState.choices)
    biliteracy = models.SmallIntegerField(choices=PathwayState.choices)
    credits_earned = models.FloatField(null=True)
    credits_usual = models.FloatField()
    areas_met = models.SmallIntegerField()
    areas_now = models.SmallIntegerField()
    detail = models.JSONField(default=list)
