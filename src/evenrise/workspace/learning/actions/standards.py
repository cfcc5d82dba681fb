"""Verbs on standards: the district's own, and which lists are used."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.access import may_organize
from evenrise.workspace.learning.map_content import Pair
from evenrise.workspace.learning.models import Standard, StandardSet
from evenrise.workspace.learning.starting_standards import OWN, ensure_standards
from evenrise.workspace.people.models import Person


_NONE = Pair()
_MOST = 30  # standards of a district's own


@dataclass(frozen=True, slots=True)
class StandardSaid:
    """What a standard of the district's own says."""

    name: Pair
    about: Pair = _NONE
    frame: Pair = _NONE


def add_standard(person: Person, *, said: StandardSaid) -> Standard:
    """Add a standard to the district's own list.

    Raises:
        NotYours: when the person does not organize learning of the district.
        InputProblem: when the list is full.
    """
    _refuse(person)
    ensure_standards()
    with transaction.atomic():
        own = StandardSet.objects.select_for_update().get(key=OWN)
        used = list(own.items.values_list("key", flat=True))
        if len(used) >= _MOST:
            raise InputProblem(
                _("A list has at most 30 standards: change one of them.")
            )
        made = Standard(
            standards=own,
            key=_free_key(set(used), said.name.en or said.name.es),
            place=len(used),
        )
        _put(made, said)
        record(person, "learning.add_standard", About("standard", made.key))
    return made


def change_standard(person: Person, *, key: str, said: StandardSaid) -> Standard:
    """Change the words of a standard of the district's own.

    Raises:
        NotYours: without the right, or when there is no such own standard.
    """
    with transaction.atomic():
        one = _held(person, key)
        _put(one, said)
        record(person, "learning.change_standard", About("standard", key))
    return one


def remove_standard(person: Person, *, key: str, again: bool = False) -> Standard:
    """Take a standard out of the own list, or (`again`) bring it back.

    Raises:
        NotYours: without the right, or when there is no such own standard.
    """
    with transaction.atomic():
        one = _held(person, key, removed=again)
        one.removed_at = None if again else timezone.now()
        one.save(update_fields=["removed_at"])
        verb = "learning.restore_standard" if again else "learning.remove_standard"
        record(person, verb, About("standard", key))
    return one


def use_list(person: Person, *, key: str, used: bool) -> StandardSet:
    """Use a list of standards, or no longer; what was asked with it stays.

    Raises:
        NotYours: without the right, or when there is no such list.
    """
    _refuse(person)
    with transaction.atomic():
        one = StandardSet.objects.select_for_update().filter(key=key).first()
        if one is None:
            raise NotYours
        one.used = used
        one.save(update_fields=["used"])
        verb = "learning.use_standards" if used else "learning.leave_standards"
        record(person, verb, About("standards", key))
    return one


def _refuse(person: Person) -> None:
    if not may_organize(person, None):
        raise NotYours


def _held(person: Person, key: str, *, removed: bool = False) -> Standard:
    _refuse(person)
    found = (
        Standard.objects.select_for_update(of=("self",))
        .filter(standards__key=OWN, key=key, removed_at__isnull=not removed)
        .first()
    )
    if found is None:
        raise NotYours
    return found


def _put(one: Standard, said: StandardSaid) -> None:
    one.name_en, one.name_es = said.name.en or said.name.es, said.name.es
    one.about_en, one.about_es = said.about.en, said.about.es
    one.frame_en, one.frame_es = said.frame.en, said.frame.es
    one.save()


def _free_key(used: set[str], name: str) -> str:
    begins = slugify(name)[:50].strip("-") or "standard"
    taken = used | {"new", "lists"}
    found, number = begins, 2
    while found in taken:
        found, number = f"{begins}-{number}", number + 1
    return found
