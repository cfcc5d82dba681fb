"""Spares a review the half second in which Arrow imports pandas for nothing."""

from __future__ import annotations

import sys

import pyarrow as pa


class _NoPandas:
    """A finder that says, for a moment, that there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Refuse pandas; leave everything else to the other finders."""
        if name == "pandas":
            raise ImportError(name)


def spare_pandas() -> None:
    """Let Arrow believe that pandas is not here; call before Arrow makes an array.

    Arrow imports pandas the first time it makes an array from Python values, only to
    know whether it was given a frame. That costs 0.6 s of a review that should take
    five, and nothing of ours hands Arrow a frame. Other libraries still find pandas.
    """
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array(["once"])
    finally:
        sys.meta_path.remove(_NoPandas)
