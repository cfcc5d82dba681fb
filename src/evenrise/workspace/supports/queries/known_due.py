"""The line of a start page for who has not yet said whom they know well."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.workspace.insights.due import Due
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.models import KnownBy


def known_due(person: Person) -> list[Due]:
    """Once, for who works with students; not for who leads the district. One query."""
    if not person.may(Right.SUPPORT_STUDENTS) or person.may(Right.ORGANIZE_SUPPORTS):
        return []
    if KnownBy.objects.filter(person=person).exists():
        return []
    return [Due(_("Say which students you know well"), reverse("known_mark"))]
