"""In which order findings are read, and which of them stand on the first page.

Certain before unclear before too few; among the certain, those that concern most
students. The first page shows eight at most, of several kinds and indicators.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from evenrise.findings.finding import Certainty, Finding, Kind
from evenrise.findings.twins import one_rule_each


MOST_MAIN = 8
MOST_PER_INDICATOR = 2
MOST_PER_GROUP = 2  # gaps and changes of one group of students
_OF_A_GROUP = (Kind.GAP, Kind.CHANGE)
FEW = 5  # a page with fewer findings takes a third one of an indicator
MOST_PER_KIND: dict[Kind, int] = {
    Kind.GAP: 5,
    Kind.CHANGE: 3,
    Kind.SCHOOL: 2,
    Kind.INTERSECTION: 1,
    Kind.ALIKE_STUDENTS: 1,
    Kind.BRIGHT_SPOT: 1,
    Kind.DATA_QUALITY: 1,
}
# Each of these kinds has a place on the first page, where it was found.
FIRST_KINDS = (
    Kind.BRIGHT_SPOT,
    Kind.GAP,
    Kind.CHANGE,
    Kind.SCHOOL,
    Kind.INTERSECTION,
    Kind.ALIKE_STUDENTS,
)
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
    findings = one_rule_each(findings)
    clear = [one for one in findings if one.certainty is Certainty.DIFFERENT]
    chosen = _choose(clear, room)
    if not chosen:
        chosen = _choose(
            [one for one in findings if one.certainty is Certainty.UNCLEAR], 3
        )
    return (*chosen, *serious)


class _Page:
    """The first page while it is being filled: what it holds and has room for."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.chosen: list[Finding] = []
        self.kinds: Counter[Kind] = Counter()
        self.indicators: Counter[str | None] = Counter()
        self.groups: Counter[tuple[str | None, ...]] = Counter()
        self.about: set[tuple[str | None, ...]] = set()

    def offer(self, one: Finding, most: int) -> bool:
        """Take a finding, unless the page is full or has its like already."""
        about = (one.indicator, one.organization_id, one.group_family, one.group)
        if (
            len(self.chosen) >= self.room
            or one.picture is None
            or about in self.about
            or self.indicators[one.indicator] >= most
            or self.groups[one.group_family, one.group] >= MOST_PER_GROUP
            or self.kinds[one.kind] >= MOST_PER_KIND.get(one.kind, 1)
        ):
            return False
        self.chosen.append(one)
        self.kinds[one.kind] += 1
        self.groups[one.group_family, one.group] += one.kind in _OF_A_GROUP
        self.indicators[one.indicator] += 1
        self.about.add(about)
        return True

    def new_kind(self, one: Finding) -> bool:
        """Whether the page has nothing of this kind on this indicator."""
        return all(
            (other.indicator, other.kind) != (one.indicator, one.kind)
            for other in self.chosen
        )


def _choose(findings: Sequence[Finding], room: int) -> list[Finding]:
    """One of each kind, then each indicator's first finding, then the second ones.

    Where there is room left, a third one that is of a new kind for its indicator,
    or any third one while the page is nearly empty.
    """
    page = _Page(room)
    for kind in FIRST_KINDS:
        own = [one for one in findings if one.kind is kind and _worth(one)]
        # What a model of several groups tells goes before sums of two rates.
        own.sort(key=lambda one: not one.details.get("model", False))
        any(page.offer(one, MOST_PER_INDICATOR) for one in own)
    for most in range(1, MOST_PER_INDICATOR + 1):
        for one in findings:
            if _worth(one):
                page.offer(one, most)
    for one in findings:
        if _worth(one) and page.new_kind(one):
            page.offer(one, MOST_PER_INDICATOR + 1)
    for one in findings:
        if len(page.chosen) < FEW and _worth(one):
            page.offer(one, MOST_PER_INDICATOR + 1)
    return sorted(page.chosen, key=weight)


def _worth(one: Finding) -> bool:
    """A pair of groups is news for the first page when it is beyond their sum.

    How a figure is to be read is news there only where it turns the figure around.
    """
    if one.details.get("first_page") is False:
        return False
    return one.kind is not Kind.INTERSECTION or one.details["beyond_the_sum"] == "more"
