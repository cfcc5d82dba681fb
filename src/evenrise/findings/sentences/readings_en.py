"""How a figure is to be read, in English; the twin of `readings_es.py`."""

from __future__ import annotations

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.en import deed, of, owned, rate
from evenrise.findings.sentences.reading_stories import (
    AllScoresStory,
    EnrolledStory,
    ScoresNoteStory,
)
from evenrise.findings.sentences.stories import Counted
from evenrise.findings.sentences.students_en import points
from evenrise.vocabulary.estimates import Estimate


def who_enrolled_headline(story: EnrolledStory) -> str:
    """What moved, in a few words."""
    topic = deed(story.what).topic
    if story.every:
        return f"{topic}: no group moved the way all students together did"
    if story.against:
        return f"{topic}: all students together moved against the groups' own rates"
    if story.part_own * story.part_enrolled < 0:
        return f"{topic}: the groups' own rates moved further than all students did"
    return f"{topic}: part of the change is who is enrolled"


def who_enrolled(story: EnrolledStory) -> str:
    """A change of all students' rate, in two parts."""
    first, last = (numbers.year(year) for year in story.years)
    fewest = min(story.before.n, story.after.n)
    own, moved, whole = (
        points(part, fewest)
        for part in (
            story.part_own,
            story.part_enrolled,
            story.part_own + story.part_enrolled,
        )
    )
    then, now = (rate(part) for part in story.enrolled)
    return (
        f"{_lead(story, first, last)} Of this change of {whole}, split by "
        f"{story.family.en[:1].lower()}{story.family.en[1:]}, {own} are the groups' "
        f"own rates and {moved} are who is enrolled: {story.students.en} were {then} "
        f"of all students, then {now}. {_against(story)}The split itself is exact; "
        "how much of it is chance is unclear."
    )


def _lead(story: EnrolledStory, first: str, last: str) -> str:
    return (
        f"From {first} to {last}, {owned(story.what, story.who)} went from "
        f"{rate(story.before)} ({of(story.before)}) to {rate(story.after)} "
        f"({of(story.after)})."
    )


def _against(story: EnrolledStory) -> str:
    if story.every:
        return "In every group the rate moved the other way or stood still. "
    if story.against:
        return "Taken together, the groups' own rates moved the other way. "
    return ""


def all_scores_headline(story: AllScoresStory) -> str:
    """Two readings of one gap, in a few words."""
    topic = deed(story.what).topic
    line, scores = _DID[story.line], _DID[story.scores]
    return (
        f"{topic}, {story.students.en}: the gap {line} at the standard, "
        f"but {scores} by all scores"
    )


_DID = {
    "narrowed": "narrowed",
    "widened": "widened",
    "held": "did not move",
}


def all_scores(story: AllScoresStory) -> str:
    """A gap between two years, over the line and by all scores."""
    first, last = (numbers.year(year) for year in story.years)
    then, now = (v_of(one) for one in story.v)
    sure = (
        "Both moves are clear: chance alone would rarely give either."
        if story.certainty is Certainty.DIFFERENT
        else "It is unclear whether the two readings really differ."
    )
    return (
        f"In {first} and {last}, {owned(story.what, story.who)} was "
        f"{_twice(story.group)} for {story.students.en} and {_twice(story.others)} "
        f"for all other students: counted at the standard, the gap "
        f"{_DID[story.line]}. Measured by all scores it {_DID[story.scores]}: V was "
        f"{then}, then {now}. {sure}"
    )


def _twice(parts: tuple[Counted, Counted]) -> str:
    first, last = parts
    return f"{rate(first)} ({of(first)}), then {rate(last)} ({of(last)}),"


def v_of(v: Estimate) -> str:
    """`0.52 (95% interval 0.44 to 0.60)`."""
    value, low, high = (_size(part) for part in (v.value, v.lower, v.upper))
    return f"{value} (95% interval {low} to {high})"


def _size(value: float | None) -> str:
    shown = f"{abs(value or 0.0):.2f}"
    return f"−{shown}" if (value or 0.0) < 0 and float(shown) else shown


def all_scores_note(story: ScoresNoteStory) -> str:
    """The other reading of a gap, in a sentence beside it."""
    words = {
        "same": "which says the same",
        "unclear": "which leaves unclear whether there is one",
        "other": "which points the other way",
    }[story.said]
    first = ""
    if story.first is not None:
        first = f" In {numbers.year(story.first[0])} V was {v_of(story.first[1])}."
    return (
        f"Measured by all scores, the gap for {story.students.en} in "
        f"{numbers.year(story.year)} is V = {v_of(story.v)}, {words}.{first}"
    )
