"""Recommendations as pages show them: school by school, and one with its history."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from evenrise.vocabulary.text import LANGUAGES, Language
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.access import (
    evidence_read_by,
    may_answer,
    may_recommend,
)
from evenrise.workspace.insights.models import (
    Answer,
    AnswerVerdict,
    Recommendation,
    RecommendationVersion,
)
from evenrise.workspace.insights.queries.evidence import Linked
from evenrise.workspace.insights.queries.stand import Stand


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation in a list."""

    text: str
    written_in: str
    stale: str
    url: str
    place: str
    verdict: str
    state: str  # "" where nobody answered
    day: str


def _ready(found: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    latest = Answer.objects.filter(latest=True).select_related("by")
    return found.select_related("school", "by").prefetch_related(
        Prefetch("answers", queryset=latest, to_attr="now")
    )


def _answer_of(one: Recommendation) -> Answer | None:
    found: list[Answer] = one.now  # type: ignore[attr-defined]
    return found[0] if found else None


def line(stand: Stand, one: Recommendation, language: Language) -> Asked:
    """A recommendation as a list shows it; its parts must have been fetched."""
    text, written_in = one.text_in(language)
    answer = _answer_of(one)
    return Asked(
        text=text,
        written_in=written_in,
        stale=one.stale or "",
        url=reverse("recommendation", args=[one.pk]),
        place=one.school.name if one.school else stand.pages.district.called[language],
        verdict=str(AnswerVerdict(answer.verdict).label) if answer else "",
        state=answer.verdict if answer else "",
        day=shown.day_words(one.changed_at or one.at, language),
    )


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """What is asked of one place."""

    name: str
    url: str
    asked: list[Asked]


def by_place(stand: Stand, language: Language) -> list[PlaceAsked]:
    """All recommendations: the district's first, then school by school by name."""
    found = _ready(Recommendation.objects.filter(withdrawn_at=None)).order_by(
        "school__name", "id"
    )
    places: dict[str | None, PlaceAsked] = {}
    for one in found:
        if one.school_id not in places:
            name = (
                one.school.name if one.school else stand.pages.district.called[language]
            )
            url = shown.school_url(one.school_id) if one.school_id else ""
            places[one.school_id] = PlaceAsked(name, url, [])
        places[one.school_id].asked.append(line(stand, one, language))
    district = [places.pop(None)] if None in places else []
    return [*district, *places.values()]


def for_finding(stand: Stand, key: str, language: Language) -> list[Asked]:
    """The recommendations that stand on a finding."""
    found = Recommendation.objects.filter(withdrawn_at=None, findings__finding_key=key)
    return [line(stand, one, language) for one in _ready(found)]


def for_school(stand: Stand, school_id: str, language: Language) -> list[Asked]:
    """The recommendations for a school."""
    found = Recommendation.objects.filter(withdrawn_at=None, school=school_id)
    return [line(stand, one, language) for one in _ready(found)]


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer in the history of a recommendation."""

    answer: Answer
    verdict: str
    day: str
    to_earlier_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationPage:
    """One recommendation whole."""

    recommendation: Recommendation
    asked: Asked
    texts: list[tuple[str, str, str, bool]]  # language, text, day, stale
    findings: list[Linked]
    evidence: list[Linked]
    answer: AnswerShown | None
    history: list[AnswerShown]
    versions: list[tuple[RecommendationVersion, str]]
    own: bool
    may_answer: bool


def recommendation_page(
    stand: Stand, key: int, language: Language
) -> RecommendationPage | None:
    """A recommendation; what was withdrawn is there for its author alone."""
    one = _ready(Recommendation.objects.filter(pk=key)).first()
    if one is None or (one.withdrawn_at and one.by_id != stand.person.pk):
        return None
    history = [
        _shown(answer, one, language) for answer in one.answers.select_related("by")
    ]
    return RecommendationPage(
        recommendation=one,
        asked=line(stand, one, language),
        texts=[
            (
                code,
                one.text_en if code == "en" else one.text_es,
                shown.day_words(one.en_at if code == "en" else one.es_at, language),
                one.stale == code,
            )
            for code in sorted(LANGUAGES, key=lambda code: code != language)
        ],
        findings=[
            Linked(stand.by_key[key].headline[language], shown.finding_url(key))
            for key in one.findings.values_list("finding_key", flat=True)
            if key in stand.by_key
        ],
        evidence=[
            Linked(piece.title, reverse("evidence_piece", args=[piece.pk]))
            for piece in evidence_read_by(stand.person)
            .filter(withdrawn_at=None, recommendations=one)
            .only("title")
        ],
        answer=next((told for told in history if told.answer.latest), None),
        history=history,
        versions=[
            (version, shown.day_words(version.at, language))
            for version in one.versions.all()
        ],
        own=one.by_id == stand.person.pk and may_recommend(stand.person, one.school_id),
        may_answer=one.withdrawn_at is None and may_answer(stand.person, one),
    )


def _shown(answer: Answer, one: Recommendation, language: Language) -> AnswerShown:
    return AnswerShown(
        answer,
        str(AnswerVerdict(answer.verdict).label),
        shown.day_words(answer.at, language),
        answer.on_version < one.version,
    )
