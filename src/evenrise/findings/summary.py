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
from evenrise.vocabulary.text import Text


MOST = 5
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
    wide = _widest_gaps(clear)
    parts = [both("opening", desk.district.name, len(gaps.latest), len(clear))]
    well = next((one for one in clear if one.details.get("good_news")), None)
    if well is not None:
        parts.append(well.sentence)
    parts.extend(one.sentence for one in wide)
    serious = [one for one in questions if one.details["set_aside"]]
    if serious:
        parts = [*parts[: MOST - 1], serious[0].sentence]
    newest = sorted(contexts, key=lambda key: (-gaps.latest[key], key))
    parts.extend(contexts[key].sentence for key in newest[:1])
    return tuple(parts[:MOST])


def _widest_gaps(clear: Sequence[Finding]) -> list[Finding]:
    """The gaps that concern most students, each of another indicator."""
    chosen: list[Finding] = []
    for one in clear:
        new = one.indicator not in {other.indicator for other in chosen}
        if one.kind is Kind.GAP and new and one.details["level"] == "district":
            chosen.append(one)
    return chosen[:MOST_GAPS]
