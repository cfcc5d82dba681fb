"""Measures of a public plan, read from the public figures of today, with pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from evenrise.findings.promises.model import Ahead, MeasureReading
from evenrise.findings.promises.words import LABELS, SURE
from evenrise.publishing.charts.frame import NARROW, WIDE, Frame
from evenrise.publishing.charts.promise_line import PromiseLine, draw_promise_line
from evenrise.publishing.charts.promise_pictures import promise_pictures
from evenrise.publishing.numbers import estimate, interval, school_year
from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.content import RungContent
from evenrise.workspace.plans.queries.readings import readings_of
from evenrise.workspace.reports.plan_lines import ReadingView, told
from evenrise.workspace.reports.plan_public import PublicPlan
from evenrise.workspace.reports.public_queries import Picture


@dataclass(frozen=True, slots=True)
class PlanReadings:
    """Reads the measures of one public plan, in one language."""

    plan: PublicPlan
    pages: PageStore
    language: Language

    def of(self, one: RungContent) -> tuple[ReadingView, ...]:
        """The readings of a rung, in words and tables."""
        found = readings_of(one.measures, self.pages, self.plan.content.school_id)
        return tuple(
            self._reading(one.key, measure.key, found[measure.key])
            for measure in one.measures
        )

    def _reading(self, rung: str, key: str, read: MeasureReading) -> ReadingView:
        told_in = self.language
        heads, *rows = [tuple(cell[told_in] for cell in row) for row in read.table] or [
            ()
        ]
        answers = tuple(
            (school_year(x.school_year), told(x, "text", told_in, dated=False))
            for x in self.plan.answers
            if (x.rung, x.measure) == (rung, key)
        )
        return ReadingView(
            title=read.promise.what[told_in],
            place=read.promise.place[told_in],
            label=read.label,
            label_words=LABELS[read.label][told_in],
            sure=SURE[read.certainty][told_in],
            sentence=read.sentence[told_in],
            heads=heads,
            rows=tuple(tuple(zip(heads, row, strict=True)) for row in rows),
            ahead=tuple(self._ahead(x) for x in read.ahead if x.estimate.known),
            notes=tuple(x[told_in] for x in read.notes),
            red=tuple(x[told_in] for x in read.red_light),
            answers=answers,
        )

    def drawn(self, one: RungContent) -> tuple[ReadingView, ...]:
        """Readings with their pictures: all students, then each gap."""
        found = readings_of(one.measures, self.pages, self.plan.content.school_id)
        return tuple(
            replace(view, pictures=tuple(self._pictures(found[measure.key], n)))
            for n, (measure, view) in enumerate(
                zip(one.measures, self.of(one), strict=True)
            )
        )

    def _pictures(self, read: MeasureReading, number: int) -> Iterable[Picture]:
        for place, line in enumerate(promise_pictures(read)):
            ident = f"m{number}-{place}"
            yield Picture(
                line.title[self.language],
                # The chart escapes every word itself.
                mark_safe(self._svg(line, WIDE, f"{ident}-w")),  # noqa: S308
                mark_safe(self._svg(line, NARROW, f"{ident}-n")),  # noqa: S308
            )

    def _svg(self, line: PromiseLine, width: float, ident: str) -> str:
        return draw_promise_line(line, Frame(self.language, width, ident=ident))

    def _ahead(self, one: Ahead) -> str:
        """What the target's year may bring; with its interval, or not at all."""
        unit = "share" if one.gap is None else "points"
        words = (
            _("If all goes on as it went, %(year)s brings %(value)s (%(between)s).")
            if one.gap is None
            else _(
                "If all goes on as it went, the gap for %(group)s is %(value)s in "
                "%(year)s (%(between)s)."
            )
        )
        return words % {
            "year": school_year(one.year),
            "value": estimate(one.estimate, unit, self.language),
            "between": interval(one.estimate, unit, self.language),
            "group": "" if one.gap is None else one.gap.students[self.language],
        }
