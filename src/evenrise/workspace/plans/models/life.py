"""A plan's life: hearing, adoption, comments and what became of them, reviews."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenrise.workspace.insights.models import Theme, WrittenIn
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models.plan import Plan, Rung
from evenrise.workspace.plans.models.words import EditionState, HeardBy


class Edition(models.Model):
    """A plan, frozen: what was heard, or what was adopted.

    `content` are the canonical bytes of the plan's content and `digest` their SHA-256;
    they are written once. A hearing comes before an adoption on a later day.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="editions")
    number = models.IntegerField()
    state = models.CharField(max_length=10, choices=EditionState.choices)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    why_en = models.TextField(blank=True)  # what an amendment is for
    why_es = models.TextField(blank=True)
    hearing_on = models.DateField(null=True)
    hearing_until = models.DateField(null=True)  # comments are taken until then
    hearing_place_en = models.CharField(max_length=300, blank=True)
    hearing_place_es = models.CharField(max_length=300, blank=True)
    adopted_on = models.DateField(null=True)
    votes_yes = models.SmallIntegerField(null=True)
    votes_no = models.SmallIntegerField(null=True)
    votes_abstain = models.SmallIntegerField(null=True)
    votes_absent = models.SmallIntegerField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    adopted_by = models.ForeignKey(  # who recorded the vote
        Person, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="one_edition_number"
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state=EditionState.ADOPTED),
                name="one_adopted_edition",
            ),
            models.CheckConstraint(
                condition=Q(adopted_on__isnull=True)
                | Q(hearing_on__isnull=True)
                | Q(adopted_on__gt=F("hearing_on")),
                name="adopted_after_the_hearing",
            ),
        ]


class Comment(models.Model):
    """What somebody said of an edition; `name` and `reach` are never public.

    A comment from the public site is read by a person before it is shown: it counts
    from `accepted_at` on. `public_text` stands in its place where it named somebody.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="comments")
    rung_key = models.CharField(max_length=24, blank=True)  # of the edition's content
    language = models.CharField(max_length=3, choices=WrittenIn.choices)
    text = models.TextField()
    public_text = models.TextField(blank=True)
    heard_by = models.CharField(max_length=10, choices=HeardBy.choices)
    said_on = models.DateField()
    name = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=200, blank=True)  # mail or telephone
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["said_on", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "accepted_at", "refused_at"])
        ]


class WeDid(models.Model):
    """What was done about comments, or about a theme of what people said.

    "You said, we did": also when the answer is no, with the reason.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="we_did")
    comments: models.ManyToManyField[Comment, WeDid] = models.ManyToManyField(
        Comment, related_name="we_did"
    )
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="+")
    rung = models.ForeignKey(Rung, models.SET_NULL, null=True, related_name="we_did")
    changed = models.BooleanField()  # whether the plan changed because of it
    text_en = models.TextField(blank=True)
    text_es = models.TextField(blank=True)
    en_at = models.DateTimeField(null=True)
    es_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]


class ReviewMeeting(models.Model):
    """A mid-year look at the plan; closing it freezes its page in `page`."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="reviews")
    title_en = models.CharField(max_length=200, blank=True)
    title_es = models.CharField(max_length=200, blank=True)
    held_on = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    page = models.JSONField(null=True)  # steps, readings and decisions as they stood

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]


class ReviewItem(models.Model):
    """One rung or measure on a review's table: what was seen, what was decided."""

    review = models.ForeignKey(ReviewMeeting, models.CASCADE, related_name="items")
    rung = models.ForeignKey(Rung, models.CASCADE, related_name="+")
    noticed = models.TextField(blank=True)
    decided = models.TextField(blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "rung"], name="one_item_a_rung")
        ]


class Reminder(models.Model):
    """A mail that went to a step's owner; one a step, kind and day it was due."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    rung = models.ForeignKey(Rung, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)  # begins, ends, late
    due_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "rung", "kind", "due_on"], name="one_reminder"
            )
        ]


class CalendarKey(models.Model):
    """A secret address of one person's calendar of steps; only its hash is kept."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
