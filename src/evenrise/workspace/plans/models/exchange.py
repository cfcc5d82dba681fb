"""A file brought into a plan: read, shown as a difference, committed, undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models.plan import Plan


class PlanFile(models.Model):
    """One file on its way into a plan.

    `before` and `after` are the plan's content in canonical bytes; undo puts `before`
    back while nothing changed since (`version_after`).
    """

    class State(models.TextChoices):
        """Where it is."""

        READING = "reading"
        READY = "ready"  # its difference can be looked at
        WRITING = "writing"
        DONE = "done"
        UNDONE = "undone"
        REFUSED = "refused"  # `problems` say why
        LEFT = "left"  # nobody committed it

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4)  # csv, xlsx, docx
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.READING
    )
    done = models.FloatField(default=0)  # of the reading or writing, 0 to 1
    payload = models.BinaryField(null=True)  # the file, until it is read
    before = models.BinaryField(null=True)
    after = models.BinaryField(null=True)
    problems = models.JSONField(default=list)  # {"where", "en", "es"}
    version_before = models.IntegerField(null=True)
    version_after = models.IntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
