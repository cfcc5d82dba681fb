"""The whole ladder of a plan on one page, and what a reader looks for in it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.db.models import Prefetch

from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.placing import fold
from evenrise.workspace.plans.content import PlanContent, RungContent
from evenrise.workspace.plans.models import (
    Measure,
    Plan,
    Rung,
    RungKind,
    StepState,
)
from evenrise.workspace.plans.queries.content import in_reading_order
from evenrise.workspace.plans.queries.moved import Moved, moved
from evenrise.workspace.plans.queries.plans import StepCounts
from evenrise.workspace.plans.queries.searching import Wanted, sought
from evenrise.workspace.plans.said import (
    Words,
    dates_words,
    is_late,
    numbered,
    rung_url,
    state_words,
    words_of,
)


MANY = 60  # with more steps than this, strategies are folded at first


@dataclass(frozen=True, slots=True)
class RungShown:
    """A rung as its line in the ladder shows it."""

    key: str
    anchor: str  # its place on the page, whatever its key holds
    kind: str
    url: str
    number: str
    name: str  # "Goal 3"
    title: Words
    text: Words
    theory: Words
    starred: bool  # it stands on a recommendation that was accepted
    lcff: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """An action step."""

    rung: RungShown
    depth: int  # 0 below a strategy, 1 below a step, ...
    state: str
    state_words: str
    late: bool
    department: str
    owner: str
    dates: str
    waits: tuple[str, ...]  # numbers of unfinished steps that it waits for
    mine: bool


@dataclass(frozen=True, slots=True)
class StrategyShown:
    """A strategy with its steps."""

    rung: RungShown
    steps: tuple[StepShown, ...]
    counts: StepCounts
    open: bool


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal with its strategies."""

    rung: RungShown
    strategies: tuple[StrategyShown, ...]
    measures: tuple[Moved, ...]
    counts: StepCounts


@dataclass(frozen=True, slots=True)
class PriorityShown:
    """A priority with its goals; without a rung: goals that stand for themselves."""

    rung: RungShown | None
    goals: tuple[GoalShown, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A plan as one page shows it."""

    values: tuple[RungShown, ...]
    priorities: tuple[PriorityShown, ...]
    counts: StepCounts
    departments: tuple[tuple[str, str], ...]  # of its steps: key, name
    people: tuple[tuple[str, str], ...]
    found: int  # how many rungs answer what was looked for
    stars: bool


@dataclass(frozen=True, slots=True)
class _Stand:
    """What all lines of one page share."""

    plan: Plan
    numbers: Mapping[str, str]
    starred: frozenset[str]
    language: Language
    today: dt.date
    person: Person
    wanted: Wanted
    pages: PageStore | None
    every: Mapping[
        str, Sequence[Rung]
    ]  # what stands below each, also what is not shown


def ladder(
    person: Person,
    plan: Plan,
    wanted: Wanted,
    *,
    starred: frozenset[str],
    today: dt.date,
    language: Language,
) -> Ladder:
    """The plan's rungs in their places, as far as they are looked for.

    Args:
        person: who reads.
        plan: that is read.
        wanted: what they look for.
        starred: keys of rungs that stand on an accepted recommendation.
        today: what is late depends on it.
        language: the reader's.
    """
    rungs = in_reading_order(_rows(plan))
    numbers, every = numbers_of(plan, rungs), _by_parent(rungs)
    stand = _Stand(
        plan,
        numbers,
        starred,
        language,
        today,
        person,
        wanted,
        current_pages(),
        every,
    )
    shown = sought(rungs, wanted, numbers, person, today)
    below = _by_parent(one for one in rungs if one.key in shown)
    top = below[""]
    steps = [one for one in rungs if one.kind == RungKind.STEP]
    return Ladder(
        values=tuple(_line(r, stand) for r in top if r.kind == RungKind.VALUE),
        priorities=tuple(_priorities(top, below, stand, fold_them=len(steps) > MANY)),
        counts=_counted(steps, today),
        departments=_departments(steps, language),
        people=_people(steps),
        found=len(shown) if wanted.anything else len(rungs),
        stars=any(one.key in starred for one in rungs),
    )


def _rows(plan: Plan) -> list[Rung]:
    """The rungs with what their lines show: three queries, whatever the length.

    Parents are joined here: they are rows of the same answer.
    """
    rows = list(
        Rung.objects.filter(plan=plan, removed_at=None)
        .select_related("department", "person")
        .prefetch_related(
            Prefetch("measures", Measure.objects.filter(removed_at=None)),
            Prefetch(
                "depends",
                Rung.objects.filter(removed_at=None).only("key", "state"),
            ),
        )
        .order_by("place", "id")
    )
    known = {one.pk: one for one in rows}
    for one in rows:
        if one.parent_id in known:
            one.parent = known[one.parent_id]
    return [one for one in rows if one.parent_id is None or one.parent_id in known]


def _by_parent(rungs: Iterable[Rung]) -> dict[str, list[Rung]]:
    found: dict[str, list[Rung]] = defaultdict(list)
    for rung in rungs:
        found[rung.parent.key if rung.parent else ""].append(rung)
    return found


def numbers_of(plan: Plan, rungs: Iterable[Rung]) -> dict[str, str]:
    """How each rung is counted, by key; the rule is the content's own.

    Args:
        plan: the plan.
        rungs: in reading order, their parents at hand.
    """
    told = PlanContent(
        slug=plan.slug,
        kind=plan.kind,
        begins_year=plan.begins_year,
        ends_year=plan.ends_year,
        rungs=tuple(
            RungContent(
                key=one.key,
                kind=one.kind,
                parent=one.parent.key if one.parent else "",
            )
            for one in rungs
        ),
    )
    return told.numbers()


def _priorities(
    top: Sequence[Rung],
    below: Mapping[str, Sequence[Rung]],
    stand: _Stand,
    *,
    fold_them: bool,
) -> Iterable[PriorityShown]:
    """Priorities in order; goals without one come before them."""
    alone = [one for one in top if one.kind == RungKind.GOAL]
    groups: list[tuple[Rung | None, Sequence[Rung]]] = []
    if alone:
        groups.append((None, alone))
    groups += [
        (one, below.get(one.key, ())) for one in top if one.kind == RungKind.PRIORITY
    ]
    for over, goals in groups:
        yield PriorityShown(
            _line(over, stand) if over else None,
            tuple(_goal(one, below, stand, fold_them=fold_them) for one in goals),
        )


def _goal(
    goal: Rung,
    below: Mapping[str, Sequence[Rung]],
    stand: _Stand,
    *,
    fold_them: bool,
) -> GoalShown:
    strategies = []
    every = [
        step
        for one in stand.every.get(goal.key, ())
        for step, _depth in _deep(one.key, stand.every, 0)
    ]
    for one in below.get(goal.key, ()):
        steps = _deep(one.key, below, 0)
        counted = [step for step, _depth in _deep(one.key, stand.every, 0)]
        strategies.append(
            StrategyShown(
                _line(one, stand),
                tuple(_step(step, depth, stand) for step, depth in steps),
                _counted(counted, stand.today),
                open=stand.wanted.anything or not fold_them,
            )
        )
    return GoalShown(
        _line(goal, stand),
        tuple(strategies),
        moved(stand.plan, goal, stand.pages, stand.language),
        _counted(every, stand.today),
    )


def _deep(
    key: str, below: Mapping[str, Sequence[Rung]], depth: int
) -> Iterable[tuple[Rung, int]]:
    for one in below.get(key, ()):
        yield one, depth
        yield from _deep(one.key, below, depth + 1)


def _line(one: Rung, stand: _Stand) -> RungShown:
    number = stand.numbers.get(one.key, "")
    return RungShown(
        key=one.key,
        anchor="rung-" + quote(one.key, safe="").replace("%", "_"),
        kind=one.kind,
        url=rung_url(stand.plan, one.key),
        number=number,
        name=numbered(one.kind, number),
        title=words_of(one, "title", stand.language),
        text=words_of(one, "text", stand.language),
        theory=words_of(one, "theory", stand.language),
        starred=one.key in stand.starred,
        lcff=", ".join(str(code) for code in one.lcff),
    )


def _step(one: Rung, depth: int, stand: _Stand) -> StepShown:
    name = ""
    if one.department:
        name = str(getattr(one.department, f"name_{stand.language}"))
    return StepShown(
        rung=_line(one, stand),
        depth=min(depth, 3),
        state=one.state,
        state_words=state_words(one.state),
        late=is_late(one, stand.today),
        department=name,
        owner=one.person.name if one.person else "",
        dates=dates_words(one.begins_on, one.ends_on, stand.language),
        waits=tuple(
            stand.numbers.get(other.key, other.key)
            for other in one.depends.all()
            if other.state != StepState.DONE
        )
        if one.state != StepState.DONE
        else (),
        mine=one.person_id == stand.person.pk,
    )


def _counted(steps: Iterable[Rung], today: dt.date) -> StepCounts:
    told = StepCounts()
    for one in steps:
        told = replace(
            told,
            steps=told.steps + 1,
            done=told.done + (one.state == StepState.DONE),
            begun=told.begun + (one.state == StepState.BEGUN),
            stopped=told.stopped + (one.state == StepState.STOPPED),
            late=told.late + is_late(one, today),
        )
    return told


def _departments(
    steps: Iterable[Rung], language: Language
) -> tuple[tuple[str, str], ...]:
    found = {one.department.key: one.department for one in steps if one.department}
    named = ((key, str(getattr(one, f"name_{language}"))) for key, one in found.items())
    return tuple(sorted(named, key=lambda pair: fold(pair[1])))


def _people(steps: Iterable[Rung]) -> tuple[tuple[str, str], ...]:
    found = {str(one.person.pk): one.person.name for one in steps if one.person}
    return tuple(sorted(found.items(), key=lambda pair: fold(pair[1])))
