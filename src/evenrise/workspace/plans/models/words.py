"""The words of a plan's ladder, its money and its life."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    """Whose plan it is."""

    DISTRICT = "district", _("District plan")
    SCHOOL = "school", _("School plan")


class RungKind(models.TextChoices):
    """A rung of the ladder; each may stand below those of `BELOW`."""

    VALUE = "value", _("Shared value")
    PRIORITY = "priority", _("Priority")
    GOAL = "goal", _("Goal")
    STRATEGY = "strategy", _("Strategy")
    STEP = "step", _("Action step")


# Below which rungs a rung may stand; the blank one is the plan itself. A step may be
# taken apart into further steps, a goal may stand without a priority.
BELOW: dict[str, tuple[str, ...]] = {
    RungKind.VALUE: ("",),
    RungKind.PRIORITY: ("",),
    RungKind.GOAL: ("", RungKind.PRIORITY),
    RungKind.STRATEGY: (RungKind.GOAL,),
    RungKind.STEP: (RungKind.STRATEGY, RungKind.STEP),
}


class StepState(models.TextChoices):
    """How far a step is; said by whoever is responsible, and never a percentage."""

    PLANNED = "planned", _("Not begun")
    BEGUN = "begun", _("Begun")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped, with a reason")


class Service(models.TextChoices):
    """What the LCAP calls an increased or an improved service."""

    INCREASED = "increased", _("Increased")
    IMPROVED = "improved", _("Improved")


class FundingSource(models.TextChoices):
    """Where the money of a step comes from."""

    BASE = "base", _("LCFF base")
    SUPPLEMENTAL = "supplemental", _("LCFF supplemental and concentration")
    OTHER_STATE = "other_state", _("Other state funds")
    LOCAL = "local", _("Local funds")
    TITLE_1 = "title_1", _("Title I")
    TITLE_2 = "title_2", _("Title II")
    TITLE_3 = "title_3", _("Title III")
    TITLE_4 = "title_4", _("Title IV")
    IDEA = "idea", _("IDEA")
    OTHER_FEDERAL = "other_federal", _("Other federal funds")
    GRANT = "grant", _("Grant or gift")


class EditionState(models.TextChoices):
    """Where an edition is on its way: hearing, then adoption on a later day."""

    HEARING = "hearing", _("In public hearing")
    HEARD = "heard", _("Heard, not adopted yet")
    ADOPTED = "adopted", _("Adopted")
    REPLACED = "replaced", _("Replaced by a later edition")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LinkTo(models.TextChoices):
    """What a rung may stand on."""

    FINDING = "finding", _("Finding")
    RECOMMENDATION = "recommendation", _("Recommendation")
    THEME = "theme", _("Theme of what people said")
    COMMENT = "comment", _("Comment")


class HeardBy(models.TextChoices):
    """How a comment came."""

    SITE = "site", _("The public site")
    MEETING = "meeting", _("A public meeting")
    LETTER = "letter", _("A letter or mail")
    COMMITTEE = "committee", _("A committee of families")
    SURVEY = "survey", _("A survey")
