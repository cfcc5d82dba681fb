"""The menu of supports: add to it, change it, retire a support, offer it again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.models import SupportKind
from evenrise.workspace.supports.starting_menu import ensure_menu


def add_kind(person: Person, *, told: dict[str, Any]) -> SupportKind:
    """Add a support to the menu; its key follows from its English name.

    Raises:
        NotYours: without the right to organize supports.
    """
    _refuse(person)
    ensure_menu()
    with transaction.atomic():
        made = SupportKind.objects.create(
            key=_free_key(told["name_en"]), made_by=person, **told
        )
        record(person, "supports.add_kind", _about(made))
    return made


def change_kind(person: Person, *, key: str, told: dict[str, Any]) -> SupportKind:
    """Change what the menu says; supports that were begun keep their own plan.

    Raises:
        NotYours: without the right, or when there is no such support.
    """
    _refuse(person)
    with transaction.atomic():
        one = _find(key)
        for name, value in told.items():
            setattr(one, name, value)
        one.save()
        record(person, "supports.change_kind", _about(one))
    return one


def retire_kind(person: Person, *, key: str, retired: bool = True) -> SupportKind:
    """No longer offer a support, or offer it again; those that run go on.

    Raises:
        NotYours: without the right, or when there is no such support.
    """
    _refuse(person)
    with transaction.atomic():
        one = _find(key)
        one.active = not retired
        one.save(update_fields=["active"])
        verb = "supports.retire_kind" if retired else "supports.offer_kind_again"
        record(person, verb, _about(one))
    return one


def _refuse(person: Person) -> None:
    if not person.may(Right.ORGANIZE_SUPPORTS):
        raise NotYours


def _find(key: str) -> SupportKind:
    found = SupportKind.objects.select_for_update().filter(key=key).first()
    if found is None:
        raise NotYours
    return found


def _about(one: SupportKind) -> About:
    return About("support_kind", one.key)


def _free_key(name: str) -> str:
    code = slugify(name).replace("-", "_")[:40] or "support"
    used = set(SupportKind.objects.values_list("key", flat=True))
    found, number = code, 2
    while found in used:
        found, number = f"{code}_{number}", number + 1
    return found
