"""Verbs about a cycle's theory of improvement: drivers, what they need, ideas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions.finding import about, held_cycle, stir
from evenrise.workspace.cycles.models import Cycle, Driver, DriverKind
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person


# What may stand below what; blank is the aim. An idea may serve a driver directly.
BELOW: dict[str, tuple[str, ...]] = {
    DriverKind.PRIMARY: ("",),
    DriverKind.SECONDARY: (DriverKind.PRIMARY,),
    DriverKind.IDEA: (DriverKind.PRIMARY, DriverKind.SECONDARY),
}


def add_driver(
    person: Person, *, cycle: int, kind: str, parent: int | None, text: str
) -> Driver:
    """Add a driver, what it needs, or an idea, last among those beside it.

    Raises:
        NotYours: when the cycle is not theirs, or what it stands below is gone.
        InputProblem: when such a thing does not stand there.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        above = _standing(one, parent) if parent is not None else None
        if (above.kind if above else "") not in BELOW.get(kind, ()):
            raise InputProblem(_("That does not stand there; choose another place."))
        last = one.drivers.filter(parent=above).aggregate(last=Max("place"))["last"]
        made = Driver.objects.create(
            cycle=one,
            parent=above,
            kind=kind,
            text=text.strip(),
            place=0 if last is None else last + 1,
        )
        stir(one)
        record(person, "cycles.add_driver", about(one), driver=made.pk, kind=kind)
    return made


def change_driver(
    person: Person, *, cycle: int, driver: int, text: str, tried: bool = False
) -> Driver:
    """Change its words; `tried` marks the idea that this cycle tests.

    Raises:
        NotYours: when it is not theirs.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        found = _standing(one, driver)
        found.text = text.strip()
        found.tried = tried and found.kind == DriverKind.IDEA
        found.save(update_fields=["text", "tried"])
        stir(one)
        record(person, "cycles.change_driver", about(one), driver=driver)
    return found


def move_driver(person: Person, *, cycle: int, driver: int, by: int) -> Driver:
    """Move it up (`by` -1) or down (+1) among those beside it.

    Raises:
        NotYours: when it is not theirs.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        found = _standing(one, driver)
        beside = list(one.drivers.filter(parent=found.parent_id, removed_at=None))
        at = [other.pk for other in beside].index(found.pk)
        to = at + (1 if by > 0 else -1)
        if 0 <= to < len(beside):
            beside[at], beside[to] = beside[to], beside[at]
            for place, other in enumerate(beside):
                other.place = place
            Driver.objects.bulk_update(beside, ["place"])
            stir(one)
            record(person, "cycles.move_driver", about(one), driver=driver)
    return found


def remove_driver(
    person: Person, *, cycle: int, driver: int, back: bool = False
) -> Driver:
    """Remove it with all that stands below it, or bring that back.

    Raises:
        NotYours: when it is not theirs.
        InputProblem: when what it stood below is removed as well.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        found = one.drivers.filter(pk=driver, removed_at__isnull=not back).first()
        if found is None:
            raise NotYours
        if back and found.parent is not None and found.parent.removed_at is not None:
            raise InputProblem(
                _("It stood below something that was removed; bring that back first.")
            )
        removed = found.removed_at
        keys = [found.pk, *_below(one, [found.pk], removed)]
        now = None if back else timezone.now()
        one.drivers.filter(pk__in=keys).update(removed_at=now)
        stir(one)
        record(person, "cycles.remove_driver", about(one), driver=driver, back=back)
    return found


def _standing(cycle: Cycle, driver: int) -> Driver:
    found = cycle.drivers.filter(pk=driver, removed_at=None).first()
    if found is None:
        raise NotYours
    return found


def _below(cycle: Cycle, keys: Iterable[int], removed: dt.datetime | None) -> list[int]:
    """Keys of all that stands below, a query a level; three levels at most.

    `removed` is the moment at which it was removed; None: what stands.
    """
    found: list[int] = []
    level = list(keys)
    while level:
        rows = cycle.drivers.filter(parent__in=level, removed_at=removed)
        level = list(rows.values_list("pk", flat=True))
        found += level
    return found
