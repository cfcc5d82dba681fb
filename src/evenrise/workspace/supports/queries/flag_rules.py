"""Which rule set holds on a day, as the district chose it; nothing is overwritten."""

from __future__ import annotations

import datetime as dt

from evenrise.indicators.flags.rules import RULE_SETS, RuleSet, own_rule_set
from evenrise.vocabulary.text import Text
from evenrise.workspace.supports.models import RuleChoice


DEFAULT = "abc"
OWN = "own"
OWN_NAME = Text("The district's own lines", "Las líneas propias del distrito")


def choice_on(day: dt.date) -> RuleChoice | None:
    """The choice that holds on a day; None where the default set holds."""
    return (
        RuleChoice.objects.filter(begins_on__lte=day)
        .select_related("by")
        .order_by("-begins_on", "-id")
        .first()
    )


def rule_set_of(choice: RuleChoice | None) -> RuleSet:
    """The rule set that a choice names; the default one without a choice.

    The district's own lines are a set of their own for each choice, so that a flag
    tells by which of them it was found.
    """
    if choice is None:
        return RULE_SETS[DEFAULT]
    if choice.rule_set == OWN:
        return own_rule_set(f"{OWN}_{choice.pk}", OWN_NAME, choice.lines)
    return RULE_SETS.get(choice.rule_set, RULE_SETS[DEFAULT])


def rule_set_on(day: dt.date) -> RuleSet:
    """The rule set that holds on a day."""
    return rule_set_of(choice_on(day))


def rule_name(key: str) -> Text:
    """The name of a rule set, by the key that a flag or a run carries."""
    found = RULE_SETS.get(key)
    return OWN_NAME if found is None else found.name
