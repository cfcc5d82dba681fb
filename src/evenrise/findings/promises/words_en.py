"""What a reading of a promise says, in English; the twin of `words_es.py`."""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.findings.finding import Certainty
from evenrise.findings.promises import figures
from evenrise.findings.promises.model import (
    Counts,
    GroupCounts,
    GroupYear,
    Label,
    Promise,
    PromisedGap,
    Way,
    YearReading,
    YearStory,
)
from evenrise.findings.sentences import numbers
from evenrise.vocabulary.estimates import Estimate


_SURE = {
    Certainty.DIFFERENT: "This is more than chance.",
    Certainty.UNCLEAR: "It is unclear whether this is more than chance.",
}
_FEW = "too few students to say, without pointing at some of them."
_NOTHING = "no figures that can be compared."
_GAP_FEW = "Too few students to say anything of the gap."
_GAP_NOTHING = "There are no figures of the gap to compare."
_WAYS = {
    Way.REACHED: "The target of {target} is reached.",
    Way.ON: "The line to the target stood at {due}: on the way.",
    Way.UNCLEAR: "The line to the target stood at {due}: short of it, within chance.",
    Way.BEHIND: "The line to the target stood at {due}: behind it.",
    Way.MISSED: "The target of {target} was not reached.",
}


def no_data(promise: Promise) -> str:
    """Nothing can be read."""
    return f"{_about(promise)}: there are no figures to read this promise by."


def only_baseline(promise: Promise) -> str:
    """No year after the baseline yet."""
    year = numbers.year(promise.baseline_year or 0)
    return f"{_about(promise)}: no figures after the baseline year {year} yet."


def year(story: YearStory) -> str:
    """A year beside the baseline, for all and for the gap."""
    before, after = story.before.everyone, story.after.everyone
    first, last = numbers.year(story.before.year), numbers.year(story.after.year)
    lead = f"{_about(story.promise)}, {first} to {last}:"
    if before is None or after is None or not story.comparable:
        few = story.label is Label.TOO_FEW
        return f"{lead} {_FEW if few else _NOTHING}"
    parts = [
        (
            f"{lead} all students went from {figures.rate(before, 'en')} to "
            f"{figures.rate(after, 'en')}."
        ),
        _group_part(story),
        _SURE.get(story.certainty, ""),
        _way_part(story),
    ]
    return " ".join(part for part in parts if part)


def red(promise: Promise, last: YearReading, code: str, gap: PromisedGap | None) -> str:
    """Why the red light is on."""
    who = f"the gap for {gap.students.en}" if gap else "all students"
    when = numbers.year(last.year)
    target = numbers.year(promise.target_year or last.year)
    return {
        "falling": f"Students did worse in {when} than in the baseline year.",
        "closing_by_fall": "The gap narrowed as the better-served students lost "
        "ground; that is not the promise.",
        "behind": f"In {when} {who} stood behind the line to the target by more than "
        "chance.",
        "missed": f"The target for {target} was not reached for {who}.",
        "forecast": f"If all goes on as it went, {target} will not reach the target "
        f"for {who}.",
    }[code]


def rule_changed(baseline: int, years: Sequence[int]) -> str:
    """A break in the series."""
    told = _listed([numbers.year(one) for one in years])
    return (
        f"The rule of counting changed after {numbers.year(baseline)}: {told} cannot "
        "be compared with the baseline. Set a new baseline under the new rule."
    )


def rule_since(promised: int, now: int) -> str:
    """Counted anew by another version, the baseline too."""
    return (
        f"The promise was made under version {promised} of the rule; all years are now "
        f"counted by version {now}, the baseline too."
    )


def baseline_moved(promised: float, now: Counts) -> str:
    """The records now give another baseline."""
    return (
        f"The plan names a baseline of {figures.promised(promised, 'en')}; the records "
        f"now give {figures.rate(now, 'en')} for that year. Readings use the records."
    )


def gap_moved(gap: PromisedGap, now: Estimate) -> str:
    """The records now give another gap in the baseline year."""
    named = points(figures.promised_points(gap.baseline or 0.0, "en"))
    return (
        f"The plan names a gap of {named} for {gap.students.en} in the baseline year; "
        f"the records now give {gap_cell(now)}."
    )


def gap_not_shown(gap: PromisedGap) -> str:
    """The plan names what the records do not show."""
    return (
        f"The plan names a gap for {gap.students.en} that the records do not show in "
        "the baseline year: it cannot be followed."
    )


def groups_too_few(gaps: Sequence[PromisedGap]) -> str:
    """Groups that cannot be read."""
    return f"Too few to say for {_listed([one.students.en for one in gaps])}."


def groups_missing(gaps: Sequence[PromisedGap]) -> str:
    """Groups without figures."""
    return f"No figures for {_listed([one.students.en for one in gaps])}."


def who_is_enrolled() -> str:
    """Each part rose, the whole did not."""
    return (
        "The group and all other students each did better, yet all students together "
        "did not: who is enrolled changed."
    )


def places_changed(gap: PromisedGap) -> str:
    """The gap turned around."""
    return (
        f"The groups changed places: {gap.students.en} and all other students no "
        "longer stand as they did in the baseline year."
    )


def heads(gaps: Sequence[PromisedGap]) -> list[str]:
    """The heads of the table."""
    return [
        "School year",
        "All students",
        "Line to the target",
        *(f"Gap: {one.name.en}" for one in gaps),
        "Reading",
    ]


def share_cell(counts: Counts, between: str) -> str:
    """`24.1% (290 of 1,203; 22% to 26%)`."""
    return f"{figures.rate(counts, 'en')[:-1]}; {between})"


def gap_cell(gap: Estimate) -> str:
    """`15 points (11 to 19), n 240`."""
    between = figures.points_between(gap, "en")
    n = numbers.count(gap.n or 0, "en")
    return f"{points(figures.points(gap, 'en'))} ({between}), n {n}"


def points(shown: str) -> str:
    """`5 points`, `1 point`."""
    return f"{shown} {'point' if shown in {'1', '1.0', '−1', '−1.0'} else 'points'}"


def baseline_of(label: str) -> str:
    """The baseline's row."""
    return f"{label}, baseline"


def target_of(label: str) -> str:
    """The target's row."""
    return f"{label}, target"


def _about(promise: Promise) -> str:
    return f"{promise.what.en}, {promise.place.en}"


def _group_part(story: YearStory) -> str:
    told = story.told
    if told is None:
        if not story.groups:
            return ""
        few = any(one.label is Label.TOO_FEW for one in story.groups)
        return _GAP_FEW if few else _GAP_NOTHING
    name = told.gap.family, told.gap.group
    then, now = story.before.groups[name], story.after.groups[name]
    gap = _from_to(told)
    students = told.gap.students.en
    own = _own(then, now)
    behind = (told.difference.value or 0.0) + (told.narrowing.value or 0.0) >= 0
    higher = "all other students" if behind else students
    lower = students if behind else "all other students"
    words = {
        Label.RISING_AND_CLOSING: f"{_capital(students)} went {own}; no one lost "
        f"ground, and the gap narrowed {gap}.",
        Label.RISING_NOT_CLOSING: f"{_capital(students)} went {own}; the gap did not "
        f"close: it went {gap}.",
        Label.CLOSING_BY_FALL: f"{_capital(students)} went {own}; the gap narrowed "
        f"{gap} as {higher} lost ground, and that is not the promise.",
        Label.FALLING: f"{_capital(students)} went {own}: {lower} did worse, and the "
        f"gap went {gap}.",
        Label.UNCHANGED: f"{_capital(students)} went {own}, and the gap stayed.",
    }[told.label]
    more = len(story.groups) - 1
    if more:
        words += (
            f" Of the {numbers.small(more + 1, 'en')} gaps that are promised, this is "
            "where least was reached."
        )
    return words


def _own(then: GroupCounts, now: GroupCounts) -> str:
    return f"from {figures.rate(then.group, 'en')} to {figures.rate(now.group, 'en')}"


def _from_to(told: GroupYear) -> str:
    n = told.difference.n or 0
    now = told.difference.value or 0.0
    before = now + (told.narrowing.value or 0.0)
    first, last = (
        ("−" if one < 0 else "") + numbers.points(one, n, "en") for one in (before, now)
    )
    return f"from {first} to {points(last)}"


def _way_part(story: YearStory) -> str:
    words = _WAYS.get(story.way)
    if words is None or story.due is None or story.promise.target is None:
        return ""
    return words.format(
        due=figures.promised(story.due, "en"),
        target=figures.promised(story.promise.target, "en"),
    )


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
