"""The arrows at one rung, and which rungs stand on a recommendation (their `*`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evenrise.workspace.insights.models import Answer
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.further import Arrow, further_arrows
from evenrise.workspace.plans.models import Link, LinkTo, Plan, Rung, RungKind
from evenrise.workspace.plans.queries.grounds import TAKEN_UP, Ground, grounds_of


# What a reviewer's recommendation marks: what is done, not what is wanted.
_MARKED = (RungKind.STRATEGY, RungKind.STEP)


def recommended(plan: Plan) -> frozenset[str]:
    """The keys of strategies and steps that carry a `*`.

    They stand, themselves, on a recommendation whose latest answer is that the district
    accepted it, as it is or with a change. The mark comes from the trace and is never
    typed: it goes when the answer is taken back or the recommendation is withdrawn.
    """
    rows = Link.objects.filter(
        rung__plan=plan,
        rung__removed_at=None,
        rung__kind__in=_MARKED,
        kind=LinkTo.RECOMMENDATION,
    ).values_list("rung__key", "key")
    return _marked(rows)


def _marked(rows: Iterable[tuple[str, str]]) -> frozenset[str]:
    found = list(rows)
    if not found:
        return frozenset()
    taken_up = Answer.objects.filter(
        latest=True, verdict__in=TAKEN_UP, recommendation__withdrawn_at=None
    ).values_list("recommendation_id", flat=True)
    keys = {str(pk) for pk in taken_up}
    return frozenset(rung for rung, key in found if key in keys)


@dataclass(frozen=True, slots=True)
class RungArrows:
    """What a rung stands on, and what it led to."""

    stands_on: tuple[Ground, ...]
    led_to: tuple[Arrow, ...]


def arrows_of(person: Person, rung: Rung) -> RungArrows:
    """Both ends of a rung, for its own page.

    Args:
        person: who reads it; rooms above show what they may see.
        rung: of a plan in work.
    """
    grounds = grounds_of(rung.links.all(), reader_language())
    led_to = further_arrows(person, rung.plan).get(rung.key, [])
    return RungArrows(tuple(grounds.values()), tuple(led_to))
