"""Findings on alike students, in English; the twin of `students_es.py`."""

from __future__ import annotations

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.en import capital, deed, did, rate, subject
from evenrise.findings.sentences.stories import Measured
from evenrise.findings.sentences.student_stories import (
    AlikeStory,
    BrightStory,
    MeetingStory,
    PartsStory,
    StratumStory,
)
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


OUTCOMES = {
    "met_standard_ela": "scores in English",
    "met_standard_math": "scores in mathematics",
    "chronic_absence": "chronic absence",
}


def outcome(what: Measured) -> str:
    """What students received, in a few words."""
    return OUTCOMES.get(what.key) or deed(what).noun


def size(value: float, *, scores: bool) -> str:
    """`0.35`, or `12` points; a minus where it is against the direction told."""
    shown = f"{abs(value):.2f}" if scores else f"{abs(value) * 100:.0f}"
    return f"−{shown}" if value < 0 and float(shown) else shown


def sized(one: Estimate, *, scores: bool) -> str:
    """`0.35 of a standard deviation (0.20 to 0.50)`."""
    value, low, high = one.value or 0.0, one.lower or 0.0, one.upper or 0.0
    unit = "of a standard deviation" if scores else "points"
    ends = f"{size(low, scores=scores)} to {size(high, scores=scores)}"
    return f"{size(value, scores=scores)} {unit} (95% interval {ends})"


def alike_headline(story: AlikeStory) -> str:
    """Two schools, in a few words."""
    what = outcome(story.what)
    pair = f"{story.first} and {story.second}"
    if story.certainty is Certainty.DIFFERENT:
        return f"{capital(what)}: alike students fare differently at {pair}"
    return f"Unclear whether alike students fare differently at {pair}: {what}"


def alike(story: AlikeStory) -> str:
    """The whole statement: the model and the exact comparison side by side."""
    earlier = "earlier results, " if story.prior else ""
    scores = story.scores
    lead = (
        f"In {numbers.year(story.year)}, students alike in grade, {earlier}language, "
        "disability and family income fared most differently in "
        f"{outcome(story.what)} at {story.first} and at {story.second}, "
        "among schools that serve alike students "
        f"({numbers.small(story.schools, 'en')} schools are compared)."
    )
    model = (
        f"A model of all students puts the difference at "
        f"{sized(story.model, scores=scores)}, in favor of students at {story.first}."
    )
    first, second = (numbers.share(part * 100, 100, "en") for part in story.coverage)
    matched = (
        "Among only those who have students just like them at the other school "
        f"({first} of {story.first}'s students and {second} of {story.second}'s), it "
        f"is {sized(story.matched, scores=scores)}."
    )
    parts = [lead, model, matched, _certain(story.certainty), _few(story.too_few)]
    return " ".join(part for part in parts if part)


def _certain(certainty: Certainty) -> str:
    if certainty is Certainty.DIFFERENT:
        return (
            "The two schools are different: chance alone would rarely give a "
            "difference this large, and both ways of looking agree."
        )
    return (
        "It is unclear whether the two schools differ: chance alone could give a "
        "difference like this, or the two ways of looking do not agree."
    )


def _few(schools: int) -> str:
    if not schools:
        return ""
    if schools == 1:
        return "At one further school there are too few students to say."
    return (
        f"At {numbers.small(schools, 'en')} further schools there are too few "
        "students to say."
    )


def bright_headline(story: BrightStory) -> str:
    """A place to visit, in a few words."""
    return (
        f"{story.who.name}: a place to visit and learn from, for {outcome(story.what)}"
    )


def bright(story: BrightStory) -> str:
    """The whole statement: an invitation."""
    earlier = ", earlier results" if story.prior else ""
    springs = ", ".join(numbers.year(year) for year in story.years)
    held, known = len(story.years), story.known
    when = (
        f"in {numbers.small(held, 'en')} of the last {numbers.small(known, 'en')} "
        f"years ({springs})"
    )
    if held == known:
        each = "both" if known == 2 else f"all {numbers.small(known, 'en')}"
        when = f"in {each} of the last years that can be looked at ({springs})"
    if known == 1:
        when = f"in the only year that can be looked at ({springs})"
    sure = (
        "Chance alone would rarely give this so often."
        if story.certainty is Certainty.DIFFERENT
        else "It is unclear whether this is more than chance."
    )
    return (
        f"In {outcome(story.what)}, students at {story.who.name} fared better than "
        f"students like them (same grade{earlier}, language, disability and family "
        f"income) at other schools {when}, and both {story.students.en} and all other "
        f"students did. {_ahead(story)} {sure} This is an "
        "invitation to visit and learn: what do the adults here believe and do?"
    )


def _ahead(story: BrightStory) -> str:
    if story.whole is None:
        return "How far is not told: it would point at a few students."
    kinds = ""
    if story.kinds is not None:
        group, others = (sized(part, scores=story.scores) for part in story.kinds)
        kinds = f"; {story.students.en} by {group} and the others by {others}"
    return (
        f"In {numbers.year(story.told)} the model puts them ahead by "
        f"{sized(story.whole, scores=story.scores)}{kinds}."
    )


def stratum_students(first: Text, rest: Text) -> str:
    """`Hispanic or Latino students who are also English learners with ...`."""
    return f"{first.en} who are also {rest.en}"


def stratum_headline(story: StratumStory) -> str:
    """A combination, in a few words."""
    words = deed(story.what).headline.format(
        Who=capital(subject(story.who)), students=story.students.en
    )
    return f"{words}, beyond the sum of the parts"


def stratum(story: StratumStory) -> str:
    """The whole statement about students of three groups at once."""
    what = deed(story.what).did.format(
        who=subject(story.who),
        x=f"about {_rate(story.rate)}",
        n=f"about {numbers.count(story.about, 'en')}",
        students=story.students.en,
    )
    more = abs(story.rate - story.sum_rate) * 100
    sure = (
        "After looking at all combinations, chance alone would rarely give this."
        if story.certainty is Certainty.DIFFERENT
        else "After looking at all combinations, it is unclear whether this is more "
        "than chance."
    )
    return (
        f"In {numbers.year(story.year)}, {what}, as a model of all combinations of "
        "these groups tells. The gaps of the single groups would add up to "
        f"{_rate(story.sum_rate)}; meeting in the same students goes with "
        f"{more:.0f} points beyond that sum. {sure}"
    )


def _rate(share: float) -> str:
    return numbers.share(share * 100, 100, "en")


def meeting_headline(story: MeetingStory) -> str:
    """Two groups that meet, in a few words."""
    words = deed(story.what).headline.format(
        Who=capital(subject(story.who)), students=story.students.en
    )
    return f"{words}, beyond the sum of the two gaps"


def meeting(story: MeetingStory) -> str:
    """The whole statement about students of two groups at once."""
    more = abs(story.pair.share - story.sum_rate) * 100
    return (
        f"In {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.pair, story.students.en)} "
        f"({rate(story.pair)}). In a model of English learning, disability and "
        "family income, the gaps of the two groups would add up to "
        f"{_rate(story.sum_rate)}; meeting in the same students goes with {more:.0f} "
        "points beyond that sum. After looking at all such pairs, chance alone would "
        "rarely give this."
    )


def parts_headline(story: PartsStory) -> str:
    """Where a gap lies, in a few words."""
    inside, between = story.inside / story.gap, story.between / story.gap
    where = "both inside schools and between them"
    if inside >= 2 / 3:
        where = "mostly inside schools"
    elif between >= 2 / 3:
        where = "mostly between schools"
    noun = deed(story.what).noun
    return f"{capital(story.students.en)}: the gap in the {noun} lies {where}"


def parts(story: PartsStory) -> str:
    """The three parts of a gap, in one sentence."""
    gap, inside, between, either = (
        points(part, story.n)
        for part in (story.gap, story.inside, story.between, story.either)
    )
    return (
        f"Of the gap of {gap} between {story.students.en} and all other students in "
        f"the {deed(story.what).noun} ({numbers.year(story.year)}), {inside} lie "
        "inside schools, among students of the same school; "
        f"{between} between schools, since the two do not attend the same ones; and "
        f"{either} belong to both."
    )


def points(share: float, n: float) -> str:
    """`3.4 points`, `22 points`, `less than 1 point`; a minus against the gap."""
    decimal = n >= numbers.DECIMAL_FROM
    size = round(abs(share) * 100, 1 if decimal else 0)
    if size == 0:
        return f"less than {0.1 if decimal else 1} point"
    shown = f"{size:.1f}" if decimal else f"{size:.0f}"
    sign = "−" if share < 0 else ""
    return f"{sign}{shown} {'point' if shown == '1' else 'points'}"
