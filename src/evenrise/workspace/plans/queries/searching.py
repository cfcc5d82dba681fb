"""Looks for something in a plan: words, a department, a person, how far steps are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenrise.workspace.people.models import Person
from evenrise.workspace.people.placing import fold
from evenrise.workspace.plans.models import Rung, RungKind
from evenrise.workspace.plans.said import is_late, numbered


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for in a plan; blank fields ask for everything."""

    words: str = ""
    department: str = ""
    person: str = ""  # a key of a person, or "me"
    state: str = ""  # a state, or "late"

    @property
    def of_steps(self) -> bool:
        """Whether only steps can answer."""
        return bool(self.department or self.person or self.state)

    @property
    def anything(self) -> bool:
        """Whether something is looked for at all."""
        return bool(self.words or self.of_steps)


def sought(
    rungs: Sequence[Rung],
    wanted: Wanted,
    numbers: Mapping[str, str],
    person: Person,
    today: dt.date,
) -> set[str]:
    """The keys of what answers, with everything above it.

    Words that stand in a rung also answer for what stands below it.

    Args:
        rungs: in reading order, their parents at hand.
        wanted: what is looked for.
        numbers: how each rung is counted.
        person: who looks; "me" is them.
        today: what is late depends on it.
    """
    if not wanted.anything:
        return {one.key for one in rungs}
    words = fold(wanted.words)
    said: set[str] = set()
    found: set[str] = set()
    for one in rungs:
        above = one.parent.key if one.parent else ""
        if above in said or not words or words in _folded(one, numbers):
            said.add(one.key)
            if not wanted.of_steps or _answers(one, wanted, person, today):
                found.add(one.key)
    return found | _over(rungs, found)


def _over(rungs: Sequence[Rung], found: set[str]) -> set[str]:
    """Everything above what was found."""
    over = {one.key: one.parent.key if one.parent else "" for one in rungs}
    added: set[str] = set()
    for key in found:
        above = over[key]
        while above and above not in found and above not in added:
            added.add(above)
            above = over[above]
    return added


def _folded(one: Rung, numbers: Mapping[str, str]) -> str:
    name = numbered(one.kind, numbers.get(one.key, ""))
    told = (one.title_en, one.title_es, one.text_en, one.text_es)
    return fold(" ".join([name, *told, one.done_en, one.done_es]))


def _answers(one: Rung, wanted: Wanted, person: Person, today: dt.date) -> bool:
    if one.kind != RungKind.STEP:
        return False
    if wanted.department and (
        one.department is None or one.department.key != wanted.department
    ):
        return False
    who = str(person.pk) if wanted.person == "me" else wanted.person
    if who and str(one.person_id or "") != who:
        return False
    if wanted.state == "late":
        return is_late(one, today)
    return not wanted.state or one.state == wanted.state
