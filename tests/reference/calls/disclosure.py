"""Card 6: what can be worked out from everything published; hiding a plain table."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenrise.statistics.small_numbers.attack import Published, Target, attack
from evenrise.statistics.small_numbers.plain_table import hide_in_table
from tests.reference.calls import Around, call, listed


@call("disclosure_attack")
def _attack(given: Any, _: Around) -> Any:
    found = attack(
        listed(given["cells"]),
        [_published(one) for one in listed(given["published"])],
        [
            Target(one["name"], _words(one["cells"]), _numbers(one.get("coef")))
            for one in listed(given["targets"])
        ],
        integer=given["integer"],
        min_width=given["min_width"],
    )
    return {
        "bounds": [
            {
                "target": one.target,
                "lp_lower": one.lower,
                "lp_upper": one.upper,
                "int_lower": one.integer_lower,
                "int_upper": one.integer_upper,
                "exact": one.exact,
                "too_narrow": one.too_narrow,
            }
            for one in found.known
        ],
        "any_exact": found.any_exact,
        "safe": found.safe,
    }


def _published(one: Any) -> Published:
    if one["kind"] == "sum_equals":
        return Published(_words(one["cells"]), one["value"], one["value"])
    return Published(
        _words(one["cells"]), one["lower"], one["upper"], _numbers(one.get("coef"))
    )


def _words(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in listed(value))


def _numbers(value: Any) -> tuple[float, ...]:
    return () if value is None else tuple(float(one) for one in listed(value))


@call("disclosure_secondary")
def _secondary(given: Any, _: Around) -> Any:
    counts = np.array(given["table"], dtype=np.int64)
    best = hide_in_table(
        counts, smallest_shown=given["min_n"], min_width=given["min_width"]
    )
    return {
        "primary": _cells(best.small),
        "min_secondary_cells": int(best.secondary.sum()),
        "number_of_optimal_patterns": best.ties,
        "smallest_value_lost": int(counts[best.secondary].sum()),
        "one_optimal_pattern": _cells(best.secondary),
    }


def _cells(flags: Any) -> list[str]:
    return [
        f"r{row + 1}_k{column + 1}" for column, row in np.argwhere(flags.T).tolist()
    ]
