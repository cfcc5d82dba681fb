"""What an outsider knows of each released number alone, and from the sums around it.

The attacker knows every number shown, every bound, the rule (a number that is hidden
as small is small), and, where the facts are given, by how much sums do not add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.statistics.small_numbers.equations import Lines
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints, Rule
from evenrise.statistics.small_numbers.table import HIDDEN_BECAUSE, HiddenBecause


OUTCOMES, OTHERS, STUDENTS = range(3)
ENDLESS = 1e9
CLOSE = 1e-6
LEFT_OUT = "left out"  # of the release: not even its row is there
_ROUNDS = 30


@dataclass(slots=True)
class Knowledge:
    """What is known of each cell: outcomes, the other students, and both together."""

    low: Floats  # (3, cells)
    high: Floats
    hidden: Flags  # (3, cells): outcomes, the others, all students

    @property
    def width(self) -> Floats:
        """How far apart the ends of each lie."""
        return self.high - self.low


def column(table: pa.Table, name: str, rows: Ints) -> Floats:
    """Some numbers of a column."""
    found = table.column(name).take(pa.array(rows)).cast(pa.float64())
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.float64)


def reasons(table: pa.Table, rows: Ints) -> NDArray[np.object_]:
    """Why each fact is hidden; None where it is not."""
    because = table.column(HIDDEN_BECAUSE).take(pa.array(rows))
    return np.array(because.to_pylist(), dtype=object)


def known_of(table: pa.Table, rows: Ints, rule: Rule) -> Knowledge:
    """What each fact alone tells."""
    x, n = column(table, "numerator", rows), column(table, "denominator", rows)
    reason = reasons(table, rows)
    top = column(table, "upper", rows)
    most = rule.largest_hidden
    whole, count = np.isnan(n), np.isnan(x) & (reason != None)  # noqa: E711 - an array
    low, high = np.zeros((3, len(rows))), np.full((3, len(rows)), ENDLESS)
    small = reason == HiddenBecause.SMALL
    low[2] = np.where(whole, np.where(reason == LEFT_OUT, 0, 1), n)
    high[2] = np.where(whole, np.where(small, most, ENDLESS), n)
    low[0] = np.where(count, 0, np.nan_to_num(x))
    high[0] = np.where(count, high[2], np.nan_to_num(x))
    reach = rule.coding(np.nan_to_num(n))[0]
    coded = (reason == HiddenBecause.BOUND) & ~whole
    high[0] = np.where(coded & (top < 1), reach, high[0])
    low[0] = np.where(coded & (top >= 1), n - reach, low[0])
    one_side = ~whole & (n > 2 * most + 1)
    high[0] = np.where(one_side & small, most, high[0])
    low[0] = np.where(one_side & (reason == HiddenBecause.COMPLEMENT), n - most, low[0])
    # What is told as small or large, and not by a bound, is none that a bound tells.
    plain = ~whole & (small | (reason == HiddenBecause.COMPLEMENT))
    low[0] = np.where(plain, np.maximum(low[0], reach + 1), low[0])
    high[0] = np.where(plain, np.minimum(high[0], n - reach - 1), high[0])
    low[1] = np.maximum(low[2] - high[0], 0)
    high[1] = high[2] - low[0]
    return Knowledge(low, high, np.stack([count, count, whole]))


def asked_of(known: Knowledge, left_out: Flags) -> Flags:
    """Hidden numbers that are asked for: (3, cells).

    A fact that was left out is not: nobody can tell it from one without students, and
    with it which others there are.
    """
    asked = known.hidden & ~left_out
    asked[1] = False  # where students are known, the others say the same again
    return asked


def differences(truth: Floats | None, lines: Lines) -> Floats:
    """By how much the children of each line exceed the parent: (3, lines)."""
    rest = np.zeros((3, len(lines.parent)))
    if truth is None:
        return rest
    for i, values in enumerate(np.nan_to_num(truth)):
        sums = np.bincount(lines.line, values[lines.child], len(lines.parent))
        rest[i] = sums - values[lines.parent]
    return rest


def narrow(known: Knowledge, lines: Lines, rest: Floats) -> None:
    """Go over every sum until nothing narrows any more."""
    for _ in range(_ROUNDS):
        before = known.width.sum()
        for kind in range(3):
            _narrow_lines(known, lines, rest[kind], kind)
        low, high = known.low, known.high
        # Students are those with the outcome and the others.
        low[2] = np.maximum(low[2], low[0] + low[1])
        high[2] = np.minimum(high[2], high[0] + high[1])
        for one, other in ((0, 1), (1, 0)):
            low[one] = np.maximum(low[one], low[2] - high[other])
            high[one] = np.minimum(high[one], high[2] - low[other])
        # What cannot be true (sums that do not add up) tells nothing.
        wrong = low > high + CLOSE
        low[wrong], high[wrong] = 0, ENDLESS
        if before - known.width.sum() < CLOSE:
            return


def _narrow_lines(known: Knowledge, lines: Lines, rest: Floats, kind: int) -> None:
    low, high = known.low[kind], known.high[kind]
    size = len(lines.parent)
    low_sum = np.bincount(lines.line, low[lines.child], size)
    high_sum = np.bincount(lines.line, high[lines.child], size)
    total_low = np.maximum(low[lines.parent] + rest, low_sum)
    total_high = np.minimum(high[lines.parent] + rest, high_sum)
    fine = total_low <= total_high + CLOSE
    ok = fine[lines.line]
    child, line = lines.child[ok], lines.line[ok]
    # Each child is the sum less the others.
    own_low = total_low[line] - (high_sum[line] - high[child])
    own_high = total_high[line] - (low_sum[line] - low[child])
    np.maximum.at(low, child, own_low)
    np.minimum.at(high, child, own_high)
    np.maximum.at(low, lines.parent[fine], (total_low - rest)[fine])
    np.minimum.at(high, lines.parent[fine], (total_high - rest)[fine])
