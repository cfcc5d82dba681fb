"""From a stored row to the line that a page shows."""

from __future__ import annotations

from typing import Any

from evenrise.findings.desk import IN_QUESTION, REASONS, bound_words
from evenrise.publishing.page_store.model import FactLine, IndicatorInfo
from evenrise.publishing.page_store.tables import HIDDEN, STATUSES
from evenrise.publishing.page_store.words import Words
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.facts import Status


COLUMNS = (
    "id, indicator, school_year, member, organization, numerator, denominator, value, "
    "lower, upper, status, hidden, in_question, other_x, other_n, difference, low, "
    "high, concerned, certainty, adjusted_p, mirrored"
)


def line(row: Any, words: Words) -> FactLine:
    """The line of one row of COLUMNS."""
    info = words.indicators[row[1]].info
    member = words.members[row[3]]
    status = STATUSES[row[10]]
    doubted = bool(row[12])
    return FactLine(
        fact_id=row[0],
        indicator=info.key,
        school_year=row[2],
        organization=words.places[row[4]].organization,
        group_family=member.family,
        group=member.code,
        label=member.label,
        numerator=None if doubted else row[5],
        denominator=None if doubted else row[6],
        estimate=_estimate(row, info, status),
        bound=_bound(row, status),
        status=status,
        hidden_because=None if row[11] is None else str(HIDDEN[row[11]]),
        in_question=doubted,
        gap_parts=None if row[15] is None else row[13:],
    )


def _estimate(row: Any, info: IndicatorInfo, status: Status) -> Estimate:
    """The value with its interval and n, or why there is none, as findings tell it."""
    if row[12]:
        return Estimate(None, reason=Reason.NOT_APPLICABLE)
    x, n, value = row[5], row[6], row[7]
    whole = None if n is None else int(n)
    if status is not Status.REPORTED:
        return Estimate(None, n=whole, reason=REASONS[status])
    if x is not None and n and info.counts_students and x <= n:
        return Estimate(x / n, row[8], row[9], whole)
    if value is not None:
        return Estimate(value, n=whole)
    why = Reason.NO_STUDENTS if n == 0 else Reason.NOT_APPLICABLE
    return Estimate(None, n=whole, reason=why)


def _bound(row: Any, status: Status) -> Any:
    if row[12]:
        return IN_QUESTION
    if status is Status.REPORTED:
        return None
    return bound_words(row[8], row[9])
