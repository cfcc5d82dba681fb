"""Choosing the rule that flags follow, from a day on; what held before stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.indicators.flags.rules import RULE_SETS, own_rule_set
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
from evenrise.vocabulary.text import Text
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.models import RuleChoice
from evenrise.workspace.supports.queries.flag_rules import OWN, OWN_NAME


Lines = Sequence[Mapping[str, Any]]


def own_lines_problem(lines: Lines) -> Text | None:
    """What is not right about own lines, in one sentence; None when all is."""
    try:
        own_rule_set(OWN, OWN_NAME, lines)
    except ArgumentProblem as problem:
        return problem.text
    return None


def choose_rule(
    person: Person,
    *,
    rule_set: str,
    begins_on: dt.date,
    reason: str,
    lines: Lines = (),
) -> RuleChoice:
    """Choose a rule set from a day on.

    Args:
        person: who chooses; the door has asked for the right.
        rule_set: a key of `RULE_SETS`, or "own".
        begins_on: today or later; flags of days before stay as they were found.
        reason: why; everybody who sees flags may read it.
        lines: the district's own lines, for "own".

    Raises:
        InputProblem: when the day is in the past, the set is not known, or a line of
            the district's own cannot be used.
    """
    if begins_on < timezone.localdate():
        raise InputProblem(_("Choose today or a later day."))
    if rule_set != OWN and rule_set not in RULE_SETS:
        raise InputProblem(_("There is no such rule; choose one of the list."))
    own = list(lines) if rule_set == OWN else []
    if rule_set == OWN and (problem := own_lines_problem(own)):
        raise InputProblem(problem)
    with transaction.atomic():
        choice = RuleChoice.objects.create(
            rule_set=rule_set,
            lines=own,
            begins_on=begins_on,
            reason=reason,
            by=person,
        )
        record(
            person,
            "supports.choose_rule",
            About("rule_choice", str(choice.pk)),
            rule_set=rule_set,
            begins_on=begins_on.isoformat(),
        )
    return choice
