"""The district's departments: add one, rename it, take away one that nobody names."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write_for
from evenrise.workspace.plans.models import Department, Rung


def add_department(person: Person, *, name_en: str, name_es: str) -> Department:
    """Add a department, named in both languages.

    Raises:
        NotYours: when the person does not write the district's plans.
    """
    _refuse(person)
    with transaction.atomic():
        made = Department.objects.create(
            key=_free_key(name_en), name_en=name_en.strip(), name_es=name_es.strip()
        )
        record(person, "plans.add_department", _about(made))
    return made


def rename_department(
    person: Person, *, key: str, name_en: str, name_es: str
) -> Department:
    """Name a department anew; adopted editions keep the name they had.

    Raises:
        NotYours: when the person does not write the district's plans.
    """
    _refuse(person)
    with transaction.atomic():
        one = _held(key)
        one.name_en, one.name_es = name_en.strip(), name_es.strip()
        one.save()
        record(person, "plans.rename_department", _about(one))
    return one


def take_department_away(person: Person, *, key: str) -> None:
    """Take a department away that answers for nothing, now or before.

    Raises:
        NotYours: when the person does not write the district's plans.
        InputProblem: when steps name it.
    """
    _refuse(person)
    with transaction.atomic():
        one = _held(key)
        if Rung.objects.filter(department=one).exists():
            raise InputProblem(
                _("Steps name this department; give them to another one first.")
            )
        record(person, "plans.take_department_away", _about(one))
        one.delete()


def _refuse(person: Person) -> None:
    if not may_write_for(person, None):
        raise NotYours


def _held(key: str) -> Department:
    found = Department.objects.select_for_update().filter(key=key).first()
    if found is None:
        raise NotYours
    return found


def _free_key(name: str) -> str:
    begins = slugify(name)[:50] or "department"
    used = set(Department.objects.values_list("key", flat=True))
    found, number = begins, 2
    while found in used:
        found, number = f"{begins}-{number}", number + 1
    return found


def _about(one: Department) -> About:
    return About("department", one.key)
