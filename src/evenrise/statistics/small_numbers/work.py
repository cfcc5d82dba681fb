"""One block on the way to being settled, and how parts of it leave the release."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from evenrise.statistics.small_numbers.cells import Block, Dimension, Table
from evenrise.statistics.small_numbers.keys import SPLIT_FAMILY, WHOLE_FAMILY
from evenrise.statistics.small_numbers.moves import Exchange
from evenrise.statistics.small_numbers.rule import Flags, Ints
from evenrise.statistics.small_numbers.state import State


Exchanges = dict[Dimension, Exchange]


@dataclass(slots=True)
class Work:
    """One block in one phase, and what was tried already where nothing helped."""

    block: Block
    state: State
    tried: dict[tuple[int, int], Flags] = field(default_factory=dict)
    freed: set[Dimension | int] = field(default_factory=set)
    # Margins that are exchanged by longer moves: partner, how far up, how far down.
    carried: dict[Dimension, dict[int, tuple[int, int, int]]] = field(
        default_factory=dict
    )
    table_of: Ints = field(init=False)

    def __post_init__(self) -> None:
        # The table of each fact of the block, by its place among the members.
        self.block.members.sort()
        self.table_of = np.full(len(self.block.members), -1)
        for number, table in enumerate(self.block.tables):
            cells = table.cell.ravel()
            cells = cells[cells < self.state.nothing]
            self.table_of[np.searchsorted(self.block.members, cells)] = number

    def waiting(self) -> list[int]:
        """The tables with a hidden cell that is not yet proven safe."""
        waiting = np.unique(self.table_of[self.state.pending_at(self.block.members)])
        return [number for number in waiting.tolist() if number >= 0]


def withdraw(work: Work, table: Table) -> None:
    """Take a table out of the release, and what would tell it again."""
    sides = {table.rows[0], table.columns[0]}
    for other in work.block.tables:
        own = {other.rows[0], other.columns[0]}
        finer = {WHOLE_FAMILY if f == SPLIT_FAMILY else f for f in own}
        if sides in (own, finer):
            work.state.withdraw(other.cell.ravel())


def withdraw_dimension(work: Work, dimension: Dimension) -> None:
    """Take a family, or the schools, out of the release."""
    gone = {dimension[0]}
    if WHOLE_FAMILY in gone:
        gone.add(SPLIT_FAMILY)
    for other, margins in work.block.margins.items():
        if other[0] in gone:
            work.state.withdraw(margins.margin)
    for table in work.block.tables:
        if gone & {table.rows[0], table.columns[0]}:
            work.state.withdraw(table.cell.ravel())
