"""“You said, we did” as its pages show it: by theme, each comment with its answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from evenrise.publishing.numbers import day
from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.models import HeardBy
from evenrise.workspace.reports.plan_lines import Words, told
from evenrise.workspace.reports.plan_public import Did, PublicPlan, Said


@dataclass(frozen=True, slots=True)
class DidLine:
    """What was done, or why not; with the promise that carries it."""

    words: Words
    changed: bool
    on: str
    rung: str
    number: str


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What somebody said, in their own language, and what became of it."""

    text: str
    language: str
    heard: str
    on: str
    about: str
    number: str
    did: tuple[DidLine, ...]


@dataclass(frozen=True, slots=True)
class SaidTheme:
    """What was said of one theme; a blank name for all else."""

    name: str
    said: tuple[SaidLine, ...]
    did: tuple[DidLine, ...]


@dataclass(frozen=True, slots=True)
class SaidPage:
    """All of it."""

    themes: tuple[SaidTheme, ...]
    comments: int
    answered: int
    changed: int


def said_pages(plan: PublicPlan, language: Language, rung: str = "") -> SaidPage:
    """What was said and done.

    Args:
        plan: what everybody reads.
        language: the reader's.
        rung: a key, where only what concerns this rung is asked for.
    """
    numbers = plan.content.numbers()
    said = [one for one in plan.said if not rung or one.rung == rung]
    of_rung = {one.key for one in said}
    did = [
        one
        for one in plan.did
        if not rung or one.rung == rung or of_rung & set(one.comments)
    ]
    answers: dict[int, list[Did]] = {}
    for deed in did:
        for key in deed.comments:
            answers.setdefault(key, []).append(deed)
    names = {getattr(one, f"theme_{language}") for one in (*said, *did)}
    themes = tuple(
        SaidTheme(
            name,
            tuple(
                _said(one, answers.get(one.key, []), numbers, language)
                for one in said
                if _theme(one, language) == name
            ),
            tuple(
                _did(one, numbers, language)
                for one in did
                if not one.comments and _theme(one, language) == name
            ),
        )
        for name in sorted(names, key=lambda name: (not name, name))
    )
    return SaidPage(
        themes,
        comments=len(said),
        answered=sum(one.key in answers for one in said),
        changed=sum(one.changed for one in did),
    )


def _theme(one: Said | Did, language: Language) -> str:
    name: str = getattr(one, f"theme_{language}")
    return name


def _said(
    one: Said, did: list[Did], numbers: dict[str, str], language: Language
) -> SaidLine:
    return SaidLine(
        one.text,
        "" if one.language == language else one.language,
        str(HeardBy(one.heard_by).label),
        day(dt.date.fromisoformat(one.said_on), language),
        one.rung,
        numbers.get(one.rung, ""),
        tuple(_did(deed, numbers, language) for deed in did),
    )


def _did(one: Did, numbers: dict[str, str], language: Language) -> DidLine:
    return DidLine(
        told(one, "text", language),
        one.changed,
        day(dt.date.fromisoformat(one.on), language),
        one.rung,
        numbers.get(one.rung, ""),
    )
