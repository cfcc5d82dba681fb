"""Puts the rungs that a file names onto a ladder that stands.

Every rung stands below one it may stand below, siblings have an order, nothing waits
for itself. What does not fit is put back to what it was, and said; a rung of the plan
is never lost by a mistake about another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evenrise.vocabulary.text import Text
from evenrise.workspace.plans.content import PlanContent, RungContent
from evenrise.workspace.plans.exchange.problems import Problem, at_row
from evenrise.workspace.plans.exchange.words import BELOW, CODES, SHEETS


@dataclass(slots=True)
class Placed:
    """A rung that a file names, and where.

    Attributes:
        row: in the file; 0 when no row names it.
        rung: as the file wants it.
        known: whether the plan had it.
        orderless: the file gives it no order.
        seeks: a new row that does not say below what it stands: the rows above tell.
    """

    row: int
    rung: RungContent
    known: bool = False
    orderless: bool = False
    seeks: bool = False
    where: Text | None = None


def infer_parents(found: Sequence[Placed]) -> None:
    """Give rows that seek a parent the one that the rows above them mean.

    A new step below a step stands beside it; a new goal below a goal likewise.
    """
    last: dict[str, RungContent] = {}
    for one in found:
        rung = one.rung
        if one.seeks:
            rung = one.rung = replace(rung, parent=_above(rung.kind, last))
        last[rung.kind] = rung
        for kind in _DEEPER.get(rung.kind, ()):
            last.pop(kind, None)


_DEEPER = {
    "priority": ("goal", "strategy", "step"),
    "goal": ("strategy", "step"),
    "strategy": ("step",),
}


def _above(kind: str, last: Mapping[str, RungContent]) -> str:
    if kind in last and kind != "value":
        return last[kind].parent
    for above in BELOW.get(kind, ()):
        if above in last:
            return last[above].key
    return ""


def assemble(
    found: Iterable[Placed], before: PlanContent, problems: list[Problem]
) -> tuple[RungContent, ...]:
    """The rungs in reading order, with problems added to the list."""
    ladder = _Ladder(found, before, problems)
    ladder.mend()
    ladder.order()
    ladder.mend_waiting()
    return ladder.in_order()


class _Ladder:
    """The rungs by key while they are put in place."""

    def __init__(
        self, found: Iterable[Placed], before: PlanContent, problems: list[Problem]
    ) -> None:
        self.pool = {one.rung.key: one for one in found}
        self.stood = {one.key: one for one in before.rungs}
        self.problems = problems

    def say(self, one: Placed, said: Text, *, refused: bool = True) -> None:
        where = one.where or (at_row(None, one.row) if one.row else SHEETS["rung"])
        self.problems.append(Problem(where, said, refused))

    def mend(self) -> None:
        """Put back or leave out what stands below nothing it may stand below."""
        while True:
            wrong = [one for one in self.pool.values() if not self._fits(one.rung)]
            wrong = wrong or self._in_circles()
            if not wrong:
                return
            for one in wrong:
                self._mend(one)

    def _fits(self, rung: RungContent) -> bool:
        if not rung.parent:
            return "" in BELOW.get(rung.kind, ())
        above = self.pool.get(rung.parent)
        return above is not None and above.rung.kind in BELOW.get(rung.kind, ())

    def _in_circles(self) -> list[Placed]:
        below = self._below()
        reached = {one.key for one in _in_reading_order(below)}
        return [one for key, one in self.pool.items() if key not in reached]

    def _below(self) -> dict[str, list[RungContent]]:
        below: dict[str, list[RungContent]] = defaultdict(list)
        for one in self.pool.values():
            below[one.rung.parent].append(one.rung)
        return below

    def _mend(self, one: Placed) -> None:
        rung = one.rung
        stood = self.stood.get(rung.key)
        if stood is None:
            del self.pool[rung.key]
            self.say(one, _stands_nowhere(rung))
            return
        if (rung.kind, rung.parent) != (stood.kind, stood.parent):
            one.rung = replace(rung, kind=stood.kind, parent=stood.parent)
            self.say(one, _stands_nowhere(rung))
        self._bring_back(stood.parent)

    def _bring_back(self, key: str) -> None:
        """Rungs above one that stays, as they were: a row or a kind was missing."""
        above = self.stood.get(key)
        if above is None:
            return
        placed = self.pool.get(key)
        if placed is None:
            self.pool[key] = Placed(0, above, known=True)
            self.say(self.pool[key], _stays(above), refused=False)
        elif (placed.rung.kind, placed.rung.parent) != (above.kind, above.parent):
            placed.rung = replace(placed.rung, kind=above.kind, parent=above.parent)
            self.say(placed, _stays(above), refused=False)

    def order(self) -> None:
        """Give siblings an order: the numbers where they were changed, else the rows.

        Numbers that follow each other in the rows are kept as they are.
        """
        groups: dict[str, list[Placed]] = defaultdict(list)
        for one in self.pool.values():
            groups[one.rung.parent].append(one)
        for group in groups.values():
            _order(group, self.stood)

    def mend_waiting(self) -> None:
        """Leave out waiting for what is not there, and waiting in circles."""
        for one in self.pool.values():
            kept = tuple(
                key
                for key in one.rung.depends
                if key in self.pool and key != one.rung.key
            )
            if kept != one.rung.depends:
                self.say(one, _waits_for_nothing(one.rung, self.pool))
                one.rung = replace(one.rung, depends=kept)
        while circle := _circle(self.pool):
            self._open(circle)

    def _open(self, circle: Sequence[str]) -> None:
        """Take back what closed a circle; one that stood before is cut through."""
        changed = [
            key
            for key in circle
            if key not in self.stood
            or self.stood[key].depends != self.pool[key].rung.depends
        ]
        for key in changed:
            one = self.pool[key]
            stood = self.stood.get(key)
            kept = tuple(k for k in (stood.depends if stood else ()) if k in self.pool)
            if kept == one.rung.depends:  # what it waited for is not there any more
                continue
            self.say(one, _CIRCLE)
            one.rung = replace(one.rung, depends=kept)
            return
        for key in circle:
            one = self.pool[key]
            self.say(one, _CIRCLE)
            kept = tuple(k for k in one.rung.depends if k not in circle)
            one.rung = replace(one.rung, depends=kept)

    def in_order(self) -> tuple[RungContent, ...]:
        """Each rung before what stands below it."""
        below = self._below()
        for group in below.values():
            group.sort(key=lambda rung: rung.place)
        return tuple(_in_reading_order(below))


def _in_reading_order(below: Mapping[str, list[RungContent]]) -> list[RungContent]:
    waiting = list(below.get("", ()))[::-1]
    found: list[RungContent] = []
    while waiting:
        rung = waiting.pop()
        found.append(rung)
        waiting.extend(below.get(rung.key, [])[::-1])
    return found


def _order(group: list[Placed], stood: Mapping[str, RungContent]) -> None:
    places = [one.rung.place for one in group]
    if not any(one.orderless for one in group) and places == sorted(places):
        return
    renumbered = any(
        not one.orderless and one.known and one.rung.place != stood[one.rung.key].place
        for one in group
    )
    if renumbered:
        _fill_in(group)
        group.sort(key=lambda one: one.rung.place)
    for place, one in enumerate(group):
        one.rung = replace(one.rung, place=place)


def _fill_in(group: Sequence[Placed]) -> None:
    """A row without a number follows the row above it."""
    last = -1
    for one in group:
        if one.orderless:
            one.rung = replace(one.rung, place=last)
        last = one.rung.place


def _circle(pool: Mapping[str, Placed]) -> tuple[str, ...]:
    """The keys of one circle of waiting; empty when nothing waits for itself."""
    state: dict[str, int] = {}  # 1: on the way, 2: free of circles
    for start in pool:
        path: list[tuple[str, int]] = [(start, 0)] if start not in state else []
        while path:
            key, turn = path.pop()
            state[key] = 1
            depends = pool[key].rung.depends
            if turn == len(depends):
                state[key] = 2
                continue
            path.append((key, turn + 1))
            after = depends[turn]
            if state.get(after) == 1:
                keys = [one for one, _ in path]
                return tuple(keys[keys.index(after) :])
            if after not in state:
                path.append((after, 0))
    return ()


def _kinds(codes: Iterable[str]) -> Text:
    words = [CODES["kind"][one] for one in codes if one]
    return Text(
        " / ".join(one.en for one in words) or "the plan",
        " / ".join(one.es for one in words) or "el plan",
    )


def _stands_nowhere(rung: RungContent) -> Text:
    kind = CODES["kind"].get(rung.kind, Text(rung.kind or "?", rung.kind or "?"))
    above = _kinds(BELOW.get(rung.kind, ()))
    title = rung.title_en or rung.title_es
    return Text(
        f"“{title[:60]}” ({kind.en}) must stand below: {above.en}. Write the key of "
        "one under “Below”.",
        f"«{title[:60]}» ({kind.es}) debe estar debajo de: {above.es}. Escriba la "
        "clave de uno en «Debajo de».",
    )


def _stays(rung: RungContent) -> Text:
    title = (rung.title_en or rung.title_es)[:60]
    return Text(
        f"“{title}” stays as it was, because rows of the file stand below it.",
        f"«{title}» queda como estaba, porque hay filas del archivo debajo.",
    )


def _waits_for_nothing(rung: RungContent, pool: Mapping[str, Placed]) -> Text:
    missing = "; ".join(key for key in rung.depends if key not in pool) or rung.key
    title = (rung.title_en or rung.title_es)[:60]
    return Text(
        f"“{title}” waits for {missing[:80]}, which is not another rung of the plan; "
        "this part was left out.",
        f"«{title}» espera a {missing[:80]}, que no es otro peldaño del plan; esta "
        "parte se omitió.",
    )


_CIRCLE = Text(
    "Steps wait for each other in a circle, so none could begin: what this one waits "
    "for was not taken.",
    "Hay pasos que se esperan unos a otros en círculo y ninguno podría empezar: no se "
    "tomó lo que este espera.",
)
