"""How adults' answers spread over a few levels, told so that nobody is read off.

A school (or the district) of fewer than ten people is not shown. Where the district
less the shown schools would leave one to nine people, the smallest shown school is
hidden too, until nothing can be had by subtraction. Shares are told in tenths, and
neither "none" nor "all" is ever told: "1 in 10 or fewer", "9 in 10 or more" (METHODS
card 6: 0 and 100 in a hundred tell what each single person said, at any n).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


FEWEST = 10
LEAST, MOST = 1, 9  # tenths that are told as "or fewer", "or more"


@dataclass(frozen=True, slots=True)
class Spread:
    """Shares of `n` people over levels, in tenths from 1 to 9; the first level first.

    `within` says for each level how many tenths are at it or at a better one.
    """

    n: int
    tenths: tuple[int, ...]
    within: tuple[int, ...]

    @property
    def weights(self) -> tuple[float, ...]:
        """Widths of a bar's parts, together 1; what is 1 or fewer is a half."""
        sizes = [one if one > LEAST else 0.5 for one in self.tenths]
        return tuple(size / sum(sizes) for size in sizes)


@dataclass(frozen=True, slots=True)
class Spreads:
    """What may be shown of one question: each place, and all together."""

    places: Mapping[str, Spread]
    together: Spread | None


def tenths(count: int, n: int) -> int:
    """A share in tenths, from 1 ("or fewer") to 9 ("or more")."""
    return min(max((20 * count + n) // (2 * n), LEAST), MOST)


def tenths_at_an_end(count: int, n: int) -> int | None:
    """The share in tenths where hardly any or nearly all are counted, else None.

    At most a tenth, or at least nine: of ten people that is none or one, nine or all.
    """
    if LEAST * n < 10 * count < MOST * n:
        return None
    return tenths(count, n)


def spread(counts: Sequence[int]) -> Spread:
    """The spread of counts over levels.

    Raises:
        ValueError: when there are fewer than ten people.
    """
    n = sum(counts)
    if n < FEWEST:
        raise ValueError("Fewer than ten people are never shown.")
    return Spread(
        n,
        tuple(tenths(one, n) for one in counts),
        tuple(tenths(sum(counts[: place + 1]), n) for place in range(len(counts))),
    )


def protected(counts: Mapping[str, Sequence[int]]) -> Spreads:
    """What may be shown of counts by place, as one system with their total.

    Args:
        counts: place to people at each level; people of no school stand under "".
    """
    sizes = {place: sum(told) for place, told in counts.items()}
    everybody = sum(sizes.values())
    if everybody < FEWEST:
        return Spreads({}, None)
    shown = {place for place, n in sizes.items() if n >= FEWEST and place}
    while shown and 0 < everybody - sum(sizes[one] for one in shown) < FEWEST:
        shown.remove(min(shown, key=lambda place: (sizes[place], place)))
    whole = [sum(level) for level in zip(*counts.values(), strict=True)]
    return Spreads(
        {place: spread(counts[place]) for place in sorted(shown)}, spread(whole)
    )
