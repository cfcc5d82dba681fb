"""The menu of supports as pages show it: what there is, what is known about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.models import SupportKind
from evenrise.workspace.supports.models.words import AREA_NAMES, Area, Evidence
from evenrise.workspace.supports.queries import effects
from evenrise.workspace.supports.queries.acted import FEWEST
from evenrise.workspace.supports.said import (
    cost_words,
    dosage_words,
    in_language,
    tier_words,
)
from evenrise.workspace.supports.starting_menu import ensure_menu


@dataclass(frozen=True, slots=True)
class KindShown:
    """One support of the menu."""

    key: str
    name: str
    about: str
    for_whom: str
    area: str
    tier: str
    evidence: str
    meaning: str
    source: str
    dosage: str
    weeks: int
    cost: str
    measure: str
    active: bool
    helps: str  # what the district's own numbers say; blank when nothing yet


@dataclass(frozen=True, slots=True)
class AreaShown:
    """The supports for one area."""

    area: str
    name: str
    kinds: tuple[KindShown, ...]


def kinds_offered() -> list[SupportKind]:
    """What can be planned now; the starting menu is placed where there is none."""
    found = list(SupportKind.objects.filter(active=True))
    if not found:
        ensure_menu()
        found = list(SupportKind.objects.filter(active=True))
    return found


def whole_menu() -> tuple[tuple[AreaShown, ...], tuple[AreaShown, ...]]:
    """The menu by area: those offered, and those retired; two queries."""
    kinds = list(SupportKind.objects.all())
    if not kinds:
        kinds = kinds_offered()
    known = readings()
    return (
        by_area([kind for kind in kinds if kind.active], known),
        by_area([kind for kind in kinds if not kind.active], known),
    )


def by_area(
    kinds: Iterable[SupportKind], known: Mapping[str, str] | None = None
) -> tuple[AreaShown, ...]:
    """Kinds under the names of their areas, in the areas' own order."""
    shown: dict[str, list[KindShown]] = {}
    for kind in kinds:
        shown.setdefault(kind.area, []).append(kind_shown(kind, known or {}))
    return tuple(
        AreaShown(area.value, str(AREA_NAMES[area.value]), tuple(shown[area.value]))
        for area in Area
        if area.value in shown
    )


def kind_shown(kind: SupportKind, known: Mapping[str, str]) -> KindShown:
    """One support in the page's language."""
    language = page_language()
    evidence = Evidence(kind.evidence)
    return KindShown(
        key=kind.key,
        name=in_language(kind, "name", language),
        about=in_language(kind, "about", language),
        for_whom=in_language(kind, "for_whom", language),
        area=str(AREA_NAMES[kind.area]),
        tier=tier_words(kind.tier),
        evidence=str(evidence.label),
        meaning=_meaning(evidence),
        source=kind.evidence_source,
        dosage=dosage_words(kind.sessions_a_week, kind.minutes),
        weeks=kind.weeks,
        cost=cost_words(kind),
        measure=in_language(kind, "measure", language),
        active=kind.active,
        helps=known.get(kind.key, ""),
    )


def _meaning(evidence: Evidence) -> str:
    return {
        Evidence.STRONG: _("At least one well-made experiment found that it helps."),
        Evidence.MODERATE: _(
            "At least one well-made study with comparable students found that it helps."
        ),
        Evidence.PROMISING: _(
            "At least one study found better outcomes, with statistics that allow for"
            " differences between students."
        ),
        Evidence.RATIONALE: _("There are good reasons to think that it helps."),
        Evidence.NONE: _("Nobody has studied it yet, as far as we know."),
    }[evidence]


def kind_named(key: str) -> SupportKind | None:
    """One support of the menu, also a retired one."""
    found = SupportKind.objects.filter(key=key).first()
    if found is None and not SupportKind.objects.exists():
        ensure_menu()
        found = SupportKind.objects.filter(key=key).first()
    return found


def readings() -> dict[str, str]:
    """What the district's own numbers say of each support: key to one sentence.

    Empty before anybody looked; a support of fewer than 11 students is not told of.
    """
    language = page_language()
    return {
        key: str(told["sentence"][language])
        for key, told in effects.readings().items()
        if told["n_given"] >= FEWEST
    }
