"""The start page: the answer, what changed since the last visit, what is yours to do.

At most five lines each; the page says so when there is nothing. What would stand after
the fifth line is not asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.finding import Kind
from evenrise.publishing.page_store.model import FindingLine
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.queries.questions import questions_owned_by
from evenrise.workspace.data.states import State
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.access import (
    evidence_read_by,
    own_schools,
    places_with,
)
from evenrise.workspace.insights.due import Due, further_due, further_news
from evenrise.workspace.insights.models import Answer, Decision, Recommendation, Remark
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.people.models import Person, School, Section
from evenrise.workspace.people.roles import Right, Role, Scope


MOST = 5  # lines a list
_FINDINGS_TOLD = 2  # new findings named by themselves; the rest as a number
_GAPS = {Kind.GAP, Kind.SCHOOL, Kind.INTERSECTION, Kind.ACCESS}


@dataclass(frozen=True, slots=True)
class Place:
    """A district or a school: its answer and its largest gap."""

    name: str
    url: str
    answer: str
    gap: str
    gap_url: str


@dataclass(frozen=True, slots=True)
class OwnSection:
    """One section that a teacher teaches."""

    title: str
    students: str
    section_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """What somebody meets first."""

    places: list[Place]
    since: str
    news: list[Due]
    due: list[Due]
    sections: list[OwnSection]
    sees_findings: bool
    sees_students: bool
    brings_files: bool


def start_page(stand: Stand, language: Language) -> StartPage:
    """The start page of a person, by their roles of today."""
    person = stand.person
    sees = person.may(Right.SEE_FINDINGS)
    since = person.seen_before
    return StartPage(
        places=_places(stand, language) if sees else [],
        since=shown.day_words(since, language),
        news=_first(_news(stand, since, language)) if sees and since else [],
        due=_first(_due(stand, language)),
        sections=_sections(person, language),
        sees_findings=sees,
        sees_students=person.may(Right.SEE_STUDENTS),
        brings_files=person.may(Right.BRING_FILES),
    )


def _first(lines: Iterable[Due]) -> list[Due]:
    return list(islice(lines, MOST))


def _places(stand: Stand, language: Language) -> list[Place]:
    """The district for whoever has it, otherwise the person's own schools."""
    if any(grant.scope == Scope.DISTRICT for grant in stand.person.grants_today):
        return [_district(stand, language)]
    schools = School.objects.filter(pk__in=sorted(own_schools(stand.person)))
    told = [_school(stand, school, language) for school in schools[:MOST]]
    return told or [_district(stand, language)]


def _district(stand: Stand, language: Language) -> Place:
    pages = stand.pages
    summary = pages.summary
    own = [f for f in stand.findings if f.organization_id == stand.district_id]
    gap = _largest(own) or _largest(list(pages.main()))
    answer = summary[0][language] if summary else ""
    return Place(
        pages.district.called[language],
        reverse("indicators"),
        answer,
        gap.headline[language] if gap else "",
        shown.finding_url(gap.key) if gap else "",
    )


def _school(stand: Stand, school: School, language: Language) -> Place:
    own = [one for one in stand.findings if one.organization_id == school.pk]
    clear = [one for one in own if one.clear]
    gap = _largest(own)
    answer = (
        shown.short_words(clear[0], language)
        if clear
        else _("Nothing stands out clearly in these records for %(school)s.")
        % {"school": school.name}
    )
    same = bool(clear) and gap is clear[0]
    return Place(
        school.name,
        shown.school_url(school.pk),
        answer,
        gap.headline[language] if gap and not same else "",
        shown.finding_url(gap.key) if gap and not same else "",
    )


def _largest(findings: list[FindingLine]) -> FindingLine | None:
    """The clear gap of most students, of the last two years before older ones."""
    gaps = [
        one for one in findings if one.clear and one.kind in _GAPS and not one.good_news
    ]
    last = max((one.school_year or 0 for one in findings), default=0)

    def weight(one: FindingLine) -> tuple[bool, int]:
        return (one.school_year or 0) >= last - 1, one.students or 0

    return max(gaps, key=weight, default=None)


def _news(stand: Stand, since: dt.datetime, language: Language) -> Iterator[Due]:
    """What changed since the last visit, most concerning first."""
    person = stand.person
    if stand.standing.since > since:
        yield Due(
            _("New records are shown: as they stood on %(day)s.")
            % {"day": shown.day_words(stand.standing.as_of, language)},
            reverse("indicators"),
        )
        yield from _new_findings(stand, language)
    yield from _answers(person, since)
    yield from _remarks(stand, since, language)
    yield from _evidence(person, since)
    yield from further_news(person, since)


def _new_findings(stand: Stand, language: Language) -> list[Due]:
    keys = stand.new_keys()
    own = own_schools(stand.person)
    new = [
        one
        for one in stand.findings
        if one.key in keys
        and one.clear
        and (not own or one.organization_id in own or one.in_main)
    ]
    lines = [
        Due(
            _("New finding: %(headline)s") % {"headline": one.headline[language]},
            shown.finding_url(one.key),
        )
        for one in new[:_FINDINGS_TOLD]
    ]
    rest = len(new) - len(lines)
    if rest > 0:
        lines.append(
            Due(
                ngettext(
                    "%(count)s further new finding",
                    "%(count)s further new findings",
                    rest,
                )
                % {"count": rest},
                reverse("findings") + "?state=new",
            )
        )
    return lines


def _answers(person: Person, since: dt.datetime) -> list[Due]:
    """Answers to what the person asked."""
    if not person.may(Right.RECOMMEND):
        return []
    found = (
        Answer.objects.filter(latest=True, at__gt=since, recommendation__by=person)
        .exclude(by=person)
        .select_related("by", "recommendation")[:MOST]
    )
    return [
        Due(
            _("%(name)s answered your recommendation: %(verdict)s")
            % {"name": one.by.name, "verdict": one.get_verdict_display()},
            reverse("recommendation", args=[one.recommendation_id]),
        )
        for one in found
    ]


def _remarks(stand: Stand, since: dt.datetime, language: Language) -> list[Due]:
    """What others said about findings that the person decided or spoke about."""
    person = stand.person
    own = {
        *Decision.objects.filter(by=person).values_list("finding_key", flat=True),
        *Remark.objects.filter(by=person).values_list("finding_key", flat=True),
    }
    if not own:
        return []
    found = (
        Remark.objects.filter(at__gt=since, withdrawn_at=None, finding_key__in=own)
        .exclude(by=person)
        .select_related("by")[:MOST]
    )
    known = stand.by_key
    return [
        Due(
            _("%(name)s wrote about: %(headline)s")
            % {
                "name": one.by.name,
                "headline": known[one.finding_key].headline[language],
            },
            shown.finding_url(one.finding_key) + "#discussion",
        )
        for one in found
        if one.finding_key in known
    ]


def _evidence(person: Person, since: dt.datetime) -> list[Due]:
    """New written evidence that the person may read."""
    found = (
        evidence_read_by(person)
        .filter(at__gt=since, withdrawn_at=None)
        .exclude(by=person)
        .order_by("-at")[:2]
    )
    return [
        Due(
            _("New written evidence: %(title)s") % {"title": one.title},
            reverse("evidence_piece", args=[one.pk]),
        )
        for one in found
    ]


def waiting_recommendations(person: Person) -> QuerySet[Recommendation]:
    """Recommendations without an answer that the person may answer."""
    places = places_with(person, Right.ANSWER_RECOMMENDATIONS)
    waiting = (
        Recommendation.objects.filter(withdrawn_at=None)
        .exclude(answers__latest=True)
        .select_related("school")
    )
    if places.district:
        return waiting
    return waiting.filter(school__in=sorted(places.schools))


def _due(stand: Stand, language: Language) -> Iterator[Due]:
    """What waits for the person: in this room, then in the others."""
    person = stand.person
    yield from _files(person)
    yield from _questions(person, language)
    yield from _to_answer(stand, language)
    yield from _stale(person)
    yield from further_due(person)


def _to_answer(stand: Stand, language: Language) -> list[Due]:
    """Recommendations that wait for the person's answer."""
    person = stand.person
    if not person.may(Right.ANSWER_RECOMMENDATIONS):
        return []
    return [
        Due(
            _("Answer a recommendation for %(place)s")
            % {
                "place": one.school.name
                if one.school
                else stand.pages.district.called[language]
            },
            reverse("recommendation", args=[one.pk]),
        )
        for one in waiting_recommendations(person)[:MOST]
    ]


def _stale(person: Person) -> list[Due]:
    """Recommendations of the person whose two languages do not say the same."""
    if not person.may(Right.RECOMMEND):
        return []
    mine = Recommendation.objects.filter(by=person, withdrawn_at=None)
    return [
        Due(
            _("Bring the other language of a recommendation up to date"),
            reverse("recommendation", args=[one.pk]),
        )
        for one in mine
        if one.stale
    ][:2]


def _files(person: Person) -> list[Due]:
    """Files that were read and wait for somebody to look at the difference."""
    if not person.may(Right.BRING_FILES):
        return []
    waiting = Import.objects.filter(state__in=[State.READY, State.REFUSED])[:2]
    return [
        Due(
            _("Look at the files of %(day)s before they are shown")
            % {"day": shown.day_words(one.made_at, shown.reader_language())}
            if one.state == State.READY
            else _("See why files could not be used"),
            reverse("import", args=[one.key]),
        )
        for one in waiting
    ]


def _questions(person: Person, language: Language) -> list[Due]:
    """Questions about the data that the person owns."""
    if not person.may(Right.ANSWER_QUESTIONS):
        return []
    return [
        Due(
            _("Answer about the data: %(question)s")
            % {"question": one.text_es if language == "es" else one.text_en},
            reverse("data_question", args=[one.pk]),
        )
        for one in questions_owned_by(person)[:MOST]
    ]


def _sections(person: Person, language: Language) -> list[OwnSection]:
    """The sections that a teacher teaches, with how many students each has."""
    if not person.staff_id or not any(
        grant.role == Role.TEACHER for grant in person.grants_today
    ):
        return []
    found = Section.objects.filter(staff_id=person.staff_id).annotate(
        places=Count("rosters")
    )
    return [
        OwnSection(
            one.title or one.section_id,
            ngettext("%(count)s student", "%(count)s students", one.places)
            % {"count": shown.count_words(one.places, language)},
            one.section_id,
        )
        for one in found
    ]
