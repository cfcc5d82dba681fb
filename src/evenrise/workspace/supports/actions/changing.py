"""Change a running support: its goal, its owner, its aim, the rule for its end."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.actions.planning import refuse_owner
from evenrise.workspace.supports.actions.sessions import find_support
from evenrise.workspace.supports.models import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What of a plan can change without a review; dosage and dates need one."""

    goal: str
    owner: Person
    measure: str
    baseline: float | None
    target: float | None
    rises: bool
    exit_rule: str


def change_support(person: Person, *, support: int, changed: Changed) -> Support:
    """Change a running support; the record says which parts, not what they were.

    Raises:
        NotYours: when the support is not within the person's reach.
        InputProblem: when it has ended, or the new owner does not see the student.
    """
    with transaction.atomic():
        one = find_support(person, support)
        if one.ended_on is not None:
            raise InputProblem(_("This support has ended already."))
        if changed.owner.pk != one.owner_id:
            refuse_owner(person, changed.owner, {one.student_id})
        told = {part.name: getattr(changed, part.name) for part in fields(changed)}
        parts = sorted(name for name in told if getattr(one, name) != told[name])
        for name in parts:
            setattr(one, name, told[name])
        one.save(update_fields=parts)
        if parts:
            record(
                person,
                "supports.change_support",
                About("support", str(one.pk)),
                parts=parts,
            )
    return one
