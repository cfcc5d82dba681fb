"""A plan and the rungs of its ladder, as people work on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenrise.vocabulary.text import Language
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.models.words import (
    PlanKind,
    RungKind,
    Service,
    StepState,
)


class Department(models.Model):
    """Who in the district answers for a step."""

    key = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar[list[str]] = ["key"]


class InTwoLanguages(models.Model):
    """A title and what is said below it; each language has its own day.

    Where one language is older than the other it is stale, and a page says so.
    """

    title_en = models.CharField(max_length=300, blank=True)
    title_es = models.CharField(max_length=300, blank=True)
    text_en = models.TextField(blank=True)
    text_es = models.TextField(blank=True)
    en_at = models.DateTimeField(null=True)
    es_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def said(self, what: str, language: Language) -> tuple[str, Language]:
        """The words for a reader, and the language in which they are written.

        Args:
            what: `title`, `text`, or another field with `_en` and `_es`.
            language: the reader's; the other one is taken where it has no words.
        """
        other: Language = "es" if language == "en" else "en"
        own = str(getattr(self, f"{what}_{language}"))
        return (
            (own, language) if own else (str(getattr(self, f"{what}_{other}")), other)
        )

    @property
    def stale(self) -> Language | None:
        """The language whose title is missing, or whose words are older."""
        if not self.title_en or not self.en_at:
            return "en"
        if not self.title_es or not self.es_at:
            return "es"
        if self.en_at == self.es_at:
            return None
        return "en" if self.en_at < self.es_at else "es"


class Plan(InTwoLanguages):
    """A plan of the district or of a school, in work; its editions are what counts.

    `parent` is the plan under which it stands: a school's under the district's, to any
    depth. School years are named by the year in which they end, as everywhere.
    `version` counts every change of anything in it.
    """

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=PlanKind.choices)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children"
    )
    begins_year = models.SmallIntegerField()
    ends_year = models.SmallIntegerField()
    template = models.CharField(max_length=60, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind=PlanKind.DISTRICT, school__isnull=True)
                | Q(kind=PlanKind.SCHOOL, school__isnull=False),
                name="a_school_plan_names_its_school",
            ),
            models.CheckConstraint(
                condition=Q(ends_year__gte=F("begins_year")), name="plan_years_in_order"
            ),
        ]


class Rung(InTwoLanguages):
    """One value, priority, goal, strategy or step.

    `key` is fixed for life and unique in its plan: files, editions and links name it.
    Numbers such as 2.3.1 are made from `place` and are not kept. `serves` is the rung
    of the plan above that it serves. A removed rung stays, so that it can come back.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rungs")
    key = models.CharField(max_length=24)
    kind = models.CharField(max_length=10, choices=RungKind.choices)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="children"
    )
    place = models.IntegerField(default=0)
    theory_en = models.TextField(blank=True)  # a goal's theory of action
    theory_es = models.TextField(blank=True)
    done_en = models.TextField(blank=True)  # what done means
    done_es = models.TextField(blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    state = models.CharField(
        max_length=10, choices=StepState.choices, default=StepState.PLANNED
    )
    state_at = models.DateTimeField(null=True)
    depends: models.ManyToManyField[Rung, Rung] = models.ManyToManyField(
        "self", symmetrical=False, related_name="needed_by"
    )
    serves = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="served_by"
    )
    lcff = models.JSONField(default=list)  # state priorities, 1 to 10
    contributing = models.BooleanField(null=True)  # to increased or improved services
    service = models.CharField(max_length=10, choices=Service.choices, blank=True)
    version = models.IntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["plan", "removed_at", "parent", "place"]),
            models.Index(fields=["person", "state", "ends_on"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "key"], name="one_rung_a_key"),
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("begins_on")),
                name="rung_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(title_en="") | ~Q(title_es=""), name="a_rung_has_a_title"
            ),
        ]


class RungVersion(models.Model):
    """A rung as it stood before a change: its part of the plan's content, whole."""

    rung = models.ForeignKey(Rung, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    content = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rung", "number"], name="one_rung_version")
        ]


class StepReport(models.Model):
    """Somebody responsible said how far a step is; the latest not taken back counts."""

    rung = models.ForeignKey(Rung, models.CASCADE, related_name="reports")
    state = models.CharField(max_length=10, choices=StepState.choices)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(state=StepState.STOPPED) | ~Q(note=""),
                name="stopped_with_a_reason",
            )
        ]
