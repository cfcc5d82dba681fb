"""In which order findings are read, and which of them stand on the first page.

Certain before unclear before too few; among the certain, those that concern most
students. The first page shows eight at most, of several kinds and indicators.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from evenrise.findings.finding import Certainty, Finding, Kind


MOST_MAIN = 8
MOST_PER_INDICATOR = 2
MOST_PER_KIND: dict[Kind, int] = {
    Kind.GAP: 5,
    Kind.CHANGE: 3,
    Kind.SCHOOL: 2,
    Kind.INTERSECTION: 1,
    Kind.DATA_QUALITY: 1,
}
_RANK = {Certainty.DIFFERENT: 0, Certainty.UNCLEAR: 1, Certainty.TOO_FEW: 2}


def weight(finding: Finding) -> tuple[int, int, int, float, str]:
    """What findings are sorted by; the key at the end makes it one order."""
    return (
        _RANK[finding.certainty],
        1 if finding.details.get("level") == "school" else 0,
        -(finding.students or 0),
        1.0 if finding.adjusted_p is None else finding.adjusted_p,
        finding.key,
    )


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """All findings in reading order."""
    return tuple(sorted(findings, key=weight))


def main_findings(
    findings: Sequence[Finding], questions: Sequence[Finding]
) -> tuple[Finding, ...]:
    """At most eight for the first page, each with a picture or a question.

    Taken in reading order, at most two of an indicator and a few of a kind, and only
    what is certain; where nothing is, the best of the unclear ones say so. A serious
    question about the data always stands among them.
    """
    serious = [
        one
        for one in questions
        if one.details["severity"] == "serious" and one.details["set_aside"]
    ][: MOST_PER_KIND[Kind.DATA_QUALITY]]
    room = MOST_MAIN - len(serious)
    clear = [one for one in findings if one.certainty is Certainty.DIFFERENT]
    chosen = _choose(clear, room)
    if not chosen:
        chosen = _choose(
            [one for one in findings if one.certainty is Certainty.UNCLEAR], 3
        )
    return (*chosen, *serious)


def _topics(findings: Sequence[Finding]) -> dict[str | None, str | None]:
    """By indicator, what it is about: two rules for one thing are one topic.

    `chronic_absence_edfacts` is chronic absence by another authority's rule.
    """
    keys = sorted({one.indicator for one in findings if one.indicator is not None})
    return {
        key: next((short for short in keys if key.startswith(f"{short}_")), key)
        for key in keys
    }


def _choose(findings: Sequence[Finding], room: int) -> list[Finding]:
    """Rounds: each indicator's first finding, then the second ones.

    Where there is room left, a third one that is of a new kind for its indicator.
    """
    chosen: list[Finding] = []
    keys: set[str] = set()
    kinds: Counter[Kind] = Counter()
    indicators: Counter[str | None] = Counter()
    students: set[tuple[str | None, str | None, str | None]] = set()
    shown: set[tuple[str | None, Kind]] = set()
    topics = _topics(findings)
    for most in range(1, MOST_PER_INDICATOR + 2):
        third = most > MOST_PER_INDICATOR
        for one in findings:
            topic = topics.get(one.indicator)
            about = (topic, one.group_family, one.group)
            if (
                len(chosen) >= room
                or one.key in keys
                or one.picture is None
                or indicators[topic] >= most
                or (third and (topic, one.kind) in shown)
                or kinds[one.kind] >= MOST_PER_KIND.get(one.kind, 1)
                or (one.group is not None and about in students)
            ):
                continue
            chosen.append(one)
            keys.add(one.key)
            kinds[one.kind] += 1
            indicators[topic] += 1
            students.add(about)
            shown.add((topic, one.kind))
    return sorted(chosen, key=weight)
