"""Findings in English: short sentences, people first, the district as the subject.

The twin of `es.py`: the same functions with the same parameters. No cause words, no
praise for a gap that closed downwards, and "unclear" or "too few to say" where it is.
"""

from __future__ import annotations

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.deeds_en import DEEDS, Deed, general
from evenrise.findings.sentences.stories import (
    ChangeStory,
    Counted,
    GapStory,
    Measured,
    PairStory,
    SchoolStory,
    TrendStory,
    Who,
)


KINDS = {
    "elementary": "the district's elementary schools",
    "middle": "the district's middle schools",
    "high": "the district's high schools",
    "all": "the district's schools",
}


def deed(what: Measured) -> Deed:
    """The words of this indicator, or general ones from its title."""
    return DEEDS.get(what.key) or general(what.title.en, what.good)


def rate(counted: Counted) -> str:
    """`3.5%`."""
    return numbers.share(counted.x, counted.n, "en")


def rate_in_words(counted: Counted) -> str:
    """`3.5%, about one in 28`."""
    k = numbers.one_in(counted.x, counted.n)
    if k is None:
        return rate(counted)
    return f"{rate(counted)}, about one in {numbers.small(k, 'en')}"


def of(counted: Counted) -> str:
    """`53 of 1,502`."""
    return f"{numbers.count(counted.x, 'en')} of {numbers.count(counted.n, 'en')}"


def subject(who: Who) -> str:
    """`the district`, or the school's name."""
    return "the district" if who.is_district else who.name


def capital(text: str) -> str:
    """The first letter as a sentence begins."""
    return text[:1].upper() + text[1:]


def did(what: Measured, who: Who, counted: Counted, students: str) -> str:
    """`the district suspended 53 of its 1,502 students with disabilities`."""
    return deed(what).did.format(
        who=subject(who),
        x=numbers.count(counted.x, "en"),
        n=numbers.count(counted.n, "en"),
        students=students,
    )


def headline(story: GapStory | PairStory) -> str:
    """The gap in a few words."""
    who = subject(story.who)
    words = deed(story.what).headline.format(
        Who=capital(who), students=story.students.en
    )
    if story.certainty is Certainty.DIFFERENT:
        return words
    noun = deed(story.what).noun
    if story.certainty is Certainty.TOO_FEW:
        return f"Too few {story.students.en} to say whether the {noun} differs"
    return f"It is unclear whether the {noun} differs for {story.students.en}"


def gap_short(story: GapStory) -> str:
    """The gap in one sentence, for the summary."""
    students = story.students.en
    lead = (
        f"In {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.group, students)} ({rate(story.group)}), "
        f"compared with {rate(story.others)} of all other students"
    )
    if story.concerned < 1:
        return f"{lead}."
    words = deed(story.what)
    more = "more" if story.what.good == "up" else "fewer"
    return (
        f"{lead}; at the rate of the others, about "
        f"{numbers.count(story.concerned, 'en')} {more} {words.would}."
    )


def gap(story: GapStory) -> str:
    """The whole statement of a gap."""
    students = story.students.en
    lead = (
        f"In {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.group, students)} "
        f"({rate_in_words(story.group)}), compared with {rate(story.others)} "
        f"of all other students ({of(story.others)})."
    )
    parts = [lead]
    if story.certainty is Certainty.DIFFERENT:
        parts.append(_alike(story.what, students, story.concerned))
        parts.append(_certain(Certainty.DIFFERENT))
    else:
        parts.append(_certain(story.certainty))
    if story.certainty is not Certainty.TOO_FEW and story.years_known > 1:
        parts.append(_persistence(story))
    return " ".join(part for part in parts if part)


def _alike(what: Measured, students: str, concerned: int) -> str:
    if concerned < 1:
        return ""
    words = deed(what)
    more = "more" if what.good == "up" else "fewer"
    return (
        f"If {students} had {words.had} at the rate of all other students, about "
        f"{numbers.count(concerned, 'en')} {more} {words.would}."
    )


def _certain(certainty: Certainty) -> str:
    return {
        Certainty.DIFFERENT: "The two rates are different: chance alone would rarely "
        "give a gap this large.",
        Certainty.UNCLEAR: "It is unclear whether the two rates differ: chance alone "
        "could give a gap like this.",
        Certainty.TOO_FEW: "There are too few students to say whether the two "
        "rates differ.",
    }[certainty]


def _persistence(story: GapStory) -> str:
    same, known = story.years_same, story.years_known
    if same == known:
        return (
            "The gap points the same way in "
            + ("both" if known == 2 else f"all {numbers.small(known, 'en')}")
            + " years with figures."
        )
    return (
        f"The gap points the same way in {numbers.small(same, 'en')} of the "
        f"{numbers.small(known, 'en')} years with figures."
    )


def change_headline(story: ChangeStory) -> str:
    """The change in a few words."""
    topic, students = deed(story.what).topic, story.students.en
    if story.certainty is not Certainty.DIFFERENT:
        return f"{topic}: it is unclear whether the gap changed for {students}"
    return f"{topic}, {students}: {_SHORT[story.label]}"


_SHORT = {
    "excellence_and_equity": "the gap narrowed, and nobody lost ground",
    "narrowed_partly_by_fall": "the gap narrowed, but partly as those ahead lost "
    "ground",
    "levelling_down": "the gap narrowed only as those ahead lost ground",
    "unchanged": "the gap did not change",
    "rising_but_widening": "both improved, but the gap widened",
    "leaving_behind": "the gap widened, with no gain for those behind",
    "falling_and_widening": "both lost ground, and the gap widened",
}


def reading(story: ChangeStory) -> str:
    """What happened to the gap, in one line, by the point values."""
    size = _points(story)
    sure = story.certainty is Certainty.DIFFERENT
    lower, higher = story.students.en, "all other students"
    if story.better == "group":
        lower, higher = higher, lower
    text = {
        "excellence_and_equity": _both(story, size),
        "narrowed_partly_by_fall": f"The gap narrowed by {size}, but partly as "
        f"results got worse for {higher}; that part is no progress.",
        "levelling_down": f"The gap narrowed by {size} only as results got worse for "
        f"{higher}; {lower} gained nothing. {'That is' if sure else 'That would be'} "
        "leveling down, not progress.",
        "unchanged": "The gap stayed as it was.",
        "rising_but_widening": f"Results improved for {lower}, but more for {higher}: "
        f"the gap widened by {size}.",
        "leaving_behind": f"The gap widened by {size}: results did not improve "
        f"for {lower} while they held or improved for {higher}.",
        "falling_and_widening": "Results got worse for both, and the gap widened by "
        f"{size}.",
    }[story.label]
    if sure:
        return text
    return f"At face value, {text[:1].lower()}{text[1:]}"


def _points(story: ChangeStory) -> str:
    """By how much the gap moved: `4 points`, `1 point`."""
    fewest = min(part.n for part in (*story.group, *story.others))
    size = numbers.points(story.narrowing, fewest, "en")
    return f"{size} point" if size == "1" else f"{size} points"


def _both(story: ChangeStory, size: str) -> str:
    if any(_still(*moved) for moved in (story.group, story.others)):
        return f"The gap narrowed by {size}, and nobody lost ground."
    moved = "rose" if story.what.good == "up" else "fell"
    better = "" if story.what.good == "up" else ", which is better,"
    return f"Both rates {moved}{better} and the gap narrowed by {size}."


def change(story: ChangeStory) -> str:
    """The whole statement of a change."""
    first, last = (numbers.year(year) for year in story.years)
    lead = (
        f"From {first} to {last}, {owned(story.what, story.who)} "
        f"{_moved(*story.group)} for {story.students.en} and "
        f"{_moved(*story.others, said=_verb(*story.group))} for all other students."
    )
    told = "" if story.certainty is Certainty.TOO_FEW else f"{reading(story)} "
    return f"{lead} {told}{_certain_change(story.certainty)}"


def _owner(who: Who) -> str:
    return "the district's" if who.is_district else f"{who.name}'s"


def owned(what: Measured, who: Who) -> str:
    """`the district's suspension rate`, `the share of the district's students ...`."""
    words, owner = deed(what), _owner(who)
    if words.name.startswith("share of "):
        return (
            f"the share of {owner} {words.name.removeprefix('share of ')}{words.rest}"
        )
    return f"{owner} {words.noun}"


def _still(before: Counted, after: Counted) -> bool:
    return rate(before) == rate(after)


def _verb(before: Counted, after: Counted) -> str:
    if _still(before, after):
        return "stayed"
    return "rose" if after.share > before.share else "fell"


def _moved(before: Counted, after: Counted, said: str = "") -> str:
    """`fell from 4% (2 of 50) to 2% (1 of 50)`; a verb just said is not said again."""
    verb = _verb(before, after)
    again = "" if verb == said else f"{verb} "
    if verb == "stayed":
        return f"{again}at {rate(after)} ({of(before)}, then {of(after)})"
    return f"{again}from {rate(before)} ({of(before)}) to {rate(after)} ({of(after)})"


def _certain_change(certainty: Certainty) -> str:
    return {
        Certainty.DIFFERENT: "The change is clear: chance alone would rarely move a "
        "gap so far.",
        Certainty.UNCLEAR: "It is unclear whether the gap changed: chance alone could "
        "give a change like this.",
        Certainty.TOO_FEW: "There are too few students to say whether the gap changed.",
    }[certainty]


def trend(story: TrendStory) -> str:
    """How all students fared over the years."""
    first, last = (numbers.year(year) for year in story.years)
    text = (
        f"From {first} to {last}, {owned(story.what, story.who)} "
        f"{_moved(story.before, story.after)}."
    )
    if story.certainty is Certainty.DIFFERENT:
        return f"{text} Chance alone would rarely give a change this large."
    return f"{text} It is unclear whether this is more than chance."


def trend_headline(story: TrendStory) -> str:
    """The change of all students in a few words."""
    do, before, after = deed(story.what).do, story.before, story.after
    if story.certainty is not Certainty.DIFFERENT:
        return f"It is unclear whether the {deed(story.what).noun} changed"
    up = after.share > before.share
    if (after.x > before.x) == up and after.x != before.x:
        who = "More students" if up else "Fewer students"
    else:  # the number of students changed the other way
        who = f"A {'larger' if up else 'smaller'} share of students"
    return (
        f"{who} {do}: {rate(after)}, {'up' if up else 'down'} from {rate(before)} in "
        f"{numbers.year(story.years[0])}"
    )


def schools_together(kind: str) -> str:
    """The schools that a school is compared with."""
    return capital(KINDS[kind])


def school_headline(story: SchoolStory) -> str:
    """A school that stands out, in a few words."""
    toward = "a place to visit and learn from" if story.good else "worth a closer look"
    whom = f" for {story.students.en}" if story.students else ""
    noun = deed(story.what).noun
    return f"{story.who.name} stands out in its {noun}{whom}: {toward}"


def school(story: SchoolStory) -> str:
    """The whole statement about a school that stands out."""
    students = story.students.en if story.students else "students"
    beside = KINDS[story.kind]
    whom = f"{students} at " if story.students else ""
    center = numbers.share(story.center * story.center_n, story.center_n, "en")
    better = "better" if story.good else "worse"
    return (
        f"In {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.school, students)} "
        f"({rate_in_words(story.school)}). For {whom}{beside} together "
        f"({numbers.count(story.schools, 'en')} of them), the rate was {center}. "
        f"The difference is for the {better}, and larger than chance and the usual "
        "spread between schools would give."
    )


def pair(story: PairStory) -> str:
    """The whole statement about students of two groups at once."""
    students = story.students.en
    text = (
        f"In {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.pair, students)} "
        f"({rate_in_words(story.pair)}), compared with {rate(story.others)} of all "
        f"other students ({of(story.others)})."
    )
    beyond = {
        "sum": "That is about what the gaps of the two groups would add up to.",
        "more": "That is further from the others than the gaps of the two groups "
        "would add up to.",
        "less": "That is nearer to the others than the gaps of the two groups would "
        "add up to.",
        "": "",
    }[story.beyond]
    alike = ""
    if story.certainty is Certainty.DIFFERENT:
        alike = _alike(story.what, students, story.concerned)
    parts = (text, alike, beyond, _certain(story.certainty))
    return " ".join(part for part in parts if part)


def together(what: Measured, who: Who, year: int, counted: Counted) -> str:
    """All students, in a sentence of the answer."""
    return (
        f"In {numbers.year(year)}, {did(what, who, counted, 'students')} "
        f"({rate_in_words(counted)})."
    )
