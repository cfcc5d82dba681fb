"""The whole trace of a plan, read both ways, and where it has gaps.

finding > recommendation > answer > strategy > step > measure > cycle > result. The page
has a table from each piece of evidence to what the plan makes of it, and one from each
goal back to what it stands on; every arrow is a link. A dozen queries, however long the
plan is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _, ngettext

from evenrise.vocabulary.text import Language
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.further import Arrow, further_arrows
from evenrise.workspace.plans.models import Plan, Rung, RungKind, StepState
from evenrise.workspace.plans.queries.content import (
    in_reading_order,
    rungs_in_order,
    rungs_of,
)
from evenrise.workspace.plans.queries.grounds import Ground, grounds_of
from evenrise.workspace.plans.queries.ladder import numbers_of
from evenrise.workspace.plans.queries.trace import recommended
from evenrise.workspace.plans.queries.trace_above import held_above
from evenrise.workspace.plans.queries.trace_gaps import Gap, Place, Seen, gaps_of
from evenrise.workspace.plans.queries.trace_measures import (
    MeasureShown,
    measures_shown,
)
from evenrise.workspace.plans.said import (
    Words,
    numbered,
    rung_url,
    state_words,
    words_of,
)


@dataclass(frozen=True, slots=True)
class RungLine:
    """A rung as the trace names it."""

    key: str
    kind: str
    name: str  # "Strategy 3.2"
    title: Words
    url: str
    starred: bool
    steps: str  # how far it is, or its steps are; blank without any


@dataclass(frozen=True, slots=True)
class FromEvidence:
    """One arrow from a piece of evidence into the plan, and what follows from there."""

    ground: Ground
    rung: RungLine
    measures: tuple[MeasureShown, ...]
    led_to: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class FromPlan:
    """One rung and what it stands on."""

    rung: RungLine
    grounds: tuple[Ground, ...]
    through: str  # what holds it where it stands on nothing itself
    missing: bool  # a step that nothing holds
    measures: tuple[MeasureShown, ...]
    led_to: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class OfGoal:
    """A goal, a priority or a value with what stands below it."""

    rung: RungLine
    rows: tuple[FromPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracePage:
    """Everything that the page shows."""

    answer: str
    evidence: tuple[FromEvidence, ...]
    goals: tuple[OfGoal, ...]
    gaps: tuple[Gap, ...]
    writes: bool
    starred: bool

    @property
    def missing(self) -> bool:
        """Whether anything is missing at all."""
        return any(gap.found for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A plan's rungs, each with its lines, its evidence and its measures."""

    rungs: Sequence[Rung]
    lines: dict[int, RungLine]
    grounds: Mapping[int, Ground]
    measures: Mapping[int, tuple[MeasureShown, ...]]
    led_to: Mapping[str, Sequence[Arrow]]
    by_pk: Mapping[int, Rung]
    below: Mapping[int, Sequence[Rung]] = field(repr=False)
    above_plan: frozenset[int] = frozenset()  # held rungs of the plan above

    def above(self, rung: Rung) -> Iterator[Rung]:
        """The rungs above a rung, the nearest first."""
        up = self.by_pk.get(rung.parent_id or 0)
        while up is not None:
            yield up
            up = self.by_pk.get(up.parent_id or 0)

    def under(self, rung: Rung) -> Iterator[Rung]:
        """The rung and everything below it."""
        waiting = [rung]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(self.below.get(one.pk, ()))

    def stands(self, rung: Rung) -> tuple[Ground, ...]:
        """What a rung itself stands on."""
        return tuple(self.grounds[link.pk] for link in rung.links.all())

    def through(self, rung: Rung) -> str:
        """What holds a rung that stands on nothing itself; blank for nothing.

        A rung above it, up to the goal; or one of the plan above that it serves.
        """
        way = [rung]
        for one in self.above(rung):
            if one.kind in _WANTED:
                break
            if self.stands(one):
                return self.lines[one.pk].name
            way.append(one)
        served = any(one.serves_id in self.above_plan for one in way)
        return _("the plan above") if served else ""

    def measured(self, rung: Rung) -> tuple[MeasureShown, ...]:
        """The measures of a rung and below it; else those of the nearest above."""
        own = [one for r in self.under(rung) for one in self.measures.get(r.pk, ())]
        if own:
            return tuple(own)
        found = (self.measures.get(one.pk, ()) for one in self.above(rung))
        return next((told for told in found if told), ())

    def tried(self, rung: Rung) -> tuple[Arrow, ...]:
        """What rooms above know of a rung and of what is below it."""
        return tuple(
            one for r in self.under(rung) for one in self.led_to.get(r.key, ())
        )


# Above a goal stands what is wanted for everybody: no step is evident from a value.
_WANTED = (RungKind.VALUE, RungKind.PRIORITY)
_ROWS = (RungKind.STRATEGY, RungKind.STEP)


def trace_page(person: Person, plan: Plan, language: Language) -> TracePage:
    """The trace of a plan for somebody who reads it.

    Args:
        person: who reads.
        plan: that is read.
        language: the reader's.
    """
    whole = _whole(person, plan, language)
    rows = [
        _from_plan(whole, rung)
        for rung in whole.rungs
        if rung.kind in _ROWS or whole.stands(rung)
    ]
    evidence = tuple(_from_evidence(whole))
    return TracePage(
        answer=_answer(rows, evidence),
        evidence=evidence,
        goals=tuple(_of_goals(whole, {row.rung.key: row for row in rows})),
        gaps=gaps_of(plan, _seen(whole, rows), language),
        writes=plan.set_aside_at is None and may_write(person, plan),
        starred=any(line.starred for line in whole.lines.values()),
    )


def _whole(person: Person, plan: Plan, language: Language) -> _Whole:
    rungs = in_reading_order(rungs_of(plan))
    below: dict[int, list[Rung]] = defaultdict(list)
    for rung in rungs:
        below[rung.parent_id or 0].append(rung)
    by_pk = {rung.pk: rung for rung in rungs}
    numbers, starred = numbers_of(plan, rungs), recommended(plan)
    links = (link for rung in rungs for link in rung.links.all())
    whole = _Whole(
        rungs=rungs,
        lines={},
        grounds=grounds_of(links, language),
        measures=measures_shown(plan, rungs, language),
        led_to=further_arrows(person, plan),
        by_pk=by_pk,
        below=below,
        above_plan=held_above(plan),
    )
    for rung in rungs:
        whole.lines[rung.pk] = RungLine(
            key=rung.key,
            kind=rung.kind,
            name=numbered(rung.kind, numbers.get(rung.key, "")),
            title=words_of(rung, "title", language),
            url=rung_url(plan, rung.key),
            starred=rung.key in starred,
            steps=_how_far(rung, whole.under(rung)),
        )
    return whole


def _how_far(rung: Rung, under: Iterable[Rung]) -> str:
    """How far a step is; of anything else, how many of the steps below it are done."""
    steps = [one for one in under if one.kind == RungKind.STEP]
    if steps == [rung]:
        return state_words(rung.state)
    if not steps:
        return ""
    done = sum(one.state == StepState.DONE for one in steps)
    return ngettext(
        "%(done)s of %(steps)s step done",
        "%(done)s of %(steps)s steps done",
        len(steps),
    ) % {"done": done, "steps": len(steps)}


def _from_evidence(whole: _Whole) -> Iterator[FromEvidence]:
    """By kind of evidence, what is the same standing together."""
    order: dict[tuple[str, str], list[FromEvidence]] = {}
    for rung in whole.rungs:
        for ground in whole.stands(rung):
            row = FromEvidence(
                ground, whole.lines[rung.pk], whole.measured(rung), whole.tried(rung)
            )
            order.setdefault((ground.kind, ground.key), []).append(row)
    for rows in order.values():
        yield from rows


def _from_plan(whole: _Whole, rung: Rung) -> FromPlan:
    grounds = whole.stands(rung)
    through = "" if grounds else whole.through(rung)
    return FromPlan(
        rung=whole.lines[rung.pk],
        grounds=grounds,
        through=through,
        missing=rung.kind == RungKind.STEP and not grounds and not through,
        measures=whole.measures.get(rung.pk, ()),
        led_to=tuple(whole.led_to.get(rung.key, ())),
    )


def _of_goals(whole: _Whole, rows: Mapping[str, FromPlan]) -> Iterator[OfGoal]:
    """Every goal with its rows in reading order; what is above only if it stands."""
    reading = {one.key: place for place, one in enumerate(whole.rungs)}
    for rung in whole.rungs:
        if rung.kind == RungKind.GOAL:
            found = [rows[one.key] for one in whole.under(rung) if one.key in rows]
            found.sort(key=lambda row: reading[row.rung.key])
            yield OfGoal(whole.lines[rung.pk], tuple(found))
        elif rung.kind in _WANTED and rung.key in rows:
            yield OfGoal(whole.lines[rung.pk], (rows[rung.key],))


def _seen(whole: _Whole, rows: Iterable[FromPlan]) -> Seen:
    """What the gaps are found in."""
    bare = [
        whole.lines[one.pk]
        for one in whole.rungs
        if one.kind == RungKind.GOAL
        and not any(whole.measures.get(below.pk) for below in whole.under(one))
    ]
    return Seen(
        steps=tuple(_place(row.rung) for row in rows if row.missing),
        goals=tuple(_place(line) for line in bare),
        measures=tuple(
            one for told in whole.measures.values() for one in told if not one.has_data
        ),
    )


def _place(line: RungLine) -> Place:
    return Place(f"{line.name}: {line.title.text}", line.key, line.url)


def _answer(rows: Sequence[FromPlan], evidence: Sequence[FromEvidence]) -> str:
    """How many of the steps stand on something, and on how much."""
    steps = [row for row in rows if row.rung.kind == RungKind.STEP]
    held = sum(not row.missing for row in steps)
    things = len({(row.ground.kind, row.ground.key) for row in evidence})
    told = ngettext(
        "%(held)s of %(steps)s action step stands on evidence.",
        "%(held)s of %(steps)s action steps stand on evidence.",
        len(steps),
    ) % {"held": held, "steps": len(steps)}
    more = ngettext(
        "The plan names %(n)s piece of it.",
        "The plan names %(n)s pieces of it.",
        things,
    ) % {"n": things}
    return f"{told} {more}" if steps else _("There are no action steps yet.")


def rung_choices(plan: Plan, language: Language) -> list[tuple[str, str]]:
    """The goals, strategies and steps of a plan, to choose one of."""
    rungs = rungs_in_order(plan)
    numbers = numbers_of(plan, rungs)
    return [
        (one.key, f"{name}: {words_of(one, 'title', language).text}")
        for one in rungs
        if one.kind not in _WANTED
        for name in [numbered(one.kind, numbers.get(one.key, ""))]
    ]
