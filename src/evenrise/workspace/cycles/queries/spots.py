"""Places to learn from: what the review found, who learns there, what visitors saw.

In alphabetical order, never by size of the effect: it is no league table. None found
is an answer too, and told as one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.finding import Kind
from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.model import FindingLine, FindingPage
from evenrise.publishing.story import FindingStory
from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.guide import questions
from evenrise.workspace.cycles.models import SpotVisit
from evenrise.workspace.insights.queries.pictures import Shown, show_drawn
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import (
    certainty_words,
    count_words,
    day_words,
    finding_url,
    listed,
    school_url,
    year_words,
)
from evenrise.workspace.people.models import Person, School


@dataclass(frozen=True, slots=True)
class SpotLine:
    """One place: what was found there, how often, and who learns there."""

    key: str
    school: str
    url: str
    sentence: str
    held: str  # in which of the years looked at
    sure: str


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit that the reader may read."""

    url: str
    school: str
    on: str
    by: str
    hypothesis: str
    lang: str  # of what was written, where it is another than the reader's
    mine: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class SpotsPage:
    """All places, or why there are none; visits; how many held."""

    lines: tuple[SpotLine, ...]
    none: str
    again: str  # how many of an earlier look held on a year not used to choose
    visits: tuple[VisitLine, ...]


def spots_page(stand: Stand, person: Person, language: Language) -> SpotsPage:
    """The page of places to learn from."""
    found = _found(stand.pages)
    lines = sorted(
        (_line(stand.pages, one, language) for one in found),
        key=lambda line: (line.school.casefold(), line.key),
    )
    reasons = [
        one.reason[language]
        for one in stand.pages.not_said()
        if one.kind is Kind.BRIGHT_SPOT
    ]
    return SpotsPage(
        lines=tuple(lines),
        none="" if lines else (reasons or [_none()])[0],
        again=_again(stand, found),
        visits=tuple(_visits(person, language)),
    )


def _none() -> str:
    return _("The review did not look for places to learn from in these records.")


def _found(pages: PageStore) -> tuple[FindingLine, ...]:
    return pages.findings(kind=Kind.BRIGHT_SPOT)


def _line(pages: PageStore, one: FindingLine, language: Language) -> SpotLine:
    page = pages.finding(one.key)
    return SpotLine(
        key=one.key,
        school=one.organization_name,
        url=reverse("spot", args=[one.key]),
        sentence=one.sentence[language],
        held="" if page is None else _held(page),
        sure=certainty_words(one.certainty, language),
    )


def _held(page: FindingPage) -> str:
    """In which of the years it held: once is chance, so at least two are asked for."""
    details = page.plain.get("details", {})
    years, known = details.get("years", []), details.get("years_known", 0)
    if not years:
        return ""
    told = {
        "years": listed(year_words(int(year)) for year in years),
        "n": len(years),
        "known": known,
    }
    return _("Held in %(n)d of %(known)d years looked at: %(years)s.") % told


def _again(stand: Stand, found: tuple[FindingLine, ...]) -> str:
    """How many places of the look before, at earlier years, are found again now."""
    before = stand.before()
    if before is None:
        return ""
    now = {(one.indicator, one.organization_id): one.school_year for one in found}
    latest = max((one.school_year or 0 for one in found), default=0)
    earlier = [
        (one.indicator, one.organization_id)
        for one in _found(before)
        if latest == 0 or (one.school_year or 0) < latest
    ]
    if not earlier:
        return ""
    held = sum(place in now for place in earlier)
    return ngettext(
        "Of the %(n)d place found a look earlier, %(held)d is found again.",
        "Of the %(n)d places found a look earlier, %(held)d are found again.",
        len(earlier),
    ) % {"n": len(earlier), "held": held}


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A question of the guide, with what a visit answered."""

    ask: str
    look: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SpotPage:
    """One place: what was found, who learns there, the guide, the visits."""

    key: str
    school: str
    school_id: str
    headline: str
    sentence: str
    story: FindingStory | None
    picture: Shown | None
    held: str
    intake: str
    school_url: str
    finding_url: str
    guide: tuple[GuideLine, ...]
    visits: tuple[VisitLine, ...]


def spot_page(
    stand: Stand, person: Person, key: str, language: Language
) -> SpotPage | None:
    """A place's page; None where neither the review nor a visit knows it.

    A place that the current records no longer name still shows its visits.
    """
    found = stand.pages.finding(key)
    page = found if found and found.line.kind is Kind.BRIGHT_SPOT else None
    visits = tuple(_visits(person, language, key))
    school = _school(page, person, key)
    if school is None:
        return None
    told = page.told[language] if page else None
    return SpotPage(
        key=key,
        school=school.name,
        school_id=school.pk,
        headline=page.line.headline[language] if page else "",
        sentence=page.line.sentence[language] if page else "",
        story=told,
        picture=show_drawn(page.picture, language, told.picture_title, told.reading)
        if page and told
        else None,
        held=_held(page) if page else "",
        intake=_intake(stand.pages, school.pk, language),
        school_url=school_url(school.pk),
        finding_url=finding_url(key) if page else "",
        guide=tuple(guide_lines({}, language)),
        visits=visits,
    )


def _school(page: FindingPage | None, person: Person, key: str) -> School | None:
    if page is not None:
        return School.objects.filter(pk=page.line.organization_id).first()
    visit = visits_read_by(person).filter(finding_key=key).first()
    return visit.school if visit else None


def _intake(pages: PageStore, school: str, language: Language) -> str:
    """How many students learn there; the school's page says who they are."""
    line = pages.school(school)
    if line is None or line.students is None:
        return ""
    return _("%(n)s students learn here.") % {"n": count_words(line.students, language)}


def guide_lines(answers: dict[str, str], language: Language) -> list[GuideLine]:
    """The guide's questions, with the answers of a visit where there are any."""
    return [
        GuideLine(one.ask[language], one.look[language], answers.get(one.key, ""))
        for one in questions()
    ]


def visits_read_by(person: Person) -> QuerySet[SpotVisit]:
    """One's own visits, and those that their writers shared."""
    return SpotVisit.objects.filter(
        Q(by=person) | Q(shared_at__isnull=False), removed_at__isnull=True
    ).select_related("school", "by")


def _visits(
    person: Person, language: Language, key: str | None = None
) -> list[VisitLine]:
    found = visits_read_by(person)
    if key is not None:
        found = found.filter(finding_key=key)
    return [visit_line(person, one, language) for one in found[:100]]


def visit_line(person: Person, one: SpotVisit, language: Language) -> VisitLine:
    """A visit as a list shows it."""
    return VisitLine(
        url=reverse("visit", args=[one.pk]),
        school=one.school.name,
        on=day_words(one.on, language),
        by=one.by.name,
        hypothesis=one.hypothesis,
        lang="" if one.language == language else one.language,
        mine=one.by_id == person.pk,
        shared=one.shared_at is not None,
    )
