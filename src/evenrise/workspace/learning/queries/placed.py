"""How practice stands on a map, by school and term: shares of ten people and more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils import timezone

from evenrise.workspace.learning.models import ICMap, Placement
from evenrise.workspace.learning.spread import (
    Spread,
    Spreads,
    protected,
)
from evenrise.workspace.learning.terms import Term


TERMS = 6  # told at once
Counts = Mapping[str, list[int]]  # school ("" for none) to people at each level


def counts_by_term(one: ICMap, today: dt.date) -> dict[int, dict[Term, Counts]]:
    """Component to term to counts by school, of terms that have ended; one query.

    In a term everybody counts once on a component, with the last placement that was
    written in it and stood at its end.
    """
    last: dict[tuple[int, Term, int], tuple[str, int]] = {}
    for component, term, person, school, level in _written(one, today):
        last[component, term, person] = (school, level)
    found: dict[int, dict[Term, dict[str, list[int]]]] = {}
    for (component, term, _person), (school, level) in last.items():
        places = found.setdefault(component, {}).setdefault(term, {})
        levels = places.setdefault(school, [0] * one.levels)
        levels[min(level, one.levels) - 1] += 1
    return found  # type: ignore[return-value]  # a dict of dicts, read only from here


def _written(one: ICMap, today: dt.date) -> Iterator[tuple[int, Term, int, str, int]]:
    """Placements that count, the earliest written first."""
    rows = (
        Placement.objects.filter(component__map=one, component__removed_at=None)
        .order_by("at", "id")
        .values_list(
            "component", "person", "school", "level", "at", "taken_back_at", named=True
        )
    )
    for row in rows.iterator():
        term = Term.of(timezone.localdate(row.at))
        back = row.taken_back_at
        if term.after > today:
            continue
        if back is not None and timezone.localdate(back) < term.after:
            continue
        yield row.component, term, row.person, row.school or "", row.level


def spreads_of(one: ICMap, today: dt.date) -> dict[int, dict[Term, Spreads]]:
    """Component to term to what may be shown, each term as one system."""
    return {
        component: {term: protected(places) for term, places in sorted(terms.items())}
        for component, terms in counts_by_term(one, today).items()
    }


def spread_at(spreads: Spreads, school: str) -> Spread | None:
    """What may be shown of a school; of the whole district for a blank one."""
    return spreads.places.get(school) if school else spreads.together
