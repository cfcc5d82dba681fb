"""The page of one school: its answer, and its figures beside schools like it.

Schools like a school are chosen by who their students are, never by outcomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from evenrise.findings.comparisons import ALPHA, too_few_counts
from evenrise.findings.finding import Certainty
from evenrise.findings.sentences.stories import Counted
from evenrise.publishing.page_store.drawing import schools_picture
from evenrise.publishing.page_store.model import (
    FactLine,
    FindingLine,
    IndicatorInfo,
    LikeSchool,
    SchoolLine,
)
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import difference, difference_p
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.queries.pictures import Shown, show
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import Row


LIKE = 5  # schools beside a school


@dataclass(frozen=True, slots=True)
class Like:
    """A school like this one: how close, what both share, what sets them apart."""

    name: str
    url: str
    students: str
    closeness: str
    in_common: str
    differs: str


@dataclass(frozen=True, slots=True)
class Beside:
    """An indicator at this school beside the schools like it, taken together."""

    title: str
    url: str
    year: str
    own: Row
    like_value: str
    like_n: str
    difference: str
    interval: str
    reading: str
    certainty: str
    key: str
    drawn: bool
    drawable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPage:
    """One school."""

    name: str
    code: str
    heading: str
    answer: str
    shares: list[tuple[str, list[tuple[str, str, str]]]]
    like: list[Like]
    like_rule: str
    beside: list[Beside]
    picture: Shown | None
    findings: list[FindingLine]
    counted_in: str


@dataclass(slots=True)
class _Pair:
    """A school's fact and those of the schools like it, while they are compared."""

    info: IndicatorInfo
    own: FactLine
    others: list[FactLine]
    gap: Estimate | None = None
    p: float = float("nan")
    certainty: Certainty = Certainty.TOO_FEW
    x: float = 0.0
    n: float = 0.0


def school_page(
    stand: Stand, code: str, drawn: str, language: Language
) -> SchoolPage | None:
    """One school; None where there is none of this code."""
    one = stand.pages.school(code)
    if one is None or one.organization.level is not Level.SCHOOL:
        return None
    like = stand.pages.like_schools(code, LIKE)
    pairs = _pairs(stand, code, like)
    _compare(pairs)
    chosen = _drawn(pairs, drawn)
    findings = [f for f in stand.findings if f.organization_id == code]
    name = one.organization.called[language]
    return SchoolPage(
        name=name,
        code=code,
        heading=_("How does %(school)s serve its students?") % {"school": name},
        answer=_answer(name, findings, language),
        shares=_all_shares(one, language),
        like=[_like(other, language) for other in like],
        like_rule=stand.pages.like_rule().words[language],
        beside=[_beside(pair, code, chosen, language) for pair in pairs],
        picture=_picture(chosen, code, language) if like else None,
        findings=findings,
        counted_in=_counted_in(stand, one, language),
    )


def _answer(name: str, findings: list[FindingLine], language: Language) -> str:
    clear = [one for one in findings if one.clear and not one.good_news]
    if clear:
        return shown.short_words(clear[0], language)
    good = [one for one in findings if one.clear]
    if good:
        return shown.short_words(good[0], language)
    return _("Nothing stands out clearly in these records for %(school)s.") % {
        "school": name
    }


def _all_shares(
    one: SchoolLine, language: Language
) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Who the students are, family by family: group, students, share."""
    families: dict[str, list[tuple[str, str, str]]] = {}
    for share in one.shares:
        if share.group_family == "race_any":  # the same students named a second time
            continue
        families.setdefault(share.group_family, []).append(
            (
                share.label[language],
                "–" if share.hidden else shown.count_words(share.students, language),
                shown.share_words(share.share, language),
            )
        )
    return [
        (shown.family_words(code, language), rows) for code, rows in families.items()
    ]


def _like(other: LikeSchool, language: Language) -> Like:
    return Like(
        other.school.organization.called[language],
        shown.school_url(other.school.organization.organization_id),
        shown.count_words(other.school.students, language),
        other.closeness[language],
        " ".join(text[language] for text in other.in_common),
        " ".join(text[language] for text in other.differs),
    )


def _latest(facts: Sequence[FactLine]) -> dict[tuple[str, int], FactLine]:
    return {(one.indicator, one.school_year): one for one in facts}


def _pairs(stand: Stand, code: str, like: Sequence[LikeSchool]) -> list[_Pair]:
    """This school's latest fact of each indicator, and the others' of that year."""

    def of(place: str) -> dict[tuple[str, int], FactLine]:
        return _latest(
            stand.pages.facts(
                organization_id=place,
                level=str(Level.SCHOOL),
                family=ALL_FAMILY,
                group=ALL_STUDENTS,
            )
        )

    own = of(code)
    others = [of(one.school.organization.organization_id) for one in like]
    pairs = []
    for line in stand.pages.indicators():
        years = [year for key, year in own if key == line.key]
        if years:
            name = (line.key, max(years))
            beside = [found[name] for found in others if name in found]
            pairs.append(_Pair(line.info, own[name], beside))
    return pairs


def _compare(pairs: list[_Pair]) -> None:
    """Each indicator's difference, and how sure, all indicators of the page together.

    Newcombe's interval; the words after Benjamini and Hochberg over the page's
    indicators, so that a school with fifteen of them is not called different by chance.
    """
    for pair in pairs:
        known = [one for one in pair.others if _countable(one, pair.info)]
        if not known or not _countable(pair.own, pair.info):
            continue
        pair.x = sum(one.numerator or 0.0 for one in known)
        pair.n = sum(one.denominator or 0.0 for one in known)
        counts = (
            float(pair.own.numerator or 0),
            float(pair.own.denominator or 0),
            pair.x,
            pair.n,
        )
        pair.gap = difference(*counts)
        if too_few_counts(Counted(*counts[:2]), Counted(*counts[2:])):
            continue
        pair.certainty = Certainty.UNCLEAR
        pair.p = float(difference_p(*counts))
    adjusted = benjamini_hochberg(np.array([pair.p for pair in pairs]))
    for pair, p in zip(pairs, adjusted, strict=True):
        if pair.gap is not None and p < ALPHA and pair.gap.excludes_zero:
            pair.certainty = Certainty.DIFFERENT


def _countable(one: FactLine, info: IndicatorInfo) -> bool:
    return (
        info.counts_students
        and one.estimate.known
        and one.numerator is not None
        and bool(one.denominator)
    )


def _drawn(pairs: list[_Pair], wanted: str) -> _Pair | None:
    """The indicator that is drawn: the chosen one, else the first clear one."""
    for pair in pairs:
        if pair.info.key == wanted:
            return pair
    clear = [pair for pair in pairs if pair.certainty is Certainty.DIFFERENT]
    drawable = [pair for pair in pairs if pair.own.estimate.known and pair.others]
    return next(iter(clear or drawable), None)


def _picture(chosen: _Pair | None, code: str, language: Language) -> Shown | None:
    if chosen is None or not chosen.others:
        return None
    facts = sorted([chosen.own, *chosen.others], key=lambda one: one.organization.name)
    return show(schools_picture(chosen.info, facts, None, code), language, "like")


def _beside(pair: _Pair, code: str, chosen: _Pair | None, language: Language) -> Beside:
    info, gap = pair.info, pair.gap
    pooled = Estimate(pair.x / pair.n, n=int(pair.n)) if gap is not None else None
    return Beside(
        title=info.title[language],
        url=shown.indicator_url(info.key, place=code),
        year=shown.year_words(pair.own.school_year),
        own=shown.fact_row(pair.own, info, language),
        like_value=shown.estimate_words(pooled, info.unit, language),
        like_n=shown.count_words(pair.n, language) if gap is not None else "–",
        difference=shown.estimate_words(gap, "points", language),
        interval=shown.interval_of(gap, "points", language),
        reading=_reading(pair),
        certainty=str(pair.certainty),
        key=info.key,
        drawn=pair is chosen,
        drawable=pair.own.estimate.known and bool(pair.others),
    )


def _reading(pair: _Pair) -> str:
    """The only words that a comparison of schools may use."""
    if pair.gap is None:
        return _("cannot be compared")
    if pair.certainty is Certainty.TOO_FEW:
        return _("too few to say")
    if pair.certainty is Certainty.UNCLEAR:
        return _("unclear")
    return (
        _("different: higher") if (pair.gap.value or 0) > 0 else _("different: lower")
    )


def _counted_in(stand: Stand, one: SchoolLine, language: Language) -> str:
    """Which facts count the students."""
    if one.counted_in is None:
        return ""
    key, year = one.counted_in
    line = stand.pages.indicator(key)
    title = line.title[language] if line else key
    return _("Students are those counted for %(title)s in %(year)s.") % {
        "title": title,
        "year": shown.year_words(year),
    }
