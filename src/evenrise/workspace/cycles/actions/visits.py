"""Visits to places to learn from: written down, shared, removed, brought back.

A visit is private to its writer until they share it; then everybody who reads findings
reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.guide import questions
from evenrise.workspace.cycles.models import SpotVisit
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.models import WrittenIn
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSaid:
    """What visitors saw and heard, by the keys of the guide; what they now suppose.

    `language` is a code of `WrittenIn`: the one in which they wrote.
    """

    on: dt.date
    language: str
    answers: Mapping[str, str]
    hypothesis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Which place was visited: the finding that named it, its school, the snapshot."""

    finding_key: str
    school_id: str
    snapshot: str


def write_visit(person: Person, *, spot: Spot, said: VisitSaid) -> SpotVisit:
    """Write down a visit; only its writer reads it.

    Raises:
        NotYours: when the person does not work in cycles.
        InputProblem: when no such language is known.
    """
    if not person.may(Right.INQUIRE):
        raise NotYours
    with transaction.atomic():
        made = SpotVisit(
            finding_key=spot.finding_key,
            school_id=spot.school_id,
            snapshot=spot.snapshot,
            by=person,
        )
        _put(made, said)
        record(person, "cycles.write_visit", _about(made))
    return made


def change_visit(person: Person, *, visit: int, said: VisitSaid) -> SpotVisit:
    """Change what one wrote of a visit.

    Raises:
        NotYours: when somebody else wrote it.
        InputProblem: when no such language is known.
    """
    with transaction.atomic():
        one = _held(person, visit)
        _put(one, said)
        record(person, "cycles.change_visit", _about(one))
    return one


def share_visit(person: Person, *, visit: int, shared: bool = True) -> SpotVisit:
    """Share a visit with everybody who reads findings, or keep it to oneself again.

    Raises:
        NotYours: when somebody else wrote it.
    """
    with transaction.atomic():
        one = _held(person, visit)
        one.shared_at = timezone.now() if shared else None
        one.save(update_fields=["shared_at"])
        verb = "cycles.share_visit" if shared else "cycles.unshare_visit"
        record(person, verb, _about(one))
    return one


def remove_visit(person: Person, *, visit: int, back: bool = False) -> SpotVisit:
    """Remove a visit, or bring it back.

    Raises:
        NotYours: when somebody else wrote it.
    """
    with transaction.atomic():
        one = _held(person, visit, removed=back)
        one.removed_at = None if back else timezone.now()
        one.save(update_fields=["removed_at"])
        verb = "cycles.bring_visit_back" if back else "cycles.remove_visit"
        record(person, verb, _about(one))
    return one


def _put(one: SpotVisit, said: VisitSaid) -> None:
    if said.language not in WrittenIn.values:
        raise InputProblem(_("Choose the language in which it is written."))
    known = {question.key for question in questions()}
    told = {key: text.strip() for key, text in said.answers.items() if key in known}
    one.on, one.hypothesis = said.on, said.hypothesis.strip()
    one.language = said.language
    one.answers = {key: text for key, text in told.items() if text}
    one.save()


def _held(person: Person, key: int, *, removed: bool = False) -> SpotVisit:
    found = (
        SpotVisit.objects.select_for_update()
        .filter(pk=key, by=person, removed_at__isnull=not removed)
        .first()
    )
    if found is None or not person.may(Right.INQUIRE):
        raise NotYours
    return found


def _about(one: SpotVisit) -> About:
    return About("spot_visit", str(one.pk))
