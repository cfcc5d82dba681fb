"""Which published numbers would change: the pages before beside the pages after.

Both sides are protected: only what is shown on both is compared as a number; what
begins or ceases to be shown is counted.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from typing import Any

from evenrise.publishing.page_store.model import FactLine, IndicatorLine
from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.groups import PAIR
from evenrise.vocabulary.progress import Progress


LARGEST = 3  # moves told of each indicator
_SAME = 1e-9  # shares that differ by less are the same number

Place = tuple[int, str, str, str, str]


def compare(
    before: PageStore | None, after: PageStore, progress: Progress
) -> dict[str, Any]:
    """What would change in the published numbers, by indicator.

    Returns:
        `first`: whether nothing was published before. `indicators`: for each with a
        change its key, title, unit, how many numbers are shown, new, gone and changed,
        and the largest moves (organization, group, year, value before and after).
    """
    lines = {line.key: line for line in after.indicators()}
    old = {} if before is None else {line.key: line for line in before.indicators()}
    told = []
    keys = sorted({*lines, *old})
    for done, key in enumerate(keys):
        progress.step("compare", done, len(keys))
        line = lines.get(key) or old[key]
        one = _compare(
            line,
            {} if key not in old else dict(_shown(before, key)),
            {} if key not in lines else dict(_shown(after, key)),
        )
        if one["new"] or one["gone"] or one["changed"]:
            told.append(one)
    told.sort(key=lambda one: (-one["changed"], -one["new"], one["key"]))
    return {"first": before is None, "indicators": told}


def _shown(pages: PageStore | None, key: str) -> Iterator[tuple[Place, FactLine]]:
    """The numbers of an indicator that are shown."""
    if pages is None:
        return
    for fact in pages.facts(key):
        if fact.estimate.value is not None:
            where = fact.organization
            yield (
                (
                    fact.school_year,
                    where.level,
                    where.organization_id,
                    fact.group_family,
                    fact.group,
                ),
                fact,
            )


def _compare(
    line: IndicatorLine, old: dict[Place, FactLine], new: dict[Place, FactLine]
) -> dict[str, Any]:
    both = old.keys() & new.keys()
    changed = [place for place in both if _differ(old[place], new[place])]
    largest = heapq.nlargest(
        LARGEST,
        [place for place in changed if PAIR not in place[3]],
        key=lambda place: (_moved(old[place], new[place]), place),
    )
    return {
        "key": line.key,
        "title": line.title.as_dict(),
        "unit": line.info.unit,
        "shown": len(new),
        "new": len(new) - len(both),
        "gone": len(old) - len(both),
        "changed": len(changed),
        "moves": [_move(old[place], new[place]) for place in largest],
    }


def _differ(one: FactLine, other: FactLine) -> bool:
    return (
        abs(_value(one) - _value(other)) > _SAME
        or one.estimate.n != other.estimate.n
        or one.numerator != other.numerator
    )


def _moved(old: FactLine, new: FactLine) -> float:
    """How much a number moves, weighed as chance would have it move."""
    return abs(_value(new) - _value(old)) * math.sqrt(new.estimate.n or 1)


def _value(fact: FactLine) -> float:
    return fact.estimate.value or 0.0


def _move(old: FactLine, new: FactLine) -> dict[str, Any]:
    return {
        "organization": new.organization.name,
        "group": new.label.as_dict(),
        "everyone": new.group_family == "all",
        "year": new.school_year,
        "before": _value(old),
        "after": _value(new),
        "n": [old.estimate.n, new.estimate.n],
    }
