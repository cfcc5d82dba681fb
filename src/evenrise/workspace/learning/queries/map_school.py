"""The page of how practice stands: a place's spread over levels, term by term."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.queries.pictures import Shown
from evenrise.workspace.learning.map_words import component_words, level_name
from evenrise.workspace.learning.models import ICMap
from evenrise.workspace.learning.queries.bars import Bar, bars_shown
from evenrise.workspace.learning.queries.map_content import components_of
from evenrise.workspace.learning.queries.placed import TERMS, spread_at, spreads_of
from evenrise.workspace.learning.spread import Spread, Spreads
from evenrise.workspace.learning.spread_words import share_words, term_words
from evenrise.workspace.learning.terms import Term
from evenrise.workspace.people.models import School
from evenrise.workspace.plans.said import Words


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A term: how many people, and the words for each level; or why there is none."""

    name: str
    n: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComponentSpread:
    """One component: a sentence, its picture and its rows."""

    key: str
    name: Words
    sentence: str
    picture: Shown
    rows: list[SpreadRow]


@dataclass(frozen=True, slots=True)
class MapSchoolPage:
    """How practice stands at one place, or in all of the district."""

    place: str
    schools: list[tuple[str, str]]
    chosen: str
    heads: tuple[str, ...]
    components: list[ComponentSpread]
    next_count: dt.date


def map_school_page(
    one: ICMap, school: str, today: dt.date, language: Language
) -> MapSchoolPage | None:
    """How practice stands; None for a school that is not there.

    Args:
        one: a map with its placements.
        school: whose staff; blank for all of the district.
        today: terms that ended before it are told.
        language: the reader's.
    """
    schools = list(School.objects.filter(current=True).values_list("pk", "name"))
    names = dict(schools)
    if school and school not in names:
        return None
    spreads = spreads_of(one, today)
    terms = sorted({term for told in spreads.values() for term in told})[-TERMS:]
    shown = []
    for component in components_of(one):
        told = spreads.get(component.pk, {})
        if any(term in told for term in terms):
            name = component_words(component, language)
            shown.append(
                _component(component.key, name, (terms, told, school), one.levels)
            )
    return MapSchoolPage(
        place=names.get(school, _("All of the district")),
        schools=schools,
        chosen=school,
        heads=tuple(level_name(n, one.levels) for n in range(1, one.levels + 1)),
        components=shown,
        next_count=Term.of(today).after,
    )


def _component(
    key: str,
    name: Words,
    told: tuple[list[Term], dict[Term, Spreads], str],
    levels: int,
) -> ComponentSpread:
    terms, by_term, school = told
    found: list[tuple[Term, Spread | None]] = [
        (term, spread_at(by_term[term], school) if term in by_term else None)
        for term in terms
    ]
    heads = [level_name(n, levels) for n in range(1, levels + 1)]
    bars = [Bar(term_words(term, begins=True), one) for term, one in found]
    sentence = _sentence(found, levels)
    return ComponentSpread(
        key=key,
        name=name,
        sentence=sentence,
        picture=bars_shown(name.text, sentence, heads, bars, f"spread-{key}"),
        rows=[_row(term, one, levels) for term, one in found],
    )


def _row(term: Term, one: Spread | None, levels: int) -> SpreadRow:
    name = term_words(term, begins=True)
    if one is None:
        return SpreadRow(name, _("hidden"), ("–",) * levels)
    shares = tuple(share_words(share) for share in one.tenths)
    return SpreadRow(name, str(one.n), shares)


def _sentence(found: list[tuple[Term, Spread | None]], levels: int) -> str:
    """What the last two terms that can be shown say of the better half."""
    better = max(levels // 2, 1)
    known = [(term, one) for term, one in found if one is not None]
    if not known:
        return _(
            "Nothing is shown: fewer than ten people placed it here in each term, or"
            " showing it would tell of another place."
        )
    term, last = known[-1]
    told = _(
        "From %(term)s, %(share)s of %(n)s people stood at level %(level)s or better."
    ) % {
        "term": term_words(term),
        "share": share_words(last.within[better - 1]),
        "n": last.n,
        "level": better,
    }
    if len(known) > 1:
        before, one = known[-2]
        told += " " + _("From %(term)s it was %(share)s of %(n)s people.") % {
            "term": term_words(before),
            "share": share_words(one.within[better - 1]),
            "n": one.n,
        }
    return told
