"""A reading as a table and as the points of its chart."""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.findings.promises import figures, words_en, words_es
from evenrise.findings.promises.model import (
    Counts,
    GroupYear,
    Label,
    Promise,
    PromisedGap,
    YearFacts,
    YearReading,
)
from evenrise.findings.promises.words import LABELS
from evenrise.findings.sentences import numbers
from evenrise.statistics.rates import difference, wilson
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.text import Text


NONE = Text("–", "–")
_TOO_FEW = LABELS[Label.TOO_FEW]


def rows(
    promise: Promise, base: YearFacts, years: Sequence[YearReading]
) -> tuple[tuple[Text, ...], ...]:
    """Heads, the baseline, each year, the target; every cell in both languages."""
    found = [_pairs(words_en.heads(promise.gaps), words_es.heads(promise.gaps))]
    found.append(_baseline(promise, base))
    found.extend(_year(one) for one in years)
    if promise.target_year is not None and promise.target is not None:
        found.append(_target(promise, promise.target_year, promise.target))
    return tuple(found)


def _pairs(english: Sequence[str], spanish: Sequence[str]) -> tuple[Text, ...]:
    return tuple(Text(*pair) for pair in zip(english, spanish, strict=True))


def _baseline(promise: Promise, base: YearFacts) -> tuple[Text, ...]:
    label = numbers.year(base.year)
    share = NONE if base.everyone is None else _share(base.everyone)
    return (
        Text(words_en.baseline_of(label), words_es.baseline_of(label)),
        share,
        NONE if promise.baseline is None else _promised(promise.baseline),
        *(_base_gap(promise, one, base) for one in promise.gaps),
        NONE,
    )


def _base_gap(promise: Promise, gap: PromisedGap, base: YearFacts) -> Text:
    found = gap_of(base, gap, promise.good)
    if not found.known:
        hidden = (gap.family, gap.group) in base.hidden
        return _TOO_FEW if hidden else NONE
    return _points(found)


def _year(one: YearReading) -> tuple[Text, ...]:
    label = numbers.year(one.year)
    if one.share.known:
        n = float(one.share.n or 0)
        share = _share(Counts(round((one.share.value or 0.0) * n, 6), n))
    else:
        share = _TOO_FEW if one.share.reason is Reason.SUPPRESSED else NONE
    return (
        Text(label, label),
        share,
        NONE if one.due is None else _promised(one.due),
        *(_gap(group) for group in one.groups),
        LABELS[one.label],
    )


def _gap(one: GroupYear) -> Text:
    if one.difference.known:
        return _points(one.difference)
    return _TOO_FEW if one.label is Label.TOO_FEW else NONE


def _target(promise: Promise, year: int, target: float) -> tuple[Text, ...]:
    label = numbers.year(year)
    gaps = (
        NONE if one.target is None else _promised_points(one.target)
        for one in promise.gaps
    )
    return (
        Text(words_en.target_of(label), words_es.target_of(label)),
        _promised(target),
        _promised(target),
        *gaps,
        NONE,
    )


def _share(counts: Counts) -> Text:
    one = wilson(counts.x, counts.n)
    return Text(
        words_en.share_cell(counts, figures.share_between(one, "en")),
        words_es.share_cell(counts, figures.share_between(one, "es")),
    )


def _points(one: Estimate) -> Text:
    return Text(words_en.gap_cell(one), words_es.gap_cell(one))


def _promised(share: float) -> Text:
    return Text(figures.promised(share, "en"), figures.promised(share, "es"))


def _promised_points(gap: float) -> Text:
    return Text(
        words_en.points(figures.promised_points(gap, "en")),
        words_es.points(figures.promised_points(gap, "es")),
    )


def gap_of(facts: YearFacts, gap: PromisedGap, good: str) -> Estimate:
    """The gap of a year, others minus group in the good direction, n of the group."""
    pair = facts.groups.get((gap.family, gap.group))
    if pair is None:
        hidden = (gap.family, gap.group) in facts.hidden
        return Estimate.unknown(_why(hidden=hidden))
    group, others = (pair.group.x, pair.group.n), (pair.others.x, pair.others.n)
    first, second = (others, group) if good == "up" else (group, others)
    found = difference(*first, *second)
    if found.value is None:
        return found
    return Estimate(found.value, found.lower, found.upper, int(pair.group.n))


def points(
    promise: Promise, ordered: Sequence[YearFacts]
) -> tuple[tuple[int, ...], tuple[tuple[Estimate, ...], ...]]:
    """Every year from the first to the latest, and the points of each line in them.

    All students, then each gap; a year that is missing keeps its place.
    """
    if not ordered:
        return (), ()
    axis = tuple(range(ordered[0].year, ordered[-1].year + 1))
    known = {one.year: one for one in ordered}
    by_year = [known.get(year, YearFacts(year)) for year in axis]
    lines = [tuple(_everyone(one) for one in by_year)]
    lines.extend(
        tuple(gap_of(one, gap, promise.good) for one in by_year) for gap in promise.gaps
    )
    return axis, tuple(lines)


def _everyone(facts: YearFacts) -> Estimate:
    if facts.everyone is not None:
        return wilson(facts.everyone.x, facts.everyone.n)
    hidden = (ALL_FAMILY, ALL_STUDENTS) in facts.hidden
    return Estimate.unknown(_why(hidden=hidden))


def _why(*, hidden: bool) -> Reason:
    return Reason.SUPPRESSED if hidden else Reason.NOT_COLLECTED
