"""Which line of which rule gives a support, and on which days it was read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from evenrise.findings.support_effects.effects import Assigned, Menu
from evenrise.indicators.flags.lines import Line, RuleSet
from evenrise.indicators.flags.measures import MEASURES, Domain
from evenrise.indicators.flags.rules import RULE_SETS
from evenrise.publishing.numbers import day
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.models import LineReading, RuleChoice, SupportKind
from evenrise.workspace.supports.queries.flag_rules import OWN, rule_name, rule_set_of


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """One day on which a line was, or will be, read for a support."""

    key: int
    rule: str
    line: str
    read_on: str
    who: str


def standing_readings(kind: SupportKind | None = None) -> list[LineReading]:
    """The readings that were not taken back, the latest first."""
    found = LineReading.objects.filter(taken_back_at__isnull=True)
    if kind is not None:
        found = found.filter(kind=kind)
    return list(found.select_related("by", "kind"))


def readings_shown(kind: SupportKind) -> list[ReadingShown]:
    """The readings of one support in the page's language."""
    language = page_language()
    return [
        ReadingShown(
            one.pk,
            rule_name(one.rule_set)[language],
            one.words[language],
            day(one.read_on, language),
            "" if one.by is None else one.by.name,
        )
        for one in standing_readings(kind)
    ]


def sets_with_lines() -> dict[str, RuleSet]:
    """The published sets, and the district's own that were chosen, by key."""
    own = [rule_set_of(one) for one in RuleChoice.objects.filter(rule_set=OWN)]
    return {one.key: one for one in (*own, *RULE_SETS.values())}


def line_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every line that can be chosen, under the name of its set: `set:line`."""
    language = page_language()
    return [
        (
            one.name[language],
            [(f"{one.key}:{line.key}", line.words[language]) for line in one.lines],
        )
        for one in sets_with_lines().values()
    ]


def line_of(reading: LineReading) -> Line:
    """The line as it was when it was chosen."""
    grades = reading.grades
    return Line(
        reading.line,
        MEASURES[reading.measure].domain,
        reading.measure,
        reading.at,
        reading.words,
        grades=None if grades is None else tuple(grades),
    )


def menu_told(as_of: dt.date) -> Menu:
    """What the menu says for judging supports, as it stood on a day.

    Raises:
        ArgumentProblem: when `district.toml` cannot be read.
    """
    areas = SupportKind.objects.order_by().values_list("key", "area")
    own = {domain.value: domain for domain in Domain}
    return Menu(
        domains={key: own[area] for key, area in areas if area in own},
        assigned=tuple(
            Assigned(one.kind.key, line_of(one), one.read_on)
            for one in standing_readings()
            if one.measure in MEASURES and one.read_on <= as_of
        ),
        settings=district_settings(),
    )
