"""The audit of a release: attack everything that is shown, as an outsider would.

Two passes. The first goes over every sum again and again, and narrows what each
hidden number can be (interval propagation): what it finds is certainly exposed, and
it is fast enough for millions of facts. The second solves each small connected part
exactly, by integer programming.

The attacker knows every number shown, every bound, the rule (a number that is hidden
as small is small), and, where the facts are given, by how much sums do not add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from evenrise.statistics.small_numbers.attack import Contradiction, System
from evenrise.statistics.small_numbers.equations import Lines, lines_of
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints, Rule
from evenrise.statistics.small_numbers.table import (
    HIDDEN_BECAUSE,
    PROTECTED_SCHEMA,
    HiddenBecause,
    ProtectedTable,
)
from evenrise.vocabulary.facts import Origin, Status


_ROUNDS = 30
_ENDLESS = 1e9
_CLOSE = 1e-6
LEFT_OUT = "left out"  # of the release: not even its row is there
_NAMES = ("indicator", "school_year", "organization_id", "group_family", "group")
_KEY = ("definition_version", "authority", "level", *_NAMES)


@dataclass(frozen=True, slots=True)
class Exposed:
    """A hidden number that can be worked out to less than the width."""

    indicator: str
    school_year: int
    organization_id: str
    group_family: str
    group: str
    what: str  # students | outcomes
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Audit:
    """What the attack on a release found.

    `hidden` numbers were attacked: `solved` exactly, the others by intervals alone.
    """

    hidden: int
    solved: int
    exposed: tuple[Exposed, ...]

    @property
    def safe(self) -> bool:
        """Whether no hidden number was worked out."""
        return not self.exposed


@dataclass(slots=True)
class _Knowledge:
    """What is known of each cell: outcomes, the other students, and both together."""

    low: Floats  # (3, cells)
    high: Floats
    hidden: Flags  # (3, cells): outcomes, the others, all students

    @property
    def width(self) -> Floats:
        return self.high - self.low


def audit(
    told: ProtectedTable,
    *,
    facts: pa.Table | None = None,
    solve_up_to: int = 20,
) -> Audit:
    """Attack a release.

    Args:
        told: what is to be released.
        facts: the facts behind it, to give the attacker the differences by which sums
            do not add up; without them, sums that cannot be true are left out.
        solve_up_to: the size of a connected part, in hidden cells, up to which it is
            solved exactly.
    """
    table, rule = _with_left_out(told), told.rule
    mine = _computed(table)
    lines = lines_of(table, mine)
    known = _known(table, lines.rows, rule)
    rest = _differences(table, facts, lines)
    _narrow(known, lines, rest)
    few = _asked(known, _reasons(table, lines.rows) == LEFT_OUT)
    exposed = _exposed(table, lines.rows, known, few, rule)
    solved = 0
    for cells in _parts(known, lines, solve_up_to):
        solved += len(cells)
        _solve(known, lines, rest, cells, rule)
    if solved:
        exposed = _exposed(table, lines.rows, known, few, rule)
    return Audit(int(few.sum()), solved, exposed)


def _with_left_out(told: ProtectedTable) -> pa.Table:
    """The release, with the facts it leaves out: nothing at all is known of them."""
    gone = told.left_out
    if not gone.num_rows:
        return told.table
    known = {name: gone[name] for name in (*_KEY, "district_id", "origin")}
    size = gone.num_rows
    known["status"] = pa.array([str(Status.SUPPRESSED)] * size)
    known[HIDDEN_BECAUSE] = pa.array([LEFT_OUT] * size)
    nulls = {f.name: pa.nulls(size, f.type) for f in PROTECTED_SCHEMA}
    left = pa.table({n: (nulls | known)[n] for n in PROTECTED_SCHEMA.names})
    parts = [part.cast(PROTECTED_SCHEMA) for part in (told.table, left)]
    return pa.concat_tables(parts)


def _computed(table: pa.Table) -> Flags:
    ours = pc.equal(table.column("origin"), pa.scalar(str(Origin.COMPUTED)))
    kept = pc.is_in(
        table.column("status").cast(pa.string()),
        pa.array([str(Status.REPORTED), str(Status.SUPPRESSED)]),
    )
    both = pc.fill_null(pc.and_(ours, kept), False)
    return np.asarray(both.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _column(table: pa.Table, name: str, rows: Ints) -> Floats:
    column = table.column(name).take(pa.array(rows)).cast(pa.float64())
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)


def _reasons(table: pa.Table, rows: Ints) -> NDArray[np.object_]:
    """Why each fact is hidden; None where it is not."""
    because = table.column(HIDDEN_BECAUSE).take(pa.array(rows))
    return np.array(because.to_pylist(), dtype=object)


def _known(table: pa.Table, rows: Ints, rule: Rule) -> _Knowledge:
    """What each fact alone tells."""
    x, n = _column(table, "numerator", rows), _column(table, "denominator", rows)
    reason = _reasons(table, rows)
    top = _column(table, "upper", rows)
    most = rule.largest_hidden
    whole, count = np.isnan(n), np.isnan(x) & (reason != None)  # noqa: E711 - an array
    low, high = np.zeros((3, len(rows))), np.full((3, len(rows)), _ENDLESS)
    small = reason == HiddenBecause.SMALL
    low[2] = np.where(whole, np.where(reason == LEFT_OUT, 0, 1), n)
    high[2] = np.where(whole, np.where(small, most, _ENDLESS), n)
    low[0] = np.where(count, 0, np.nan_to_num(x))
    high[0] = np.where(count, high[2], np.nan_to_num(x))
    reach = rule.coding(np.nan_to_num(n))[0]
    coded = (reason == HiddenBecause.BOUND) & ~whole
    high[0] = np.where(coded & (top < 1), reach, high[0])
    low[0] = np.where(coded & (top >= 1), n - reach, low[0])
    one_side = ~whole & (n > 2 * most + 1)
    high[0] = np.where(one_side & small, most, high[0])
    low[0] = np.where(one_side & (reason == HiddenBecause.COMPLEMENT), n - most, low[0])
    low[1] = np.maximum(low[2] - high[0], 0)
    high[1] = high[2] - low[0]
    return _Knowledge(low, high, np.stack([count, count, whole]))


def _differences(table: pa.Table, facts: pa.Table | None, lines: Lines) -> Floats:
    """By how much the children of each line exceed the parent: (3, lines)."""
    none = np.zeros((3, len(lines.parent)))
    if facts is None:
        return none
    keys = list(_KEY)
    place = table.append_column("_cell", pa.array(np.arange(table.num_rows)))
    joined = place.select([*keys, "_cell"]).join(
        facts.select([*keys, "numerator", "denominator"]), keys, join_type="left outer"
    )
    order = np.argsort(joined.column("_cell").to_numpy())
    x = joined.column("numerator").to_numpy(zero_copy_only=False)[order][lines.rows]
    n = joined.column("denominator").to_numpy(zero_copy_only=False)[order][lines.rows]
    x, n = np.nan_to_num(x.astype(float)), np.nan_to_num(n.astype(float))
    for i, values in enumerate((x, n - x, n)):
        sums = np.bincount(lines.line, values[lines.child], len(lines.parent))
        none[i] = sums - values[lines.parent]
    return none


def _narrow(known: _Knowledge, lines: Lines, rest: Floats) -> None:
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
        wrong = low > high + _CLOSE
        low[wrong], high[wrong] = 0, _ENDLESS
        if before - known.width.sum() < _CLOSE:
            return


def _narrow_lines(known: _Knowledge, lines: Lines, rest: Floats, kind: int) -> None:
    low, high = known.low[kind], known.high[kind]
    size = len(lines.parent)
    low_sum = np.bincount(lines.line, low[lines.child], size)
    high_sum = np.bincount(lines.line, high[lines.child], size)
    total_low = np.maximum(low[lines.parent] + rest, low_sum)
    total_high = np.minimum(high[lines.parent] + rest, high_sum)
    fine = total_low <= total_high + _CLOSE
    ok = fine[lines.line]
    child, line = lines.child[ok], lines.line[ok]
    # Each child is the sum less the others.
    own_low = total_low[line] - (high_sum[line] - high[child])
    own_high = total_high[line] - (low_sum[line] - low[child])
    np.maximum.at(low, child, own_low)
    np.minimum.at(high, child, own_high)
    np.maximum.at(low, lines.parent[fine], (total_low - rest)[fine])
    np.minimum.at(high, lines.parent[fine], (total_high - rest)[fine])


def _asked(known: _Knowledge, left_out: Flags) -> Flags:
    """Hidden numbers that are asked for: (3, cells).

    A fact that was left out is not: nobody can tell it from one without students, and
    with it which others there are.
    """
    asked = known.hidden & ~left_out
    asked[1] = False  # where students are known, the others say the same again
    return asked


def _exposed(
    table: pa.Table, rows: Ints, known: _Knowledge, asked: Flags, rule: Rule
) -> tuple[Exposed, ...]:
    # Of one or two students no more can be asked than that nothing is known.
    wanted = np.minimum(
        rule.min_width, np.where(known.hidden[2], known.high[2], np.inf)
    )
    narrow = np.asarray(asked & (known.width < wanted - _CLOSE), dtype=np.bool_)
    found = []
    kinds, cells = np.nonzero(narrow)
    for kind, cell in zip(kinds.tolist(), cells.tolist(), strict=True):
        name = table.select(list(_NAMES)).slice(int(rows[cell]), 1).to_pylist()[0]
        ends = float(known.low[kind, cell]), float(known.high[kind, cell])
        what = "students" if kind == 2 else "outcomes"
        found.append(Exposed(**name, what=what, lower=ends[0], upper=ends[1]))
    return tuple(found)


def _parts(known: _Knowledge, lines: Lines, solve_up_to: int) -> list[Ints]:
    """The connected parts of hidden cells that are small enough to be solved."""
    open_cells: Flags = np.any(known.width > _CLOSE, axis=0)
    size = known.low.shape[1]
    entry_cell = np.concatenate([lines.child, lines.parent])
    entry_line = np.concatenate([lines.line, np.arange(len(lines.parent))])
    kept = open_cells[entry_cell]
    graph = coo_array(
        (np.ones(kept.sum()), (entry_cell[kept], size + entry_line[kept])),
        shape=(size + len(lines.parent),) * 2,
    )
    _, part = connected_components(graph, directed=False)
    cells = np.flatnonzero(open_cells)
    order = cells[np.argsort(part[cells], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(part[order])) + 1)
    return [group for group in groups if 0 < len(group) <= solve_up_to]


def _solve(
    known: _Knowledge, lines: Lines, rest: Floats, cells: Ints, rule: Rule
) -> None:
    """The exact ends of what is hidden in one part, by integer programming.

    Every table found on the way is a witness for all cells: a number that two
    witnesses put far enough apart need not be solved.
    """
    system = _system(known, lines, rest, cells)
    size = len(cells)
    least, most = np.full((3, size), np.inf), np.full((3, size), -np.inf)
    for kind in (0, 2):
        for place in np.flatnonzero(known.hidden[kind, cells]).tolist():
            objective = np.zeros(2 * size)
            objective[place] = 1.0
            if kind == 2:
                objective[size + place] = 1.0
            ends: list[float | None] = []
            for end in (True, False):
                if most[kind, place] - least[kind, place] >= rule.min_width:
                    break
                try:
                    value, found = system.extreme(objective, largest=end, integer=True)
                except Contradiction:
                    return  # sums that do not add up tell nothing
                ends.append(value)
                if found is not None:
                    table = np.round(found).reshape(2, size)
                    both = np.vstack([table, table.sum(axis=0)])
                    least, most = np.minimum(least, both), np.maximum(most, both)
            if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
                known.high[kind, cells[place]] = round(ends[0])
                known.low[kind, cells[place]] = round(ends[1])


def _system(known: _Knowledge, lines: Lines, rest: Floats, cells: Ints) -> System:
    """The part's sums in its outcomes (first) and its other students."""
    size = len(cells)
    place = np.full(known.low.shape[1], -1)
    place[cells] = np.arange(size)
    cell = np.concatenate([lines.child, lines.parent])
    line = np.concatenate([lines.line, np.arange(len(lines.parent))])
    sign = np.repeat([1.0, -1.0], [len(lines.child), len(lines.parent)])
    touched = np.zeros(len(lines.parent), dtype=np.bool_)
    touched[line[place[cell] >= 0]] = True
    entry = np.flatnonzero(touched[line])
    renumber = np.cumsum(touched) - 1
    count = int(touched.sum())
    row, column, value, ends = [], [], [], []
    for kind in (0, 1):
        fixed = known.low[kind, cell[entry]] * sign[entry]
        outside = place[cell[entry]] < 0
        told = np.bincount(renumber[line[entry]], np.where(outside, fixed, 0), count)
        ends.append(rest[kind][touched] - told)
        inside = entry[~outside]
        row.append(renumber[line[inside]] + kind * count)
        column.append(place[cell[inside]] + kind * size)
        value.append(sign[inside])
    # The students of a cell: both together, within what is known of them.
    both = np.arange(size)
    row.extend([2 * count + both, 2 * count + both])
    column.extend([both, size + both])
    value.extend([np.ones(size), np.ones(size)])
    sums = np.concatenate(ends)
    matrix = coo_array(
        (np.concatenate(value), (np.concatenate(row), np.concatenate(column))),
        shape=(2 * count + size, 2 * size),
    ).tocsr()
    low, high = (
        np.where(side >= _ENDLESS, np.inf, side) for side in (known.low, known.high)
    )
    return System(
        matrix,
        (
            np.concatenate([sums, low[2, cells]]),
            np.concatenate([sums, high[2, cells]]),
        ),
        (low[:2, cells].ravel(), high[:2, cells].ravel()),
    )
