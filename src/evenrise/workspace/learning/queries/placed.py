"""How practice stands on a map, by school and term: shares of ten people and more.

For rooms above: `reached_level` tells, term by term, how many tenths of those who were
placed are at a level or a better one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone

from evenrise.workspace.learning.models import Component, ICMap, Placement
from evenrise.workspace.learning.spread import (
    FEWEST,
    Spread,
    Spreads,
    protected,
    spread,
)
from evenrise.workspace.learning.terms import Term


TERMS = 6  # told at once
Counts = Mapping[str, list[int]]  # school ("" for none) to people at each level


@dataclass(frozen=True, slots=True)
class Reached:
    """A term: of `n` people placed, `tenths` in ten at a level or better.

    Both are None where fewer than ten people were placed.
    """

    term: Term
    n: int | None
    tenths: int | None


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


def reached_level(
    component: Component, level: int, schools: Collection[str], today: dt.date
) -> list[Reached]:
    """How many tenths of those placed are at a level or better, term by term.

    Args:
        component: of a map.
        level: 1 is the best; at it or above counts.
        schools: whose staff; none for all of the district. Of several schools only
            those are counted that may be shown alone.
        today: terms that ended before it are told.
    """
    return _reached(component.map, [component.pk], level, schools, today)


def reached_map(
    one: ICMap, level: int, schools: Collection[str], today: dt.date
) -> list[Reached]:
    """The same for a whole map: its placements on all components together count.

    `n` counts people of the component on which most were placed; tenths are those of
    all its components together.
    """
    return _reached(one, None, level, schools, today)


def _reached(
    one: ICMap,
    components: Collection[int] | None,
    level: int,
    schools: Collection[str],
    today: dt.date,
) -> list[Reached]:
    by_term: dict[Term, list[Spread | None]] = {}
    for component, terms in counts_by_term(one, today).items():
        if components is not None and component not in components:
            continue
        for term, places in terms.items():
            by_term.setdefault(term, []).append(_of_schools(places, schools))
    return [_told(term, by_term[term], level) for term in sorted(by_term)]


def _of_schools(places: Counts, schools: Collection[str]) -> Spread | None:
    allowed = protected(places)
    if not schools:
        return allowed.together
    wanted = [places[each] for each in allowed.places if each in set(schools)]
    if not wanted:
        return None
    return spread([sum(level) for level in zip(*wanted, strict=True)])


def _told(term: Term, spreads: list[Spread | None], level: int) -> Reached:
    known = [one for one in spreads if one is not None]
    if not known:
        return Reached(term, None, None)
    n = sum(one.n for one in known)
    share = sum(one.n * one.within[level - 1] for one in known) / n
    return Reached(term, max(one.n for one in known), round(share))


__all__ = [
    "FEWEST",
    "TERMS",
    "Reached",
    "counts_by_term",
    "reached_level",
    "reached_map",
    "spread_at",
    "spreads_of",
]
