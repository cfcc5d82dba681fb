"""The list of cycles: one's own teams', and what others shared."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.access import cycles_of, cycles_read_by
from evenrise.workspace.cycles.models import Cycle, CycleState
from evenrise.workspace.cycles.said import cycle_url, state_words, title_of
from evenrise.workspace.insights.models import Start, StartKind
from evenrise.workspace.insights.shown import day_words, finding_url
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.said import Words


PER_PAGE = 30
_NOTED = 5  # findings noted as a start that are offered


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for in the list."""

    words: str = ""
    state: str = ""
    school: str = ""
    mine: bool = False
    page: int = 1

    @property
    def anything(self) -> bool:
        """Whether something was asked."""
        return bool(self.words or self.state or self.school or self.mine)


@dataclass(frozen=True, slots=True)
class Line:
    """One cycle of the list."""

    url: str
    title: Words
    state: str
    school: str
    until: str
    mine: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding that somebody noted as the start of a cycle."""

    headline: str
    note: str
    finding: str
    begin: str


@dataclass(frozen=True, slots=True)
class CyclesPage:
    """The list, what stands above it, and what it may be narrowed to."""

    answer: str
    lines: tuple[Line, ...]
    page: Page[Cycle]
    states: tuple[tuple[str, str], ...]
    schools: tuple[tuple[str, str], ...]
    noted: tuple[Noted, ...]
    any_at_all: bool


def cycles_page(person: Person, wanted: Wanted, language: Language) -> CyclesPage:
    """What the person reads, own teams' first, then by the day of the last change."""
    own = frozenset(cycles_of(person).values_list("pk", flat=True))
    read = cycles_read_by(person)
    found = _narrowed(read, own, wanted)
    rows = found.select_related("school").order_by("-changed_at", "-id")
    if own:
        mine = Q(pk__in=own)
        rows = rows.annotate(own=mine).order_by("-own", "-changed_at", "-id")
    page = Paginator(rows, PER_PAGE).get_page(wanted.page)
    codes = read.exclude(school=None).values("school").distinct()
    schools = School.objects.filter(pk__in=codes).order_by("name")
    total = page.paginator.count
    return CyclesPage(
        answer=_answer(len(own), read.exclude(pk__in=own).count()),
        lines=tuple(_line(one, own, language) for one in page.object_list),
        page=page,
        states=tuple((str(code), str(label)) for code, label in CycleState.choices),
        schools=tuple(schools.values_list("school_id", "name")),
        noted=tuple(_noted(person, language)),
        any_at_all=bool(total or wanted.anything),
    )


def _narrowed(
    read: QuerySet[Cycle], own: frozenset[int], wanted: Wanted
) -> QuerySet[Cycle]:
    if wanted.mine:
        read = read.filter(pk__in=own)
    if wanted.state in CycleState.values:
        read = read.filter(state=wanted.state)
    if wanted.school:
        read = read.filter(school=wanted.school.replace("\x00", ""))
    for word in wanted.words.replace("\x00", "").split()[:8]:
        told = Q()
        for name in ("title_en", "title_es", "text_en", "text_es", "aim", "change"):
            told |= Q(**{f"{name}__icontains": word})
        read = read.filter(told)
    return read


def _answer(own: int, shared: int) -> str:
    if not own and not shared:
        return _("No team has shared a cycle yet, and you are in none.")
    mine = (
        ngettext("You are in %(n)s cycle", "You are in %(n)s cycles", own) % {"n": own}
        if own
        else _("You are in no cycle")
    )
    others = ngettext(
        "other teams share %(n)s.", "other teams share %(n)s.", shared
    ) % {"n": shared}
    return _("%(mine)s; %(others)s") % {"mine": mine, "others": others}


def _line(one: Cycle, own: frozenset[int], language: Language) -> Line:
    return Line(
        cycle_url(one),
        title_of(one, language),
        state_words(one.state),
        one.school.name if one.school else "",
        day_words(one.decided_on or one.until, language),
        one.pk in own,
        one.shared_at is not None,
    )


def _noted(person: Person, language: Language) -> list[Noted]:
    """Findings noted as a start, of which the person's own teams made no cycle yet."""
    if not person.may(Right.INQUIRE):
        return []
    begun = cycles_of(person).exclude(finding_key="").values("finding_key")
    rows = Start.objects.filter(kind=StartKind.CYCLE, withdrawn_at=None).exclude(
        finding_key__in=begun
    )
    return [
        Noted(
            one.headline[language],
            one.note,
            finding_url(one.finding_key),
            begin_url(finding=one.finding_key),
        )
        for one in rows[:_NOTED]
    ]


def begin_url(**named: str) -> str:
    """The address at which a cycle begins from something."""
    return f"{reverse('cycle_new')}?{urlencode(named)}"
