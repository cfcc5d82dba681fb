"""What of flags is a person's to do, for the start page."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import ngettext

from evenrise.publishing.numbers import count
from evenrise.workspace.insights.due import Due
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.people.roles import Scope
from evenrise.workspace.supports.access import may_support, reach_today
from evenrise.workspace.supports.queries.flags import (
    open_flags_within,
    students_waiting,
)


def due_flags(person: Person) -> Iterable[Due]:
    """How many students whom the person serves have a flag and nothing begun.

    For those who serve students, not for whoever reaches the whole district.
    """
    scopes = {grant.scope for grant in person.grants_today}
    if not may_support(person) or Scope.DISTRICT in scopes:
        return []
    waiting = students_waiting(open_flags_within(reach_today(person)))
    if not waiting:
        return []
    words = ngettext(
        "%(count)s student you serve has a flag and nothing begun",
        "%(count)s students you serve have a flag and nothing begun",
        waiting,
    ) % {"count": count(waiting, page_language())}
    return [Due(words, f"{reverse('flags')}?waiting=yes")]
