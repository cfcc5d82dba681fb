"""Numbers that tell of each other under different names.

- Nested groups: those who report a race alone are among those who report it at all.
  Where both are shown, their difference is a number of students as well, and may be
  too small. (Two definitions of one outcome, California's and EDFacts', are not
  nested: each counts students that the other does not, for several reasons at once.)
- The same students under another indicator: a number hidden in one place is hidden
  wherever it stands.
- Graduates are the students of A-G completion: where it would tell how many did not
  graduate, its students are hidden too.
- Graduates and those who left are of one cohort: where both are shown, so are the
  others, who may be too few.
- Amounts: days removed tell how many students were removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evenrise.statistics.small_numbers.keys import Codes, together
from evenrise.statistics.small_numbers.primary import (
    COUNT,
    EVERYTHING,
    SMALL,
    WOULD_REVEAL,
    Hiding,
)
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints, Rule
from evenrise.statistics.small_numbers.state import State


# Indicators whose numerator is an amount, not a count of students, and the indicator
# that counts the students behind it (None: every student of the denominator).
AMOUNTS: dict[str, str | None] = {
    "attendance_rate": None,
    "days_removed": "suspension",
    "feedback_days": None,
}
# Indicators whose students are those who had another's outcome.
OUTCOMES_OF: dict[str, str] = {
    "a_g_completion": "graduation",
    "ethnic_studies": "graduation",
}
# Indicators of one cohort whose outcomes no student has both of: what is left of the
# students, those who neither finished nor left, is a number of students as well.
APART_FROM: dict[str, str] = {"dropout_cohort": "graduation"}
# Of the groups that overlap, those who are in one alone are told as well.
_ALONE = {"race_any": "race_ethnicity"}
# No child is away from school for longer, whatever the reason, in a school year.
_MOST_DAYS = 20
_COUNT_BITS = 20  # no school or district has more students than this allows


@dataclass(frozen=True, slots=True)
class Named:
    """The facts that are protected together, with the name of their indicator."""

    codes: Codes
    indicator: Ints
    words: tuple[str, ...]

    def of(self, indicator: str) -> Ints:
        """Which of the facts (places in `codes`) are this indicator's."""
        if indicator not in self.words:
            return np.zeros(0, dtype=np.int64)
        return np.flatnonzero(self.indicator == self.words.index(indicator))


def hide_amounts(
    named: Named,
    counts: tuple[Floats, Floats],
    rule: Rule,
    hiding: Hiding,
    amounts: Mapping[str, str | None],
) -> None:
    """Hide amounts that tell of few students, or that all had all or nothing.

    Where the indicator that counts the students behind an amount is there, it decides
    (`follow_counts`); else as many students are supposed as the amount needs at least.
    """
    x, n = counts
    for indicator, counted_by in amounts.items():
        rows = named.codes.rows[named.of(indicator)]
        if counted_by is None:
            telling = (x[rows] == 0) | (x[rows] == n[rows])
        elif len(named.of(counted_by)):
            continue
        else:
            telling = x[rows] <= rule.largest_hidden * _MOST_DAYS
        chosen = np.zeros(len(x), dtype=np.bool_)
        chosen[rows[telling]] = True
        hiding.hide(chosen, EVERYTHING, SMALL)


def follow_counts(
    named: Named, state: State, amounts: Mapping[str, str | None]
) -> None:
    """Hide an amount wherever the number of students behind it is hidden."""
    for indicator, counted_by in amounts.items():
        if counted_by is None:
            continue
        ours, theirs = named.of(indicator), named.of(counted_by)
        mine, other = _same(named.codes.place, ours, theirs)
        rows, leading = named.codes.rows[mine], named.codes.rows[other]
        level = np.maximum(state.level[rows], state.level[leading])
        changed = level > state.level[rows]
        state.reason[rows[changed]] = WOULD_REVEAL
        state.level[rows] = level


def leave_room(named: Named, state: State) -> None:
    """Let outcomes grow no further than the other outcome, where it is shown, allows.

    No student has both: those who left are at most those who did not graduate.
    """
    for first, second in APART_FROM.items():
        ours, theirs = _same(named.codes.place, named.of(first), named.of(second))
        one, other = named.codes.rows[ours], named.codes.rows[theirs]
        with_it = [
            np.where(state.mirrored[r], state.n[r] - state.rare[r], state.rare[r])
            for r in (one, other)
        ]
        rest = state.n[one] - with_it[0] - with_it[1]
        meant = (state.n[one] == state.n[other]) & (rest >= 0)
        meant &= state.level[other] < COUNT
        state.room[one[meant]] = rest[meant]


def outcomes_told(named: Named, state: State) -> tuple[Ints, Ints]:
    """Facts whose number of students is an outcome that stands elsewhere.

    Returns:
        (hidden, shown): where the other fact hides that outcome, and where it shows it.
    """
    hidden, shown = [], []
    for indicator, of in OUTCOMES_OF.items():
        ours, theirs = _same(named.codes.place, named.of(indicator), named.of(of))
        rows, leading = named.codes.rows[ours], named.codes.rows[theirs]
        outcome = np.where(
            state.mirrored[leading],
            state.n[leading] - state.rare[leading],
            state.rare[leading],
        )
        told = state.level[leading] >= COUNT
        hidden.append(rows[told])
        shown.append(rows[~told & (outcome == state.n[rows])])
    return np.unique(np.concatenate(hidden)), np.unique(np.concatenate(shown))


def hide_nested(
    named: Named, counts: tuple[Floats, Floats], rule: Rule, hiding: Hiding
) -> None:
    """Hide the larger of two nested numbers where their difference is too small."""
    codes = named.codes
    for outer, inner in _ALONE.items():
        pair = _alone(codes, outer, inner)
        _hide_difference(codes.rows[pair[0]], codes.rows[pair[1]], counts, rule, hiding)

    for ours, theirs in APART_FROM.items():
        first, second = _same(named.codes.place, named.of(ours), named.of(theirs))
        _hide_rest(codes.rows[first], codes.rows[second], counts, rule, hiding)


def _hide_rest(
    ours: Ints, theirs: Ints, counts: tuple[Floats, Floats], rule: Rule, hiding: Hiding
) -> None:
    """Hide our outcomes where few have neither ours nor theirs."""
    x, n = counts
    rest = n[ours] - x[ours] - x[theirs]
    few = (n[ours] == n[theirs]) & (rest >= 0) & (rest <= rule.largest_hidden)
    few &= hiding.level[theirs] < COUNT  # else their hiding is enough
    rows: Flags = np.zeros(len(x), dtype=np.bool_)
    rows[ours[few]] = True
    hiding.hide(rows, COUNT, WOULD_REVEAL)


def _alone(codes: Codes, outer: str, inner: str) -> tuple[Ints, Ints]:
    """Pairs of facts: a group of the outer family, and the same of the inner."""
    families, words = codes.groups.families, codes.groups.words
    if outer not in families or inner not in families:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    known = {(one.family, one.group): i for i, one in enumerate(words)}
    meant = np.arange(len(words))
    for i, one in enumerate(words):
        if one.family == outer:
            meant[i] = known.get((inner, one.group), i)
    of = codes.groups.family[codes.group]
    places = int(codes.organization.max(initial=0)) + 1
    key = codes.block * places + codes.organization
    key = key * len(words) + meant[codes.group]
    ours = np.flatnonzero(of == families.index(outer))
    return _same(key, ours, np.flatnonzero(of == families.index(inner)))


def _same(key: Ints, ours: Ints, theirs: Ints) -> tuple[Ints, Ints]:
    """Pairs (ours, theirs) that have the same key."""
    theirs = theirs[np.argsort(key[theirs], kind="stable")]
    place = np.searchsorted(key[theirs], key[ours])
    found = place < len(theirs)
    found[found] = key[theirs[place[found]]] == key[ours[found]]
    return ours[found], theirs[place[found]]


def _hide_difference(
    outer: Ints,
    inner: Ints,
    counts: tuple[Floats, Floats],
    rule: Rule,
    hiding: Hiding,
) -> None:
    """Hide the outer number where outer minus inner tells of a few students."""
    x, n = counts
    most, size = rule.largest_hidden, len(n)
    rest = n[outer] - n[inner]
    with_it = x[outer] - x[inner]
    few = (rest >= 1) & (rest <= most)
    telling = (rest > most) & (np.minimum(with_it, rest - with_it) <= most)
    for chosen, level in ((few, EVERYTHING), (telling, COUNT)):
        rows: Flags = np.zeros(size, dtype=np.bool_)
        rows[outer[chosen]] = True
        hiding.hide(rows, level, WOULD_REVEAL)


def same_students(named: Named, state: State) -> Ints:
    """A number for each fact (of all, by row): the same for the same students.

    Facts of one organization, year and group that count equally many students, under
    whatever indicator, are taken to count the same ones. 0 stands for every other row.
    """
    codes = named.codes
    same = np.zeros(len(state.n), dtype=np.int64)
    key = (codes.place << _COUNT_BITS) + state.n[codes.rows]
    of_others = np.zeros(len(key), dtype=np.int64)  # the students of an outcome
    for indicator in OUTCOMES_OF:
        of_others[named.of(indicator)] = 1
    same[codes.rows] = 1 + together(key, of_others)
    return same


def hidden_here(members: Ints, same: Ints, state: State) -> Ints:
    """The numbers of students, as `same_students` names them, that a block hides."""
    hidden = (state.level[members] >= EVERYTHING) & (
        state.n[members] > state.rule.largest_hidden
    )
    found: Ints = same[members[hidden]]
    return found


def know_elsewhere(same: Ints, hidden: Flags, state: State) -> None:
    """Mark the numbers of students that stand, shown, in a year that stands.

    Changes `hidden` and `state.told` in place.
    """
    shown = state.stands & (state.level < EVERYTHING) & (state.n > 0)
    known = np.zeros(len(hidden), dtype=np.bool_)
    known[same[shown]] = True
    known[0] = False
    hidden &= ~known
    state.told |= known[same] & ~state.stands


def told_elsewhere(members: Ints, same: Ints, hidden: Flags, state: State) -> Ints:
    """Facts of a block that show a number of students which another block hides."""
    found: Ints = members[hidden[same[members]] & (state.level[members] < EVERYTHING)]
    return found
