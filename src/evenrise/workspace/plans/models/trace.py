"""What a rung stands on: the arrows from evidence to what was promised."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models.plan import Rung
from evenrise.workspace.plans.models.words import LinkTo


class Link(models.Model):
    """A rung stands on a finding, a recommendation, a theme or a comment.

    `key` is the finding's key, or the row's key in its room. The words are kept as they
    stood, protected ones only, so that an adopted plan reads the same for ever.
    """

    rung = models.ForeignKey(Rung, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=16, choices=LinkTo.choices)
    key = models.CharField(max_length=300)
    headline_en = models.TextField(blank=True)
    headline_es = models.TextField(blank=True)
    snapshot = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "key"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["rung", "kind", "key"], name="one_link_a_rung"
            )
        ]
