"""The tables that the state asks for, filled from a public plan.

LCAP (Education Code 52064, template of 2024-27): goals, metrics with baseline and
yearly outcomes, actions with contributing yes or no, increased and improved services.
SPSA (Education Code 64001): goals with their need, annual measurable outcomes,
strategies and expenditures, budget by source. What a plan does not say stays blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from evenrise.findings.promises.model import MeasureReading, YearReading
from evenrise.publishing.numbers import amount, estimate, school_year
from evenrise.publishing.page_store.reading import PageStore
from evenrise.publishing.plans.model import Table
from evenrise.publishing.wording import reason
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.content import PlanContent, RungContent
from evenrise.workspace.plans.models import FundingSource, PlanKind, Service
from evenrise.workspace.plans.queries.readings import readings_of
from evenrise.workspace.reports.plan_public import PublicPlan, words_of


_OUTCOMES = 2  # years of outcomes beside baseline and target


def state_tables(
    plan: PublicPlan, pages: PageStore, language: Language
) -> tuple[Table, ...]:
    """The tables of the state in the reader's language: LCAP, or SPSA for a school.

    Args:
        plan: what two people released.
        pages: the public figures that stand today.
        language: of the tables; the caller has made it the language of gettext.
    """
    tables = _Tables(plan, pages, language)
    if plan.content.kind == PlanKind.SCHOOL:
        return tables.school_plan()
    return tables.lcap()


@dataclass(frozen=True)
class _Tables:
    """Fills the tables of one plan."""

    plan: PublicPlan
    pages: PageStore
    language: Language

    @property
    def content(self) -> PlanContent:
        return self.plan.content

    def lcap(self) -> tuple[Table, ...]:
        """The tables of a Local Control and Accountability Plan."""
        return (
            self._goals(),
            self._metrics(),
            self._actions(),
            self._services(),
        )

    def school_plan(self) -> tuple[Table, ...]:
        """The tables of a School Plan for Student Achievement."""
        return (
            self._school_goals(),
            self._outcomes(),
            self._strategies(),
            self._sources(),
        )

    def _goals(self) -> Table:
        return Table(
            name=_("LCAP goals"),
            caption=_("LCAP: goals"),
            heads=(
                _("Goal #"),
                _("Description"),
                _("Type of goal"),
                _("State priorities"),
                _("Why the district developed this goal"),
            ),
            rows=tuple(
                (
                    number,
                    self._said(goal),
                    "",
                    ", ".join(str(x) for x in self._priorities(goal)),
                    words_of(goal, "theory", self.language)[0],
                )
                for number, goal in self._numbered()
            ),
            note=_(
                "The type of goal (broad, focus, maintenance) is the board's to say."
            ),
        )

    def _metrics(self) -> Table:
        first = self.content.begins_year
        years = [first + n for n in range(_OUTCOMES)]
        return Table(
            name=_("LCAP metrics"),
            caption=_("LCAP: measuring and reporting results"),
            heads=(
                _("Metric #"),
                _("Metric"),
                _("Baseline"),
                *(
                    _("Year %(n)s outcome (%(year)s)")
                    % {"n": n, "year": school_year(year)}
                    for n, year in enumerate(years, start=1)
                ),
                _("Target"),
                _("Difference from baseline"),
            ),
            rows=tuple(
                row
                for number, read in self._read()
                for row in self._metric(number, read, years)
            ),
            note=_(
                "Outcomes are the public figures of today; a year that is too small to "
                "show, or not counted yet, says so. Gaps are in points behind all "
                "other students."
            ),
        )

    def _metric(
        self, number: str, read: MeasureReading, years: Sequence[int]
    ) -> Iterable[tuple[str, ...]]:
        promise, found = read.promise, {one.year: one for one in read.years}
        latest = read.latest
        yield (
            number,
            f"{promise.what[self.language]} ({promise.place[self.language]})",
            self._promised(promise.baseline, promise.baseline_year, "share"),
            *(self._outcome(found.get(year), None) for year in years),
            self._promised(promise.target, promise.target_year, "share"),
            self._estimate(latest.change if latest else None, "points"),
        )
        for n, gap in enumerate(promise.gaps, start=1):
            told = (gap.family, gap.group)
            now = latest.group(*told) if latest else None
            yield (
                f"{number}.{n}",
                _("Gap: %(group)s") % {"group": gap.name[self.language]},
                self._promised(gap.baseline, promise.baseline_year, "points"),
                *(self._outcome(found.get(year), told) for year in years),
                self._promised(gap.target, promise.target_year, "points"),
                self._estimate(now.narrowing if now else None, "points"),
            )

    def _outcome(self, year: YearReading | None, group: tuple[str, str] | None) -> str:
        if year is None:
            return "–"
        if group is None:
            return self._estimate(year.share, "share")
        found = year.group(*group)
        return self._estimate(found.difference if found else None, "points")

    def _estimate(self, one: Estimate | None, unit: str) -> str:
        if one is None:
            return "–"
        if not one.known:
            return reason(one.reason, self.language)
        return estimate(one, unit, self.language)

    def _promised(self, value: float | None, year: int | None, unit: str) -> str:
        if value is None:
            return "–"
        told = amount(value, unit, self.language).lstrip("+")
        return f"{told} ({school_year(year)})" if year else told

    def _actions(self) -> Table:
        return Table(
            name=_("LCAP actions"),
            caption=_("LCAP: actions"),
            heads=(
                _("Action #"),
                _("Title"),
                _("Description"),
                _("Total funds"),
                _("Contributing"),
            ),
            rows=tuple(
                (
                    number,
                    words_of(one, "title", self.language)[0],
                    words_of(one, "text", self.language)[0],
                    _dollars(_money(one)),
                    _contributes(one),
                )
                for number, one in self._steps()
            ),
            money=(3,),
        )

    def _services(self) -> Table:
        return Table(
            name=_("Increased, improved services"),
            caption=_("LCAP: increased or improved services"),
            heads=(
                _("Action #"),
                _("Title"),
                _("Service"),
                _("LCFF supplemental and concentration"),
                _("All funds"),
            ),
            rows=tuple(
                (
                    number,
                    words_of(one, "title", self.language)[0],
                    str(Service(one.service).label) if one.service else "",
                    _dollars(_money(one, FundingSource.SUPPLEMENTAL)),
                    _dollars(_money(one)),
                )
                for number, one in self._steps()
                if one.contributing
            ),
            money=(3, 4),
        )

    def _school_goals(self) -> Table:
        return Table(
            name=_("SPSA goals"),
            caption=_("SPSA: goals and what they answer"),
            heads=(_("Goal #"), _("Goal"), _("Identified need")),
            rows=tuple(
                (number, self._said(goal), self._need(goal))
                for number, goal in self._numbered()
            ),
        )

    def _need(self, goal: RungContent) -> str:
        links = [x for one in self._at_and_below(goal) for x in one.links]
        told = [words_of(x, "headline", self.language)[0] for x in links]
        return "; ".join(dict.fromkeys(x for x in told if x))

    def _outcomes(self) -> Table:
        return Table(
            name=_("SPSA outcomes"),
            caption=_("SPSA: annual measurable outcomes"),
            heads=(
                _("Metric #"),
                _("Metric"),
                _("Baseline"),
                _("Latest outcome"),
                _("Expected outcome"),
            ),
            rows=tuple(
                (
                    number,
                    read.promise.what[self.language],
                    self._promised(
                        read.promise.baseline, read.promise.baseline_year, "share"
                    ),
                    self._outcome(read.latest, None),
                    self._promised(
                        read.promise.target, read.promise.target_year, "share"
                    ),
                )
                for number, read in self._read()
            ),
        )

    def _strategies(self) -> Table:
        return Table(
            name=_("SPSA strategies"),
            caption=_("SPSA: strategies and proposed expenditures"),
            heads=(
                _("Strategy #"),
                _("Strategy or activity"),
                _("Description"),
                _("Proposed expenditures"),
                _("Sources"),
            ),
            rows=tuple(
                (
                    number,
                    words_of(one, "title", self.language)[0],
                    words_of(one, "text", self.language)[0],
                    _dollars(_money(one)),
                    ", ".join(
                        dict.fromkeys(_source(line.source) for line in one.budget)
                    ),
                )
                for number, one in self._steps()
            ),
            money=(3,),
        )

    def _sources(self) -> Table:
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for one in self.content.rungs:
            for line in one.budget:
                totals[line.source] += Decimal(line.planned)
        rows = [(_source(x), _dollars(totals[x])) for x in FundingSource if x in totals]
        if totals:
            rows.append((_("Total"), _dollars(sum(totals.values(), Decimal(0)))))
        return Table(
            name=_("SPSA budget"),
            caption=_("SPSA: budget by source"),
            heads=(_("Source"), _("Planned")),
            rows=tuple(rows),
            money=(1,),
        )

    def _numbered(self) -> list[tuple[str, RungContent]]:
        numbers = self.content.numbers()
        return [
            (numbers[one.key], one) for one in self.content.rungs if one.kind == "goal"
        ]

    def _steps(self) -> list[tuple[str, RungContent]]:
        numbers = self.content.numbers()
        return [
            (numbers[one.key], one) for one in self.content.rungs if one.kind == "step"
        ]

    def _read(self) -> list[tuple[str, MeasureReading]]:
        """Each measure read, with a number: that of its rung and its own."""
        numbers, found = self.content.numbers(), []
        for one in self.content.rungs:
            if not one.measures:
                continue
            read = readings_of(one.measures, self.pages, self.content.school_id)
            for n, measure in enumerate(one.measures, start=1):
                found.append((f"{numbers.get(one.key, '')}.{n}", read[measure.key]))
        return found

    def _said(self, one: RungContent) -> str:
        told = [words_of(one, name, self.language)[0] for name in ("title", "text")]
        return ": ".join(x for x in told if x)

    def _priorities(self, goal: RungContent) -> list[int]:
        """The state priorities of a goal, of what is below it and of its priority."""
        above = self.content.rung(goal.parent) if goal.parent else None
        found = {x for one in self._at_and_below(goal) for x in one.lcff}
        return sorted(found or set(above.lcff if above else ()))

    def _at_and_below(self, goal: RungContent) -> list[RungContent]:
        keys = {goal.key}
        found = [goal]
        for one in self.content.rungs:
            if one.parent in keys:
                keys.add(one.key)
                found.append(one)
        return found


def _money(one: RungContent, source: str = "") -> Decimal:
    return sum(
        (
            Decimal(line.planned)
            for line in one.budget
            if not source or line.source == source
        ),
        Decimal(0),
    )


def _contributes(one: RungContent) -> str:
    if one.contributing is None:
        return ""
    return _("Yes") if one.contributing else _("No")


def _dollars(money: Decimal) -> str:
    return f"${money:,.2f}"


def _source(code: str) -> str:
    known = code in FundingSource.values
    return str(FundingSource(code).label) if known else code
