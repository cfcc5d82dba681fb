"""Proofs that a hidden number could be another: moves that change nothing shown.

A move adds and takes away students (or outcomes) in hidden cells so that every sum
that is shown stays. If a cell can go up by a and down by b in that way, and each cell
on the way allows it, then an attacker who knows everything shown can say no more of it
than an interval at least a + b wide. The moves are:

- a rectangle in one table: + in (s, g) and (t, h), - in (s, h) and (t, g);
- an exchange between two hidden margins v and w of a dimension, carried through every
  table that runs along it: + in (v, e), - in (w, e).

Source: the hypercube method (Repsilber 1994; Hundepool et al. 2012, section 4.4),
extended to linked tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.statistics.small_numbers.cells import Margins, Table
from evenrise.statistics.small_numbers.rule import Ints
from evenrise.statistics.small_numbers.state import State, Steps


# Partners tried for each margin of a long dimension (schools).
PARTNERS = 16


@dataclass(slots=True)
class Exchange:
    """What can be exchanged between the margins of a dimension.

    `up[v, j]` is by how much margin v can grow at the cost of `partners[j]`; `down`
    the other way. `way_up`, `way_down` leave margin v's own limit out.
    """

    partners: Ints
    up: Steps
    down: Steps
    way_up: Steps
    way_down: Steps


def exchange(margins: Margins, state: State, partners: Ints | None = None) -> Exchange:
    """How much can be exchanged between hidden margins, through all tables."""
    up, down = state.up[margins.margin], state.down[margins.margin]
    if partners is None:
        partners = _partners(up, down)
    # Only hidden margins have anything to exchange.
    hidden = np.flatnonzero(up + down > 0)
    ours, theirs = margins.cells[hidden], margins.cells[partners]
    way_up = np.zeros((len(up), len(partners)), dtype=np.int16)
    way_down = way_up.copy()
    through = _through(state.up[ours], state.down[theirs], margins.starts)
    way_up[hidden] = np.minimum(through, down[partners][None, :])
    back = _through(state.down[ours], state.up[theirs], margins.starts)
    way_down[hidden] = np.minimum(back, up[partners][None, :])
    same = np.arange(len(up))[:, None] == partners[None, :]
    way_up[same] = way_down[same] = 0
    return Exchange(
        partners,
        np.minimum(way_up, up[:, None]),
        np.minimum(way_down, down[:, None]),
        way_up,
        way_down,
    )


def _partners(up: Steps, down: Steps) -> Ints:
    if len(up) <= PARTNERS:
        return np.arange(len(up))
    room = np.minimum(up, down) * 100 + up + down
    return np.sort(np.argsort(-room, kind="stable")[:PARTNERS])


def _through(gives: Steps, takes: Steps, starts: Ints) -> Steps:
    """The least, over the tables, of what two margins can exchange in each."""
    both = np.minimum(gives[:, None, :], takes[None, :, :])
    least: Steps = np.add.reduceat(both, starts, axis=2).min(axis=2)
    return least


def rectangles(up: Steps, down: Steps, far_up: Steps) -> tuple[Steps, Steps]:
    """By how much each cell can go up and down, its own limit left out.

    Args:
        up: (rows, columns), 0 where a cell is shown.
        down: the same shape.
        far_up: `up`, where the number of students in the cell may grow first.
    """
    rising, falling = _by_column(up, down, far_up)
    more, less = _by_row(up, down)
    return np.maximum(rising, more), np.maximum(falling, less)


def _by_column(up: Steps, down: Steps, far_up: Steps) -> tuple[Steps, Steps]:
    """One column h takes part; every other row t gives what it can."""
    by = np.minimum(down[:, :, None], up[:, None, :])  # row t gives in g, takes in h
    others = by.sum(axis=0, dtype=np.int32)[None] - by
    diagonal = np.arange(up.shape[1])
    others[:, diagonal, diagonal] = 0
    rising = np.minimum(down[:, None, :], others).max(axis=2)
    falling = np.minimum(far_up[:, None, :], others.transpose(0, 2, 1)).max(axis=2)
    return rising, falling


def _by_row(up: Steps, down: Steps) -> tuple[Steps, Steps]:
    """One row t takes part; every other column h gives what it can."""
    rows = _partners(up.sum(axis=1), down.sum(axis=1))
    same = np.arange(len(up))[:, None] == rows[None, :]
    found = []
    for give, take in ((down, up), (up, down)):
        # by[s, t, h]: row s gives in h what row t takes there.
        by = np.minimum(give[:, None, :], take[rows][None, :, :])
        others = by.sum(axis=2, keepdims=True, dtype=np.int32) - by
        others[same] = 0
        found.append(np.minimum(give[rows][None, :, :], others).max(axis=1))
    return found[0], found[1]


def inherited(
    up: Steps, down: Steps, found: Exchange, slots: Ints, axis: int
) -> tuple[Steps, Steps]:
    """By how much each cell can move together with its row's or column's margin.

    Args:
        up: (rows, columns) of one table.
        down: the same shape.
        found: the exchanges of the dimension along `axis`.
        slots: where the table's rows (axis 0) or columns (1) stand in the dimension.
        axis: 0 or 1.
    """
    if axis == 1:
        rising, falling = inherited(up.T, down.T, found, slots, 0)
        return rising.T, falling.T
    place = np.full(len(found.up), -1)
    place[slots[slots >= 0]] = np.flatnonzero(slots >= 0)
    partner = place[found.partners]
    there = partner >= 0
    inside = (slots >= 0)[:, None]
    grow = np.where(inside, found.up[np.maximum(slots, 0)][:, there], 0)
    shrink = np.where(inside, found.down[np.maximum(slots, 0)][:, there], 0)
    if not there.any():
        return np.zeros_like(up), np.zeros_like(down)
    beside = partner[there]
    rising = np.minimum(grow[:, :, None], down[beside][None, :, :]).max(axis=1)
    falling = np.minimum(shrink[:, :, None], up[beside][None, :, :]).max(axis=1)
    return rising, falling


def table_moves(
    table: Table, state: State, rows: Exchange | None, columns: Exchange | None
) -> tuple[Steps, Steps]:
    """By how much each cell of a table can go up and down, its own limit left out."""
    up, down = state.up[table.cell], state.down[table.cell]
    rising, falling = rectangles(up, down, state.far_up(table.cell, up))
    for found, slots, axis in (
        (rows, table.row_slots, 0),
        (columns, table.column_slots, 1),
    ):
        if found is not None and slots is not None:
            more, less = inherited(up, down, found, slots, axis)
            rising = np.maximum(rising, more)
            falling = np.maximum(falling, less)
    return rising, falling


def prove(state: State, facts: Ints, rising: Steps, falling: Steps) -> None:
    """Mark the pending facts whose moves are wide enough."""
    flat = facts.ravel()
    asked = np.flatnonzero(state.pending_at(flat))
    if not len(asked):
        return
    found = flat[asked]
    up, down, width = state.own(found)
    up = np.minimum(up, rising.ravel()[asked])
    down = np.minimum(down, falling.ravel()[asked])
    safe = up + down >= width
    state.proven[found[safe]] = True
    state.note_gain(found[safe], up[safe])
