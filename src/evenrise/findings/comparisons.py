"""Every group beside all other students, for all organizations and years at once.

The reference is *all other students*: the counted complement where the family has
one ("students without disabilities"), otherwise all students minus the group. Both
must be shown; nothing is worked out from a cell that is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences.stories import Counted
from evenrise.findings.table import Facts, Flags, Floats, Ints
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import difference_arrays, difference_p
from evenrise.vocabulary.groups import (
    ALL_FAMILY,
    FAMILIES,
    PAIR,
)


# Children of different ages are not groups that a district serves unequally, and
# "not reported" is a row of its own, never a group beside others.
NO_GAPS_IN = frozenset({ALL_FAMILY, "grade"})
NOT_REPORTED = "not_reported"
# Fewer students than this, and no clear difference: too few to say. California gives
# a district no colour below 30 students; 34 CFR 300.647 presumes n <= 30 reasonable.
FEW_STUDENTS = 30
ALPHA = 0.05
# Where both groups have fewer events than this together, chance rules: too few.
FEW_EVENTS = 5
# The test is sound when every group is expected to have one event at least
# (Campbell 2007, Statistics in Medicine 26:3661); otherwise it is too few to say.
LEAST_EXPECTED = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Arrays with one entry a comparison; `row` is the group's row in the facts.

    `difference` is group minus others, in shares; `concerned` how many more would
    have had the good outcome at the others' rate (negative: fewer, the group is ahead).
    """

    row: Ints
    x: Floats
    n: Floats
    other_x: Floats
    other_n: Floats
    difference: Floats
    lower: Floats
    upper: Floats
    p: Floats
    adjusted_p: Floats
    concerned: Floats
    mirrored: Flags  # told by its complement already

    def __len__(self) -> int:
        return len(self.row)

    def behind(self) -> Flags:
        """Where the group has the good outcome less often than the others."""
        return self.concerned > 0

    def adjusted(self, at: int) -> float | None:
        """The p of comparison `at`, corrected; None where the test is not sound."""
        adjusted = float(self.adjusted_p[at])
        return None if np.isnan(adjusted) else adjusted

    def certainty(self, at: int) -> Certainty:
        """The only words that a comparison may use."""
        adjusted = self.adjusted(at)
        clear = adjusted is not None and adjusted < ALPHA
        if clear and not self.lower[at] <= 0 <= self.upper[at]:
            return Certainty.DIFFERENT
        return too_few(self, at) or Certainty.UNCLEAR

    def certainties(self) -> NDArray[np.int8]:
        """The certainty of every comparison, as its place in `Certainty`."""
        clear = self.adjusted_p < ALPHA
        clear &= (self.lower > 0) | (self.upper < 0)
        total = self.n + self.other_n
        events = self.x + self.other_x
        rarer = np.minimum(events, total - events)
        fewest = np.minimum(self.n, self.other_n)
        few = (fewest < FEW_STUDENTS) | (rarer < FEW_EVENTS)
        few |= fewest * rarer / total < LEAST_EXPECTED
        places = {one: np.int8(place) for place, one in enumerate(Certainty)}
        return np.where(
            clear,
            places[Certainty.DIFFERENT],
            np.where(few, places[Certainty.TOO_FEW], places[Certainty.UNCLEAR]),
        )

    def students(self, at: int) -> int:
        """`concerned` as a whole number of students, never more than the group."""
        whole = int(np.floor(abs(self.concerned[at]) + 0.5))
        return min(whole, int(self.n[at]))


def too_few(comparisons: Comparisons, at: int) -> Certainty | None:
    """`TOO_FEW` where the students or the events cannot carry an answer."""
    group = Counted(float(comparisons.x[at]), float(comparisons.n[at]))
    others = Counted(float(comparisons.other_x[at]), float(comparisons.other_n[at]))
    return Certainty.TOO_FEW if too_few_counts(group, others) else None


def too_few_counts(*parts: Counted) -> bool:
    """Whether some n is too small, or all events together are too few."""
    events = sum(part.x for part in parts)
    rest = sum(part.n for part in parts) - events
    fewest = min(part.n for part in parts)
    expected = fewest * min(events, rest) / (events + rest)
    return (
        fewest < FEW_STUDENTS
        or min(events, rest) < FEW_EVENTS
        or expected < LEAST_EXPECTED
    )


def reference_counts(facts: Facts, rows: Ints) -> tuple[Floats, Floats]:
    """X and n of all other students beside each row; nan where they are not known."""
    everyone = facts.all_rows(rows)
    x = facts.at(facts.x, everyone) - facts.x[rows]
    n = facts.at(facts.n, everyone) - facts.n[rows]
    complement, exists = _complement_rows(facts, rows)
    x = np.where(exists, facts.at(facts.x, complement), x)
    n = np.where(exists, facts.at(facts.n, complement), n)
    # An agency's totals may fall short of a group (sums over visible schools).
    known = (x >= 0) & (n > 0) & (x <= n)
    return np.where(known, x, np.nan), np.where(known, n, np.nan)


def _complement_rows(facts: Facts, rows: Ints) -> tuple[Ints, Flags]:
    """The counted complement of each row's group, and whether the table has it."""
    groups = facts.words["group"]
    partner = np.full(len(groups), -1, dtype=np.int64)
    for family in FAMILIES.values():
        if family.complement is not None:
            here, there = groups.code(family.code), groups.code(family.complement)
            if here >= 0 and there >= 0:
                partner[here], partner[there] = there, here
    other = partner[facts.codes["group"][rows]]
    found = facts.find(facts.keys(rows, group=other))
    return found, (other >= 0) & (found >= 0)


def comparable(facts: Facts) -> Flags:
    """Rows whose group may be compared: shown, not doubted, a group of students."""
    families = facts.words["group_family"].names
    groups = facts.words["group"].names
    apart = [any(p in NO_GAPS_IN for p in name.split(PAIR)) for name in families]
    unknown = [NOT_REPORTED in name.split(PAIR) for name in groups]
    mask = facts.shown & ~facts.doubted & (facts.x <= facts.n)
    mask &= ~_any(apart, facts.codes["group_family"])
    return mask & ~_any(unknown, facts.codes["group"])


def _any(flags: list[bool], codes: Ints) -> Flags:
    return np.array(flags, dtype=np.bool_)[codes] if flags else codes < 0


def is_complement(facts: Facts) -> Flags:
    """Rows of "everybody else" in a two-way family: their gap is told by the group."""
    names = {family.complement for family in FAMILIES.values()}
    flags = [
        any(part in names for part in name.split(PAIR))
        for name in facts.words["group"].names
    ]
    return _any(flags, facts.codes["group"])


def compare(facts: Facts, rows: Ints, good: Floats) -> Comparisons:
    """Compare the groups at `rows` with all other students.

    Args:
        facts: the indexed facts.
        rows: rows of groups; those without a known reference are left out.
        good: by row, +1 where more is good and -1 where less is good.
    """
    other_x, other_n = reference_counts(facts, rows)
    known = ~np.isnan(other_x)
    rows, good = rows[known], good[known]
    other_x, other_n = other_x[known], other_n[known]
    x, n = facts.x[rows], facts.n[rows]
    lower, upper = difference_arrays(x, n, other_x, other_n)
    p = difference_p(x, n, other_x, other_n)
    mirrored = is_complement(facts)[rows]
    sound = _expected(x, n, other_x, other_n) >= LEAST_EXPECTED
    return Comparisons(
        row=rows,
        x=x,
        n=n,
        other_x=other_x,
        other_n=other_n,
        difference=x / n - other_x / other_n,
        lower=lower,
        upper=upper,
        p=p,
        adjusted_p=adjust(facts, rows, np.where(mirrored | ~sound, np.nan, p)),
        concerned=good * (n * other_x / other_n - x),
        mirrored=mirrored,
    )


def _expected(x: Floats, n: Floats, other_x: Floats, other_n: Floats) -> Floats:
    """The smallest count that any of the four cells would have without a gap."""
    total = n + other_n
    events = np.minimum(x + other_x, total - x - other_x)
    return np.asarray(np.minimum(n, other_n) * events / total, dtype=np.float64)


def adjust(facts: Facts, rows: Ints, p: Floats) -> Floats:
    """Benjamini-Hochberg over one question: indicator, year, level, single or pair."""
    family = facts.codes["indicator"][rows].astype(np.int64)
    family = family * 256 + (facts.year[rows] - facts.base_year)
    family = family * 16 + facts.codes["level"][rows] * 2 + facts.pair[rows]
    adjusted = np.full(len(rows), np.nan)
    order = np.argsort(family, kind="stable")
    edges = np.flatnonzero(np.diff(family[order])) + 1
    for part in np.split(order, edges):
        if len(part):
            adjusted[part] = benjamini_hochberg(p[part])
    return adjusted
