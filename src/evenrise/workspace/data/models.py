"""Imports as people see them, and which snapshot is current since when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.workspace.people.models import Person


class Standing(models.Model):
    """From this moment on, this snapshot is what every page shows.

    The last row counts. Undoing an import adds a row that names the snapshot before.
    It is written in the transaction that places the directory: whoever reads meets
    either everything of the snapshot before or everything of this one.
    """

    snapshot = models.CharField(max_length=64)
    as_of = models.DateField()
    district_id = models.CharField(max_length=60)
    district_name = models.CharField(max_length=200)
    since = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    undoes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        get_latest_by = "id"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(snapshot=""), name="named")]
