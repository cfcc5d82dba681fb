"""Verbs about a cycle's own words: change a section, undo the last change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions.finding import about, held_cycle, touch
from evenrise.workspace.cycles.content import (
    SECTIONS,
    content_of,
    locked_fields,
    open_sections,
    put_back,
)
from evenrise.workspace.cycles.models import Cycle, CycleState, CycleVersion
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.languages import put_words
from evenrise.workspace.plans.models import Rung


def change_cycle(
    person: Person,
    *,
    cycle: int,
    section: str,
    said: Mapping[str, Any],
    seen: int,
    same_meaning: bool = False,
) -> Cycle:
    """Change one section of a cycle; what stood before is kept whole.

    Args:
        person: of the team.
        cycle: its key.
        section: `ask`, `try`, `study` or `tell`.
        said: the section's fields; others, and locked ones, are passed over.
        seen: the version that the person had before them.
        same_meaning: a small correction of a text that stands in both languages.

    Raises:
        NotYours: when it is not theirs.
        Overtaken: when it was changed since.
        InputProblem: when the section is closed, or its days are out of order.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, seen=seen)
        if section not in open_sections(one):
            raise InputProblem(
                _("This part is closed; take the decision back to change it.")
            )
        before = content_of(one)
        _put(one, section, said, same_meaning=same_meaning)
        if content_of(one) == before:
            return one
        if section == "study" and one.state == CycleState.RUNNING and one.result:
            one.state = CycleState.STUDIED
        elif section == "study" and not one.result:
            one.state = CycleState.RUNNING
        keep(person, one, before)
        one.save()
        touch(one)
        record(person, "cycles.change_cycle", about(one), section=section)
    return one


def _put(
    one: Cycle, section: str, said: Mapping[str, Any], *, same_meaning: bool
) -> None:
    locked = locked_fields(one, timezone.localdate())
    fields = [name for name in SECTIONS[section] if name not in locked]
    told = {name: said[name] for name in fields if name in said}
    pairs = {n: str(told.pop(n)) for n in list(told) if n[-3:] in {"_en", "_es"}}
    put_words(one, pairs, same_meaning=same_meaning)
    for name, value in told.items():
        clean = value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
        setattr(one, name, clean)
    refuse_days(one.begins_on, one.until)
    if not (one.title_en or one.title_es):
        raise InputProblem(_("Write a title in English, in Spanish, or in both."))


def refuse_days(begins: dt.date | None, until: dt.date | None) -> None:
    """Refuse a last day before the first.

    Raises:
        InputProblem: says so.
    """
    if begins and until and until < begins:
        raise InputProblem(_("It ends before it begins; correct one of the days."))


def keep(person: Person, cycle: Cycle, content: dict[str, Any]) -> None:
    """Keep a cycle's words as they stood before a change."""
    last = cycle.versions.aggregate(last=Max("number"))["last"] or 0
    CycleVersion.objects.create(
        cycle=cycle, number=last + 1, content=content, by=person
    )


def undo_change(person: Person, *, cycle: int, seen: int) -> Cycle:
    """Bring back how a cycle's words were before the last change.

    What they are now is kept as well, so the same verb brings them back. What is
    locked stays as it is.

    Raises:
        NotYours: when it is not theirs.
        Overtaken: when it was changed since.
        InputProblem: when nothing was changed yet.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, seen=seen)
        if open_sections(one) == ("tell",):
            raise InputProblem(
                _("This part is closed; take the decision back to change it.")
            )
        now = content_of(one)
        today = timezone.localdate()
        for version in one.versions.order_by("-number"):
            put_back(one, version.content, today)
            if content_of(one) != now:
                break
        else:
            raise InputProblem(_("Nothing of this was changed yet."))
        if one.rung_id and not Rung.objects.filter(pk=one.rung_id).exists():
            one.rung_id = None
        if one.state == CycleState.STUDIED and not one.result:
            one.state = CycleState.RUNNING
        elif one.state == CycleState.RUNNING and one.result:
            one.state = CycleState.STUDIED
        refuse_days(one.begins_on, one.until)
        keep(person, one, now)
        one.save()
        touch(one)
        record(person, "cycles.undo_change", about(one))
    return one
