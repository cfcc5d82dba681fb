"""Coaching cycles: asked by one, agreed by the other, closed by either.

The record of deeds says that something was done in a coaching cycle, never with whom
or what was written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.access import (
    coaching_of,
    colleagues,
    people_led_by,
)
from evenrise.workspace.learning.models import Coaching, CoachingNote, Component
from evenrise.workspace.people import notices
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What the two work on, and from when to when."""

    goal: str
    component: Component | None
    begins_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One note: a step of coaching, its day, its words."""

    kind: str
    on: dt.date
    text: str


def ask_coaching(
    person: Person, *, coach: Person, colleague: Person, aim: Aim
) -> Coaching:
    """Ask somebody to learn together; the other one agrees before anything is written.

    Args:
        person: who asks: one of the two.
        coach: who coaches.
        colleague: whose practice it is about.
        aim: what they will work on.

    Raises:
        NotYours: when the person is neither of the two, or the other does not learn
            here.
        InputProblem: when the two are one, or the coach leads the colleague.
    """
    if not person.may(Right.INQUIRE) or person.pk not in (coach.pk, colleague.pk):
        raise NotYours
    if coach.pk == colleague.pk:
        raise InputProblem(_("Coaching takes two: choose a colleague."))
    other = colleague if person.pk == coach.pk else coach
    if not colleagues().filter(pk=other.pk).exists():
        raise NotYours
    refuse_lead(coach, colleague)
    with transaction.atomic():
        one = Coaching.objects.create(
            coach=coach,
            colleague=colleague,
            goal=aim.goal.strip(),
            component=aim.component,
            begins_on=aim.begins_on,
            ends_on=aim.ends_on,
            by=person,
        )
        record(person, "learning.ask_coaching", _about(one))
        transaction.on_commit(lambda: _tell(other))
    return one


def refuse_lead(coach: Person, colleague: Person) -> None:
    """A coach does not lead the colleague.

    Raises:
        InputProblem: when they do today.
    """
    if people_led_by(coach).filter(pk=colleague.pk).exists():
        raise InputProblem(
            _(
                "%(coach)s leads the school or the district of %(colleague)s and so "
                "cannot be their coach here: choose somebody who does not judge this "
                "work."
            )
            % {"coach": coach.name, "colleague": colleague.name}
        )


def agree_coaching(person: Person, *, coaching: int) -> Coaching:
    """Say yes to what the other one asked.

    Raises:
        NotYours: for whoever was not asked.
        InputProblem: when the coach leads the colleague by now.
    """
    with transaction.atomic():
        one = _own(person, coaching)
        if one.by_id == person.pk:
            raise NotYours
        refuse_lead(one.coach, one.colleague)
        if one.agreed_at is None:
            one.agreed_at = timezone.now()
            one.save(update_fields=["agreed_at"])
            record(person, "learning.agree_coaching", _about(one))
    return one


def decline_coaching(person: Person, *, coaching: int) -> Coaching:
    """Say no, or take the question back; nothing was written yet.

    Raises:
        NotYours: for anybody but the two.
        InputProblem: once the other one agreed: then it is closed, not declined.
    """
    with transaction.atomic():
        one = _own(person, coaching)
        if one.agreed_at is not None:
            raise InputProblem(
                _("You two have agreed already: close this coaching instead.")
            )
        one.removed_at = timezone.now()
        one.save(update_fields=["removed_at"])
        record(person, "learning.decline_coaching", _about(one))
    return one


def change_coaching(person: Person, *, coaching: int, aim: Aim, seen: str) -> Coaching:
    """Change what the two work on; either may.

    Args:
        person: one of the two.
        coaching: which cycle.
        aim: what it is from now on.
        seen: the goal that the page showed.

    Raises:
        NotYours: for anybody but the two.
        Overtaken: when the other one changed the goal meanwhile.
    """
    with transaction.atomic():
        one = _own(person, coaching)
        if one.goal.split() != seen.split():  # browsers change line ends
            raise Overtaken
        one.goal, one.component = aim.goal.strip(), aim.component
        one.begins_on, one.ends_on = aim.begins_on, aim.ends_on
        one.save(update_fields=["goal", "component", "begins_on", "ends_on"])
        record(person, "learning.change_coaching", _about(one))
    return one


def close_coaching(person: Person, *, coaching: int, closed: bool = True) -> Coaching:
    """Close a coaching cycle, or open it again; either may, at any time.

    Raises:
        NotYours: for anybody but the two.
    """
    with transaction.atomic():
        one = _own(person, coaching)
        if one.agreed_at is None:
            raise NotYours
        one.closed_at = timezone.now() if closed else None
        one.save(update_fields=["closed_at"])
        verb = "learning.close_coaching" if closed else "learning.reopen_coaching"
        record(person, verb, _about(one))
    return one


def write_coaching_note(
    person: Person, *, coaching: int, written: Written
) -> CoachingNote:
    """Write a step of the coaching: an observation, feedback, a reflection, what next.

    Raises:
        NotYours: for anybody but the two.
        InputProblem: when the two have not agreed, or the cycle is closed, or the
            coach leads the colleague by now.
    """
    with transaction.atomic():
        one = _own(person, coaching)
        if one.agreed_at is None:
            raise InputProblem(_("Nothing is written before you two have agreed."))
        if one.closed_at is not None:
            raise InputProblem(_("This coaching is closed. Open it again to write."))
        refuse_lead(one.coach, one.colleague)
        note = CoachingNote.objects.create(
            coaching=one,
            kind=written.kind,
            on=written.on,
            text=written.text.strip(),
            by=person,
        )
        record(person, "learning.write_coaching_note", _about(one))
    return note


def change_coaching_note(
    person: Person, *, note: int, written: Written
) -> CoachingNote:
    """Change a note; its writer alone may.

    Raises:
        NotYours: for anybody but its writer.
    """
    with transaction.atomic():
        one = _own_note(person, note)
        if one.removed_at is not None:
            raise NotYours
        one.kind, one.on, one.text = written.kind, written.on, written.text.strip()
        one.changed_at = timezone.now()
        one.save(update_fields=["kind", "on", "text", "changed_at"])
        record(person, "learning.change_coaching_note", _about(one.coaching))
    return one


def remove_coaching_note(
    person: Person, *, note: int, gone: bool = True
) -> CoachingNote:
    """Remove a note, or bring it back; its writer alone may.

    Raises:
        NotYours: for anybody but its writer.
    """
    with transaction.atomic():
        one = _own_note(person, note)
        one.removed_at = timezone.now() if gone else None
        one.save(update_fields=["removed_at"])
        verb = "remove" if gone else "restore"
        record(person, f"learning.{verb}_coaching_note", _about(one.coaching))
    return one


def _own(person: Person, key: int) -> Coaching:
    one = (
        coaching_of(person)
        .select_for_update(of=("self",))
        .select_related("coach", "colleague")
        .filter(pk=key)
        .first()
    )
    if one is None or not person.may(Right.INQUIRE):
        raise NotYours
    return one


def _own_note(person: Person, key: int) -> CoachingNote:
    known = CoachingNote.objects.filter(pk=key, by=person).first()
    if known is None:
        raise NotYours
    _own(person, known.coaching_id)
    return CoachingNote.objects.select_for_update(of=("self",)).get(pk=key)


def _tell(other: Person) -> None:
    """A letter that says that somebody asked: neither who nor what about."""
    with translation.override(other.language or "en"):
        notices.send(
            _("A colleague asked you something"),
            _(
                "Hello %(name)s,\n\na colleague would like to learn together with you. "
                "Sign in to read it and to answer:\n\n%(address)s\n"
            )
            % {
                "name": other.name,
                "address": notices.address(reverse("coaching_cycles")),
            },
            [other.email],
        )


def _about(coaching: Coaching) -> About:
    return About("coaching", str(coaching.pk))
