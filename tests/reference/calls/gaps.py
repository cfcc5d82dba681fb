"""Card 2: gaps and their trends."""

from __future__ import annotations

from typing import Any

from evenrise.statistics.gap_change import gap_change
from tests.reference.calls import Around, call


@call("gap_change_decomposition")
def _gap_change(given: Any, _: Around) -> Any:
    pairs = (
        tuple(given[key]) for key in ("higher_1", "higher_2", "lower_1", "lower_2")
    )
    change = gap_change(*pairs, conf=given.get("conf", 0.95))
    share = change.share_from_rise
    return {
        "gap_1": change.gap_before.value,
        "gap_2": change.gap_after.value,
        "narrowing": change.narrowing.value,
        "narrowing_se_wald": change.narrowing_se,
        "narrowing_ci_mover": [change.narrowing.lower, change.narrowing.upper],
        "rise_of_lower": change.lower_change.value,
        "fall_of_higher": -change.higher_change.value,
        "lower_change_ci": [change.lower_change.lower, change.lower_change.upper],
        "higher_change_ci": [change.higher_change.lower, change.higher_change.upper],
        "share_from_rise": share,
        "share_from_fall": None if share is None else 1 - share,
        "point_label": change.label,
        "evidence": change.evidence,
        "warn_levelling_down": change.levelling_down_warning,
    }
