"""The words in which cycles are said, and where they stand, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.vocabulary.groups import ALL_FAMILY, FAMILIES, StudentGroup
from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.models import Cycle, CycleState
from evenrise.workspace.plans.said import Words, words_of


Trail = list[tuple[str, str]]
# Families that say the same of students in another way, or nothing that an aim names.
_PASSED_OVER = frozenset({ALL_FAMILY, "race_any", "grade"})
_NOT_NAMED = "not_reported"


def title_of(cycle: Cycle, language: Language) -> Words:
    """A cycle's title, as this reader meets it."""
    return words_of(cycle, "title", language)


def state_words(state: str) -> str:
    """Where a cycle stands."""
    return str(CycleState(state).label)


def cycle_url(cycle: Cycle) -> str:
    """A cycle's page."""
    return reverse("cycle", args=[cycle.pk])


def cycles_trail() -> Trail:
    """Where a cycle's page stands."""
    return [(reverse("cycles"), _("Cycles"))]


def cycle_trail(cycle: Cycle, language: Language) -> Trail:
    """Where a page within a cycle stands."""
    return [*cycles_trail(), (cycle_url(cycle), title_of(cycle, language).text)]


def aim_groups() -> dict[str, StudentGroup]:
    """The groups that an aim may name, by their code, in the order of their families.

    Everybody else of a two-way family and students without a report are left out.
    """
    return {
        group.code: group
        for family in FAMILIES.values()
        if family.code not in _PASSED_OVER
        for group in family.groups
        if group.code not in {family.complement, _NOT_NAMED}
    }


def group_words(codes: Iterable[str], language: Language) -> list[str]:
    """What the groups of an aim are called; a code that is not known is left out."""
    known = aim_groups()
    return [known[code].students[language] for code in codes if code in known]
