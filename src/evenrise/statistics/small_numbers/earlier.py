"""What earlier releases mean for a new one: what was read cannot be taken back.

Two releases of one year are read side by side, and the difference of two numbers is a
number of students as well. So an indicator's year of which nothing changed, or only
by a few students, stands as it was released, word for word: it tells nothing new.
Where more changed it is protected anew: what was hidden stays hidden, what changed by
a few is hidden now, and what was shown and is the same counts as known to everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenrise.statistics.small_numbers.keys import KEYS, encode
from evenrise.statistics.small_numbers.primary import (
    COUNT,
    EVERYTHING,
    NO_REASON,
    NOTHING,
    WITHDRAWN,
    WOULD_REVEAL,
    Codes,
    Hiding,
    hide_small,
)
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints, Rule
from evenrise.statistics.small_numbers.table import (
    HIDDEN_BECAUSE,
    PROTECTED_COLUMNS,
    HiddenBecause,
)
from evenrise.vocabulary.groups import ALL_FAMILY
from evenrise.vocabulary.organizations import Level


# What names a fact in every release, and what is shown of it.
KEY = (
    "indicator",
    "definition_version",
    "authority",
    "school_year",
    "level",
    "organization_id",
    "group_family",
    "group",
)
# What the ledger says besides the released row: that it was left out of the release,
# and in which release that was.
LEFT_OUT, RELEASE = "left_out", "release"


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier releases say of the facts at hand.

    `stands` are the facts of years that stand as they were released; `rows` are the
    released rows, and `place` where among the facts each belongs (behind the last one
    where the fact is gone). `level`, `n` and `x` are what those rows tell of the
    facts; `public` the other facts that were shown and are the same, `hidden` those
    that were not shown.
    """

    stands: Flags
    rows: pa.Table
    place: Ints
    level: Codes
    counts: tuple[Floats, Floats]
    public: Flags
    hidden: Flags

    def settle(self, hiding: Hiding, x: Floats, n: Floats) -> None:
        """Let what stands be hidden as it was, and count what it shows."""
        stands = self.stands
        hiding.level[stands] = self.level[stands]
        hiding.reason[stands] = NO_REASON
        for now, then in zip((x, n), self.counts, strict=True):
            shown = stands & ~np.isnan(then) & ~np.isnan(now)
            now[shown] = then[shown]


@dataclass(frozen=True, slots=True)
class _Both:
    """Facts and released rows of the same key: by place, with both their counts."""

    fact: Ints
    row: Ints
    now: tuple[Floats, Floats]
    then: tuple[Floats, Floats]
    hidden: Codes
    wordless: Flags  # hidden without a word why

    @property
    def changed(self) -> Flags:
        """Which were shown, and have changed."""
        moved, turned = self._steps()
        found: Flags = (moved > 0) | (turned > 0)
        return found

    def telling(self, most: int) -> Flags:
        """Which have changed by a few students with or without the outcome."""
        moved, turned = self._steps()
        uncounted = np.isnan(self.now[0]) | np.isnan(self.then[0])
        others = np.abs((self.now[1] - self.now[0]) - (self.then[1] - self.then[0]))
        few = np.where(uncounted, moved, np.minimum(turned, np.nan_to_num(others)))
        found: Flags = self.changed & (few <= most)
        return found

    def _steps(self) -> tuple[Floats, Floats]:
        moved = np.nan_to_num(np.abs(self.now[1] - self.then[1]))
        return moved, np.nan_to_num(np.abs(self.now[0] - self.then[0]))


def follow_ledger(
    table: pa.Table,
    mine: Flags,
    counts: tuple[Floats, Floats],
    earlier: pa.Table,
    rule: Rule,
    hiding: Hiding,
) -> Past:
    """Find what stands as it was released; hide what the rest would make telling.

    Args:
        table: the facts.
        mine: which of them are ours to protect.
        counts: their numerators and denominators.
        earlier: what was published before (`Ledger.published()`).
        rule: what is too few.
        hiding: changed in place.
    """
    size = table.num_rows
    block = _blocks(table, earlier)
    both = _both(table, counts, earlier)
    few = both.telling(rule.largest_hidden)
    last = _last(earlier, block[size:])
    stands_block = _standing(table, mine, block, (both, few, last), earlier, rule)
    stands = stands_block[block[:size]] & _ours(table)
    kept = np.flatnonzero(last & stands_block[block[size:]])
    rest = ~stands[both.fact]
    for level in (COUNT, EVERYTHING, WITHDRAWN):
        chosen = both.fact[rest & (both.hidden >= level)]
        hiding.hide(_at(chosen, size), level, WOULD_REVEAL)
    hiding.reason[both.fact[rest & both.wordless]] = WOULD_REVEAL
    hiding.hide(_at(both.fact[rest & few], size), EVERYTHING, WOULD_REVEAL)
    shown = _at(both.fact[rest & (both.hidden == NOTHING) & ~both.changed], size)
    shown &= hiding.level == NOTHING
    hidden = _at(both.fact[rest & (both.hidden > NOTHING)], size)
    return _past(earlier, both, stands, kept, (shown, hidden))


def _past(
    earlier: pa.Table,
    both: _Both,
    stands: Flags,
    kept: Ints,
    others: tuple[Flags, Flags],
) -> Past:
    """The rows that stand, and what they tell of the facts."""
    size = len(stands)
    of_row = np.full(earlier.num_rows, size)
    of_row[both.row] = both.fact
    level = np.full(size, WITHDRAWN, dtype=np.int8)
    level[~stands] = NOTHING
    x, n = np.full(size, np.nan), np.full(size, np.nan)
    ours = np.isin(both.row, kept)
    fact = both.fact[ours]
    level[fact] = both.hidden[ours]
    x[fact], n[fact] = both.then[0][ours], both.then[1][ours]
    written = kept[~_flags(earlier, LEFT_OUT)[kept]]
    rows = earlier.take(pa.array(written)).select(list(PROTECTED_COLUMNS))
    return Past(stands, rows, of_row[written], level, (x, n), *others)


def _standing(
    table: pa.Table,
    mine: Flags,
    block: Ints,
    compared: tuple[_Both, Flags, Flags],
    earlier: pa.Table,
    rule: Rule,
) -> Flags:
    """Which blocks (by number) stand as they were released.

    All of whose numbers are the same or changed by a few; or the number of all the
    district's students did, which could not be hidden without hiding everything. Not
    those that show what the rule of today hides.
    """
    size, (both, few, last) = table.num_rows, compared
    blocks = int(block.max(initial=-1)) + 1
    now = last[both.row]
    more = np.zeros(blocks, dtype=np.bool_)
    more[block[both.fact[now & both.changed & ~few]]] = True
    known = _at(both.fact, size)
    n = _floats(table, "denominator")
    new = mine & ~known & (n > rule.largest_hidden)
    more[block[:size][new]] = True
    gone = np.ones(earlier.num_rows, dtype=np.bool_)
    gone[both.row] = False
    told = np.nan_to_num(_floats(earlier, "denominator")) > 0
    more[block[size:][gone & last & told]] = True
    whole = pc.and_(
        pc.equal(table["group_family"].cast(pa.string()), ALL_FAMILY),
        pc.not_equal(table["level"].cast(pa.string()), str(Level.SCHOOL)),
    )
    root = np.asarray(whole.to_numpy(zero_copy_only=False), dtype=np.bool_)[both.fact]
    fixed = np.zeros(blocks, dtype=np.bool_)
    fixed[block[both.fact[now & few & root]]] = True
    released = np.zeros(blocks, dtype=np.bool_)
    released[block[size:]] = True
    found: Flags = released & (~more | fixed)
    found[block[size:][last & _breaks(earlier, rule)]] = False
    return found


def _breaks(earlier: pa.Table, rule: Rule) -> Flags:
    """Which released rows show a number that the rule hides."""
    x, n = (_floats(earlier, name) for name in ("numerator", "denominator"))
    hiding = Hiding.none(earlier.num_rows)
    amount = np.isnan(_floats(earlier, "lower"))  # no rate of students
    x_of_students = np.where(amount, np.nan, x)
    hide_small(x_of_students, n, rule, hiding, np.nan_to_num(n) > 0)
    counts = ~np.isnan(x_of_students) & (hiding.level >= COUNT)
    found: Flags = counts | (hiding.level >= EVERYTHING)
    return found


def _both(table: pa.Table, counts: tuple[Floats, Floats], earlier: pa.Table) -> _Both:
    """Pair the facts with what every release told of them."""
    keys = _plain(table).append_column("_fact", pa.array(np.arange(table.num_rows)))
    past = _plain(earlier).append_column("_row", pa.array(np.arange(earlier.num_rows)))
    joined = keys.join(past, list(KEY), join_type="inner")
    fact, row = (_ints(joined, name) for name in ("_fact", "_row"))
    order = np.lexsort((row, fact))
    fact, row = fact[order], row[order]
    x, n = (_floats(earlier, name)[row] for name in ("numerator", "denominator"))
    now = counts[0][fact], counts[1][fact]
    hidden = np.where(np.isnan(x) & ~np.isnan(now[0]), COUNT, NOTHING)
    hidden = np.where(np.isnan(n) & ~np.isnan(now[1]), EVERYTHING, hidden)
    hidden = np.where(_flags(earlier, LEFT_OUT)[row], WITHDRAWN, hidden)
    because = pc.equal(earlier[HIDDEN_BECAUSE], str(HiddenBecause.WOULD_REVEAL))
    why = np.asarray(pc.fill_null(because, False).to_numpy(zero_copy_only=False))
    return _Both(fact, row, now, (x, n), hidden.astype(np.int8), why[row])


def _blocks(table: pa.Table, earlier: pa.Table) -> Ints:
    """The block of each fact, and of each released row behind them."""
    both = pa.concat_tables(
        [
            pa.table({name: part.column(name).cast(pa.string()) for name in KEYS})
            for part in (table, earlier)
        ]
    )
    return encode(both, np.ones(both.num_rows, dtype=np.bool_)).block


def _last(earlier: pa.Table, block: Ints) -> Flags:
    """Which rows are of the last release that told of their block."""
    release = _ints(earlier, RELEASE)
    newest = np.zeros(int(block.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(newest, block, release)
    found: Flags = release == newest[block]
    return found


def _ours(table: pa.Table) -> Flags:
    """Facts computed from records, whatever their status."""
    found = pc.fill_null(pc.equal(table["origin"].cast(pa.string()), "computed"), False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _plain(table: pa.Table) -> pa.Table:
    return pa.table({name: table.column(name).cast(pa.string()) for name in KEY})


def _floats(table: pa.Table, name: str) -> Floats:
    column = table.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False)
    return np.asarray(column, dtype=np.float64)


def _ints(table: pa.Table, name: str) -> Ints:
    column = table.column(name).to_numpy(zero_copy_only=False)
    return np.asarray(column, dtype=np.int64)


def _flags(table: pa.Table, name: str) -> Flags:
    column = table.column(name).to_numpy(zero_copy_only=False)
    return np.asarray(column, dtype=np.bool_)


def _at(rows: Ints, size: int) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    flags[rows] = True
    return flags
