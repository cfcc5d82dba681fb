"""Self-assessments as pages show them: those that ask, and what staff said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.publishing.numbers import day
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.insights.due import Due
from evenrise.workspace.insights.queries.pictures import Shown
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.learning.access import may_organize
from evenrise.workspace.learning.map_words import in_words
from evenrise.workspace.learning.models import (
    SelfAnswer,
    SelfAnswered,
    SelfAssessment,
    Standard,
)
from evenrise.workspace.learning.queries.bars import Bar, bars_shown
from evenrise.workspace.learning.queries.standards import set_words
from evenrise.workspace.learning.spread import Spread, Spreads, protected
from evenrise.workspace.learning.spread_words import share_words
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.said import Words


_SHOWN = 6  # times of one list, told at once
LEVELS = 4


@dataclass(frozen=True, slots=True)
class AssessmentShown:
    """One assessment of the list."""

    pk: int
    name: Words
    where: str
    days: str
    answered: bool
    removes: bool = False  # whether this person may remove it


@dataclass(frozen=True, slots=True)
class AssessmentsShown:
    """Those that ask now, those to come, and those that closed."""

    open: list[AssessmentShown]
    coming: list[AssessmentShown]
    closed: list[AssessmentShown]


@dataclass(frozen=True, slots=True)
class StandardSaid:
    """One standard: what staff said of it, time after time."""

    key: str
    name: Words
    sentence: str
    picture: Shown
    rows: list[tuple[str, str, list[tuple[str, str]]]]  # day, n, each answer's words


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What staff said of a list, at one place or in all places that were asked."""

    name: Words
    place: str
    chosen: str
    schools: list[tuple[str, str]]
    heads: tuple[str, ...]
    standards: list[StandardSaid]


def answer_words() -> tuple[str, ...]:
    """The four answers, the fullest first."""
    return (
        _("Everywhere"),
        _("In most places"),
        _("In some places"),
        _("Not yet"),
    )


def assessments_shown(person: Person, language: Language) -> AssessmentsShown:
    """All assessments; what is open tells whether the person has answered."""
    today, district = timezone.localdate(), may_organize(person, None)
    mine = SelfAnswered.objects.filter(assessment=OuterRef("pk"), person=person)
    every = (
        SelfAssessment.objects.filter(removed_at=None)
        .select_related("standards")
        .prefetch_related("schools")
        .annotate(answered_by_me=Exists(mine))
    )
    lines: dict[str, list[AssessmentShown]] = {"open": [], "coming": [], "closed": []}
    for one in every:
        state = (
            "coming"
            if one.opens_on > today
            else "open"
            if one.closes_on >= today
            else "closed"
        )
        own = district or one.made_by_id == person.pk
        lines[state].append(replace(_line(one, language), removes=own))
    return AssessmentsShown(**lines)


def _line(one: SelfAssessment, language: Language) -> AssessmentShown:
    names = [each.name for each in one.schools.all()]
    told = {
        "first": day(one.opens_on, language),
        "last": day(one.closes_on, language),
    }
    return AssessmentShown(
        one.pk,
        set_words(one.standards, language),
        ", ".join(names) or _("All of the district"),
        _("%(first)s to %(last)s") % told,
        bool(getattr(one, "answered_by_me", False)),
    )


def assessment_line(one: SelfAssessment, language: Language) -> AssessmentShown:
    """One assessment: its list, its places and its days."""
    return _line(one, language)


def assessment_there(key: int) -> SelfAssessment | None:
    """An assessment that was not removed, with its list and its schools."""
    return (
        SelfAssessment.objects.filter(pk=key, removed_at=None)
        .select_related("standards")
        .prefetch_related("schools")
        .first()
    )


def has_answered(person: Person, one: SelfAssessment) -> bool:
    """Whether the person answered; what they said is not known."""
    return SelfAnswered.objects.filter(assessment=one, person=person).exists()


def results_page(
    one: SelfAssessment, school: str, today: dt.date, language: Language
) -> ResultsPage | None:
    """What staff said, time after time; None while it is open, and for other places.

    Args:
        one: an assessment that closed.
        school: one of its schools, or blank for all of its places together.
        today: what closed before it is told.
        language: the reader's.
    """
    if one.closes_on >= today:
        return None
    times = _times(one, today)
    spreads = {each.pk: _spreads(each) for each in times}
    names = dict(_schools(one))
    if school and school not in names:
        return None
    standards = Standard.objects.filter(standards=one.standards_id, removed_at=None)
    return ResultsPage(
        name=set_words(one.standards, language),
        place=names.get(school) or _line(one, language).where,
        chosen=school,
        schools=list(names.items()),
        heads=answer_words(),
        standards=[
            _standard(each, times, spreads, (school, language)) for each in standards
        ],
    )


def _times(one: SelfAssessment, today: dt.date) -> list[SelfAssessment]:
    """The times that the same places were asked about the same list, to this one."""
    mine = {each.pk for each in one.schools.all()}
    found = (
        SelfAssessment.objects.filter(
            standards=one.standards_id, removed_at=None, closes_on__lt=today
        )
        .filter(closes_on__lte=one.closes_on)
        .order_by("closes_on", "pk")
        .prefetch_related("schools")
    )
    same = [each for each in found if {s.pk for s in each.schools.all()} == mine]
    return same[-_SHOWN:]


def _schools(one: SelfAssessment) -> list[tuple[str, str]]:
    """The schools that were asked, by name; whoever answered or not."""
    named = [(str(each.pk), each.name) for each in one.schools.all()]
    if named:
        return named
    return list(School.objects.filter(current=True).values_list("pk", "name"))


def _spreads(one: SelfAssessment) -> dict[str, Spreads]:
    """Standard to what may be shown of each place, each standard as one system."""
    counts: dict[str, dict[str, list[int]]] = {}
    rows = SelfAnswer.objects.filter(assessment=one).values_list("school", "answers")
    for school, answers in rows:
        for key, said in answers.items():
            levels = counts.setdefault(key, {}).setdefault(school or "", [0] * LEVELS)
            levels[LEVELS - int(said)] += 1
    return {key: protected(places) for key, places in counts.items()}


def _standard(
    one: Standard,
    times: Sequence[SelfAssessment],
    spreads: dict[int, dict[str, Spreads]],
    where: tuple[str, Language],
) -> StandardSaid:
    school, language = where
    found: list[tuple[str, Spread | None]] = []
    for each in times:
        told = spreads[each.pk].get(one.key)
        shown = None
        if told is not None:
            shown = told.places.get(school) if school else told.together
        found.append((day(each.closes_on, language), shown))
    name = in_words(one.name_en, one.name_es, language)
    sentence = _sentence(found)
    bars = [Bar(on, shown) for on, shown in found]
    return StandardSaid(
        key=one.key,
        name=name,
        sentence=sentence,
        picture=bars_shown(
            name.text, sentence, answer_words(), bars, f"said-{one.key}"
        ),
        rows=[_row(on, shown) for on, shown in found],
    )


def _row(on: str, shown: Spread | None) -> tuple[str, str, list[tuple[str, str]]]:
    told = ["–"] * LEVELS
    if shown is not None:
        told = [share_words(each) for each in shown.tenths]
    n = _("hidden") if shown is None else str(shown.n)
    return on, n, list(zip(answer_words(), told, strict=True))


def _sentence(found: list[tuple[str, Spread | None]]) -> str:
    known = [(on, one) for on, one in found if one is not None]
    if not known:
        return _(
            "Nothing is shown: fewer than ten people answered here, or showing it"
            " would tell of another place."
        )
    on, last = known[-1]
    told = _(
        "By %(day)s, %(share)s of %(n)s who answered said: everywhere, or in most"
        " places."
    ) % {"day": on, "share": share_words(last.within[1]), "n": last.n}
    if len(known) > 1:
        before, one = known[-2]
        told += " " + _("By %(day)s it was %(share)s of %(n)s.") % {
            "day": before,
            "share": share_words(one.within[1]),
            "n": one.n,
        }
    return told


def assessments_due(person: Person) -> list[Due]:
    """Assessments that are open, ask this person, and wait for their answer."""
    if not person.may(Right.INQUIRE):
        return []
    today = timezone.localdate()
    mine = SelfAnswered.objects.filter(assessment=OuterRef("pk"), person=person)
    waiting = (
        SelfAssessment.objects.filter(
            ~Exists(mine), removed_at=None, opens_on__lte=today, closes_on__gte=today
        )
        .select_related("standards")
        .prefetch_related("schools")
    )
    found = list(waiting)
    schools = own_schools(person) if found else frozenset()
    language = reader_language()
    return [
        Due(
            _("Say how far these standards hold where you work: %(name)s")
            % {"name": set_words(one.standards, language).text},
            reverse("self_assess", args=[one.pk]),
        )
        for one in found
        if not (named := {s.pk for s in one.schools.all()}) or named & schools
    ]
