"""`findings.json`: the findings of a review in the shape of the output contract.

A list of objects with exactly the keys of the contract first, then the further ones
that help a reader (headline, certainty, ratio, next step ...). No NaN ever: a missing
number is null with its reason beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from evenrise.findings.finding import EvidenceRow, Finding, Review
from evenrise.vocabulary.estimates import Estimate


def findings_json(review: Review) -> list[dict[str, Any]]:
    """All findings of a review, in reading order."""
    return as_json(review.findings)


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as plain lists, dicts, strings and numbers.

    Raises:
        ValueError: when a number is NaN or infinite: it must not leave the house.
    """
    return [_finding(one) for one in findings]


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": str(one.kind),
        "indicator": one.indicator,
        "school_year": one.school_year,
        "organization_id": one.organization_id,
        "group": one.group,
        "reference": one.reference,
        "estimate": _estimate(one.estimate),
        "students": one.students,
        "evidence": [_evidence(row) for row in one.evidence],
        "caveats": [text.as_dict() for text in one.caveats],
        "sentence": one.sentence.as_dict(),
        "headline": one.headline.as_dict(),
        "organization_name": one.organization_name,
        "group_family": one.group_family,
        "certainty": str(one.certainty),
        "ratio": _estimate(one.ratio),
        "adjusted_p": _finite(one.adjusted_p),
        "next_step": one.next_step.as_dict() if one.next_step else None,
        "details": _plain(one.details),
    }


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    if estimate is None:
        return None
    told: dict[str, Any] = {
        "value": _finite(estimate.value),
        "lower": _finite(estimate.lower),
        "upper": _finite(estimate.upper),
        "n": estimate.n,
    }
    if estimate.reason is not None:
        told["reason"] = str(estimate.reason)
    return told


def _evidence(row: EvidenceRow) -> dict[str, Any]:
    return {
        "label": row.label.as_dict(),
        "school_year": row.school_year,
        "numerator": _finite(row.numerator),
        "denominator": _finite(row.denominator),
        "estimate": _estimate(row.estimate),
        "bound": row.bound.as_dict() if row.bound else None,
        "fact": dict(row.reference_to) or None,
    }


def _finite(number: float | None) -> float | int | None:
    if number is None:
        return None
    if not math.isfinite(number):
        raise ValueError(f"{number} cannot be told; a finding gives a reason instead.")
    # Counts are whole: 53, not 53.0.
    return int(number) if float(number).is_integer() else float(number)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return _finite(value)
    return value
