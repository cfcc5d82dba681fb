"""Did both rise? Read from stored counts, for any organization and pair of years.

The district's own readings are stored with a certainty that took account of how many
were made; all others are worked out when they are asked for, in well under 1 ms.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any, Literal

from evenrise.findings.changes import first_year
from evenrise.findings.comparisons import too_few_counts
from evenrise.findings.finding import Certainty
from evenrise.findings.sentences import both
from evenrise.findings.sentences.stories import ChangeStory, Counted, Measured, Who
from evenrise.publishing.page_store.model import ChangeReading, FactLine, IndicatorInfo
from evenrise.publishing.page_store.words import Words, text
from evenrise.statistics.gap_change import GapChange, gap_change
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.organizations import Level, Organization
from evenrise.vocabulary.text import Text


def stored(
    words: Words, district: Organization, rows: list[Any]
) -> list[ChangeReading]:
    """Readings from rows of indicator, member, before, after, whole, told."""
    found = []
    for indicator, member, before, after, whole, told in rows:
        parts = json.loads(told)
        group = words.members[member]
        found.append(
            ChangeReading(
                indicator=words.indicators[indicator].info.key,
                organization=district,
                group_family=group.family,
                group=group.code,
                years=(before, after),
                label=parts["label"],
                levelling_down=parts["levelling_down"],
                narrowing=Estimate(*parts["narrowing"]),
                gap_before=Estimate(*parts["gap_before"]),
                gap_after=Estimate(*parts["gap_after"]),
                certainty=Certainty(parts["certainty"]),
                adjusted=True,
                reading=text(parts["reading"]),
                sentence=text(parts["sentence"]),
                whole_span=bool(whole),
            )
        )
    return found


def told(change: GapChange, certainty: Certainty, story: ChangeStory) -> dict[str, Any]:
    """A reading as it is stored."""
    reading, sentence = both("reading", story), both("change", story)
    return {
        "label": str(change.label),
        "levelling_down": change.levelling_down_warning,
        "narrowing": _plain(change.narrowing),
        "gap_before": _plain(change.gap_before),
        "gap_after": _plain(change.gap_after),
        "certainty": str(certainty),
        "reading": [reading.en, reading.es],
        "sentence": [sentence.en, sentence.es],
    }


def _plain(one: Estimate) -> list[float | None]:
    return [one.value, one.lower, one.upper, one.n]


def spans(years: list[int]) -> list[tuple[int, int, bool]]:
    """The whole span and its steps, as findings choose them."""
    first = first_year(years)
    if first is None:
        return []
    whole = (first, years[-1])
    steps = pairwise(year for year in years if year >= first)
    return [(*whole, True), *((*one, False) for one in steps if one != whole)]


def read_change(
    before: FactLine, after: FactLine, info: IndicatorInfo, students: Text
) -> ChangeReading | None:
    """The reading of one group between two years; None where a gap is not known.

    Certainty rests on the interval of the narrowing alone (Zou and Donner 2008): it
    does not know how many readings were made.

    Args:
        before: the group's fact in the first year.
        after: the same in the second year.
        info: the indicator.
        students: what a sentence calls the group's students.
    """
    if before.gap is None or after.gap is None:
        return None
    group = _own(before), _own(after)
    others = _other(before), _other(after)
    better = "others" if before.gap.behind else "group"
    high, low = (group, others) if better == "group" else (others, group)
    good: Literal["up", "down"] = "up" if info.good == "up" else "down"
    change = gap_change(
        (high[0].x, high[0].n),
        (high[1].x, high[1].n),
        (low[0].x, low[0].n),
        (low[1].x, low[1].n),
        good,
    )
    if change.label is None or change.narrowing.value is None:
        return None
    certainty = Certainty.UNCLEAR
    if too_few_counts(*group, *others):
        certainty = Certainty.TOO_FEW
    elif change.narrowing.excludes_zero:
        certainty = Certainty.DIFFERENT
    place = after.organization
    story = ChangeStory(
        what=Measured(info.key, info.good, info.title),
        who=Who(place.name, place.level is Level.DISTRICT),
        years=(before.school_year, after.school_year),
        students=students,
        group=group,
        others=others,
        label=str(change.label),
        narrowing=change.narrowing.value,
        better=better,
        certainty=certainty,
    )
    return ChangeReading(
        indicator=info.key,
        organization=place,
        group_family=after.group_family,
        group=after.group,
        years=story.years,
        label=story.label,
        levelling_down=change.levelling_down_warning,
        narrowing=change.narrowing,
        gap_before=change.gap_before,
        gap_after=change.gap_after,
        certainty=certainty,
        adjusted=False,
        reading=both("reading", story),
        sentence=both("change", story),
    )


def _own(one: FactLine) -> Counted:
    return Counted(float(one.numerator or 0), float(one.denominator or 0))


def _other(one: FactLine) -> Counted:
    if one.gap is None:
        raise ValueError("Only a fact with a gap has others beside it.")
    return Counted(one.gap.other_numerator, one.gap.other_denominator)
