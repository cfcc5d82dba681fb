"""The closed lists of the room, with their words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Domain(models.TextChoices):
    """The three things that early warning looks at."""

    ATTENDANCE = "attendance", _("Attendance")
    BEHAVIOR = "behavior", _("Behavior")
    COURSE = "course", _("Courses")


class State(models.IntegerChoices):
    """What is known of one domain on a day; not known is a state of its own."""

    NO_DATA = -1, _("No data")
    CLEAR = 0, _("No line crossed")
    FLAG = 1, _("Flag")
    SEVERE = 2, _("Strong flag")


class Area(models.TextChoices):
    """What a support is for."""

    ATTENDANCE = "attendance", _("Attendance")
    BEHAVIOR = "behavior", _("Behavior")
    COURSE = "course", _("Courses")
    WELLBEING = "wellbeing", _("Well-being")
    LANGUAGE = "language", _("Language")
    FAMILY = "family", _("Family")


class Evidence(models.TextChoices):
    """What is known about a support: the four tiers of ESSA, and none yet.

    Source: Every Student Succeeds Act, section 8101(21)(A).
    """

    STRONG = "strong", _("Strong evidence")
    MODERATE = "moderate", _("Moderate evidence")
    PROMISING = "promising", _("Promising evidence")
    RATIONALE = "rationale", _("A rationale, not yet tested")
    NONE = "none", _("Not known yet")


AREA_NAMES = dict(Area.choices)
STATE_NAMES = dict(State.choices)
