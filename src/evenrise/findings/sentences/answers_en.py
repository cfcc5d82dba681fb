"""Answers to a section's question, and the opening of a review, in English.

The twin of `answers_es.py`.
"""

from __future__ import annotations

from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.en import capital, of, owned, rate
from evenrise.findings.sentences.stories import Counted, DaysStory, PlaceStory
from evenrise.vocabulary.text import Text


def widest(students: Text, here: Counted, there: Counted) -> str:
    """The clear gap that concerns most students."""
    return (
        f"The clear gap that concerns most students is that of {students.en}: "
        f"{rate(here)} ({of(here)}), against {rate(there)} of all other students "
        f"({of(there)})."
    )


def no_clear_gap(few: bool) -> str:  # noqa: FBT001 - told by position in both twins
    """That no gap can be told."""
    if few:
        return "There are too few students to say whether groups differ."
    return "These figures show no clear gap between student groups."


def doubted(year: int) -> str:
    """That the figure is in question."""
    return (
        f"The figure for {numbers.year(year)} is in question, so this review does not "
        "answer from it: see the questions about the data."
    )


def no_figure(year: int) -> str:
    """That there is no figure for all students."""
    return (
        f"For {numbers.year(year)} there is no figure for all students to answer with."
    )


def measured(title: Text, year: int, value: float, unit: str, n: float) -> str:
    """An indicator that does not count students: days, a ratio, a share of days."""
    size = (
        numbers.share(value * n, n, "en") if unit == "share" else _amount(value, unit)
    )
    students = numbers.count(n, "en")
    return (
        f"{title.en}, in {numbers.year(year)}: the average was {size}, among "
        f"{students} students."
    )


def _name(title: Text) -> str:
    """A title inside a sentence."""
    return title.en[:1].lower() + title.en[1:]


def _amount(value: float, unit: str) -> str:
    days = " days" if unit == "days" else ""
    return f"{numbers.amount(value, 'en')}{days}"


def enrolled(year: int, n: float) -> str:
    """How many students the district serves."""
    return (
        f"In {numbers.year(year)}, the district served {numbers.count(n, 'en')} "
        "students."
    )


def opening(district: Text, indicators: int, clear: int) -> str:
    """The first sentence of a review."""
    questions = "question" if indicators == 1 else "questions"
    asked = f"{numbers.small(indicators, 'en')} {questions}"
    if clear == 0:
        return (
            f"This review asks {asked} about how {district.en} serves its students. "
            "For the district as a whole, no difference between groups of students or "
            "over the years is clear enough to state."
        )
    where = f"On {numbers.small(clear, 'en')} of them"
    if clear == indicators:
        where = "On it" if indicators == 1 else "On all of them"
    return (
        f"This review asks {asked} about how {district.en} serves its students. "
        f"{where} the figures differ between groups of students, or between years, by "
        "more than chance alone would usually give."
    )


def other_schools() -> str:
    """The other schools together."""
    return "The district's other schools"


def days_headline(story: DaysStory) -> str:
    """A school whose days stand apart, in a few words."""
    toward = "a place to visit and learn from" if story.good else "worth a closer look"
    title = _name(story.what.title)
    return f"{story.who.name} stands apart in {title}: {toward}"


def days(story: DaysStory) -> str:
    """The whole statement about a school whose days stand apart."""
    held = (
        "The year before says the same."
        if story.held
        else "It is unclear whether this is more than one year's chance."
    )
    title = story.what.title.en
    return (
        f"{title} averaged {numbers.amount(story.days, 'en')} days a student at "
        f"{story.who.name} in {numbers.year(story.year)} "
        f"({numbers.count(story.students, 'en')} students), and "
        f"{numbers.amount(story.others, 'en')} days in the "
        f"{numbers.count(story.schools, 'en')} other schools "
        f"({numbers.count(story.other_students, 'en')} students). That lies far "
        f"outside the usual spread between schools. {held}"
    )


def left_out(year: int, students: Text, counted: Counted) -> str:
    """A year of distance teaching that a comparison does not begin from."""
    return (
        f"The comparison does not begin in {numbers.year(year)} (for {students.en} "
        f"{rate(counted)}, {of(counted)}), as schools taught from a distance from "
        "March 2020 into 2020-21."
    )


def place(story: PlaceStory) -> str:
    """How the state and districts like this one fare."""
    parts = []
    if story.peers is not None:
        number = numbers.count(story.peers_number, "en")
        parts.append(
            f"in {number} districts with students like these it was "
            f"{rate(story.peers)} ({of(story.peers)})"
        )
    if story.state is not None:
        whole = "the whole state"
        if story.districts:
            whole = f"all {numbers.count(story.districts, 'en')} districts in the file"
        parts.append(f"in {whole} {rate(story.state)} ({of(story.state)})")
    return (
        f"{capital(owned(story.what, story.who))} was "
        f"{rate(story.district)}; {', and '.join(parts)}."
    )
