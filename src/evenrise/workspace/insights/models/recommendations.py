"""What a reviewer asks of the district or a school, and how it was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.models.evidence import Evidence
from evenrise.workspace.people.models import Person, School


class AnswerVerdict(models.TextChoices):
    """How a recommendation was answered."""

    ACCEPTED = "accepted", _("Accepted")
    CHANGED = "changed", _("Accepted with a change")
    DECLINED = "declined", _("Declined")


class Recommendation(models.Model):
    """What a reviewer asks. Without a school it is for the district.

    Each language has its own day: where one is older than the other it is marked.
    """

    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    text_en = models.TextField(blank=True)
    text_es = models.TextField(blank=True)
    en_at = models.DateTimeField(null=True)
    es_at = models.DateTimeField(null=True)
    evidence = models.ManyToManyField(Evidence, related_name="recommendations")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_en="") | ~Q(text_es=""), name="says_something"
            )
        ]

    def text_in(self, language: Language) -> tuple[str, Language]:
        """The text for a reader, and the language in which it is written."""
        own, other = (
            (self.text_en, self.text_es)
            if language == "en"
            else (self.text_es, self.text_en)
        )
        if own:
            return own, language
        return other, "es" if language == "en" else "en"

    @property
    def stale(self) -> Language | None:
        """The language whose text is missing or older than the other's."""
        if not self.text_en or not self.en_at:
            return "en"
        if not self.text_es or not self.es_at:
            return "es"
        if self.en_at == self.es_at:
            return None
        return "en" if self.en_at < self.es_at else "es"


class StandsOn(models.Model):
    """A finding on which a recommendation stands."""

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="findings"
    )
    finding_key = models.CharField(max_length=300, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "finding_key"], name="one_stand"
            )
        ]


class RecommendationVersion(models.Model):
    """A recommendation as it stood before a change."""

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="versions"
    )
    number = models.IntegerField()
    text_en = models.TextField(blank=True)
    text_es = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "number"], name="one_asked_version"
            )
        ]


class Answer(models.Model):
    """How a recommendation was answered; the latest counts."""

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="answers"
    )
    verdict = models.CharField(max_length=10, choices=AnswerVerdict.choices)
    reason = models.TextField()
    on_version = models.IntegerField()  # of the recommendation
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    latest = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(latest=True),
                name="one_latest_answer",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="with_a_reason"),
        ]
