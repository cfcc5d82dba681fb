"""Keys by the hundred: a query names a few hundred of them at the most.

A database takes only so many values in one statement (SQLite's classical limit is 999
and others parse long lists slowly), and a file or a district has many more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar


Item = TypeVar("Item")
AT_ONCE = 500


def in_batches(items: Sequence[Item], size: int = AT_ONCE) -> Iterator[Sequence[Item]]:
    """The items in their order, `size` together and the last batch what is left.

    Raises:
        ValueError: when the size is not positive.
    """
    if size < 1:
        raise ValueError("A batch has at least one item.")
    for first in range(0, len(items), size):
        yield items[first : first + size]
