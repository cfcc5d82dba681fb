"""The exact ends of what is hidden in small connected parts, without the facts.

For a release alone, as an outsider holds it: sums that cannot be true are left out.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from evenrise.statistics.small_numbers.attack import Contradiction, System
from evenrise.statistics.small_numbers.equations import Lines
from evenrise.statistics.small_numbers.knowledge import CLOSE, ENDLESS, Knowledge
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints, Rule


def solve_parts(
    known: Knowledge, lines: Lines, rest: Floats, solve_up_to: int, rule: Rule
) -> int:
    """Narrow what is known by integer programming; how many cells were solved for.

    Args:
        known: changed in place.
        lines: the sums that are told.
        rest: by how much each does not add up: (3, lines).
        solve_up_to: the largest part that is solved, in cells.
        rule: what is wide enough.
    """
    solved = 0
    for cells in _parts(known, lines, solve_up_to):
        solved += len(cells)
        _solve(known, lines, rest, cells, rule)
    return solved


def _parts(known: Knowledge, lines: Lines, solve_up_to: int) -> list[Ints]:
    """The connected parts of hidden cells that are small enough to be solved."""
    open_cells: Flags = np.any(known.width > CLOSE, axis=0)
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
    known: Knowledge, lines: Lines, rest: Floats, cells: Ints, rule: Rule
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


def _system(known: Knowledge, lines: Lines, rest: Floats, cells: Ints) -> System:
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
        np.where(side >= ENDLESS, np.inf, side) for side in (known.low, known.high)
    )
    return System(
        matrix,
        (
            np.concatenate([sums, low[2, cells]]),
            np.concatenate([sums, high[2, cells]]),
        ),
        (low[:2, cells].ravel(), high[:2, cells].ravel()),
    )
