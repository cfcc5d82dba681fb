"""Pages of practices: which there are, and where each held and where it did not.

A cycle that its team keeps private is counted and nothing else is told of it: neither
its school nor what was decided.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.access import cycles_of, cycles_read_by
from evenrise.workspace.cycles.models import (
    Cycle,
    CycleState,
    Practice,
    PracticeTried,
)
from evenrise.workspace.cycles.queries.practice_access import may_write_practice
from evenrise.workspace.insights.shown import day_words, listed, reader_language
from evenrise.workspace.people.models import Person, RoleGrant
from evenrise.workspace.people.roles import ROLES, Right, Role
from evenrise.workspace.plans.said import Words, words_of


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """A practice in the list."""

    url: str
    title: Words
    tried: str  # how many cycles
    schools: str  # of the cycles that the reader may read


@dataclass(frozen=True, slots=True)
class PracticesPage:
    """The list: those in use, the retired ones, schools to choose from."""

    lines: tuple[PracticeLine, ...]
    retired: tuple[PracticeLine, ...]
    schools: tuple[tuple[str, str], ...]


def practices_page(
    person: Person, words: str, school: str, language: Language
) -> PracticesPage:
    """Practices by title; four queries whatever their number.

    Args:
        person: who reads; decides which cycles' schools are named.
        words: what to look for in titles and texts; blank for all.
        school: a school's code; blank for all.
        language: the reader's.
    """
    places = _places(person)
    found = _looked_for(words)
    if school:
        there = {key for key, codes in places.items() if school in codes}
        found = found.filter(pk__in=sorted(there))
    alive = Q(tried__cycle__removed_at__isnull=True)
    found = found.annotate(cycles=Count("tried", filter=alive))
    lines = [(one.retired_at, _line(one, places, language)) for one in found]
    ordered = sorted(lines, key=lambda pair: pair[1].title.text.casefold())
    schools = {pair for codes in places.values() for pair in codes.items()}
    return PracticesPage(
        tuple(line for retired, line in ordered if retired is None),
        tuple(line for retired, line in ordered if retired is not None),
        tuple(sorted(schools, key=lambda pair: pair[1].casefold())),
    )


def _looked_for(words: str) -> QuerySet[Practice]:
    found = Practice.objects.all()
    for word in words.split()[:8]:
        found = found.filter(
            Q(title_en__icontains=word)
            | Q(title_es__icontains=word)
            | Q(text_en__icontains=word)
            | Q(text_es__icontains=word)
            | Q(context_en__icontains=word)
            | Q(context_es__icontains=word)
        )
    return found


def _places(person: Person) -> dict[int, dict[str, str]]:
    """By practice: the schools, code and name, of cycles that the person may read."""
    rows = PracticeTried.objects.filter(
        cycle__in=cycles_read_by(person), cycle__school__isnull=False
    ).values_list("practice", "cycle__school", "cycle__school__name")
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for practice, code, name in rows:
        found[practice][code] = name
    return found


def _line(
    one: Practice, places: dict[int, dict[str, str]], language: Language
) -> PracticeLine:
    names = sorted(places.get(one.pk, {}).values(), key=str.casefold)
    number = int(getattr(one, "cycles", 0))
    return PracticeLine(
        reverse("practice", args=[one.slug]),
        words_of(one, "title", language),
        ngettext("%(n)d cycle", "%(n)d cycles", number) % {"n": number},
        listed(names),
    )


@dataclass(frozen=True, slots=True)
class TriedLine:
    """One cycle that tried it, as far as the reader may know."""

    key: int
    cycle: int
    title: Words
    school: str
    state: str
    said: Words  # what the cycle found, in words for everybody
    on: str
    note: str
    mine: bool
    private: bool


@dataclass(frozen=True, slots=True)
class TriedGroup:
    """Cycles with the same decision."""

    code: str
    name: str
    lines: tuple[TriedLine, ...]


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A practice, its evidence, whom to ask, and what this person may do."""

    practice: Practice
    title: Words
    text: Words
    context: Words
    answer: str
    groups: tuple[TriedGroup, ...]
    private: str
    people: tuple[tuple[str, str], ...]  # name, role
    asked: bool
    writes: bool
    adds: bool
    changed: str
    retired: str


def practice_page(
    person: Person, one: Practice, today: dt.date, language: Language
) -> PracticePage:
    """A practice's page."""
    all_tried = one.tried.filter(cycle__removed_at__isnull=True).count()
    mine = set(cycles_of(person).values_list("pk", flat=True))
    read = list(
        one.tried.filter(cycle__in=cycles_read_by(person))
        .select_related("cycle__school")
        .order_by("cycle__decided_on", "id")
    )
    people = tuple(_people(one, today, language))
    return PracticePage(
        practice=one,
        title=words_of(one, "title", language),
        text=words_of(one, "text", language),
        context=words_of(one, "context", language),
        answer=_answer(all_tried, [tried.cycle.state for tried in read]),
        groups=tuple(_groups(read, mine, language)),
        private=_private(all_tried - len(read)),
        people=people,
        asked=one.people.filter(pk=person.pk).exists(),
        writes=may_write_practice(person, one),
        adds=person.may(Right.INQUIRE) and one.retired_at is None,
        changed=day_words(one.changed_at, language),
        retired=day_words(one.retired_at, language),
    )


def _answer(number: int, states: list[str]) -> str:
    """How many tried it, and what those decided that the reader may read."""
    if not number:
        return _("No cycle stands behind this practice any more.")
    counted = ngettext(
        "%(n)d cycle tried this.", "%(n)d cycles tried this.", number
    ) % {"n": number}
    told = [
        words % {"n": states.count(state)}
        for state, words in _decided_words(states)
        if states.count(state)
    ]
    if not told:
        return counted
    if len(states) == number:
        sentence = _("Of these, %(decisions)s.")
    else:
        sentence = _("Of those that you may read, %(decisions)s.")
    first = " ".join((counted, sentence % {"decisions": listed(told)}))
    if number == 1:
        return first + " " + _("Once is a beginning, and no proof yet.")
    return first


def _decided_words(states: list[str]) -> list[tuple[str, str]]:
    def number(state: CycleState) -> int:
        return states.count(state)

    return [
        (
            CycleState.ADOPTED,
            ngettext(
                "%(n)d adopted it", "%(n)d adopted it", number(CycleState.ADOPTED)
            ),
        ),
        (
            CycleState.ADAPTED,
            ngettext(
                "%(n)d adapted it", "%(n)d adapted it", number(CycleState.ADAPTED)
            ),
        ),
        (
            CycleState.ABANDONED,
            ngettext(
                "%(n)d abandoned it",
                "%(n)d abandoned it",
                number(CycleState.ABANDONED),
            ),
        ),
    ]


def _private(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(n)d more cycle is private to its team: it is counted, and nothing else is "
        "told of it.",
        "%(n)d more cycles are private to their teams: they are counted, and nothing "
        "else is told of them.",
        number,
    ) % {"n": number}


def _groups(
    read: list[PracticeTried], mine: set[int], language: Language
) -> list[TriedGroup]:
    names = {
        "held": _("Where it held"),
        "changed": _("Where it held after a change"),
        "not_held": _("Where it did not hold"),
        "open": _("Where it is being tried"),
    }
    of = {
        CycleState.ADOPTED: "held",
        CycleState.ADAPTED: "changed",
        CycleState.ABANDONED: "not_held",
    }
    lines: dict[str, list[TriedLine]] = defaultdict(list)
    for one in read:
        code = of.get(CycleState(one.cycle.state), "open")
        lines[code].append(_tried_line(one, mine, language))
    return [
        TriedGroup(code, name, tuple(lines[code]))
        for code, name in names.items()
        if lines[code]
    ]


def _tried_line(one: PracticeTried, mine: set[int], language: Language) -> TriedLine:
    cycle = one.cycle
    return TriedLine(
        key=one.pk,
        cycle=cycle.pk,
        title=words_of(cycle, "title", language),
        school=cycle.school.name if cycle.school else "",
        state=str(CycleState(cycle.state).label),
        said=words_of(cycle, "text", language),
        on=day_words(cycle.decided_on, language),
        note=one.note,
        mine=cycle.pk in mine,
        private=cycle.shared_at is None,
    )


def _people(one: Practice, today: dt.date, language: Language) -> list[tuple[str, str]]:
    """Whom to ask, with their role and school; those who left are not named."""
    people = list(one.people.filter(is_active=True).order_by("name"))
    grants = (
        RoleGrant.objects.filter(person__in=people)
        .on(today)
        .select_related("school")
        .order_by("id")
    )
    roles: dict[int, str] = {}
    for grant in grants:
        name = ROLES[Role(grant.role)].name[language]
        place = f", {grant.school.name}" if grant.school else ""
        roles.setdefault(grant.person_id, name + place)
    return [(who.name, roles[who.pk]) for who in people if who.pk in roles]


def own_adopted(person: Person, language: Language) -> list[tuple[int, Words]]:
    """The person's teams' adopted cycles, to make practices of."""
    found = cycles_of(person).filter(state=CycleState.ADOPTED)
    return [(one.pk, words_of(one, "title", language)) for one in found]


def own_untied(
    person: Person, practice: Practice, language: Language
) -> list[tuple[int, str]]:
    """The person's teams' cycles that do not stand behind the practice yet."""
    found = cycles_of(person).exclude(practices__practice=practice)
    return [(one.pk, words_of(one, "title", language).text) for one in found]


@dataclass(frozen=True, slots=True)
class CyclePractices:
    """What a cycle's page says of practices."""

    lines: tuple[tuple[str, Words], ...]
    make: str  # the address to make one of it; blank where that cannot be


def practices_of_cycle(person: Person, cycle: Cycle) -> CyclePractices | None:
    """A part of a cycle's page: the practices made of it, or the way to make one."""
    language = reader_language()
    found = Practice.objects.filter(tried__cycle=cycle)
    lines = tuple(
        (reverse("practice", args=[one.slug]), words_of(one, "title", language))
        for one in found
    )
    make = ""
    if cycle.state == CycleState.ADOPTED and not lines and _writes(person, cycle):
        make = f"{reverse('practice_new')}?cycle={cycle.pk}"
    return CyclePractices(lines, make) if lines or make else None


def _writes(person: Person, cycle: Cycle) -> bool:
    return person.may(Right.INQUIRE) and cycles_of(person).filter(pk=cycle.pk).exists()
