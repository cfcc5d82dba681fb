"""How far each hidden number could still be moved, and what hiding more would cost.

Two quantities are protected in turn. First the number of students (`students`), for
facts of which everything is hidden: students without the rarer outcome are moved
between cells. Then the rarer outcome (`outcomes`), for facts whose count is hidden:
it is moved between cells while every number of students stays.

`up` and `down` say by how much a cell could be raised or lowered and still agree with
everything that an attacker knows about it alone: the rule (a small count is 1 to 10;
one hidden for another's sake may be anything, as small ones come to say so too), its
bound, its number of students. They are cut off at the width that is asked for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenrise.statistics.small_numbers.earlier import Past
from evenrise.statistics.small_numbers.primary import (
    BOUND,
    COMPLEMENT,
    COUNT,
    EVERYTHING,
    NO_REASON,
    NOTHING,
    SMALL,
    WITHDRAWN,
    WOULD_REVEAL,
    Hiding,
)
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints, Rule


Steps = NDArray[np.int16]
_ENDLESS = 1 << 30
_COST_OF_TOTAL = 5.0  # hiding all students of a school or of the district
_COST_OF_WORD = 0.1  # to say no more that a hidden number is small, or its bound
_COST_OF_ALL, _COST_OF_REST = 1.5, 0.5  # hiding a whole fact; its students as well


class State:
    """What is hidden so far, beside the facts, with two imagined facts at the end.

    `nothing` is a cell without students, which cannot move; `unbound` one that moves
    freely.
    """

    def __init__(self, hiding: Hiding, x: Floats, n: Floats, rule: Rule) -> None:
        size = len(n)
        self.rule, self.hiding = rule, hiding
        self.nothing, self.unbound = size, size + 1
        self.n = self._long(n)
        x_long = self._long(x)
        self.counted = np.append(~np.isnan(x), [False, False])
        self.rare = np.minimum(x_long, self.n)
        self.level = np.append(hiding.level, [NOTHING, NOTHING]).astype(np.int8)
        self.reason = np.append(hiding.reason, [NO_REASON, NO_REASON]).astype(np.int8)
        # A larger number of students is only ever hidden for another's sake.
        larger = (self.level >= EVERYTHING) & (self.n > rule.largest_hidden)
        self.reason[larger] = WOULD_REVEAL
        self.free = np.zeros(size + 2, dtype=np.bool_)
        self.mirrored = np.zeros(size + 2, dtype=np.bool_)
        self.total = np.ones(size + 2)
        self.dear = np.zeros(size + 2)
        self.gain = np.zeros(size + 2, dtype=np.int16)
        self.watched = np.full(size + 2, -1, dtype=np.int64)
        self.scopes: list[Ints] = []
        self.reach = np.append(rule.coding(np.nan_to_num(n))[0], [-1, -1])
        self.phase = EVERYTHING
        self.up: Steps = np.zeros(size + 2, dtype=np.int16)
        self.down: Steps = np.zeros(size + 2, dtype=np.int16)
        self.may_up: Steps = np.zeros(size + 2, dtype=np.int16)
        self.may_down: Steps = np.zeros(size + 2, dtype=np.int16)
        self.cost = np.zeros(size + 2)
        self.proven = np.zeros(size + 2, dtype=np.bool_)
        # What an earlier release has shown cannot be hidden any more.
        self.public = np.zeros(size + 2, dtype=np.bool_)
        # Facts that stand as they were released, wholly; facts hidden before; and
        # numbers of students that stand elsewhere for everybody to read.
        self.stands = np.zeros(size + 2, dtype=np.bool_)
        self.before = np.zeros(size + 2, dtype=np.bool_)
        self.told = np.zeros(size + 2, dtype=np.bool_)
        # Numbers of students that are hidden for the sake of another indicator's.
        self.secret = np.zeros(size + 2, dtype=np.bool_)
        # By how many the outcomes may grow, as no student has this one and another.
        self.room = np.full(size + 2, _ENDLESS, dtype=np.int64)
        self.exposed = 0

    @staticmethod
    def _long(values: Floats) -> Ints:
        whole = np.nan_to_num(np.round(values), nan=0.0, posinf=0.0, neginf=0.0)
        return np.append(np.maximum(whole, 0), [0.0, 0.0]).astype(np.int64)

    def remember(self, past: Past, mine: Flags) -> None:
        """Take over what earlier releases showed and hid."""
        facts = slice(len(mine))
        self.stands[facts] = past.stands & mine
        self.public[facts] = (past.public | past.stands) & mine
        self.before[facts] = past.hidden & mine

    def begin(self, phase: int) -> None:
        """Turn to the students (EVERYTHING) or the outcomes (COUNT)."""
        self.phase = phase
        self.proven[:] = False
        self.refresh(np.arange(len(self.n)))

    def turn(self, phase: int, members: Ints) -> None:
        """Turn to a phase once more, for one block."""
        self.phase = phase
        self.proven[members] = False
        self.refresh(members)

    def name_blocks(self, members: Ints, totals: Ints) -> None:
        """Weigh a block's facts, its totals above all, and choose its rarer outcome.

        The rarer outcome is the numerator, or what is left of the denominator where
        most students have the outcome.
        """
        rows = members[self.counted[members]]
        self.dear[totals] = _COST_OF_TOTAL
        self.total[members] = max(int(self.n[members].max(initial=1)), 1)
        if 2 * int(self.rare[rows].sum()) > int(self.n[rows].sum()):
            self.rare[rows] = self.n[rows] - self.rare[rows]
            self.mirrored[rows] = True

    def follow(self, members: Ints, watched: Ints) -> None:
        """Let `members` be hidden together as soon as any of `watched` is."""
        self.watched[watched] = len(self.scopes)
        self.scopes.append(members)

    def sensitive(self, rows: Ints) -> Flags:
        """Which of these tell of a few students in themselves."""
        most, n, r = self._most, self.n[rows], self.rare[rows]
        few = self.counted[rows] & (np.minimum(r, n - r) <= most)
        found: Flags = (n > 0) & ((n <= most) | few)
        if self.phase == EVERYTHING:
            found |= self.secret[rows]
        return found

    def pending_at(self, rows: Ints) -> Flags:
        """Which of these are hidden in this phase, and not yet proven safe."""
        hidden: Flags = (self.level[rows] >= self.phase) & ~self.proven[rows]
        hidden &= self.level[rows] != WITHDRAWN
        if self.phase == COUNT:
            hidden &= self.counted[rows]
        return hidden & (self.n[rows] > 0)

    def note_gain(self, rows: Ints, up: Ints) -> None:
        """Keep by how much a hidden number of students may be larger than it is."""
        if self.phase == EVERYTHING:
            self.gain[rows] = up

    def hide(self, rows: Ints, level: int | None = None, *, free: bool = False) -> None:
        """Hide these facts for another's sake, at this phase's level unless told.

        `free` facts are hidden without any sign of why: they may be anything.
        """
        wanted = self.phase if level is None else level
        rows = np.unique(rows[rows < self.nothing])
        rows = rows[(self.n[rows] > 0) & ~self.known_to_all(rows)]
        changed = [self._hide(rows, wanted, free=free)]
        scopes = np.unique(self.watched[rows])
        changed.extend(self._follow(scope, wanted) for scope in scopes.tolist())
        self.refresh(np.concatenate(changed))

    def _follow(self, scope: int, level: int) -> Ints:
        if scope < 0:
            return np.zeros(0, dtype=np.int64)
        members = self.scopes[scope]
        members = members[(self.n[members] > 0) & ~self.known_to_all(members)]
        return self._hide(members, level, free=True)

    def known_to_all(self, rows: Ints) -> Flags:
        """Which of these everybody has read, so that hiding them helps nobody."""
        known = self.public[rows]
        if self.phase == EVERYTHING:
            known = known | (self.told[rows] & (self.level[rows] < EVERYTHING))
        return known

    def withdraw(self, rows: Ints) -> None:
        """Take these facts out of the release: they may be anything, or not be."""
        rows = np.unique(rows[rows < self.nothing])
        known = self.public[rows]
        rows = rows[~known & (self.level[rows] != WITHDRAWN)]
        if known.any():  # the others can be worked out from what is known
            self.exposed += int(self.sensitive(rows).sum())
        self.level[rows] = WITHDRAWN
        self.reason[rows] = WOULD_REVEAL
        self.proven[rows] = True
        self.refresh(rows)

    def show(self, rows: Ints, level: int = NOTHING) -> None:
        """Hide these facts no more than that: everybody knows the rest."""
        self.level[rows] = np.minimum(self.level[rows], level)
        if level == NOTHING:
            self.reason[rows] = NO_REASON
            self.free[rows] = False

    def follow_all(self) -> None:
        """Hide what follows facts that were hidden from the beginning."""
        for level in (COUNT, EVERYTHING):
            for scope in np.unique(self.watched[self.level >= level]).tolist():
                self.refresh(self._follow(scope, level))

    def _hide(self, rows: Ints, level: int, *, free: bool) -> Ints:
        more = rows[self.level[rows] < level]
        self.level[more] = level
        # A fact of which all is hidden says no more why its count was.
        self.reason[more] = WOULD_REVEAL
        if not free:
            return more
        self.free[rows] = True
        self.reason[rows] = WOULD_REVEAL
        return rows

    @property
    def _most(self) -> int:
        return self.rule.largest_hidden

    def refresh(self, rows: Ints) -> None:
        """Work out anew how far these facts can be moved."""
        measure = self._students if self.phase == EVERYTHING else self._outcomes
        measure(rows)
        empty = rows[self.n[rows] == 0]
        gone = rows[self.level[rows] == WITHDRAWN]
        known = self.known_to_all(rows)
        for steps in (self.up, self.down, self.may_up, self.may_down):
            steps[empty] = 0
            steps[rows[known]] = 0
            steps[gone] = steps[self.unbound] = self.rule.min_width
        self.cost[empty] = np.inf
        self.cost[rows[known]] = np.inf
        self.cost[gone] = self.cost[self.unbound] = 0.0

    def _set(self, rows: Ints, hidden: Flags, now: tuple[Ints, Ints]) -> None:
        for steps, values in zip((self.up, self.down), now, strict=True):
            cut = np.minimum(np.maximum(values, 0), self.rule.min_width)
            steps[rows] = np.where(hidden, cut, 0)

    def _may(self, rows: Ints, hidden: Flags, then: tuple[Ints, Ints]) -> None:
        for steps, now, values in zip(
            (self.may_up, self.may_down), (self.up, self.down), then, strict=True
        ):
            cut = np.minimum(np.maximum(values, 0), self.rule.min_width)
            steps[rows] = np.where(hidden, now[rows], cut)

    def _students(self, rows: Ints) -> None:
        n, most = self.n[rows], self._most
        spare = n - np.where(self.counted[rows], self.rare[rows], 0)
        hidden = self.level[rows] >= EVERYTHING
        small = (n <= most) & (self.reason[rows] == SMALL)
        high = np.where(small, most, _ENDLESS)
        falls = np.minimum(n - 1, spare)
        self._set(rows, hidden, (high - n, falls))
        self._may(rows, hidden, (np.full(n.shape, _ENDLESS), falls))
        half = self.level[rows] == COUNT
        new = np.where(half, _COST_OF_REST, _COST_OF_ALL) + n / self.total[rows]
        new += self.dear[rows]
        self.cost[rows] = np.where(hidden, 0.0, new)

    def _outcomes(self, rows: Ints) -> None:
        n, r = self.n[rows], self.rare[rows]
        low, high = self.known(rows)
        hidden = (self.level[rows] >= COUNT) & self.counted[rows]
        self._set(rows, hidden, self._roomy(rows, high - r, r - low))
        self._may(rows, hidden, self._roomy(rows, n - r, r))
        new = 1.0 + n / self.total[rows] + self.dear[rows]
        new = np.where(self.counted[rows], new, np.inf)
        self.cost[rows] = np.where(hidden, 0.0, new)

    def _roomy(self, rows: Ints, up: Ints, down: Ints) -> tuple[Ints, Ints]:
        """Go no further up (or down, where outcomes are turned) than there is room."""
        room, turned = self.room[rows], self.mirrored[rows]
        return (
            np.where(turned, up, np.minimum(up, room)),
            np.where(turned, np.minimum(down, room), down),
        )

    def known(self, rows: Ints) -> tuple[Ints, Ints]:
        """The smallest and largest rarer outcome that the rule and bound allow."""
        n, r, most = self.n[rows], self.rare[rows], self._most
        reach, reason = self.reach[rows], self.reason[rows]
        all_small = n <= 2 * most + 1
        upper_side = 2 * r > n
        low = np.zeros(n.shape, dtype=np.int64)
        coded, small = reason == BOUND, (reason == SMALL) | (reason == COMPLEMENT)
        low = np.where(coded & ~upper_side, 0, low)
        low = np.where(coded & upper_side, n - reach, low)
        low = np.where(small & (all_small | ~upper_side), reach + 1, low)
        low = np.where(small & ~all_small & upper_side, n - most, low)
        high = n.copy()
        high = np.where(coded & ~upper_side, reach, high)
        high = np.where(coded & upper_side, n, high)
        high = np.where(small & (all_small | upper_side), n - reach - 1, high)
        high = np.where(small & ~all_small & ~upper_side, most, high)
        anything = self.free[rows] | (self.level[rows] >= EVERYTHING)
        return np.where(anything, 0, low), np.where(anything, n, high)

    def own(self, rows: Ints) -> tuple[Ints, Ints, Ints]:
        """How far these facts themselves may go up and down, and the width asked for.

        The outcome of a fact of which everything is hidden may grow with its number
        of students. No more can be asked of one or two students than that nothing is
        known of them.
        """
        width = np.full(len(rows), self.rule.min_width, dtype=np.int64)
        up, down = self.up[rows].astype(np.int64), self.down[rows].astype(np.int64)
        if self.phase == COUNT:
            whole = self.level[rows] >= EVERYTHING
            more = self.n[rows] - self.rare[rows] + self.gain[rows]
            up = np.where(whole, np.minimum(more, self.rule.min_width), up)
            width = np.where(whole, np.minimum(width, self.n[rows]), width)
        return up, down, width

    def if_free(self, rows: Ints) -> tuple[Steps, Steps, Floats]:
        """How far these facts could go up and down if hidden without a word why.

        Returns:
            (up, down, cost): a fact that only loses the word why costs little.
        """
        n, r = self.n[rows], self.rare[rows]
        if self.phase == EVERYTHING:
            spare = n - np.where(self.counted[rows], r, 0)
            room = (np.full(n.shape, _ENDLESS), np.minimum(n - 1, spare))
        else:
            room = self._roomy(rows, np.where(self.counted[rows], n - r, 0), r)
        fixed = (n == 0) | self.known_to_all(rows)
        loose = (rows == self.unbound) | (self.level[rows] == WITHDRAWN)
        width = self.rule.min_width
        up, down = (
            np.where(loose, width, np.where(fixed, 0, np.clip(one, 0, width)))
            for one in room
        )
        labelled = (self.level[rows] >= self.phase) & (
            self.reason[rows] != WOULD_REVEAL
        )
        cost = np.where(labelled & ~loose & ~fixed, _COST_OF_WORD, self.cost[rows])
        return up.astype(np.int16), down.astype(np.int16), cost

    def far_up(self, rows: Ints, up: Steps) -> Steps:
        """`up` of these facts, where their number of students may grow as well."""
        if self.phase != COUNT:
            return up
        whole = self.level[rows] == EVERYTHING
        far = np.minimum(up + self.gain[rows], self.rule.min_width)
        grown: Steps = np.where(whole, far, up)
        return grown

    def store(self, hiding: Hiding, rows: int) -> None:
        """Give what was hidden back to the facts; bounds that fell are cleared."""
        hiding.level[:] = self.level[:rows]
        hiding.reason[:] = self.reason[:rows]
        fallen = hiding.reason != BOUND
        hiding.lower[fallen] = np.nan
        hiding.upper[fallen] = np.nan
