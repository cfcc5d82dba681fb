"""How many students lines would flag, before anybody chooses them."""

from __future__ import annotations

from evenrise.indicators.flags.rules import RULE_SETS, own_rule_set
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.supports.actions.flag_cards import counts_of
from evenrise.workspace.supports.actions.flag_choosing import Lines
from evenrise.workspace.supports.queries.flag_rules import OWN, OWN_NAME, rule_set_on
from evenrise.workspace.supports.queries.flag_sets import Preview


def preview_rule(rule_set: str, lines: Lines) -> Preview | None:
    """What a rule would find in the records that stand; None where none stand.

    Args:
        rule_set: a key of `RULE_SETS`, or "own".
        lines: the district's own lines, for "own".

    Raises:
        ArgumentProblem: when a line cannot be used.
        InputProblem: when a part of the store cannot be read.
    """
    current = standing()
    if current is None:
        return None
    tried = (
        own_rule_set("own_tried", OWN_NAME, lines)
        if rule_set == OWN
        else RULE_SETS[rule_set]
    )
    held = rule_set_on(current.as_of)
    found = counts_of(
        snapshot_store().get(current.snapshot),
        current.as_of,
        district_settings(),
        tuple({one.key: one for one in (tried, held)}.values()),
    )
    one = found[tried.key]
    return Preview(
        one["students"], one["flagged"], one["no_data"], found[held.key]["flagged"]
    )
