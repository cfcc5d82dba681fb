"""An initiative: learning reached them, practice changed, students gained."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.workspace.cycles.models import Practice
from evenrise.workspace.learning.models.maps import ICMap
from evenrise.workspace.learning.models.words import InitiativeState
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.models import Rung
from evenrise.workspace.plans.models.plan import InTwoLanguages


class Initiative(InTwoLanguages):
    """What the district asks adults to learn, how practice shows it, whom it serves.

    `hours` is the dosage that somebody should reach; `level` the level of the map at
    which a practice counts as changed. Indicator, group and schools name the facts that
    it should move: of the year before `begins_year` and every year since.
    """

    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(
        max_length=10, choices=InitiativeState.choices, default=InitiativeState.PLANNED
    )
    practice = models.ForeignKey(
        Practice, models.PROTECT, null=True, related_name="initiatives"
    )
    rung = models.ForeignKey(
        Rung, models.SET_NULL, null=True, related_name="initiatives"
    )
    map = models.ForeignKey(
        ICMap, models.PROTECT, null=True, related_name="initiatives"
    )
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    level = models.SmallIntegerField(default=2)
    roles = models.JSONField(default=list)  # whom the learning is for
    schools: models.ManyToManyField[School, School] = models.ManyToManyField(
        School, related_name="+"
    )  # none: all of the district
    indicator = models.CharField(max_length=80, blank=True)
    group_family = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=60, blank=True)
    begins_on = models.DateField()
    begins_year = models.SmallIntegerField()  # the school year, by its spring
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(title_en="") | ~Q(title_es=""),
                name="an_initiative_has_a_title",
            )
        ]


class Mended(models.Model):
    """What was mended where the chain broke, or changed because of what people said."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="mended")
    link = models.CharField(max_length=12)  # reached, practice, students
    text_en = models.TextField(blank=True)
    text_es = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
