"""What the forms of voices offer, and what was removed from a cycle."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.workspace.cycles.models import Cycle, DriverKind
from evenrise.workspace.insights.access import evidence_read_by
from evenrise.workspace.people.models import Person


_MOST = 40  # pieces of evidence that are offered


@dataclass(frozen=True, slots=True)
class Removed:
    """One thing that was removed, and the address that brings it back."""

    kind: str
    text: str
    url: str


def evidence_choices(person: Person) -> list[tuple[str, str]]:
    """The latest written evidence that the person reads."""
    rows = evidence_read_by(person).filter(withdrawn_at=None).order_by("-id")[:_MOST]
    return [("", _("None")), *((str(one.pk), one.title) for one in rows)]


def removed_of(cycle: Cycle) -> list[Removed]:
    """Voices, causes and parts of the theory that were removed."""
    gone = {"removed_at__isnull": False}
    voices = [
        Removed(_("Voice"), one.said, _address("voice_remove", cycle, one.pk))
        for one in cycle.voices.filter(**gone)
    ]
    causes = [
        Removed(_("Cause"), one.text, _address("cause_remove", cycle, one.pk))
        for one in cycle.causes.filter(**gone)
    ]
    # What went with something above it comes back with that.
    drivers = [
        Removed(
            str(DriverKind(one.kind).label),
            one.text,
            _address("driver_remove", cycle, one.pk),
        )
        for one in cycle.drivers.filter(**gone).select_related("parent")
        if one.parent is None or one.parent.removed_at is None
    ]
    return [*voices, *causes, *drivers]


def _address(name: str, cycle: Cycle, key: int) -> str:
    return reverse(name, args=[cycle.pk, key])
