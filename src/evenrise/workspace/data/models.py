"""Imports as people see them, which snapshot is current since when, and questions."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from evenrise.workspace.data.states import State
from evenrise.workspace.people.models import Person


_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def new_key() -> str:
    """The name of a new import, in addresses and as its folder."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


class Import(models.Model):
    """Files on their way in, from the drop to the day they are undone.

    `story` is `ImportReport.as_json()`, `samples` a look at some rows (`samples.py`),
    `moves` what would change in published numbers (`published.py`). `base` is the
    snapshot that the difference was made against; `snapshot` the one that was staged.
    `files` lists name and bytes, `tables` what they brought. `problem` is a sentence
    for people when something went wrong (`problem_es` where there is one in Spanish).
    `seen` names the snapshots that were there when the reading began, so that what a
    kill left can be told apart.
    """

    class Origin(models.TextChoices):
        """Where the files came from."""

        PERSON = "person"
        NIGHT = "night"
        CONNECTION = "connection"

    key = models.CharField(max_length=12, unique=True, default=new_key)
    state = models.CharField(
        max_length=12, default=State.WAITING, choices=[(s, s) for s in State]
    )
    origin = models.CharField(
        max_length=12, choices=Origin.choices, default=Origin.PERSON
    )
    connection = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    as_of = models.DateField()
    files = models.JSONField(default=list)
    files_until = models.DateTimeField(null=True)
    files_gone = models.BooleanField(default=False)
    task = models.CharField(max_length=64, blank=True)
    step = models.CharField(max_length=60, blank=True)
    done = models.FloatField(default=0)
    total = models.FloatField(default=0)
    stop_asked = models.BooleanField(default=False)
    seen = models.JSONField(default=list)
    base = models.CharField(max_length=64, blank=True)
    snapshot = models.CharField(max_length=64, blank=True)
    tables = models.JSONField(default=list)
    story = models.JSONField(null=True)
    samples = models.JSONField(default=dict)
    moves = models.JSONField(null=True)
    students_before = models.IntegerField(default=0)
    problem = models.TextField(blank=True)
    problem_es = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state"])]


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
    brought = models.ForeignKey(
        Import, models.SET_NULL, null=True, related_name="standings"
    )

    class Meta:
        get_latest_by = "id"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(snapshot=""), name="named")]


class DataQuestion(models.Model):
    """Something about the records that a person should look at, kept across imports.

    `mark` tells two questions apart (see `asking.py`); the same one coming back finds
    its answer. `text_en` and `text_es` name no student.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open"
        ANSWERED = "answered"  # somebody said how it is
        SETTLED = "settled"  # the records were put right, or it is closed

    mark = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=100)  # records.enrollments_overlap
    severity = models.CharField(max_length=10)
    text_en = models.TextField()
    text_es = models.TextField()
    file = models.CharField(max_length=300, blank=True)
    where = models.CharField(max_length=200, blank=True)
    indicator = models.CharField(max_length=100, blank=True)
    organization_id = models.CharField(max_length=250, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.OPEN, db_index=True
    )
    owner = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="data_questions"
    )
    note = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    by_itself = models.BooleanField(default=False)  # settled: no longer asked
    first_asked = models.DateTimeField(default=timezone.now)
    last_asked = models.DateTimeField(default=timezone.now)
    last_import = models.ForeignKey(
        Import, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-last_asked", "id"]
