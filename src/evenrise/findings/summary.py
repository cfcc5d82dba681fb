"""The summary: three to five sentences that a superintendent could read aloud.

Who is reviewed, what is going well where the numbers allow it, the clear gaps that
concern most students, and the biggest question about the data.
"""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.findings.desk import Desk
from evenrise.findings.finding import Certainty, Finding, Kind
from evenrise.findings.gaps import GapTable
from evenrise.findings.peers import Context
from evenrise.findings.sentences import both
from evenrise.findings.twins import again, one_rule_each
from evenrise.vocabulary.groups import ALL_STUDENTS
from evenrise.vocabulary.text import Text


MOST, FEWEST = 5, 4
MOST_GAPS = 2


def make_summary(
    desk: Desk,
    gaps: GapTable,
    findings: Sequence[Finding],
    questions: Sequence[Finding],
    contexts: dict[str, Context],
) -> tuple[Text, ...]:
    """Three to five sentences, in the order a person would say them."""
    clear = [one for one in findings if one.certainty is Certainty.DIFFERENT]
    clear = one_rule_each(clear)
    own = [one for one in clear if one.details["level"] == "district"]
    asked_of = len(set(gaps.latest) - again(gaps.latest))
    answered = len({one.indicator for one in own} & gaps.latest.keys())
    parts = [both("opening", desk.district.called, asked_of, answered)]
    well = _going_well(clear, contexts)
    asked = [one.short or one.sentence for one in questions if one.details["set_aside"]]
    room = MOST - 1 - bool(asked[:1]) - (well is not None)
    if well is not None:
        parts.append(well)
    parts += [one.short or one.sentence for one in _widest_gaps(clear)[:room]]
    parts += asked[:1]
    told = {text.en for text in parts}
    newest = sorted(contexts, key=lambda key: (-gaps.latest[key], key))
    more = [contexts[key].sentence for key in newest]
    parts += [text for text in more if text.en not in told][
        : max(0, FEWEST - len(parts))
    ]
    return tuple(parts[:MOST])


def _going_well(clear: Sequence[Finding], contexts: dict[str, Context]) -> Text | None:
    """What goes well, where the numbers allow it to be said.

    First a group whose gap closed while nobody lost, then all students together, then
    the figure that lies furthest on the good side of districts like this one, then a
    school that stands out for the better with all its students.
    """
    good = [one for one in clear if one.details.get("good_news")]
    changes = [one for one in good if one.kind is Kind.CHANGE]
    changes.sort(key=lambda one: one.group == ALL_STUDENTS)
    if changes:
        return changes[0].short or changes[0].sentence
    ahead = [
        (context.ahead, key)
        for key, context in contexts.items()
        if context.ahead is not None and context.ahead > 0
    ]
    if ahead:
        return contexts[max(ahead)[1]].sentence
    schools = [one for one in good if one.group == ALL_STUDENTS]
    return schools[0].sentence if schools else None


def _widest_gaps(clear: Sequence[Finding]) -> list[Finding]:
    """The gaps that concern most students, of different indicators where there are."""
    gaps = [
        one
        for one in clear
        if one.kind is Kind.GAP and one.details["level"] == "district"
    ]
    first: list[Finding] = []
    for one in gaps:
        if one.indicator not in {other.indicator for other in first}:
            first.append(one)
    rest = [one for one in gaps if one not in first]
    return [*first, *rest][:MOST_GAPS]
