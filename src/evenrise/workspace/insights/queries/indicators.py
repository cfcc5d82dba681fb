"""The pages of indicators: the list, one indicator, one number, one definition."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.drawing import (
    dots_picture,
    heat_picture,
    schools_picture,
    trend_picture,
)
from evenrise.publishing.page_store.model import (
    FactLine,
    IndicatorInfo,
    IndicatorPage,
)
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS, FAMILIES, PAIR
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.queries.pictures import Shown, show
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import Row


MOST_FINDINGS = 4  # beside the page; the list has all
MOST_SCHOOLS_DRAWN = 40  # beyond, the table alone is readable


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in the list."""

    title: str
    question: str
    url: str
    year: str
    row: Row | None
    gap_title: str
    gap_url: str


def indicator_lines(stand: Stand, language: Language) -> list[Line]:
    """Every indicator, as a review orders them."""
    lines = []
    for one in stand.pages.indicators():
        gap = stand.by_key.get(one.largest_gap) if one.largest_gap else None
        lines.append(
            Line(
                title=one.title[language],
                question=one.question[language],
                url=shown.indicator_url(one.key),
                year=shown.year_words(one.latest),
                row=shown.fact_row(one.district, one.info, language)
                if one.district
                else None,
                gap_title=gap.headline[language] if gap else "",
                gap_url=shown.finding_url(gap.key) if gap else "",
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a plain GET form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader chose on an indicator's page; anything unknown falls back."""

    family: str = ""
    year: int | None = None
    place: str = ""
    group: str = ""
    pair: str = ""


@dataclass(frozen=True, slots=True)
class OverYears:
    """Lines over the years, with did-both-rise in a sentence a group above them."""

    picture: Shown | None
    sentence: str  # of a single group
    readings: list[tuple[str, str, str]]  # of several: group, reading, how sure


@dataclass(frozen=True, slots=True)
class BySchool:
    """One group in every school, by name."""

    rows: list[Row]
    picture: Shown | None
    gaps: bool  # whether the group stands beside all other students of each school


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two families crossed: a table whose cells lead on, each with its tint."""

    heads: list[str]
    rows: list[tuple[str, list[tuple[Row | None, int]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An indicator's page."""

    info: IndicatorInfo
    title: str
    question: str
    answer: str
    place: str
    place_url: str
    year: str
    definition: str
    rule: str
    families: list[Choice]
    years: list[Choice]
    places: list[Choice]
    pairs: list[Choice]
    groups: list[Choice]
    family: str
    family_words: str
    group_words: str
    everyone: Row | None
    rows: list[Row]
    picture: Shown | None
    over_years: OverYears | None
    by_school: BySchool | None
    meeting: Meeting | None
    findings: list[tuple[str, str]]  # address, headline
    csv_url: str
    definition_url: str
    is_district: bool


@lru_cache(maxsize=256)  # a page store never changes; nothing here is personal
def indicator_page(
    pages: PageStore, key: str, chosen: Chosen, language: Language
) -> Page | None:
    """Everything about an indicator as it was chosen; None where it is not there."""
    district = pages.district.organization_id
    place = chosen.place or district
    one = pages.indicator_page(key, place, chosen.year)
    if one is None:
        return None
    is_district = place == district
    families = _families(one)
    family = (
        chosen.family if chosen.family in families else _first(pages, one, families)
    )
    own = [fact for fact in one.groups if fact.group_family == family]
    group = chosen.group if chosen.group in {f.group for f in own} else ""
    pair_choices = pages.pair_families(key) if is_district else ()
    pair = _pair(chosen.pair, pair_choices, family)
    return Page(
        info=one.info,
        title=one.info.title[language],
        question=one.info.question[language],
        answer=_answer(one, language),
        place=one.organization.called[language],
        place_url=""
        if is_district
        else shown.school_url(one.organization.organization_id),
        year=shown.year_words(one.school_year),
        definition=one.info.definition[language],
        rule=_("%(authority)s, version %(version)s")
        % {"authority": one.info.authority, "version": one.info.version},
        families=[
            Choice(code, shown.family_words(code, language), code == family)
            for code in families
        ],
        years=[
            Choice(str(year), shown.year_words(year), year == one.school_year)
            for year in reversed(one.years)
        ],
        places=_places(pages, one, language),
        pairs=[
            Choice(
                PAIR.join(found),
                shown.family_words(PAIR.join(found), language),
                found == pair,
            )
            for found in pair_choices
        ],
        groups=[
            Choice("", shown.all_words(language), not group),
            *(Choice(f.group, f.label[language], f.group == group) for f in own),
        ],
        family=family,
        family_words=shown.family_words(family, language) if family else "",
        group_words=_group_words(own, group, language),
        everyone=shown.fact_row(one.everyone, one.info, language, focus=True)
        if one.everyone
        else None,
        rows=[shown.fact_row(fact, one.info, language) for fact in own],
        picture=show(dots_picture(one.info, own, one.everyone), language, "groups"),
        over_years=_over_years(pages, one, family, language),
        by_school=_by_school(pages, one, (family, group), language),
        meeting=_meeting(pages, one, pair, language),
        findings=[
            (shown.finding_url(found.key), found.headline[language])
            for found in one.findings[:MOST_FINDINGS]
        ],
        csv_url=reverse("indicator_csv", args=[key])
        + f"?year={one.school_year}&place={one.organization.organization_id}"
        + f"&family={family}",
        definition_url=reverse("definition", args=[key]),
        is_district=is_district,
    )


def _families(one: IndicatorPage) -> list[str]:
    """The families told of, in the vocabulary's order; a second count of races last."""
    order = list(FAMILIES)
    return sorted(
        one.families,
        key=lambda code: (order.index(code) if code in order else len(order), code),
    )


def _first(pages: PageStore, one: IndicatorPage, families: list[str]) -> str:
    """The family of the largest clear gap, else the first with a number to show."""
    gaps = [found for found in one.findings if found.clear and found.group_family]
    line = pages.indicator(one.info.key)
    named = [found for found in gaps if line and found.key == line.largest_gap]
    for found in (*named, *gaps):
        if found.group_family in families:
            return str(found.group_family)
    shown_in = {fact.group_family for fact in one.groups if fact.estimate.known}
    return next((code for code in families if code in shown_in), "") or next(
        iter(families), ""
    )


def _pair(
    wanted: str, offered: tuple[tuple[str, str], ...], family: str
) -> tuple[str, str] | None:
    for found in offered:
        if PAIR.join(found) == wanted:
            return found
    own = [found for found in offered if family in found]
    return next(iter(own or offered), None)


def _answer(one: IndicatorPage, language: Language) -> str:
    """The section's answer where there is one, else the number of all students."""
    if one.section is not None:
        return one.section.answer[language]
    fact = one.everyone
    if fact is None:
        return _("%(place)s has no number of all students for %(year)s.") % {
            "place": one.organization.called[language],
            "year": shown.year_words(one.school_year),
        }
    return shown.answer_words(fact, one.info, language)


def _places(pages: PageStore, one: IndicatorPage, language: Language) -> list[Choice]:
    here = one.organization.organization_id
    district = pages.district
    return [
        Choice("", district.called[language], here == district.organization_id),
        *(
            Choice(
                fact.organization.organization_id,
                fact.organization.called[language],
                fact.organization.organization_id == here,
            )
            for fact in pages.by_school(one.info.key, one.school_year)
        ),
    ]


def _group_words(own: list[FactLine], group: str, language: Language) -> str:
    for fact in own:
        if fact.group == group:
            return fact.label[language]
    return shown.all_words(language)


def _over_years(
    pages: PageStore, one: IndicatorPage, family: str, language: Language
) -> OverYears | None:
    """Lines over the years, and did-both-rise in one line a group above them."""
    if len(one.years) < 2 or not family:
        return None
    complements = {f.complement for f in FAMILIES.values() if f.complement}
    lines = [
        line
        for line in pages.family_series(
            one.info.key, one.organization.organization_id, family
        )
        if line.group not in complements and line.group != "not_reported"
    ]
    picture = show(trend_picture(one.info, lines), language, "trend")
    if picture is None:
        return None
    code = one.organization.organization_id
    changes = one.changes or pages.changes(one.info.key, code, whole=True)
    own = [one for one in changes if one.group_family == family and one.whole_span]
    if len(own) == 1:
        return OverYears(picture, own[0].sentence[language], [])
    labels = {line.group: line.label[language] for line in lines}
    readings = [
        (
            labels.get(change.group, change.group),
            change.reading[language],
            shown.sure(change.certainty, language),
        )
        for change in own
    ]
    return OverYears(picture, "", readings)


def _by_school(
    pages: PageStore, one: IndicatorPage, group: tuple[str, str], language: Language
) -> BySchool | None:
    """One group in every school, by name; never ordered by its rate."""
    if one.organization.organization_id != pages.district.organization_id:
        return None
    family, code = group if group[1] else (ALL_FAMILY, ALL_STUDENTS)
    facts = pages.by_school(one.info.key, one.school_year, family, code)
    if not facts:
        return None
    rows = [
        shown.fact_row(
            fact,
            one.info,
            language,
            label=fact.organization.called[language],
            link=shown.place_url(fact),
        )
        for fact in facts
    ]
    whole = (
        one.everyone
        if family == ALL_FAMILY
        else next((f for f in one.groups if (f.group_family, f.group) == group), None)
    )
    drawn = 1 < len(facts) <= MOST_SCHOOLS_DRAWN
    picture = schools_picture(one.info, facts, whole) if drawn else None
    gaps = any(fact.gap is not None for fact in facts)
    return BySchool(rows, show(picture, language, "schools"), gaps)


def _meeting(
    pages: PageStore,
    one: IndicatorPage,
    pair: tuple[str, str] | None,
    language: Language,
) -> Meeting | None:
    """Two families crossed; the table's cells lead to their facts."""
    if pair is None:
        return None
    facts = pages.pairs(one.info.key, *pair, one.school_year)
    picture = heat_picture(one.info, facts, pair)
    if picture is None:
        return None
    tints = _tints(facts)
    cells = {
        fact.group: (shown.fact_row(fact, one.info, language), tint)
        for fact, tint in zip(facts, tints, strict=True)
    }
    down, across = (_codes(pair, facts, side) for side in (0, 1))
    return Meeting(
        [text[language] for text in picture.columns],
        [
            (
                label[language],
                [cells.get(f"{row}{PAIR}{column}", (None, 0)) for column in across],
            )
            for row, label in zip(down, picture.rows, strict=True)
        ],
    )


def _tints(facts: tuple[FactLine, ...]) -> list[int]:
    """A step from 1 (the lowest number of the table) to 5; 0 where there is none."""
    known = [one.estimate.value for one in facts if one.estimate.value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    width = (high - low) or 1.0
    return [
        0
        if one.estimate.value is None
        else 1 + min(4, int(5 * (one.estimate.value - low) / width))
        for one in facts
    ]


def _codes(pair: tuple[str, str], facts: tuple[FactLine, ...], side: int) -> list[str]:
    """The codes of one side, in the order of the picture's labels."""
    found = {fact.group.split(PAIR)[side] for fact in facts}
    family = FAMILIES.get(pair[side])
    known = [g.code for g in family.groups if g.code in found] if family else []
    return [*known, *sorted(found - set(known))]
