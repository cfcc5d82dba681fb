"""The page of rule sets: side by side, which holds since when, what each would find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, ngettext

from evenrise.indicators.flags.lines import Line, RuleSet
from evenrise.indicators.flags.rules import RULE_SETS
from evenrise.publishing.numbers import count, day
from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.models import CardSet, Domain, RuleChoice
from evenrise.workspace.supports.queries.flag_rules import (
    DEFAULT,
    OWN,
    rule_name,
    rule_set_of,
)


@dataclass(frozen=True, slots=True)
class LinesOf:
    """The lines of one domain, in words."""

    domain: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWords:
    """One rule set, in words; `finds` is how many it flags today, where known."""

    key: str
    name: str
    holds: bool
    authority: str
    source: str
    use: str
    parts: tuple[LinesOf, ...]
    finds: str


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """One choice of the past, of today, or for a later day."""

    name: str
    begins: str
    who: str
    reason: str
    later: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Students of the current records: all, with a flag, with something not known.

    `now` is how many have a flag by the rule that holds.
    """

    students: int
    flagged: int
    no_data: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsPage:
    """Everything the page shows."""

    holds: str
    since: str
    who: str
    reason: str
    sets: tuple[SetWords, ...]
    history: tuple[ChoiceWords, ...]
    counted: str


def part_of_cards(name: str) -> tuple[CardSet | None, Any]:
    """The latest part of that name of what the past says; None where there is none."""
    kept = CardSet.objects.filter(content__has_key=name).order_by("-made_at").first()
    return kept, None if kept is None else kept.content[name]


def sets_page(today: dt.date, *, counts: bool) -> SetsPage:
    """The rule sets side by side.

    Args:
        today: decides which choice holds.
        counts: whether to tell how many students of the district each set flags.
    """
    language = page_language()
    choices = list(RuleChoice.objects.select_related("by"))
    now = next((one for one in choices if one.begins_on <= today), None)
    held = rule_set_of(now)
    kept, told = part_of_cards("rules") if counts else (None, None)
    shown = {held.key: held, **RULE_SETS}
    return SetsPage(
        holds=held.name[language],
        since="" if now is None else day(now.begins_on, language),
        who="" if now is None or now.by is None else now.by.name,
        reason="" if now is None else now.reason,
        sets=tuple(
            _set(one, holds=one.key == held.key, told=(told or {}).get(one.key))
            for one in shown.values()
        ),
        history=tuple(_choice(one, today) for one in choices),
        counted="" if kept is None else day(kept.as_of, language),
    )


def _choice(one: RuleChoice, today: dt.date) -> ChoiceWords:
    language = page_language()
    return ChoiceWords(
        rule_name(one.rule_set)[language],
        day(one.begins_on, language),
        "" if one.by is None else one.by.name,
        one.reason,
        one.begins_on > today,
    )


def _set(rules: RuleSet, *, holds: bool, told: Mapping[str, int] | None) -> SetWords:
    language = page_language()
    return SetWords(
        key=rules.key,
        name=rules.name[language],
        holds=holds,
        authority=rules.authority,
        source=rules.source,
        use=rules.use[language],
        parts=tuple(
            LinesOf(str(label), tuple(map(_line, lines)))
            for domain, label in Domain.choices
            if (lines := [x for x in rules.lines if x.domain.value == domain])
        ),
        finds="" if told is None else _finds(told),
    )


def _line(line: Line) -> str:
    words = line.words[page_language()]
    if line.grades is not None:
        words = f"{words} ({_grades(line.grades)})"
    return _("%(line)s (a strong flag)") % {"line": words} if line.severe else words


def _grades(grades: Sequence[str]) -> str:
    """Grades in words: from one to another where none between is left out."""
    first, last = GRADES.index(grades[0]), GRADES.index(grades[-1])
    names = [grade_words(grade) for grade in grades]
    if len(grades) > 2 and last - first == len(grades) - 1:
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return ", ".join(names)


def preview_words(found: Preview | None) -> str:
    """What a rule that is tried would find, beside the one that holds."""
    if found is None:
        return _("Nothing can be tried yet: no records were brought in.")
    words = _flagged({"flagged": found.flagged})
    if found.no_data < found.students:  # else a domain has no line at all
        words = f"{words} {_unknown({'no_data': found.no_data})}"
    more = _("Of %(students)s students; by the rule that holds it is %(now)s.") % {
        "students": count(found.students, page_language()),
        "now": count(found.now, page_language()),
    }
    return f"{words} {more}"


def _finds(told: Mapping[str, int]) -> str:
    return f"{_flagged(told)} {_unknown(told)}"


def _flagged(told: Mapping[str, int]) -> str:
    language = page_language()
    return ngettext(
        "%(count)s student would have a flag.",
        "%(count)s students would have a flag.",
        told["flagged"],
    ) % {"count": count(told["flagged"], language)}


def _unknown(told: Mapping[str, int]) -> str:
    language = page_language()
    return ngettext(
        "Of %(count)s student something is not known.",
        "Of %(count)s students something is not known.",
        told["no_data"],
    ) % {"count": count(told["no_data"], language)}


def set_choices() -> list[tuple[str, str]]:
    """What can be chosen: the published sets, and the district's own lines."""
    language = page_language()
    named = [(key, rules.name[language]) for key, rules in RULE_SETS.items()]
    named.sort(key=lambda pair: pair[0] != DEFAULT)
    return [*named, (OWN, rule_name(OWN)[language])]
