"""Practices: make one of an adopted cycle, change it, add where it was tried, retire.

A practice is for everybody who reads findings. The cycles behind it stay as private
as their teams keep them: adding one tells nothing of it but that it is there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.access import in_team
from evenrise.workspace.cycles.actions.finding import own_cycle
from evenrise.workspace.cycles.models import (
    CycleState,
    Practice,
    PracticeTried,
)
from evenrise.workspace.cycles.queries.practice_access import may_write_practice
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions.languages import put_words
from evenrise.workspace.plans.actions.slugs import free_slug


_TAKEN = frozenset({"new"})  # addresses of the room


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSaid:
    """What a practice says: texts by field (`title_en` ...), materials (name, url)."""

    words: dict[str, str]
    materials: tuple[tuple[str, str], ...] = ()
    same_meaning: bool = False


def make_practice(
    person: Person, *, cycle: int, said: PracticeSaid, ask_me: bool = False
) -> Practice:
    """Make a practice of a cycle that the person's team adopted.

    Args:
        person: who makes it; a member of the team.
        cycle: which cycle.
        said: the words, already held against students' names.
        ask_me: the person says that others may ask them.

    Raises:
        NotYours: when the person is not in the cycle's team.
        InputProblem: when the cycle was not adopted.
    """
    with transaction.atomic():
        one = own_cycle(person, cycle)
        if one.state != CycleState.ADOPTED:
            raise InputProblem(
                _("A practice comes from a cycle that its team adopted; decide first.")
            )
        made = Practice(made_by=person)
        _put(made, said)
        made.slug = free_slug(
            Practice.objects, made.title_en or made.title_es, "practice", _TAKEN
        )
        made.save()
        PracticeTried.objects.create(practice=made, cycle=one, by=person)
        if ask_me:
            made.people.add(person)
        record(person, "cycles.make_practice", _about(made))
    return made


def change_practice(
    person: Person, *, slug: str, said: PracticeSaid, seen: int
) -> Practice:
    """Change what a practice says.

    Raises:
        NotYours: when the person does not write it.
        Overtaken: when somebody else changed it meanwhile.
    """
    with transaction.atomic():
        one = _held(person, slug)
        if one.version != seen:
            raise Overtaken
        _put(one, said)
        one.version += 1
        one.changed_at = timezone.now()
        one.save()
        record(person, "cycles.change_practice", _about(one))
    return one


def add_tried(person: Person, *, slug: str, cycle: int, note: str) -> PracticeTried:
    """Say that a cycle of the person's team tried the practice.

    Raises:
        NotYours: when there is no such practice, or it is not their team's cycle.
        InputProblem: when the practice is retired, or the cycle stands there already.
    """
    with transaction.atomic():
        one = _any(person, slug)
        if one.retired_at is not None:
            raise InputProblem(
                _("This practice is retired; bring it back before you add to it.")
            )
        tried, is_new = PracticeTried.objects.get_or_create(
            practice=one,
            cycle=own_cycle(person, cycle),
            defaults={"note": note.strip(), "by": person},
        )
        if not is_new:
            raise InputProblem(_("This cycle stands there already."))
        record(person, "cycles.add_tried", _about(one))
    return tried


def take_tried(person: Person, *, slug: str, tried: int) -> Practice:
    """Take a cycle of the person's team off a practice.

    Raises:
        NotYours: when it is not there, or not their team's cycle.
        InputProblem: when it is the only cycle behind the practice.
    """
    with transaction.atomic():
        one = _any(person, slug)
        found = one.tried.select_related("cycle").filter(pk=tried).first()
        if found is None or not in_team(person, found.cycle):
            raise NotYours
        if one.tried.count() == 1:
            raise InputProblem(
                _("This is the cycle behind the practice: retire the practice instead.")
            )
        found.delete()
        record(person, "cycles.take_tried", _about(one))
    return one


def be_asked(person: Person, *, slug: str, asked: bool) -> Practice:
    """The person may be asked about the practice from now on, or no longer.

    Raises:
        NotYours: when there is no such practice, or the person is not of the staff.
    """
    with transaction.atomic():
        one = _any(person, slug)
        if asked:
            one.people.add(person)
        else:
            one.people.remove(person)
        verb = "cycles.be_asked" if asked else "cycles.be_asked_no_longer"
        record(person, verb, _about(one))
    return one


def retire_practice(person: Person, *, slug: str, why: str) -> Practice:
    """Retire a practice; it stays readable, with the reason.

    Raises:
        NotYours: when the person does not write it.
        InputProblem: when it is retired already.
    """
    with transaction.atomic():
        one = _held(person, slug)
        if one.retired_at is not None:
            raise InputProblem(_("This practice is retired already."))
        one.retired_at, one.retired_why = timezone.now(), why.strip()
        one.save(update_fields=["retired_at", "retired_why"])
        record(person, "cycles.retire_practice", _about(one))
    return one


def bring_back_practice(person: Person, *, slug: str) -> Practice:
    """Bring a retired practice back.

    Raises:
        NotYours: when the person does not write it.
    """
    with transaction.atomic():
        one = _held(person, slug)
        one.retired_at, one.retired_why = None, ""
        one.save(update_fields=["retired_at", "retired_why"])
        record(person, "cycles.bring_back_practice", _about(one))
    return one


def _put(one: Practice, said: PracticeSaid) -> None:
    put_words(one, said.words, same_meaning=said.same_meaning)
    one.materials = [{"name": name, "url": url} for name, url in said.materials]


def _any(person: Person, slug: str) -> Practice:
    """A practice, for whoever works in cycles."""
    found = Practice.objects.select_for_update().filter(slug=slug).first()
    if found is None or not person.may(Right.INQUIRE):
        raise NotYours
    return found


def _held(person: Person, slug: str) -> Practice:
    """A practice that the person writes."""
    one = _any(person, slug)
    if not may_write_practice(person, one):
        raise NotYours
    return one


def _about(one: Practice) -> About:
    return About("practice", one.slug)
