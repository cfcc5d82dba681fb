"""What was tried for a plan's rungs, as everybody may read it.

Cycles that their team shared and decided, with the sentence that it wrote for
everybody; initiatives under way or ended, each with its chain as it read on that day
from public figures. It names no adult, and nothing of a cycle that is not shared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evenrise.findings.chain.words import HOLDS
from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.models import CycleState
from evenrise.workspace.cycles.queries.told import told_cycles
from evenrise.workspace.learning.models import Initiative, InitiativeState
from evenrise.workspace.learning.queries.chain import chain_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One cycle or initiative; `decision` is the cycle's, blank for an initiative.

    `lines_en` and `lines_es` tell the links of an initiative's chain.
    """

    kind: str  # cycle | initiative
    rung: str
    on: str  # when it was decided, or since when it is under way
    decision: str = ""
    title_en: str = ""
    title_es: str = ""
    text_en: str = ""
    text_es: str = ""
    en_at: str = ""
    es_at: str = ""
    lines_en: tuple[str, ...] = ()
    lines_es: tuple[str, ...] = ()

    def lines(self, language: Language) -> tuple[str, ...]:
        """The links of the chain, in a language."""
        return self.lines_es if language == "es" else self.lines_en


def tried_of(
    plan: int, keys: Iterable[str], pages: PageStore | None, as_of: dt.date
) -> tuple[Tried, ...]:
    """All that everybody may read, in order of days.

    Args:
        plan: the plan's key.
        keys: of the edition's rungs.
        pages: the public figures.
        as_of: the day that is told.
    """
    rungs = list(keys)
    found = [*_cycles(plan, rungs), *_initiatives(plan, rungs, pages, as_of)]
    return tuple(sorted(found, key=lambda one: (one.on, one.kind, one.title_en)))


def _cycles(plan: int, rungs: list[str]) -> Iterable[Tried]:
    for one in told_cycles(plan, rungs):
        yield Tried(
            kind="cycle",
            rung=one.rung_key,
            on=one.decided_on.isoformat() if one.decided_on else "",
            decision=CycleState(one.state),
            title_en=one.title_en,
            title_es=one.title_es,
            text_en=one.text_en,
            text_es=one.text_es,
        )


def _initiatives(
    plan: int, rungs: list[str], pages: PageStore | None, as_of: dt.date
) -> Iterable[Tried]:
    there = Initiative.objects.filter(
        rung__plan=plan, rung__key__in=rungs, removed_at__isnull=True
    ).exclude(state=InitiativeState.PLANNED)
    told = there.select_related("rung").prefetch_related("schools")
    for one in told.order_by("id"):
        chain = chain_of(one, pages, as_of)
        en, es = (
            tuple(
                f"{link.title[language]}: {HOLDS[link.holds][language]}. "
                f"{link.sentence[language]}"
                for link in chain.links
            )
            for language in _LANGUAGES
        )
        yield Tried(
            kind="initiative",
            rung=one.rung.key if one.rung else "",
            on=one.begins_on.isoformat(),
            title_en=one.title_en,
            title_es=one.title_es,
            text_en=chain.sentence.en,
            text_es=chain.sentence.es,
            lines_en=en,
            lines_es=es,
        )


_LANGUAGES: tuple[Language, Language] = ("en", "es")


def read_tried(told: dict[str, Any]) -> Tried:
    """One, as the bytes of a release hold it."""
    lines = {name: tuple(told[name]) for name in ("lines_en", "lines_es")}
    return Tried(**{**told, **lines})
