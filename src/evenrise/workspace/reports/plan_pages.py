"""What the public pages of plans show, made up for a template."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from evenrise.publishing.numbers import day, school_year
from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.models import CycleState
from evenrise.workspace.insights.models import AnswerVerdict
from evenrise.workspace.plans.content import (
    DepartmentContent,
    LinkContent,
    RungContent,
)
from evenrise.workspace.plans.models import LinkTo, RungKind, StepState
from evenrise.workspace.reports.plan_lines import (
    EditionLine,
    LinkLine,
    RungPage,
    TriedLine,
    Words,
    told,
)
from evenrise.workspace.reports.plan_public import PublicPlan, StepStands
from evenrise.workspace.reports.plan_readings import PlanReadings
from evenrise.workspace.reports.plan_releasing import (
    PlanRelease,
    in_force,
    public_plans,
)
from evenrise.workspace.reports.plan_tried import Tried


@dataclass(frozen=True, slots=True)
class _Known:
    """What every rung of a plan asks for, found once for all of them."""

    numbers: dict[str, str]
    below: dict[str, list[RungContent]]
    recommended: frozenset[str]
    departments: dict[str, DepartmentContent]

    @classmethod
    def of(cls, plan: PublicPlan) -> _Known:
        below: dict[str, list[RungContent]] = {}
        for one in plan.content.rungs:
            below.setdefault(one.parent, []).append(one)
        departments = {one.key: one for one in plan.content.departments}
        return cls(plan.content.numbers(), below, plan.recommended, departments)


@dataclass(frozen=True, slots=True)
class PlanPages:
    """Makes the pages of one public plan, in one language."""

    plan: PublicPlan
    pages: PageStore
    language: Language

    @property
    def _read(self) -> PlanReadings:
        return PlanReadings(self.plan, self.pages, self.language)

    @property
    def edition(self) -> EditionLine:
        """The edition that is read."""
        one = self.plan.edition
        return EditionLine(
            one.number,
            self._day(one.adopted_on),
            self._day(one.hearing_on),
            self._day(one.hearing_until),
            told(one, "hearing_place", self.language, dated=False),
            self._votes(),
            told(one, "why", self.language, dated=False),
            one.digest,
        )

    def _votes(self) -> str:
        one = self.plan.edition
        parts = (
            (one.votes_yes, _("%(n)d yes")),
            (one.votes_no, _("%(n)d no")),
            (one.votes_abstain, _("%(n)d abstaining")),
        )
        return ", ".join(words % {"n": n} for n, words in parts if n)

    @property
    def told_on(self) -> str:
        """The day of the progress that is told."""
        return self._day(self.plan.as_of)

    @property
    def steps(self) -> int:
        """How many steps the edition has."""
        return len(self.plan.steps)

    @property
    def title(self) -> Words:
        """The plan's title."""
        return told(self.plan.content, "title", self.language)

    @property
    def text(self) -> Words:
        """What the plan says of itself."""
        return told(self.plan.content, "text", self.language)

    @property
    def years(self) -> str:
        """For which school years it is."""
        content = self.plan.content
        first, last = school_year(content.begins_year), school_year(content.ends_year)
        return first if first == last else f"{first} – {last}"

    def choices(self) -> list[tuple[str, str]]:
        """Goals and strategies, as somebody chooses what a comment is about."""
        numbers = self.plan.content.numbers()
        return [
            (one.key, f"{numbers[one.key]} {told(one, 'title', self.language).text}")
            for one in self.plan.content.rungs
            if one.kind in {RungKind.GOAL, RungKind.STRATEGY}
        ]

    def tree(self, key: str = "") -> tuple[RungPage, ...]:
        """What stands below a rung (blank: the plan), each with all below it."""
        known = _Known.of(self.plan)
        return tuple(self._rung(one, known) for one in known.below.get(key, ()))

    def rung(self, key: str) -> RungPage | None:
        """One rung with all below it."""
        found = self.plan.content.rung(key)
        if found is None:
            return None
        made = self._rung(found, _Known.of(self.plan))
        return replace(made, readings=self._read.drawn(found))

    def above(self, key: str) -> list[RungPage]:
        """The rungs above a rung, the highest first; without what is below them."""
        alone, found = replace(_Known.of(self.plan), below={}), []
        one = self.plan.content.rung(key)
        while one is not None and one.parent:
            one = self.plan.content.rung(one.parent)
            if one is not None:
                found.append(self._rung(one, alone))
        return found[::-1]

    def _rung(self, one: RungContent, known: _Known) -> RungPage:
        stands = self.plan.steps.get(one.key, StepStands(state=""))
        department = known.departments.get(one.department)
        lines = one.budget
        return RungPage(
            key=one.key,
            kind=one.kind,
            kind_words=str(RungKind(one.kind).label),
            number=known.numbers.get(one.key, ""),
            title=told(one, "title", self.language),
            text=told(one, "text", self.language),
            theory=told(one, "theory", self.language),
            done_means=told(one, "done", self.language),
            department=getattr(department, f"name_{self.language}", ""),
            dates=self._dates(one),
            state=stands.state,
            state_words=str(StepState(stands.state).label) if stands.state else "",
            since=self._day(stands.since),
            recommended=one.key in known.recommended,
            lcff=one.lcff,
            money=sum((Decimal(x.planned) for x in lines), Decimal(0)),
            links=tuple(self._link(x) for x in one.links if x.kind != LinkTo.COMMENT),
            serves=one.serves,
            waits_for=tuple(known.numbers.get(key, "") for key in one.depends),
            readings=self._read.of(one),
            tried=tuple(self._tried(x) for x in self.plan.tried if x.rung == one.key),
            below=tuple(self._rung(x, known) for x in known.below.get(one.key, ())),
        )

    def _dates(self, one: RungContent) -> str:
        told_days = [self._day(x) for x in (one.begins_on, one.ends_on)]
        return " – ".join(x for x in dict.fromkeys(told_days) if x)

    def _day(self, on: str) -> str:
        return day(dt.date.fromisoformat(on), self.language) if on else ""

    def _tried(self, one: Tried) -> TriedLine:
        cycle = one.kind == "cycle"
        return TriedLine(
            kind_words=_("Tried in a cycle") if cycle else _("Initiative"),
            title=told(one, "title", self.language, dated=False),
            day=self._day(one.on),
            decision_words=str(CycleState(one.decision).label) if cycle else "",
            text=told(one, "text", self.language, dated=False),
            lines=one.lines(self.language),
        )

    def _link(self, one: LinkContent) -> LinkLine:
        kind = LinkTo(one.kind)
        words = told(one, "headline", self.language, dated=False)
        if kind is LinkTo.FINDING:
            known = self.pages.finding(one.key) is not None
            url = f"findings/{one.key}/" if known else ""
            return LinkLine(kind, str(kind.label), words, url)
        if kind is LinkTo.RECOMMENDATION:
            return self._asked(one, words)
        return LinkLine(kind, str(kind.label), words)

    def _asked(self, one: LinkContent, words: Words) -> LinkLine:
        kind = LinkTo.RECOMMENDATION
        found = next((x for x in self.plan.asked if x.key == one.key), None)
        if found is None:
            return LinkLine(kind, str(kind.label), words)
        return LinkLine(
            kind,
            str(kind.label),
            told(found, "text", self.language),
            verdict_words=str(AnswerVerdict(found.verdict).label)
            if found.verdict
            else str(_("Not answered yet")),
            reason=found.reason,
        )


def plans_in_force(pages: PageStore, language: Language) -> list[PlanPages]:
    """The plans that everybody reads, each in the edition to read first."""
    by_plan: dict[str, list[PlanRelease]] = {}
    for one in public_plans():
        by_plan.setdefault(one.plan.content.slug, []).append(one)
    found = [in_force(editions) for editions in by_plan.values()]
    return [PlanPages(one.plan, pages, language) for one in found if one is not None]
