"""The words of a content, for a page: read from its bytes alone, in both languages.

Nothing is looked up in the database: an edition of long ago reads as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from evenrise.indicators.registry import INDICATORS
from evenrise.publishing import numbers
from evenrise.vocabulary.groups import group_name
from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.content import (
    BudgetContent,
    LinkContent,
    MeasureContent,
    PlanContent,
    RungContent,
)
from evenrise.workspace.plans.models import (
    FundingSource,
    RungKind,
    Service,
    StepState,
)
from evenrise.workspace.plans.said import Words, dates_words, years_words


def said_in(one: Any, what: str, language: Language) -> Words:
    """A pair of fields (`title`, `text`, ...) as this reader meets it.

    Args:
        one: a content with `{what}_en` and `{what}_es`.
        what: the pair's name.
        language: the reader's; the other one where it has no words.
    """
    own = str(getattr(one, f"{what}_{language}", ""))
    other: Language = "es" if language == "en" else "en"
    if own:
        days = [getattr(one, f"{x}_at", "") for x in (language, other)]
        return Words(own, "", what == "title" and days[0] < days[1])
    told = str(getattr(one, f"{what}_{other}", ""))
    return Words(told, other if told else "", bool(told) and what == "title")


@dataclass(frozen=True)
class Reader:
    """Says what a content holds to a reader of one language."""

    content: PlanContent
    language: Language

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """How rungs are counted."""
        return self.content.numbers()

    @cached_property
    def rungs(self) -> Mapping[str, RungContent]:
        """By key."""
        return {one.key: one for one in self.content.rungs}

    @cached_property
    def departments(self) -> Mapping[str, str]:
        """Names by key."""
        return {
            one.key: one.name_es if self.language == "es" else one.name_en
            for one in self.content.departments
        }

    def counted(self, one: RungContent) -> str:
        """A rung's kind and number: "Strategy 3.2"."""
        kind = str(RungKind(one.kind).label) if one.kind in RungKind.values else ""
        return f"{kind} {self.numbers.get(one.key, '')}".strip()

    def named(self, key: str) -> str:
        """A rung by its key, as people say it."""
        found = self.rungs.get(key)
        if found is None:
            return key
        title = said_in(found, "title", self.language).text
        return f"{self.counted(found)}: {title}"

    def measure(self, one: MeasureContent) -> str:
        """A measure in one sentence: what, from where, to where, until when."""
        told = [said_in(one, "title", self.language).text or self._indicator(one)]
        if one.baseline is not None or one.target is not None:
            told.append(
                _("from %(from)s (%(first)s) to %(to)s (%(last)s)")
                % {
                    "from": self._share(one.baseline),
                    "first": self._year(one.baseline_year),
                    "to": self._share(one.target),
                    "last": self._year(one.target_year),
                }
            )
        told += [
            _("gap of %(group)s from %(from)s to %(to)s")
            % {
                "group": self._group(gap.family, gap.group),
                "from": self._points(gap.baseline_gap),
                "to": self._points(gap.target_gap),
            }
            for gap in one.groups
        ]
        return "; ".join(told)

    def line(self, one: BudgetContent) -> str:
        """A line of the budget."""
        known = one.source in FundingSource.values
        told = [
            f"${numbers.number(float(one.planned), 2, self.language)}",
            str(FundingSource(one.source).label) if known else one.source,
            self._year(one.school_year),
        ]
        return ", ".join([*told, *([one.school_id] if one.school_id else [])])

    def link(self, one: LinkContent) -> str:
        """What a rung stands on, in the words of that day."""
        return said_in(one, "headline", self.language).text or one.key

    def value(self, name: str, value: Any) -> str:
        """A field that is no text in two languages, in words; blank for none."""
        ways: dict[str, Callable[[], str]] = {
            "department": lambda: self.departments.get(value, value),
            "begins_on": lambda: self._day(value),
            "ends_on": lambda: self._day(value),
            "depends": lambda: "; ".join(self.named(key) for key in value),
            "lcff": lambda: ", ".join(str(one) for one in value),
            "contributing": lambda: _("yes") if value else _("no"),
            "service": lambda: str(Service(value).label),
            "state": lambda: str(StepState(value).label),
            "begins_year": lambda: years_words(value, value),
            "ends_year": lambda: years_words(value, value),
        }
        if value is None or value in {"", ()}:
            return ""
        return ways.get(name, lambda: str(value))()

    def dates(self, one: RungContent) -> str:
        """From when until when."""
        begins, ends = (
            dt.date.fromisoformat(day) if day else None
            for day in (one.begins_on, one.ends_on)
        )
        return dates_words(begins, ends, self.language)

    def depth(self, one: RungContent) -> int:
        """How many rungs stand above it."""
        found = 0
        while one.parent and one.parent in self.rungs and found < 6:
            one, found = self.rungs[one.parent], found + 1
        return found

    def _indicator(self, one: MeasureContent) -> str:
        found = INDICATORS.get(one.indicator)
        return found.title[self.language] if found else one.indicator

    def _group(self, family: str, group: str) -> str:
        try:
            return group_name(family, group)[self.language]
        except (KeyError, ValueError):
            return group

    def _share(self, value: float | None) -> str:
        return "–" if value is None else numbers.amount(value, "share", self.language)

    def _points(self, value: float | None) -> str:
        if value is None:
            return "–"
        return numbers.amount(value, "points", self.language).lstrip("+")

    def _year(self, year: int | None) -> str:
        return "–" if year is None else years_words(year, year)

    def _day(self, told: str) -> str:
        return numbers.day(dt.date.fromisoformat(told), self.language)


def field_words(name: str) -> str:
    """What a field of a plan or a rung is called, without its language."""
    names = {
        "title": _("Title"),
        "text": _("Text"),
        "theory": _("Theory of action"),
        "done": _("What done means"),
        "department": _("Department"),
        "person": _("Person responsible"),
        "begins_on": _("Begins"),
        "ends_on": _("Ends"),
        "depends": _("Waits for"),
        "serves": _("Serves, in the plan above"),
        "lcff": _("State priorities"),
        "contributing": _("Contributes to increased or improved services"),
        "service": _("Service"),
        "begins_year": _("First school year"),
        "ends_year": _("Last school year"),
        "measures": _("Measure"),
        "budget": _("Budget"),
        "links": _("Stands on"),
        "state": _("State"),
    }
    return names.get(name, name)


def without_language(name: str) -> tuple[str, str]:
    """A field's name and its language: ("title", "es"); blank where it has none."""
    for language in ("en", "es"):
        if name.endswith(f"_{language}"):
            return name[:-3], language
    return name, ""


def shown_parts(reader: Reader, one: RungContent) -> Iterable[tuple[str, str]]:
    """What hangs on a rung: (what it is called, in words)."""
    for measure in one.measures:
        yield field_words("measures"), reader.measure(measure)
    for line in one.budget:
        yield field_words("budget"), reader.line(line)
    for link in one.links:
        yield field_words("links"), reader.link(link)
