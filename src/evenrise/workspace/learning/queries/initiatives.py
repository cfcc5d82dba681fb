"""The pages of initiatives: the list, and one with its chain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from evenrise.findings.chain.model import Chain, LinkReading
from evenrise.findings.chain.words import HOLDS
from evenrise.publishing import numbers
from evenrise.publishing.page_store import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.queries.pictures import Shown
from evenrise.workspace.insights.shown import day_words, indicator_url
from evenrise.workspace.learning.models import Initiative, InitiativeState, Mended
from evenrise.workspace.learning.queries.chain import chain_of
from evenrise.workspace.people.roles import ROLES, Role
from evenrise.workspace.plans.queries.promise_figures import promise_figures
from evenrise.workspace.plans.said import Words, rung_url, words_of


@dataclass(frozen=True, slots=True)
class Line:
    """An initiative in a list."""

    url: str
    title: Words
    state: str
    begins: str
    schools: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """One link of the chain, in the reader's language."""

    code: str
    title: str
    holds: str
    answer: str  # yes, partly, no ...: for the mark, never for the colour alone
    sentence: str
    n: str
    can: str
    cannot: str


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school's reading, where the initiative names several."""

    school: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MendedLine:
    """What was mended, when."""

    pk: int
    link: str
    words: str
    lang: str
    on: str


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the initiative stands on or names: what it is, and where."""

    what: str
    words: Words
    url: str


@dataclass(frozen=True, slots=True)
class InitiativePage:
    """All that one page shows."""

    chain: Chain
    sentence: str
    mend: str
    links: tuple[LinkView, ...]
    pictures: tuple[Shown, ...]
    schools: tuple[SchoolRow, ...]
    mended: tuple[MendedLine, ...]
    indicator_url: str


def initiatives_there(state: str = "") -> QuerySet[Initiative]:
    """Initiatives that were not removed; those under way first."""
    found = Initiative.objects.filter(removed_at=None).prefetch_related("schools")
    return found.filter(state=state) if state else found


def initiative_lines(language: Language) -> list[Line]:
    """The list: under way, prepared, ended; each by title."""
    order = (
        InitiativeState.UNDERWAY,
        InitiativeState.PLANNED,
        InitiativeState.ENDED,
    )
    lines = [(order.index(InitiativeState(one.state)), _line(one, language))
             for one in initiatives_there()]  # fmt: skip
    lines.sort(key=lambda one: (one[0], one[1].title.text.casefold()))
    return [line for _place, line in lines]


def _line(one: Initiative, language: Language) -> Line:
    return Line(
        reverse("initiative", args=[one.slug]),
        words_of(one, "title", language),
        str(InitiativeState(one.state).label),
        numbers.day(one.begins_on, language),
        ", ".join(sorted(school.name for school in one.schools.all())),
    )


def initiative_page(
    one: Initiative, pages: PageStore | None, on: dt.date, language: Language
) -> InitiativePage:
    """The chain of an initiative, read today."""
    chain = chain_of(one, pages, on)
    single = chain.students[0] if len(chain.students) == 1 else None
    return InitiativePage(
        chain=chain,
        sentence=chain.sentence[language],
        mend=chain.mend[language],
        links=tuple(_view(link, language) for link in chain.links),
        pictures=() if single is None else promise_figures(single, language),
        schools=()
        if single
        else tuple(
            SchoolRow(read.promise.place[language], read.sentence[language])
            for read in chain.students
        ),
        mended=tuple(_mended(row, language) for row in _mended_rows(one)),
        indicator_url=indicator_url(one.indicator) if one.indicator and pages else "",
    )


def roles_words(one: Initiative, language: Language) -> str:
    """For whom the learning is."""
    return ", ".join(ROLES[Role(role)].name[language] for role in one.roles)


def rung_link(one: Initiative) -> str:
    """The page of the plan's rung; blank where it serves none."""
    return rung_url(one.rung.plan, one.rung.key) if one.rung else ""


def _view(link: LinkReading, language: Language) -> LinkView:
    return LinkView(
        code=link.link,
        title=link.title[language],
        holds=HOLDS[link.holds][language],
        answer=link.holds,
        sentence=link.sentence[language],
        n=numbers.count(link.n, language) if link.n is not None else "",
        can=link.can[language],
        cannot=link.cannot[language],
    )


def _mended_rows(one: Initiative) -> QuerySet[Mended]:
    return one.mended.filter(removed_at=None)


def _mended(row: Mended, language: Language) -> MendedLine:
    own = row.text_es if language == "es" else row.text_en
    words = own or row.text_en or row.text_es
    lang = "" if own else ("en" if row.text_en else "es")
    return MendedLine(row.pk, row.link, words, lang, day_words(row.at, language))
