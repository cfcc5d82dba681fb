"""How an indicator is declared: data with a name, an authority and a version.

A definition says who counts, what is counted, during which interval, by which
groups, whether up or down is good, and whose rule it follows. The mistakes of an
author are told as sentences when the definition is read, not when it first runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from evenrise.indicators.student_years import Interval, StudentYear
from evenrise.indicators.terms import Term
from evenrise.vocabulary.errors import DefinitionProblem
from evenrise.vocabulary.groups import ALL_FAMILY, FAMILIES
from evenrise.vocabulary.text import Text


Unit = Literal["share", "days", "ratio", "count"]
Good = Literal["up", "down"]
_KEY = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number on which a rule turns; it has a name, a default and one home."""

    name: str
    default: float
    about: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator, as its authority defines it.

    `who_counts` is a condition on the rows of `student_year`; each row that meets it
    adds one student to the denominator. `counted` is a condition (then the numerator
    counts students) or an amount (days, a share of days) that is added up. Both are
    None, with `student_year`, for an indicator that only agencies publish.
    `published_names` are the names agencies print it under. `whole_year` indicators
    are computed only for school years that are over.

    Raises:
        DefinitionProblem: for an author's mistake, as one sentence.
    """

    key: str
    version: int
    authority: str
    source: str
    title: Text
    question: Text
    definition: Text
    unit: Unit
    good: Good
    student_year: StudentYear | None = None
    who_counts: Term | None = None
    counted: Term | None = None
    thresholds: tuple[Threshold, ...] = ()
    needs: tuple[str, ...] = ()
    whole_year: bool = False
    published_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for problem in (
            _name_problem(self),
            _parts_problem(self),
            _terms_problem(self),
            _thresholds_problem(self),
        ):
            if problem:
                raise DefinitionProblem(f"Indicator {self.key!r}: {problem}")

    @property
    def computed(self) -> bool:
        """Whether it can be computed from student records."""
        return self.student_year is not None

    @property
    def counts_students(self) -> bool:
        """Whether the numerator counts students (the denominator always does)."""
        return self.counted is None or self.counted.is_condition

    @property
    def interval(self) -> Interval:
        """During which time the groups of its students are read."""
        return self.student_year.interval if self.student_year else Interval.SCHOOL_YEAR

    @property
    def families(self) -> tuple[str, ...]:
        """The group families it is told by, in the order of the vocabulary."""
        cohort = self.interval is Interval.COHORT
        return tuple(code for code in FAMILIES if not (cohort and code == "grade"))

    @property
    def all_needs(self) -> tuple[str, ...]:
        """The tables, and `table.column`s, without which it cannot be computed."""
        own = self.student_year.needs if self.student_year else ()
        return (*own, *self.needs)

    def with_settings(self, settings: Mapping[str, float]) -> dict[str, float]:
        """The thresholds by name; `settings` are keyed `indicator.threshold`.

        Raises:
            DefinitionProblem: when a setting names a threshold it does not have.
        """
        known = {item.name: item.default for item in self.thresholds}
        for name, value in settings.items():
            key, _, own = name.partition(".")
            if key == self.key and own not in known:
                raise DefinitionProblem(
                    f"Indicator {self.key!r} has no threshold {own!r}; it has "
                    f"{', '.join(known) or 'none'}. Correct the district's settings."
                )
            if key == self.key:
                known[own] = float(value)
        return known


def _name_problem(one: Indicator) -> str | None:
    if not _KEY.fullmatch(one.key):
        return "a key is small letters, digits and _, beginning with a letter."
    if one.version < 1:
        return f"version {one.version} is not possible; versions begin at 1."
    if not one.authority.strip() or not one.source.strip():
        return "name the authority whose rule it follows, and where the rule stands."
    if one.unit not in get_args(Unit):
        return f"unit {one.unit!r} is not one of {', '.join(get_args(Unit))}."
    if one.good not in ("up", "down"):
        return f"say whether up or down is good; {one.good!r} is neither."
    return None


def _parts_problem(one: Indicator) -> str | None:
    given = [part is not None for part in (one.who_counts, one.counted)]
    if one.student_year is None:
        if any(given):
            return "it says who or what counts but names no student-year table."
        if not one.published_names:
            return "it cannot be computed and names nothing that agencies publish."
        return None
    if not all(given):
        return "it names a student-year table: say who_counts and counted as well."
    if one.who_counts is not None and not one.who_counts.is_condition:
        return "who_counts must be a condition, such as days_enrolled >= 31."
    return None


def _terms_problem(one: Indicator) -> str | None:
    table = one.student_year
    if table is None or one.who_counts is None or one.counted is None:
        return None
    for term in (one.who_counts, one.counted):
        for name in term.names("column"):
            if name not in table.columns:
                return (
                    f"{table.name} has no column {name!r}; "
                    f"it has {', '.join(table.columns)}."
                )
    if one.unit == "days" and one.counted.is_condition:
        return "its unit is days, but it counts students: counted is a condition."
    return None


def _thresholds_problem(one: Indicator) -> str | None:
    declared = [item.name for item in one.thresholds]
    terms = [term for term in (one.who_counts, one.counted) if term is not None]
    used = {name for term in terms for name in term.names("threshold")}
    if len(set(declared)) != len(declared):
        return "two thresholds have the same name."
    if missing := sorted(used - set(declared)):
        return f"threshold {missing[0]!r} is used but not declared."
    if idle := sorted(set(declared) - used):
        return f"threshold {idle[0]!r} is declared but never used."
    return None


def pairs(families: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The pairs of families that are told at the district.

    A pair joins families whose groups do not overlap, and that say different things:
    `race_any` overlaps with itself, and language status refines English learner.
    """
    kept = [code for code in families if code not in (ALL_FAMILY, "race_any")]
    return tuple(
        (first, second)
        for place, first in enumerate(kept)
        for second in kept[place + 1 :]
        if {first, second} != {"english_learner", "language_status"}
    )
