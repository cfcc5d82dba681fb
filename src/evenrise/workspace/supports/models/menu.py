"""The menu of supports: what there is, and what is known about each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.vocabulary.text import Text
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.models.words import Area, Evidence


class SupportKind(models.Model):
    """One kind of support a district offers. Retired ones stay, with `active` false."""

    key = models.SlugField(unique=True)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    about_en = models.CharField(max_length=500)
    about_es = models.CharField(max_length=500)
    for_whom_en = models.CharField(max_length=300, blank=True)
    for_whom_es = models.CharField(max_length=300, blank=True)
    area = models.CharField(max_length=12, choices=Area.choices)
    tier = models.SmallIntegerField(choices=[(1, "1"), (2, "2"), (3, "3")])
    evidence = models.CharField(max_length=10, choices=Evidence.choices)
    evidence_source = models.CharField(max_length=300, blank=True)
    sessions_a_week = models.DecimalField(max_digits=4, decimal_places=1)
    minutes = models.SmallIntegerField()  # of one session
    weeks = models.SmallIntegerField()
    cost = models.DecimalField(max_digits=9, decimal_places=2, null=True)  # a student
    measure_en = models.CharField(
        max_length=120, blank=True
    )  # what progress is read in
    measure_es = models.CharField(max_length=120, blank=True)
    rises = models.BooleanField(default=True)  # more of the measure is better
    active = models.BooleanField(default=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["area", "tier", "name_en"]

    @property
    def name(self) -> Text:
        """Its name."""
        return Text(self.name_en, self.name_es)


class LineReading(models.Model):
    """A line of a rule that was read on a day, to give a support to who is past it.

    The line is copied, so that it stays what it was. Taken back, it stays on record.
    """

    kind = models.ForeignKey(SupportKind, models.CASCADE, related_name="readings")
    rule_set = models.CharField(max_length=60)
    line = models.CharField(max_length=60)
    measure = models.CharField(max_length=40)
    at = models.FloatField()
    grades = models.JSONField(null=True)  # None: all
    words_en = models.CharField(max_length=300)
    words_es = models.CharField(max_length=300)
    read_on = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-read_on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "read_on"],
                condition=Q(taken_back_at__isnull=True),
                name="one_line_a_day",
            )
        ]

    @property
    def words(self) -> Text:
        """What the line says."""
        return Text(self.words_en, self.words_es)
