"""Written evidence as pages show it: the list, one piece, a theme, beside numbers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.access import evidence_read_by, may_change_evidence
from evenrise.workspace.insights.models import (
    Evidence,
    EvidenceKind,
    EvidenceVersion,
    LinkKind,
    Quote,
    SaidBy,
    Theme,
)
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.people.models import Person


A_PAGE = 20
BESIDE = 4  # pieces beside a number; the list has all


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """A quote in its own language."""

    text: str
    said_by: str
    theme: str
    theme_url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence, short, as it stands beside a number."""

    title: str
    url: str
    kind: str
    day: str
    place: str
    language: str
    quotes: list[QuoteShown]
    begins: str
    restricted: bool


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """What a reader asked the list for."""

    kind: str = ""
    theme: str = ""
    school: str = ""
    words: str = ""
    page: int = 1

    def query(self, page: int) -> str:
        """The address of another page of the same list."""
        told = {
            "kind": self.kind,
            "theme": self.theme,
            "school": self.school,
            "q": self.words,
            "page": page if page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in told.items() if value})


def _ready(found: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return found.select_related("school", "by").prefetch_related(
        "quotes__theme", "themes"
    )


def piece(one: Evidence, language: Language) -> Piece:
    """A piece as a list shows it; its parts must have been fetched."""
    return Piece(
        title=one.title,
        url=reverse("evidence_piece", args=[one.pk]),
        kind=str(EvidenceKind(one.kind).label),
        day=shown.day_words(one.held_on, language),
        place=one.school.name if one.school else "",
        language=one.language,
        quotes=[quote(q, language) for q in one.quotes.all()],
        begins=_begins(one.text),
        restricted=one.readers == "school",
    )


def quote(one: Quote, language: Language) -> QuoteShown:
    """A quote as a page shows it."""
    return QuoteShown(
        one.text,
        str(SaidBy(one.said_by).label),
        one.theme.name[language] if one.theme else "",
        reverse("theme", args=[one.theme.code]) if one.theme else "",
    )


def _begins(text: str, letters: int = 220) -> str:
    """The beginning of a text, cut at a word."""
    plain = " ".join(text.split())
    if len(plain) <= letters:
        return plain
    return plain[:letters].rsplit(" ", 1)[0] + " …"


def beside(person: Person, kind: LinkKind, key: str, language: Language) -> list[Piece]:
    """The evidence that stands beside a finding, an indicator or a school."""
    found = evidence_read_by(person).filter(
        withdrawn_at=None, links__kind=kind, links__key=key
    )
    return [piece(one, language) for one in _ready(found)[:BESIDE]]


def evidence_list(
    person: Person, wanted: EvidenceFilter, language: Language
) -> tuple[list[Piece], int]:
    """A page of the evidence that a person may read, and how much there is."""
    found = evidence_read_by(person).filter(withdrawn_at=None)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.school:
        found = found.filter(school=wanted.school)
    if wanted.theme:
        found = found.filter(themes__code=wanted.theme)
    if wanted.words:
        asked = wanted.words.strip()
        found = found.filter(Q(title__icontains=asked) | Q(text__icontains=asked))
    total = found.count()
    first = (max(1, wanted.page) - 1) * A_PAGE
    page = _ready(found)[first : first + A_PAGE]
    return [piece(one, language) for one in page], total


@dataclass(frozen=True, slots=True)
class Linked:
    """Something that evidence stands beside."""

    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    """One piece of evidence whole."""

    evidence: Evidence
    kind: str
    day: str
    written: str
    written_in: str
    place: str
    place_url: str
    quotes: list[QuoteShown]
    themes: list[Linked]
    links: list[Linked]
    versions: list[tuple[EvidenceVersion, str]]
    own: bool


def evidence_page(stand: Stand, key: int, language: Language) -> EvidencePage | None:
    """A piece of evidence; None where it is not the person's to read.

    What was withdrawn is there for its author alone.
    """
    one = _ready(evidence_read_by(stand.person)).filter(pk=key).first()
    if one is None or (one.withdrawn_at and one.by_id != stand.person.pk):
        return None
    return EvidencePage(
        evidence=one,
        kind=str(EvidenceKind(one.kind).label),
        day=shown.day_words(one.held_on, language),
        written=shown.day_words(one.changed_at or one.at, language),
        written_in=one.get_language_display(),
        place=one.school.name if one.school else stand.pages.district.called[language],
        place_url=shown.school_url(one.school.pk) if one.school else "",
        quotes=[quote(q, language) for q in one.quotes.all()],
        themes=[
            Linked(theme.name[language], reverse("theme", args=[theme.code]))
            for theme in one.themes.all()
        ],
        links=_links(stand, one, language),
        versions=[
            (version, shown.day_words(version.at, language))
            for version in one.versions.select_related("by")
        ],
        own=may_change_evidence(stand.person, one),
    )


def _links(stand: Stand, one: Evidence, language: Language) -> list[Linked]:
    """Findings and indicators by their names of today; schools by theirs."""
    titles = {line.key: line.title[language] for line in stand.pages.indicators()}
    told = []
    for link in one.links.all():
        if link.kind == LinkKind.FINDING and link.key in stand.by_key:
            words = stand.by_key[link.key].headline[language]
            told.append(Linked(words, shown.finding_url(link.key)))
        elif link.kind == LinkKind.INDICATOR and link.key in titles:
            told.append(Linked(titles[link.key], shown.indicator_url(link.key)))
        elif link.kind == LinkKind.SCHOOL and link.key != one.school_id:
            place = stand.pages.organization(link.key)
            if place is not None:
                told.append(Linked(place.name, shown.school_url(link.key)))
    return told


def themes_used(
    person: Person, language: Language
) -> list[tuple[Theme, str, str, int]]:
    """Every theme with its words and how much evidence the person may read on it."""
    readable = evidence_read_by(person).filter(withdrawn_at=None).values("pk")
    found = Theme.objects.annotate(
        pieces=Count("evidence", filter=Q(evidence__in=readable), distinct=True)
    ).order_by("place", "id")
    return [
        (one, one.name[language], one.about[language] if one.about else "", one.pieces)
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class ThemePage:
    """What was seen and heard about one theme."""

    theme: Theme
    name: str
    about: str
    pieces: list[Piece]


def theme_page(person: Person, code: str, language: Language) -> ThemePage | None:
    """A theme with the evidence on it."""
    one = Theme.objects.filter(code=code).first()
    if one is None:
        return None
    found = evidence_read_by(person).filter(withdrawn_at=None, themes=one)
    return ThemePage(
        one,
        one.name[language],
        one.about[language] if one.about else "",
        [piece(found_one, language) for found_one in _ready(found)[:A_PAGE]],
    )
