"""What a multilevel model needs to know of its students: sums by group, no rows.

Cross-products of columns by group are sufficient for a linear model with normal
effects. They add up, so half a million students in parts, or a GROUP BY, do as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenrise.statistics.rates import Floats


ONE = "(Intercept)"


@dataclass(frozen=True, slots=True)
class Moments:
    """Counts and cross-products of named columns, one entry a group.

    `cross[g, i, j]` is the sum over the students of group g of column i times column
    j. The first column is the constant, so `cross[:, 0, 0]` are the counts.
    """

    ids: NDArray[np.object_]
    names: tuple[str, ...]
    cross: Floats  # (groups, columns, columns)

    def __post_init__(self) -> None:
        groups, columns = len(self.ids), len(self.names)
        if self.cross.shape != (groups, columns, columns) or self.names[0] != ONE:
            raise ValueError("Moments need one square of sums for each group.")

    @property
    def n(self) -> NDArray[np.int64]:
        """Students of each group."""
        return self.cross[:, 0, 0].round().astype(np.int64)

    @classmethod
    def of(cls, group: ArrayLike, columns: Mapping[str, ArrayLike]) -> Moments:
        """Sum the columns by group; a row with a nan anywhere is left out.

        Args:
            group: each student's group (school), any labels.
            columns: numbers by name, each of shape (students,), without the constant.
        """
        names = (ONE, *columns)
        label = np.asarray(group)
        data = np.empty((len(names), label.size))
        data[0] = 1.0
        for number, column in enumerate(columns.values(), 1):
            data[number] = np.asarray(column, dtype=np.float64)
        known = ~np.isnan(data).any(axis=0)
        ids, code = np.unique(label[known], return_inverse=True)
        data = data[:, known]
        cross = np.empty((len(ids), len(names), len(names)))
        for i, first in enumerate(data):
            for j in range(i + 1):
                sums = np.bincount(code, weights=first * data[j], minlength=len(ids))
                cross[:, i, j] = cross[:, j, i] = sums
        return cls(ids.astype(object), names, cross)

    @classmethod
    def from_sums(
        cls, ids: Sequence[object], names: Sequence[str], cross: ArrayLike
    ) -> Moments:
        """From sums that a GROUP BY made; the first name is the constant's."""
        labels = np.empty(len(ids), dtype=object)
        labels[:] = list(ids)
        return cls(labels, tuple(names), np.asarray(cross, dtype=np.float64))

    def columns(self, names: Sequence[str]) -> list[int]:
        """Where columns stand; KeyError for a name that is none."""
        where = {name: number for number, name in enumerate(self.names)}
        return [where[name] for name in names]

    def grouped(self, parent: ArrayLike) -> Moments:
        """The sums of larger groups.

        Args:
            parent: the larger group of each group, shape (groups,).
        """
        ids, code = np.unique(np.asarray(parent), return_inverse=True)
        cross = np.zeros((len(ids), *self.cross.shape[1:]))
        np.add.at(cross, code, self.cross)
        return Moments(ids.astype(object), self.names, cross)


def join(parts: Sequence[Moments]) -> Moments:
    """One table of sums from several parts of the students.

    Raises:
        ValueError: when the parts have other columns.
    """
    if len({part.names for part in parts}) != 1:
        raise ValueError("Parts with other columns cannot be joined.")
    together = Moments(
        np.concatenate([part.ids for part in parts]),
        parts[0].names,
        np.concatenate([part.cross for part in parts]),
    )
    return together.grouped(together.ids)
