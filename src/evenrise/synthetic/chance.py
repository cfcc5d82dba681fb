"""Chance with a seed: every table draws from its own stream.

So a table does not change when another one is added, and the same seed gives the
same bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Chance:
    """The seed of a district."""

    seed: int

    def of(self, what: str, *which: int) -> np.random.Generator:
        """The stream for one purpose, and one year or piece of it."""
        return np.random.Generator(
            np.random.SFC64([self.seed, zlib.crc32(what.encode()), *which])
        )


def pick(
    rng: np.random.Generator, weights: Sequence[float], size: int
) -> NDArray[np.int8]:
    """Places in `weights`, drawn with those weights (at most 127 of them)."""
    edges = np.cumsum(weights) / np.sum(weights)
    edges[-1] = 1.0
    return np.searchsorted(edges, rng.random(size), side="right").astype(np.int8)


def logistic(x: NDArray[Any]) -> NDArray[np.float64]:
    """The probability that belongs to a logit."""
    return np.asarray(1 / (1 + np.exp(-x)), np.float64)
