"""Verbs about one rung: add it, change it, bring back how it was before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.finding import held_plan, held_rung
from evenrise.workspace.plans.actions.languages import put_words
from evenrise.workspace.plans.actions.putting import put_content
from evenrise.workspace.plans.actions.touching import keep_version, touch
from evenrise.workspace.plans.content import PlanContent, RungContent, read_rung
from evenrise.workspace.plans.models import (
    BELOW,
    Department,
    Plan,
    Rung,
    RungKind,
)
from evenrise.workspace.plans.queries.content import content_of


_LETTER = {
    RungKind.VALUE: "v",
    RungKind.PRIORITY: "p",
    RungKind.GOAL: "g",
    RungKind.STRATEGY: "s",
    RungKind.STEP: "t",
}
_LOOK_BACK = 30  # versions among which the last change is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class RungSaid:
    """All that a form says of a rung. `words`: fields with `_en` and `_es`.

    `serves` is the primary key of a rung of the plan above, `depends` are keys of
    steps of the same plan.
    """

    words: Mapping[str, str]
    department: str = ""
    person: int | None = None
    begins_on: dt.date | None = None
    ends_on: dt.date | None = None
    depends: tuple[str, ...] = ()
    serves: int | None = None
    lcff: tuple[int, ...] = ()
    contributing: bool | None = None
    service: str = ""
    same_meaning: bool = field(default=False)


def add_rung(
    person: Person, *, plan: str, kind: str, parent: str, said: RungSaid
) -> Rung:
    """Add a rung, last among those beside it.

    Raises:
        NotYours: when the person does not write the plan, or the rung above is gone.
        InputProblem: when such a rung does not stand there.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        above = held_rung(one, parent) if parent else None
        refuse_place(kind, above)
        last = Rung.objects.filter(plan=one, parent=above).aggregate(last=Max("place"))[
            "last"
        ]
        rung = Rung(
            plan=one,
            key=free_key(one, kind),
            kind=kind,
            parent=above,
            place=0 if last is None else last + 1,
            version=0,
        )
        _fill(rung, said)
        rung.depends.set(_depended(one, rung, said.depends))
        touch(one, timezone.now())
        record(person, "plans.add_rung", _about(rung), kind=kind)
    return rung


def change_rung(
    person: Person, *, plan: str, key: str, said: RungSaid, seen: int
) -> Rung:
    """Change a rung; what stood before is kept whole.

    Raises:
        NotYours: when the person does not write the plan, or the rung is gone.
        Overtaken: when it was changed since, in another window.
        InputProblem: when it would wait for itself, or ends before it begins.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        rung = held_rung(one, key)
        if rung.version != seen:
            raise Overtaken
        depends = _depended(one, rung, said.depends)
        keep_version(person, rung)
        _fill(rung, said)
        rung.depends.set(depends)
        touch(one, timezone.now())
        record(person, "plans.change_rung", _about(rung))
    return rung


def undo_rung(person: Person, *, plan: str, key: str, seen: int) -> Rung:
    """Bring back how a rung was before its last change; how far a step is stays.

    What it is now is kept as well, so the same verb brings it back.

    Raises:
        NotYours: when the person does not write the plan, or the rung is gone.
        Overtaken: when it was changed since, in another window.
        InputProblem: when nothing was changed, or what it names is gone.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        rung = held_rung(one, key)
        if rung.version != seen:
            raise Overtaken
        content = content_of(one)
        before = _before(rung, content)
        stand = {found.key for found in content.rungs}
        if before.parent and before.parent not in stand:
            raise InputProblem(
                _("It stood below something that was removed; bring that back first.")
            )
        before = replace(
            before, depends=tuple(one for one in before.depends if one in stand)
        )
        rungs = tuple(before if r.key == key else r for r in content.rungs)
        put_content(person, plan=one, content=replace(content, rungs=rungs))
        record(person, "plans.undo_rung", _about(rung))
        rung.refresh_from_db()
        put_in_order(rung, before.place)
    return rung


def _before(rung: Rung, content: PlanContent) -> RungContent:
    """The latest version that says something else than the rung says now.

    A version is also kept when a rung is removed; then nothing differs.
    """
    now = content.rung(rung.key)
    for version in rung.versions.order_by("-number")[:_LOOK_BACK]:
        found = replace(read_rung(version.content), state=now.state if now else "")
        if found != now:
            return found
    raise InputProblem(_("Nothing of this was changed yet."))


def put_in_order(rung: Rung, place: int) -> None:
    """Put a rung at a place among those beside it; all are counted from 0 again."""
    beside = list(
        Rung.objects.filter(plan=rung.plan, parent=rung.parent_id, removed_at=None)
        .exclude(pk=rung.pk)
        .order_by("place", "id")
    )
    at = max(0, min(place, len(beside)))
    beside.insert(at, rung)
    for number, one in enumerate(beside):
        one.place = number
    Rung.objects.bulk_update(beside, ["place"], batch_size=100)


def refuse_place(kind: str, above: Rung | None) -> None:
    """Refuse a rung where such a rung does not stand.

    Raises:
        InputProblem: says so.
    """
    if (above.kind if above else "") not in BELOW.get(kind, ()):
        raise InputProblem(_("That does not stand there; choose another place."))


def free_key(plan: Plan, kind: str) -> str:
    """A key that no rung of the plan has or had: "g4" for the fourth goal."""
    letter = _LETTER[RungKind(kind)]
    used = set(
        Rung.objects.filter(plan=plan, key__startswith=letter).values_list(
            "key", flat=True
        )
    )
    number = len(used) + 1
    while f"{letter}{number}" in used:
        number += 1
    return f"{letter}{number}"


def _fill(rung: Rung, said: RungSaid) -> None:
    put_words(rung, said.words, same_meaning=said.same_meaning)
    if said.begins_on and said.ends_on and said.ends_on < said.begins_on:
        raise InputProblem(_("It ends before it begins; correct one of the days."))
    rung.department = Department.objects.filter(key=said.department).first()
    rung.person_id = said.person
    rung.serves_id = said.serves
    plain = ("begins_on", "ends_on", "contributing", "service")
    for name in [one.name for one in fields(said) if one.name in plain]:
        setattr(rung, name, getattr(said, name))
    rung.lcff = sorted(set(said.lcff))
    rung.version += 1
    rung.save()


def _depended(plan: Plan, rung: Rung, keys: Iterable[str]) -> list[Rung]:
    """The steps that a step is to wait for.

    Raises:
        InputProblem: when one of them waits for this one, over however many steps.
    """
    wanted = list(
        Rung.objects.filter(
            plan=plan, kind=RungKind.STEP, key__in=list(keys), removed_at=None
        )
    )
    through: Any = Rung.depends.through
    waits: dict[int, set[int]] = defaultdict(set)
    for first, second in through.objects.filter(from_rung__plan=plan).values_list(
        "from_rung", "to_rung"
    ):
        waits[first].add(second)
    for one in wanted:
        if _reaches(waits, one.pk, rung.pk):
            raise InputProblem(
                _(
                    "“%(title)s” waits for this step already, so this one cannot wait"
                    " for it. Take one of the two away."
                )
                % {"title": one.title_en or one.title_es}
            )
    return wanted


def _reaches(waits: Mapping[int, set[int]], begin: int, end: int | None) -> bool:
    """Whether one leads to the other along what waits for what."""
    seen, waiting = set(), [begin]
    while waiting:
        one = waiting.pop()
        if one == end:
            return True
        if one not in seen:
            seen.add(one)
            waiting.extend(waits.get(one, ()))
    return False


def _about(rung: Rung) -> About:
    return About("rung", f"{rung.plan.slug}/{rung.key}")
