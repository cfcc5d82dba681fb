"""Adults who learn together: teams and their meetings, coaching, learning walks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenrise.workspace.cycles.models import Cycle, MemberRole
from evenrise.workspace.learning.models.maps import Component, ICMap
from evenrise.workspace.learning.models.words import NoteKind, TeamKind
from evenrise.workspace.people.models import Person, School


class LearningTeam(models.Model):
    """A team with a goal that is tied to what students show.

    The team's name, members and goal are known to the staff; its meetings are the
    team's own.
    """

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=TeamKind.choices)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    goal = models.TextField(blank=True)
    finding_key = models.CharField(max_length=300, blank=True)
    headline_en = models.TextField(blank=True)  # the finding's words as they stood
    headline_es = models.TextField(blank=True)
    snapshot = models.CharField(max_length=64, blank=True)
    evidence = models.TextField(blank=True)  # the students' work that the goal is from
    cycle = models.ForeignKey(Cycle, models.SET_NULL, null=True, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]


class TeamMember(models.Model):
    """Somebody of a learning team."""

    team = models.ForeignKey(LearningTeam, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(
        max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER
    )
    added_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["role", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(left_at__isnull=True),
                name="once_in_a_learning_team",
            )
        ]


class TeamMeeting(models.Model):
    """One meeting of the team's cycle: what for, what came of it, what comes next."""

    team = models.ForeignKey(LearningTeam, models.CASCADE, related_name="meetings")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=160, blank=True)
    agenda = models.TextField(blank=True)
    product = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    next_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    next_on = models.DateField(null=True)
    next_done_at = models.DateTimeField(null=True)
    held = models.BooleanField(null=True)
    there: models.ManyToManyField[Person, Person] = models.ManyToManyField(
        Person, related_name="+"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "id"]


class Coaching(models.Model):
    """A coaching cycle: one coach, one colleague, one goal; theirs alone.

    Nobody but the two reads it, whatever their role.
    """

    coach = models.ForeignKey(Person, models.PROTECT, related_name="+")
    colleague = models.ForeignKey(Person, models.PROTECT, related_name="+")
    goal = models.TextField()
    component = models.ForeignKey(
        Component, models.SET_NULL, null=True, related_name="+"
    )
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)  # by the other one of the two
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-begins_on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(coach=F("colleague")), name="a_coach_and_a_colleague"
            )
        ]


class CoachingNote(models.Model):
    """An observation, feedback, a reflection or a next step; for the two alone."""

    coaching = models.ForeignKey(Coaching, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    on = models.DateField()
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "id"]


class LearningWalk(models.Model):
    """A visit to learn, not to judge: a question, a school, a day. Names nobody."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    on = models.DateField()
    question = models.CharField(max_length=300)
    map = models.ForeignKey(ICMap, models.SET_NULL, null=True, related_name="+")
    thanks = models.TextField(blank=True)  # what the school hears afterwards
    shared_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    walkers: models.ManyToManyField[Person, Person] = models.ManyToManyField(
        Person, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-id"]


class WalkNote(models.Model):
    """What was seen and wondered in one stop of a walk; names no adult, no student."""

    walk = models.ForeignKey(LearningWalk, models.CASCADE, related_name="notes")
    stop = models.PositiveSmallIntegerField(default=1)
    seen = models.TextField(blank=True)
    wondered = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["stop", "id"]
