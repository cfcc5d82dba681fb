"""Briefings in two languages, and releases: what everybody may read, by two people."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenrise.vocabulary.text import LANGUAGES
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models import Edition as PlanEdition
from evenrise.workspace.reports.states import State


class Briefing(models.Model):
    """A report for an audience, of one snapshot: a choice of findings, with words.

    `findings` are keys in reading order. The words stand in its editions.
    """

    slug = models.SlugField(max_length=80, unique=True)
    snapshot = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)  # counts every edit of anything

    class Meta:
        ordering = ["-changed_at"]


class Edition(models.Model):
    """A briefing in one language.

    `version` counts the edits of its own words; `follows` is the version of the other
    edition that it was last brought in line with. An edition whose other has moved on
    is stale and says so; it is never replaced by the other language.
    """

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="editions")
    language = models.CharField(max_length=2, choices=[(x, x) for x in LANGUAGES])
    title = models.CharField(max_length=200)
    opening = models.TextField(blank=True)
    notes = models.JSONField(default=dict)  # finding's key: the author's words on it
    closing = models.TextField(blank=True)
    version = models.IntegerField(default=1)
    follows = models.IntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["briefing", "language"], name="one_edition_a_language"
            )
        ]


class Release(models.Model):
    """Something on its way to everybody: a snapshot's figures, a briefing, or a plan.

    `content` is the hash of exactly what would be read; an approval names it, and
    counts only while it is the same. `number` orders what was made public. `told` are
    the bytes of what a plan tells everybody (`plan_public.py`), written once.
    """

    kind = models.CharField(
        max_length=10, choices=[(x, x) for x in ("figures", "briefing", "plan")]
    )
    state = models.CharField(
        max_length=12, choices=[(s, s) for s in State], default=State.PREPARING
    )
    snapshot = models.CharField(max_length=64)
    briefing = models.ForeignKey(
        Briefing, models.PROTECT, null=True, related_name="releases"
    )
    plan_edition = models.ForeignKey(
        PlanEdition, models.PROTECT, null=True, related_name="releases"
    )
    told = models.BinaryField(null=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    content = models.CharField(max_length=64, blank=True)
    beside = models.IntegerField(default=0)  # releases in the ledger when prepared
    file = models.CharField(max_length=120, blank=True)  # in home/public
    done = models.FloatField(default=0)  # of the preparation, 0 to 1
    step = models.CharField(max_length=120, blank=True)
    number = models.IntegerField(null=True, unique=True)
    public_at = models.DateTimeField(null=True)
    public_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    reason_es = models.CharField(max_length=500, blank=True)  # where we say it

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="figures", briefing__isnull=True, plan_edition__isnull=True
                )
                | Q(kind="briefing", briefing__isnull=False, plan_edition__isnull=True)
                | Q(
                    kind="plan",
                    briefing__isnull=True,
                    plan_edition__isnull=False,
                    told__isnull=False,
                ),
                name="what_it_is_of_is_named",
            ),
            models.CheckConstraint(
                condition=Q(public_at__isnull=True, public_by__isnull=True)
                | Q(public_at__isnull=False, public_by__isnull=False),
                name="who_and_when_it_became_public",
            ),
        ]


class Approval(models.Model):
    """A second person has read exactly this content and stands behind it."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="approvals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    content = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=500, blank=True)
    taken_away_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "person", "content"],
                condition=Q(taken_away_at__isnull=True),
                name="one_approval_a_person",
            ),
            models.CheckConstraint(
                condition=Q(taken_away_at__isnull=True) | Q(taken_away_at__gte=F("at")),
                name="taken_away_after_given",
            ),
        ]
