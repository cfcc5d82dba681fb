"""A theory of improvement as an outline: aim, drivers, what they need, ideas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from evenrise.workspace.cycles.models import Cycle, Driver, DriverKind


@dataclass(frozen=True, slots=True)
class Branch:
    """One thing of a theory, with what stands below it, in order."""

    key: int
    kind: str
    kind_words: str
    text: str
    tried: bool
    below: tuple[Branch, ...]
    first: bool
    last: bool

    @property
    def adds(self) -> tuple[tuple[str, str], ...]:
        """What may be added below it: kind, word."""
        kinds = {
            DriverKind.PRIMARY: (DriverKind.SECONDARY, DriverKind.IDEA),
            DriverKind.SECONDARY: (DriverKind.IDEA,),
        }
        found = kinds.get(DriverKind(self.kind), ())
        return tuple((str(one), str(one.label)) for one in found)


def outline_of(cycle: Cycle) -> tuple[Branch, ...]:
    """A cycle's theory; one query."""
    below: dict[int | None, list[Driver]] = defaultdict(list)
    for one in cycle.drivers.filter(removed_at=None):
        below[one.parent_id].append(one)
    return _branches(below, None)


def _branches(
    below: dict[int | None, list[Driver]], parent: int | None
) -> tuple[Branch, ...]:
    rows = below.get(parent, [])
    return tuple(
        Branch(
            one.pk,
            one.kind,
            str(DriverKind(one.kind).label),
            one.text,
            one.tried,
            _branches(below, one.pk),
            place == 0,
            place == len(rows) - 1,
        )
        for place, one in enumerate(rows)
    )


def ideas_in(branches: Iterable[Branch]) -> list[Branch]:
    """All change ideas of a theory, in reading order."""
    found: list[Branch] = []
    for one in branches:
        if one.kind == DriverKind.IDEA:
            found.append(one)
        found += ideas_in(one.below)
    return found
