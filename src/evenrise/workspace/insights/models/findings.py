"""What people decided and said about findings; all of it belongs to a finding's key.

A key survives new snapshots: what was kept in October is still kept in November, and
the page can say that the numbers changed since, because the finding's words are stored
as they stood.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.vocabulary.text import Text
from evenrise.workspace.people.models import Person


class Verdict(models.TextChoices):
    """What was decided about a finding; `open` is a decision taken back."""

    KEPT = "kept", _("Kept")
    SET_ASIDE = "set_aside", _("Set aside")
    OPEN = "open", _("Not decided")


class StartKind(models.TextChoices):
    """What a finding may become the start of."""

    PLAN = "plan", _("A plan")
    CYCLE = "cycle", _("A cycle of inquiry")


class AsItStood(models.Model):
    """A finding as it read at that moment, in both languages; protected words only."""

    finding_key = models.CharField(max_length=300, db_index=True)
    finding_kind = models.CharField(max_length=30)
    indicator = models.CharField(max_length=80, blank=True)
    organization_id = models.CharField(max_length=250)
    headline_en = models.TextField()
    headline_es = models.TextField()
    sentence_en = models.TextField()
    sentence_es = models.TextField()
    snapshot = models.CharField(max_length=64)

    class Meta:
        abstract = True

    @property
    def headline(self) -> Text:
        """The headline as it stood."""
        return Text(self.headline_en, self.headline_es)

    @property
    def sentence(self) -> Text:
        """The sentence as it stood."""
        return Text(self.sentence_en, self.sentence_es)


class Decision(AsItStood):
    """One decision about a finding; the latest counts, the others are its history."""

    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    latest = models.BooleanField(default=True)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["latest", "verdict"])]
        constraints = [
            models.UniqueConstraint(
                fields=["finding_key"],
                condition=Q(latest=True),
                name="one_latest_decision",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="set_aside") | ~Q(reason=""),
                name="set_aside_with_a_reason",
            ),
        ]


class Remark(models.Model):
    """What somebody said about a finding; an edit keeps what stood before."""

    finding_key = models.CharField(max_length=300, db_index=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now, db_index=True)
    version = models.IntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]


class RemarkVersion(models.Model):
    """A remark as it stood before an edit."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["remark", "number"], name="one_remark_version"
            )
        ]


class Start(AsItStood):
    """A finding noted as the start of a plan or a cycle, for whoever makes it."""

    kind = models.CharField(max_length=10, choices=StartKind.choices)
    note = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
