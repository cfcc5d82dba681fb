"""Reads one promise against the facts of every year; a pure function of counts.

read_promise(promise, [YearFacts(2024, Counts(812, 1203), {...}), ...])
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from evenrise.findings.comparisons import ALPHA, too_few_counts
from evenrise.findings.finding import Certainty
from evenrise.findings.promises import ahead, rules, table
from evenrise.findings.promises.model import (
    Counts,
    GroupCounts,
    GroupYear,
    Label,
    MeasureReading,
    Promise,
    PromisedGap,
    Way,
    YearFacts,
    YearReading,
    YearStory,
)
from evenrise.findings.promises.words import both
from evenrise.findings.sentences.stories import Counted
from evenrise.statistics.gap_change import GapChange, gap_change
from evenrise.statistics.rates import difference, wilson
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.text import Text


_ALL = (ALL_FAMILY, ALL_STUDENTS)
_WHY = {Label.TOO_FEW: Reason.SUPPRESSED, Label.NO_DATA: Reason.NOT_COLLECTED}


def read_promise(
    promise: Promise, facts: Sequence[YearFacts], notes: Sequence[Text] = ()
) -> MeasureReading:
    """The reading of a measure: each year after the baseline, forecasts, red light.

    Every year is compared with the baseline year by counts of the same snapshot, as
    different students (METHODS card 2a). The target line runs from the promised
    baseline.

    Args:
        promise: what was promised.
        facts: by year, in any order; also years before the baseline.
        notes: what the caller already knows a reader must be told.
    """
    known = {one.year: one for one in facts}
    base = known.get(promise.baseline_year or 0)
    if base is None:
        return _nothing(promise, sorted(known.values(), key=lambda f: f.year), notes)
    later = [known[year] for year in sorted(known) if year > base.year]
    years = tuple(_year(promise, base, one) for one in later)
    ordered = [known[year] for year in sorted(known)]
    coming = ahead.forecasts(promise, ordered)
    last = years[-1] if years else None
    red = tuple(rules.red_light(last, coming)) if last else ()
    axis, points = table.points(promise, ordered)
    return MeasureReading(
        promise=promise,
        label=last.label if last else Label.NO_DATA,
        certainty=last.certainty if last else Certainty.TOO_FEW,
        sentence=last.sentence if last else both("only_baseline", promise),
        years=years,
        ahead=coming,
        red_light=tuple(both("red", promise, last, code, gap) for code, gap in red),
        red_codes=tuple(code for code, _ in red),
        notes=(*notes, *_notes(promise, base, later, last)),
        table=table.rows(promise, base, years),
        axis=axis,
        points=points,
    )


def _nothing(
    promise: Promise, ordered: Sequence[YearFacts], notes: Sequence[Text]
) -> MeasureReading:
    axis, points = table.points(promise, ordered)
    return MeasureReading(
        promise=promise,
        label=Label.NO_DATA,
        certainty=Certainty.TOO_FEW,
        sentence=both("no_data", promise),
        notes=tuple(notes),
        axis=axis,
        points=points,
    )


def _year(promise: Promise, base: YearFacts, now: YearFacts) -> YearReading:
    same_rule = base.version == now.version
    share = _share(now, _ALL, now.everyone)
    due = rules.line_at(
        now.year,
        (promise.baseline_year, promise.baseline),
        (promise.target_year, promise.target),
    )
    over = now.year >= (promise.target_year or now.year + 1)
    groups = tuple(
        _group(promise, gap, base, now, same_rule=same_rule) for gap in promise.gaps
    )
    label, certainty = _of_all(promise, base, now, groups, same_rule=same_rule)
    way = rules.way_of(share, due, promise.target, over=over, good=promise.good)
    told = rules.least_good(groups)
    story = YearStory(
        promise=promise,
        before=base,
        after=now,
        label=label,
        certainty=certainty,
        way=way,
        due=due,
        groups=groups,
        told=told,
        comparable=same_rule,
    )
    return YearReading(
        year=now.year,
        label=label,
        certainty=certainty,
        share=share,
        change=_change(promise.good, base.everyone, now.everyone, same_rule=same_rule),
        due=due,
        way=way,
        groups=groups,
        sentence=both("year", story),
    )


def _of_all(
    promise: Promise,
    base: YearFacts,
    now: YearFacts,
    groups: tuple[GroupYear, ...],
    *,
    same_rule: bool,
) -> tuple[Label, Certainty]:
    """The label of a year: of its least good group, or of all where none is named."""
    if not same_rule or base.everyone is None or now.everyone is None:
        hidden = same_rule and (_ALL in base.hidden or _ALL in now.hidden)
        return (Label.TOO_FEW if hidden else Label.NO_DATA), Certainty.TOO_FEW
    told = rules.least_good(groups)
    if told is not None:
        return told.label, told.certainty
    label, certainty = _of_everyone(promise.good, base.everyone, now.everyone)
    # A gap that cannot be read never hides a fall, and is never called a rise.
    if not promise.gaps or label in {Label.FALLING, Label.TOO_FEW}:
        return label, certainty
    few = any(one.label is Label.TOO_FEW for one in groups)
    return (Label.TOO_FEW if few else Label.NO_DATA), Certainty.TOO_FEW


def _of_everyone(good: str, before: Counts, now: Counts) -> tuple[Label, Certainty]:
    if too_few_counts(_counted(before), _counted(now)):
        return Label.TOO_FEW, Certainty.TOO_FEW
    change = _change(good, before, now)
    sure = Certainty.DIFFERENT if change.excludes_zero else Certainty.UNCLEAR
    moved = change.value or 0.0
    if moved == 0:
        return Label.UNCHANGED, sure
    return (Label.RISING_ALONE if moved > 0 else Label.FALLING), sure


def _group(
    promise: Promise,
    gap: PromisedGap,
    base: YearFacts,
    now: YearFacts,
    *,
    same_rule: bool,
) -> GroupYear:
    name = gap.family, gap.group
    before, after = base.groups.get(name), now.groups.get(name)
    if before is None or after is None or not same_rule:
        hidden = same_rule and (name in base.hidden or name in now.hidden)
        label = Label.TOO_FEW if hidden else Label.NO_DATA
        return _unread(promise, gap, label, now)
    change, better = _changed(before, after, promise.good)
    cells = (before.group, before.others, after.group, after.others)
    if change.evidence is None or too_few_counts(*map(_counted, cells)):
        return _unread(promise, gap, Label.TOO_FEW, now)
    lower, higher = change.lower_change, change.higher_change
    fewest = min(one.n for one in cells)
    label = rules.label_of(lower.value or 0.0, higher.value or 0.0, fewest)
    # Of several groups the least good is told: each needs the stronger evidence.
    strict, _ = _changed(before, after, promise.good, 1 - ALPHA / len(promise.gaps))
    evidence = strict.evidence or change.evidence
    difference = table.gap_of(now, gap, promise.good)
    due = _due(promise, gap, now.year)
    over = now.year >= (promise.target_year or now.year + 1)
    return GroupYear(
        gap=gap,
        label=label,
        certainty=rules.certainty_of(label, evidence),
        share=wilson(after.group.x, after.group.n),
        others=wilson(after.others.x, after.others.n),
        difference=difference,
        narrowing=change.narrowing,
        share_change=lower if better == "others" else higher,
        others_change=higher if better == "others" else lower,
        due=due,
        way=rules.way_of(difference, due, gap.target, over=over, good="down"),
        reversed=change.reversed,
    )


def _unread(
    promise: Promise, gap: PromisedGap, label: Label, now: YearFacts
) -> GroupYear:
    """A group that cannot be read: what is known of the year, and no more."""
    nothing = Estimate.unknown(_WHY[label])
    after = now.groups.get((gap.family, gap.group))
    return GroupYear(
        gap=gap,
        label=label,
        certainty=Certainty.TOO_FEW,
        share=wilson(after.group.x, after.group.n) if after else nothing,
        others=wilson(after.others.x, after.others.n) if after else nothing,
        difference=table.gap_of(now, gap, promise.good) if after else nothing,
        narrowing=nothing,
        share_change=nothing,
        others_change=nothing,
        due=_due(promise, gap, now.year),
        way=Way.UNKNOWN,
    )


def _due(promise: Promise, gap: PromisedGap, year: int) -> float | None:
    return rules.line_at(
        year,
        (promise.baseline_year, gap.baseline),
        (promise.target_year, gap.target),
    )


def _changed(
    before: GroupCounts, after: GroupCounts, good: str, conf: float = 1 - ALPHA
) -> tuple[GapChange, str]:
    """What changed, and who was served better at the start: group or others."""
    direction: Literal["up", "down"] = "up" if good == "up" else "down"
    ahead_of = before.group.x * before.others.n - before.others.x * before.group.n
    group_better = ahead_of > 0 if good == "up" else ahead_of < 0
    group = _pair(before.group), _pair(after.group)
    others = _pair(before.others), _pair(after.others)
    high, low = (group, others) if group_better else (others, group)
    found = gap_change(*high, *low, direction, conf=conf)
    return found, "group" if group_better else "others"


def _change(
    good: str, before: Counts | None, now: Counts | None, *, same_rule: bool = True
) -> Estimate:
    """The change of all students, positive when better."""
    if before is None or now is None or not same_rule:
        return Estimate.unknown(Reason.NOT_COLLECTED)
    first, second = (now, before) if good == "up" else (before, now)
    return difference(first.x, first.n, second.x, second.n)


def _share(now: YearFacts, name: tuple[str, str], counts: Counts | None) -> Estimate:
    if counts is not None:
        return wilson(counts.x, counts.n)
    why = Reason.SUPPRESSED if name in now.hidden else Reason.NOT_COLLECTED
    return Estimate.unknown(why)


def _pair(one: Counts) -> tuple[float, float]:
    return one.x, one.n


def _counted(one: Counts) -> Counted:
    return Counted(one.x, one.n)


def _notes(
    promise: Promise,
    base: YearFacts,
    later: Sequence[YearFacts],
    last: YearReading | None,
) -> list[Text]:
    found: list[Text] = []
    versions: Mapping[int, int | None] = {one.year: one.version for one in later}
    apart = [year for year, version in versions.items() if version != base.version]
    if apart:
        found.append(both("rule_changed", base.year, apart))
    elif promise.version is not None and base.version not in {None, promise.version}:
        found.append(both("rule_since", promise.version, base.version))
    if base.everyone is not None and promise.baseline is not None:
        now = base.everyone.x / base.everyone.n
        if abs(now - promise.baseline) >= 0.0005:  # a tenth of a point is seen
            found.append(both("baseline_moved", promise.baseline, base.everyone))
    found.extend(_of_gaps(promise, base))
    if any(year in ahead.DISTURBED_YEARS for year in (base.year, *versions)):
        found.append(ahead.DISTURBED)
    if last is not None:
        found.extend(_of_last(last))
    return found


def _of_gaps(promise: Promise, base: YearFacts) -> list[Text]:
    """Gaps of the plan that the records tell otherwise, or do not show at all."""
    found: list[Text] = []
    for gap in promise.gaps:
        now = table.gap_of(base, gap, promise.good)
        if gap.baseline is None:
            continue
        if now.value is None:
            found.append(both("gap_not_shown", gap))
        elif abs(now.value - gap.baseline) >= 0.0005:
            found.append(both("gap_moved", gap, now))
    return found


def _of_last(last: YearReading) -> list[Text]:
    found: list[Text] = []
    few = [one.gap for one in last.groups if one.label is Label.TOO_FEW]
    missing = [one.gap for one in last.groups if one.label is Label.NO_DATA]
    if few and len(few) < len(last.groups):
        found.append(both("groups_too_few", few))
    if missing and len(missing) < len(last.groups):
        found.append(both("groups_missing", missing))
    rising = last.label in {Label.RISING_AND_CLOSING, Label.RISING_NOT_CLOSING}
    if rising and (last.change.value or 0.0) < 0:
        found.append(both("who_is_enrolled"))
    found.extend(both("places_changed", one.gap) for one in last.groups if one.reversed)
    return found
