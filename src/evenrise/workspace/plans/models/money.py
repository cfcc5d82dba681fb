"""The money of steps: planned by source, school and year; spent, as it is booked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.models.plan import Rung
from evenrise.workspace.plans.models.words import FundingSource


class BudgetLine(models.Model):
    """Dollars planned for a step, from one source, in one school year.

    Without a school it is for the whole district (of a school's plan: the school).
    """

    rung = models.ForeignKey(Rung, models.CASCADE, related_name="budget")
    key = models.CharField(max_length=24)
    source = models.CharField(max_length=16, choices=FundingSource.choices)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    school_year = models.SmallIntegerField()
    planned = models.DecimalField(max_digits=14, decimal_places=2)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["school_year", "source", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rung", "key"], name="one_budget_a_key")
        ]


class Spending(models.Model):
    """Dollars spent of a budget line, booked until a day; corrections are new rows."""

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="spending")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    until = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    batch = models.CharField(max_length=16, blank=True, db_index=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["until", "id"]
