"""The words of adults learning."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MapState(models.TextChoices):
    """Whether a map of practice is in work or in use."""

    DRAFT = "draft", _("In work")
    USED = "used", _("In use")
    RETIRED = "retired", _("No longer used")


class PlacedBy(models.TextChoices):
    """Who placed a practice at a level."""

    SELF = "self", _("Myself")
    OBSERVER = "observer", _("An observer")


class TeamKind(models.TextChoices):
    """Which adults learn together."""

    TEACHERS = "teachers", _("Learning team")
    PRINCIPALS = "principals", _("Principals' community")
    LEADERSHIP = "leadership", _("Leadership team")
    STAFF = "staff", _("Staff who are not teachers")


class NoteKind(models.TextChoices):
    """A step of coaching."""

    OBSERVATION = "observation", _("Observation")
    FEEDBACK = "feedback", _("Feedback")
    REFLECTION = "reflection", _("Reflection")
    NEXT = "next", _("Next step")


class OfferingKind(models.TextChoices):
    """A way of learning."""

    WORKSHOP = "workshop", _("Workshop")
    SERIES = "series", _("Series")
    INSTITUTE = "institute", _("Institute")
    COURSE = "course", _("Course")
    VISIT = "visit", _("Visit")
    ONLINE = "online", _("Online, in one's own time")


class PartnerKind(models.TextChoices):
    """Who gives hours from outside the staff."""

    PARTNER = "partner", _("Partner organization")
    VOLUNTEERS = "volunteers", _("Volunteers")
    UNIVERSITY = "university", _("College or university")


class InitiativeState(models.TextChoices):
    """Where an initiative is on its way."""

    PLANNED = "planned", _("Being prepared")
    UNDERWAY = "underway", _("Under way")
    ENDED = "ended", _("Ended")
