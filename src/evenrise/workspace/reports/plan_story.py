"""A public plan as the story that its documents are made of, in one language.

From the same two frozen things as its pages: what two people released of the plan, and
the public figures of today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _, ngettext, override

from evenrise.findings.promises.model import Label, MeasureReading
from evenrise.publishing.charts.promise_pictures import promise_pictures
from evenrise.publishing.numbers import amount
from evenrise.publishing.page_store.reading import PageStore
from evenrise.publishing.plans.model import (
    MeasureStory,
    PlanStory,
    RungStory,
    SaidStory,
    Words,
)
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.models import School
from evenrise.workspace.plans.models import PlanKind, RungKind
from evenrise.workspace.plans.queries.readings import readings_of
from evenrise.workspace.reports import plan_lines
from evenrise.workspace.reports.plan_lines import (
    LinkLine,
    ReadingView,
    RungPage,
    TriedLine,
)
from evenrise.workspace.reports.plan_pages import PlanPages
from evenrise.workspace.reports.plan_public import PublicPlan
from evenrise.workspace.reports.plan_said import said_pages
from evenrise.workspace.reports.plan_tables import state_tables


_LEVELS = {"value": 2, "priority": 1, "goal": 2, "strategy": 3, "step": 4}
_DEEPEST = 6  # levels of headings


def plan_story(plan: PublicPlan, pages: PageStore, language: Language) -> PlanStory:
    """The plan's documents in words.

    Args:
        plan: what two people released.
        pages: the public figures that stand today.
        language: of the documents.
    """
    with override(language):
        return _Teller(plan, pages, language).story()


class _Teller:
    """Words one plan for paper."""

    def __init__(self, plan: PublicPlan, pages: PageStore, language: Language) -> None:
        self.plan, self.pages, self.language = plan, pages, language
        self.made = PlanPages(plan, pages, language)
        self.rungs = {one.key: one for one in plan.content.rungs}

    def story(self) -> PlanStory:
        content, made = self.plan.content, self.made
        rungs = tuple(self._told(made.tree()))
        return PlanStory(
            language=self.language,
            title=made.title.text,
            kind=str(PlanKind(content.kind).label),
            place=self._place(),
            years=made.years,
            edition=self._edition(),
            day=dt.date.fromisoformat(self.plan.as_of),
            made=_("Progress as of %(day)s. Made with Evenrise, open source.")
            % {"day": made.told_on},
            summary=tuple(self._summary(rungs)),
            text=self._words(made.text),
            rungs=rungs,
            said=tuple(self._said()),
            tables=state_tables(self.plan, self.pages, self.language),
        )

    def _place(self) -> str:
        school = School.objects.filter(pk=self.plan.content.school_id).first()
        return school.name if school else self.pages.district.called[self.language]

    def _edition(self) -> str:
        one = self.made.edition
        told = [_("Edition %(n)s") % {"n": one.number}]
        if one.adopted:
            told.append(_("adopted on %(day)s") % {"day": one.adopted})
        elif one.hearing:
            told.append(_("in public hearing on %(day)s") % {"day": one.hearing})
        if one.votes:
            told.append(one.votes)
        return ", ".join(told)

    def _summary(self, rungs: Iterable[RungStory]) -> Iterable[str]:
        steps = len(self.plan.steps)
        if steps:
            yield (
                ngettext(
                    "%(done)s of %(steps)s action step is done.",
                    "%(done)s of %(steps)s action steps are done.",
                    steps,
                )
                % {"done": self.plan.done, "steps": steps}
            )
        measures = self._readings()
        if measures:
            both = sum(one is Label.RISING_AND_CLOSING for one in measures)
            yield (
                ngettext(
                    "Of %(all)s measure, %(both)s rises for all students while the "
                    "gap closes.",
                    "Of %(all)s measures, %(both)s rise for all students while the "
                    "gap closes.",
                    len(measures),
                )
                % {"all": len(measures), "both": both}
            )
        said = len(self.plan.said)
        if said:
            answered = {key for one in self.plan.did for key in one.comments}
            known = sum(one.key in answered for one in self.plan.said)
            yield (
                ngettext(
                    "%(answered)s of %(said)s comment has an answer.",
                    "%(answered)s of %(said)s comments have an answer.",
                    said,
                )
                % {"answered": known, "said": said}
            )
        if not any(one.kind == "goal" for one in rungs):
            yield _("This plan names no goal yet.")

    def _readings(self) -> list[Label]:
        measures = [x for one in self.plan.content.rungs for x in one.measures]
        school = self.plan.content.school_id
        return (
            [
                one.label
                for rung in self.plan.content.rungs
                if rung.measures
                for one in readings_of(rung.measures, self.pages, school).values()
            ]
            if measures
            else []
        )

    def _told(self, tree: Iterable[RungPage], deep: int = 0) -> Iterable[RungStory]:
        for one in tree:
            yield self._rung(one, deep)
            below = deep + 1 if one.kind == RungKind.STEP else 0
            yield from self._told(one.below, below)

    def _rung(self, one: RungPage, deep: int) -> RungStory:
        done, steps = one.done, len(one.steps)
        progress = (
            ngettext(
                "%(done)s of %(steps)s step done",
                "%(done)s of %(steps)s steps done",
                steps,
            )
            % {"done": done, "steps": steps}
            if steps
            else ""
        )
        return RungStory(
            kind=one.kind,
            name=f"{one.kind_words} {one.number}".strip() if one.number else "",
            title=self._sure(one.title),
            level=min(_LEVELS[one.kind] + deep, _DEEPEST),
            text=self._words(one.text),
            theory=self._words(one.theory),
            done_means=self._words(one.done_means),
            facts=tuple(self._facts(one)),
            evidence=tuple(self._evidence(x) for x in one.links),
            progress=progress,
            starred=one.recommended,
            measures=tuple(self._measures(one)),
            tried=tuple(_tried(x) for x in one.tried),
        )

    def _facts(self, one: RungPage) -> Iterable[str]:
        told = [one.department, one.dates, one.state_words]
        if one.money:
            told.append(one.dollars)
        if one.lcff:
            priorities = ", ".join(str(x) for x in one.lcff)
            told.append(_("LCFF priorities %(n)s") % {"n": priorities})
        return (x for x in told if x)

    def _evidence(self, one: LinkLine) -> str:
        told = f"{one.kind_words}: {one.words.text}"
        return f"{told} ({one.verdict_words})" if one.verdict_words else told

    def _measures(self, one: RungPage) -> Iterable[MeasureStory]:
        rung = self.rungs[one.key]
        school = self.plan.content.school_id
        found = readings_of(rung.measures, self.pages, school)
        for measure, view in zip(rung.measures, one.readings, strict=True):
            yield self._measure(view, found[measure.key])

    def _measure(self, one: ReadingView, read: MeasureReading) -> MeasureStory:
        return MeasureStory(
            title=one.title,
            place=one.place,
            label=one.label_words,
            sentence=one.sentence,
            short=self._short(one, read),
            heads=one.heads,
            rows=tuple(tuple(cell for _head, cell in row) for row in one.rows),
            notes=(*one.ahead, *one.notes, *one.red),
            answers=tuple(f"{year}: {words.text}" for year, words in one.answers),
            pictures=promise_pictures(read),
        )

    def _short(self, one: ReadingView, read: MeasureReading) -> str:
        """One line, never cut: a reading without how sure it is would say too much."""
        if not read.has_data:
            return f"{one.title}: {one.label_words}."
        ends = [read.promise.baseline, read.latest.share.value if read.latest else None]
        moved = " → ".join(
            amount(end, "share", self.language) for end in ends if end is not None
        )
        told = f"{one.label_words} ({one.sure})."
        return f"{one.title}: {moved}. {told}" if moved else f"{one.title}: {told}"

    def _said(self) -> Iterable[SaidStory]:
        for theme in said_pages(self.plan, self.language).themes:
            shared = tuple(x.words.text for x in theme.did)
            for one in theme.said:
                written: Language = "es" if one.language == "es" else "en"
                heard = " · ".join(x for x in (theme.name, one.heard, one.on) if x)
                did = tuple(x.words.text for x in one.did) or shared
                yield SaidStory(Words(one.text, written), heard, did)

    def _words(self, one: plan_lines.Words) -> Words | None:
        return self._sure(one) if one.text else None

    def _sure(self, one: plan_lines.Words) -> Words:
        written: Language = "es" if one.language == "es" else "en"
        return Words(one.text, written if one.language else self.language, one.stale)


def _tried(one: TriedLine) -> str:
    """One line: what was tried, what was decided, what it showed."""
    decided = f" ({one.decision_words}, {one.day})" if one.decision_words else ""
    lead = f"{one.kind_words}: {one.title.text}{decided}. {one.text.text}"
    return " ".join((lead, *one.lines)).strip()
