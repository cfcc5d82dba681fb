"""The words of a cycle: where it stands, what it measures, what was decided."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CycleState(models.TextChoices):
    """Where a cycle stands; the last three are equally good decisions."""

    DRAFT = "draft", _("Being thought through")
    RUNNING = "running", _("Being tried")
    STUDIED = "studied", _("Studied, not decided yet")
    ADOPTED = "adopted", _("Adopted as it is")
    ADAPTED = "adapted", _("Adapted")
    ABANDONED = "abandoned", _("Abandoned")


DECIDED = (CycleState.ADOPTED, CycleState.ADAPTED, CycleState.ABANDONED)


class StartsFrom(models.TextChoices):
    """What made a team ask."""

    FINDING = "finding", _("A finding")
    RUNG = "rung", _("A plan's step")
    CYCLE = "cycle", _("The cycle before it")
    SPOT = "spot", _("A place to learn from")
    OWN = "own", _("What we see ourselves")


class CauseState(models.TextChoices):
    """What the evidence says of a cause."""

    OPEN = "open", _("Not looked into yet")
    LIKELY = "likely", _("Likely, by the evidence")
    RULED_OUT = "ruled_out", _("Ruled out, by the evidence")


class DriverKind(models.TextChoices):
    """A rung of a theory of improvement, from the aim to what is tried."""

    PRIMARY = "primary", _("Driver")
    SECONDARY = "secondary", _("What the driver needs")
    IDEA = "idea", _("Change idea")


class MeasureKind(models.TextChoices):
    """What stands behind a measure's weeks."""

    LIVE = "live", _("A live indicator")
    SHARE = "share", _("So many of so many, counted by hand")
    EVENTS = "events", _("How often it happened, counted by hand")
    VALUE = "value", _("One value a week, measured by hand")


class MeasurePart(models.TextChoices):
    """What a measure is for."""

    OUTCOME = "outcome", _("What students get")
    PROCESS = "process", _("Whether we do what we planned")
    BALANCING = "balancing", _("What must not get worse")


class ChartKind(models.TextChoices):
    """Which chart (METHODS card 7); blank lets the numbers decide."""

    RUN = "run", _("Run chart")
    XMR = "xmr", _("XmR chart")
    P = "p", _("p chart")
    P_PRIME = "pp", _("Laney p′ chart")
    U = "u", _("u chart")


class MemberRole(models.TextChoices):
    """What somebody does in a team."""

    LEAD = "lead", _("Leads")
    MEMBER = "member", _("Takes part")
