"""Maps of practice (innovation configurations) and where a practice was placed."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.workspace.learning.models.standards import Standard
from evenrise.workspace.learning.models.words import MapState, PlacedBy
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.models.plan import InTwoLanguages


class ICMap(InTwoLanguages):
    """A map: for a role, from the ideal (level 1) to not yet (3 to 6 levels)."""

    slug = models.SlugField(max_length=80, unique=True)
    role_en = models.CharField(max_length=120, blank=True)
    role_es = models.CharField(max_length=120, blank=True)
    standard = models.ForeignKey(
        Standard, models.SET_NULL, null=True, related_name="maps"
    )
    levels = models.SmallIntegerField(
        default=4, validators=[MinValueValidator(3), MaxValueValidator(6)]
    )
    state = models.CharField(
        max_length=10, choices=MapState.choices, default=MapState.DRAFT
    )
    example = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(levels__gte=3, levels__lte=6), name="three_to_six_levels"
            )
        ]


class Component(models.Model):
    """One component of a map and the outcome that is wanted of it."""

    map = models.ForeignKey(ICMap, models.CASCADE, related_name="components")
    key = models.SlugField(max_length=40)
    name_en = models.CharField(max_length=200, blank=True)
    name_es = models.CharField(max_length=200, blank=True)
    outcome_en = models.TextField(blank=True)
    outcome_es = models.TextField(blank=True)
    place = models.IntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["map", "key"], name="one_component_a_key")
        ]


class Level(models.Model):
    """What one sees at a level of a component; 1 is the ideal."""

    component = models.ForeignKey(Component, models.CASCADE, related_name="levels")
    number = models.SmallIntegerField()
    text_en = models.TextField(blank=True)
    text_es = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["component", "number"], name="one_level_a_number"
            )
        ]


class Placement(models.Model):
    """A practice placed at a level, with what was seen.

    `person` is whose practice it is. They read it; so does whoever coaches them and
    wrote it; nobody above them ever. Schools see distributions of ten and more.
    """

    component = models.ForeignKey(Component, models.PROTECT, related_name="placements")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    level = models.SmallIntegerField()
    evidence = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=PlacedBy.choices)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["component", "school", "on"]),
            models.Index(fields=["person", "component", "on"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=6), name="level_one_to_six"
            )
        ]
