"""Keys for what is new in a file.

They are fixed by what it says, so that a file read twice gives the same plan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping


_DIGITS = 10


class Keys:
    """Gives keys that nobody has yet.

    Args:
        taken: keys in the plan.
        told: keys in the file.
    """

    def __init__(self, taken: Iterable[str], told: Iterable[str]) -> None:
        self._taken = {*taken, *told}

    def new(self, cells: Mapping[str, str]) -> str:
        """A key for a row; the same row gives the same key, beside the same others."""
        said = "\n".join(f"{name}={cell}" for name, cell in sorted(cells.items()))
        turn = 0
        while True:
            digest = hashlib.sha256(f"{turn}\n{said}".encode()).hexdigest()
            key = f"n{digest[:_DIGITS]}"
            if key not in self._taken:
                self._taken.add(key)
                return key
            turn += 1
