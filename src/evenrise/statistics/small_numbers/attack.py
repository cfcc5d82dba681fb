"""The attack: everything that can be worked out about hidden counts, exactly.

Unknown are the cells, whole and not negative unless told otherwise. What is published
are linear equations and inequalities in them. For every hidden sum the smallest and
the largest value that agrees with all of it is found by linear and by integer
programming; where the two lie close together, somebody can read the child off.

Source: Cox 1980, JASA 75:377; Fischetti and Salazar 2001, Management Science 47:1008.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from evenrise.statistics.small_numbers.rule import DEFAULT_RULE, Floats


_CLOSE = 1e-6  # what the solver calls equal
_OPTIMAL, _INFEASIBLE, _UNBOUNDED = 0, 2, 3


class Contradiction(ValueError):  # noqa: N818 - read aloud: "a contradiction"
    """What is published cannot all be true at once."""


@dataclass(frozen=True, slots=True)
class Published:
    """A published statement: `lower` <= sum of coefficient x cell <= `upper`.

    None is an open end; equal ends are an equation; no coefficients are all 1.
    """

    cells: tuple[str, ...]
    lower: float | None
    upper: float | None
    coefficients: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A sum of cells that must stay hidden; no coefficients are all 1."""

    name: str
    cells: tuple[str, ...]
    coefficients: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What an attacker can say of one target; None is an open end.

    `integer_lower` and `integer_upper` are the ends that count where the cells are
    counts; they are None too where cells may be any number.
    """

    target: str
    lower: float | None
    upper: float | None
    integer_lower: float | None
    integer_upper: float | None
    exact: bool
    too_narrow: bool


@dataclass(frozen=True, slots=True)
class Attack:
    """What can be worked out about each target; safe when none is too narrow."""

    known: tuple[Known, ...]

    @property
    def any_exact(self) -> bool:
        """Whether some target is known exactly."""
        return any(one.exact for one in self.known)

    @property
    def safe(self) -> bool:
        """Whether every target keeps its width."""
        return not any(one.too_narrow for one in self.known)


class System:
    """Linear statements about unknown cells, ready to be attacked.

    Args:
        matrix: one row a statement, one column a cell.
        lower: the statements' lower ends, -inf where open.
        upper: their upper ends, inf where open.
        cell_lower: the smallest value of each cell.
        cell_upper: the largest, inf where open.
    """

    def __init__(
        self,
        matrix: csr_array,
        ends: tuple[Floats, Floats],
        cell_ends: tuple[Floats, Floats],
    ) -> None:
        self.matrix, (self.lower, self.upper) = matrix, ends
        self.cell_lower, self.cell_upper = cell_ends

    def extreme(
        self, objective: Floats, *, largest: bool, integer: bool
    ) -> tuple[float | None, NDArray[np.float64] | None]:
        """The largest or smallest value of a sum of cells, and a table that has it.

        Returns:
            (None, None) when there is no end.

        Raises:
            Contradiction: when no table agrees with what is published.
        """
        sign = -1.0 if largest else 1.0
        solved = milp(
            sign * objective,
            integrality=np.full(len(objective), int(integer)),
            bounds=Bounds(self.cell_lower, self.cell_upper),
            constraints=self._constraints(),
            options={"mip_rel_gap": 0.0},
        )
        if solved.status == _OPTIMAL:
            return float(sign * solved.fun), np.asarray(solved.x)
        if solved.status != _UNBOUNDED and not self.possible(integer=integer):
            raise Contradiction("What is published cannot all be true at once.")
        return None, None

    def possible(self, *, integer: bool) -> bool:
        """Whether some table agrees with what is published."""
        solved = milp(
            np.zeros(len(self.cell_lower)),
            integrality=np.full(len(self.cell_lower), int(integer)),
            bounds=Bounds(self.cell_lower, self.cell_upper),
            constraints=self._constraints(),
        )
        return bool(solved.status == _OPTIMAL)

    def _constraints(self) -> list[LinearConstraint]:
        if not self.matrix.shape[0]:
            return []
        return [LinearConstraint(self.matrix, self.lower, self.upper)]


def attack(
    cells: Sequence[str],
    published: Sequence[Published],
    targets: Sequence[Target],
    *,
    integer: bool = True,
    min_width: float = DEFAULT_RULE.min_width,
) -> Attack:
    """Find the bounds that everything published together puts on each target.

    Args:
        cells: the names of the unknown cells, each at least 0.
        published: what is known.
        targets: the sums that must stay hidden.
        integer: whether cells are counts; if not (scores, days) any number will do.
        min_width: how far apart the bounds of a target must be.

    Raises:
        Contradiction: when no table agrees with what is published.
        KeyError: when a statement names a cell that is not among `cells`.
    """
    place = {name: i for i, name in enumerate(cells)}
    system = _system(place, published)
    return Attack(
        tuple(_known(system, place, one, (integer, min_width)) for one in targets)
    )


def _system(place: dict[str, int], published: Sequence[Published]) -> System:
    rows, columns, values = [], [], []
    for row, one in enumerate(published):
        coefficients = one.coefficients or (1.0,) * len(one.cells)
        for cell, value in zip(one.cells, coefficients, strict=True):
            rows.append(row)
            columns.append(place[cell])
            values.append(float(value))
    shape = (len(published), len(place))
    matrix = coo_array((values, (rows, columns)), shape=shape).tocsr()
    lower = np.array([-math.inf if p.lower is None else p.lower for p in published])
    upper = np.array([math.inf if p.upper is None else p.upper for p in published])
    ends = (np.zeros(len(place)), np.full(len(place), math.inf))
    return System(matrix, (lower, upper), ends)


def _known(
    system: System, place: dict[str, int], target: Target, how: tuple[bool, float]
) -> Known:
    integer, min_width = how
    objective = np.zeros(len(place))
    coefficients = target.coefficients or (1.0,) * len(target.cells)
    for cell, value in zip(target.cells, coefficients, strict=True):
        objective[place[cell]] += value
    loose = _ends(system, objective, integer=False)
    tight = _ends(system, objective, integer=True) if integer else (None, None)
    low, high = tight if integer else loose
    width = math.inf if low is None or high is None else high - low
    return Known(
        target.name,
        loose[0],
        loose[1],
        tight[0],
        tight[1],
        exact=width <= _CLOSE,
        too_narrow=width < min_width - _CLOSE,
    )


def _ends(
    system: System, objective: Floats, *, integer: bool
) -> tuple[float | None, float | None]:
    return (
        system.extreme(objective, largest=False, integer=integer)[0],
        system.extreme(objective, largest=True, integer=integer)[0],
    )
