"""The desk a review is written at: facts, names and indicators, and how to cite them.

Everything that turns rows of facts into evidence, estimates and marks stands here, so
that every kind of finding cites in the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from evenrise.findings.finding import EvidenceRow
from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.stories import Counted, Measured, Who
from evenrise.findings.table import Facts
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.facts import Status
from evenrise.vocabulary.groups import ALL_FAMILY, group_name, group_students
from evenrise.vocabulary.organizations import Level, Organization
from evenrise.vocabulary.text import Text


class IndicatorInfo(Protocol):
    """What a review needs to know of an indicator; `indicators.Indicator` fits."""

    @property
    def key(self) -> str:
        """Its name in the table of facts."""

    @property
    def version(self) -> int:
        """The version of its definition."""

    @property
    def authority(self) -> str:
        """Whose rule it follows."""

    @property
    def title(self) -> Text:
        """What it is called."""

    @property
    def question(self) -> Text:
        """The question that it answers."""

    @property
    def definition(self) -> Text:
        """Who counts and what is counted."""

    @property
    def unit(self) -> str:
        """One of share, days, ratio."""

    @property
    def good(self) -> str:
        """Whether up or down is good."""

    @property
    def counts_students(self) -> bool:
        """Whether the numerator counts students, so that intervals may be told."""


Names = Mapping[tuple[str, str], str]  # (level, organization_id) to a name

REASONS: dict[str, Reason] = {
    Status.SUPPRESSED: Reason.SUPPRESSED,
    Status.NO_STUDENTS: Reason.NO_STUDENTS,
    Status.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    Status.NOT_COLLECTED: Reason.NOT_COLLECTED,
    Status.NOT_LOADED: Reason.NOT_COLLECTED,
}
OTHERS = Text("All other students", "Los demás estudiantes")
IN_QUESTION = Text("in question", "en duda")
STATE = Text("The whole state", "Todo el estado")


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """What every part of the review has before it."""

    facts: Facts
    indicators: Mapping[str, IndicatorInfo]
    names: Names
    district: Organization
    as_of: dt.date

    def info(self, row: int) -> IndicatorInfo:
        """The indicator of a fact."""
        return self.indicators[self.facts.word("indicator", row)]

    def measured(self, key: str) -> Measured:
        """How sentences know an indicator."""
        info = self.indicators[key]
        return Measured(key, info.good, info.title)

    def organization(self, row: int) -> Organization:
        """The organization of a fact, by the best name there is."""
        level = Level(self.facts.word("level", row))
        identifier = self.facts.word("organization_id", row)
        if level is Level.DISTRICT and identifier == self.district.organization_id:
            return self.district
        own = self.facts.cell("organization_name", row)
        name = self.names.get((str(level), identifier)) or own or identifier
        district = self.facts.cell("district_id", row)
        return Organization(level, identifier, name, district)

    def district_row(self, key: str, year: int) -> int | None:
        """All students of the district, when shown and not in doubt."""
        facts = self.facts
        rows = facts.rows(
            indicator=key,
            school_year=year,
            level=Level.DISTRICT,
            organization_id=self.district.organization_id,
            group_family=ALL_FAMILY,
        )
        rows = rows[facts.shown[rows] & ~facts.doubted[rows]]
        return int(rows[0]) if len(rows) else None

    def who(self, row: int) -> Who:
        """The organization as a sentence names it."""
        organization = self.organization(row)
        return Who(organization.name, organization.level is Level.DISTRICT)

    def counted(self, row: int) -> Counted:
        """The counts of a shown fact."""
        return Counted(float(self.facts.x[row]), float(self.facts.n[row]))

    def label(self, row: int) -> Text:
        """What a table calls the group of a fact."""
        return group_label(*self.family_and_group(row))

    def students(self, row: int) -> Text:
        """What a sentence calls the students of a fact."""
        return group_words(*self.family_and_group(row))

    def family_and_group(self, row: int) -> tuple[str, str]:
        """The codes of a fact's family and group."""
        facts = self.facts
        return facts.word("group_family", row), facts.word("group", row)

    def estimate(self, row: int) -> Estimate:
        """The value of a fact with its interval and n, or why there is none.

        A fact in question has none: it is not told as a fact about students.
        """
        if self.facts.doubted[row]:
            return Estimate.unknown(Reason.NOT_APPLICABLE)
        return self.printed(row)

    def printed(self, row: int) -> Estimate:
        """The value as the file gives it, also when it is in question."""
        facts = self.facts
        n = None if np.isnan(facts.n[row]) else int(facts.n[row])
        if facts.shown[row]:
            if self.info(row).counts_students and facts.x[row] <= facts.n[row]:
                return wilson(float(facts.x[row]), float(facts.n[row]))
            return Estimate(float(facts.value[row]), n=n)
        if not np.isnan(facts.value[row]):  # an agency printed the rate alone
            return Estimate(float(facts.value[row]), n=n)
        word = facts.status[int(facts.status_code[row])]
        if word == Status.REPORTED:
            return Estimate.unknown(_without_value(facts, row), n)
        return Estimate.unknown(REASONS[word], n)

    def bound(self, row: int) -> Text | None:
        """What may still be said of a rate that is not told: "5% or less"."""
        facts = self.facts
        if facts.doubted[row]:
            return IN_QUESTION
        if facts.shown[row] or not np.isnan(facts.value[row]):
            return None
        return bound_words(float(facts.lower[row]), float(facts.upper[row]))

    def evidence(self, row: int, label: Text | None = None) -> EvidenceRow:
        """One row of the table behind a finding."""
        facts = self.facts
        doubted = bool(facts.doubted[row])
        return EvidenceRow(
            label=label or self.label(row),
            numerator=None if doubted else _or_none(facts.x[row]),
            denominator=None if doubted else _or_none(facts.n[row]),
            estimate=self.estimate(row),
            school_year=int(facts.year[row]),
            bound=self.bound(row),
            reference_to=self.reference(row),
        )

    def questioned(self, row: int) -> EvidenceRow:
        """One row of the table behind a question: the number as the file gives it."""
        label, organization = self.label(row), self.organization(row)
        if organization.level is Level.SCHOOL:
            name = organization.name
            label = Text(f"{name}: {label.en}", f"{name}: {label.es}")
        return EvidenceRow(
            label=label,
            numerator=_or_none(self.facts.x[row]),
            denominator=_or_none(self.facts.n[row]),
            estimate=self.printed(row),
            school_year=int(self.facts.year[row]),
            bound=None,
            reference_to=self.reference(row),
        )

    def reference(self, row: int) -> tuple[tuple[str, str | int], ...]:
        """The name of the fact: what leads a reader back to it."""
        facts = self.facts
        return (
            ("indicator", facts.word("indicator", row)),
            ("school_year", int(facts.year[row])),
            ("level", facts.word("level", row)),
            ("organization_id", facts.word("organization_id", row)),
            ("group_family", facts.word("group_family", row)),
            ("group", facts.word("group", row)),
        )


def worked_out(label: Text, counted: Counted, year: int) -> EvidenceRow:
    """A row that no single fact gives: all students minus a group, peers together."""
    return EvidenceRow(label, counted.x, counted.n, wilson(counted.x, counted.n), year)


def _or_none(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def _without_value(facts: Facts, row: int) -> Reason:
    """A reported count without a rate: nobody to count, or no rate by nature."""
    return Reason.NO_STUDENTS if facts.n[row] == 0 else Reason.NOT_APPLICABLE


@lru_cache(maxsize=256)
def bound_words(lower: float | None, upper: float | None) -> Text | None:
    """What the bounds of a hidden rate let us say; None (or nan) is no bound."""
    if upper is not None and upper < 1:  # never true of nan
        return _at_most(upper)
    if lower is not None and lower > 0:
        return _at_least(lower)
    return None


def _at_most(share: float) -> Text:
    return Text(
        f"{numbers.share(share * 100, 100, 'en')} or less",
        f"{numbers.share(share * 100, 100, 'es')} o menos",
    )


def _at_least(share: float) -> Text:
    return Text(
        f"{numbers.share(share * 100, 100, 'en')} or more",
        f"{numbers.share(share * 100, 100, 'es')} o más",
    )


@lru_cache(maxsize=2048)
def group_label(family: str, group: str) -> Text:
    """What a table calls a group, also one that only this district reports."""
    try:
        return group_name(family, group)
    except (KeyError, ValueError):  # a group that only this district reports
        return Text(group, group)


@lru_cache(maxsize=2048)
def group_words(family: str, group: str) -> Text:
    """What a sentence calls its students."""
    try:
        return group_students(family, group)
    except (KeyError, ValueError):
        return Text(f"students of the group “{group}”", f"estudiantes de «{group}»")
