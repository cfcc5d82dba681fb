"""Figures of a promise as people read them: a share with or without its counts."""

from __future__ import annotations

from evenrise.findings.promises.model import Counts
from evenrise.findings.sentences import numbers
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language


_TENTHS = 1000  # of a figure that was promised: it is told with one decimal


def promised(share: float, language: Language) -> str:
    """A share that was promised: `18.0%`."""
    return numbers.share(round(share * _TENTHS, 6), _TENTHS, language)


def promised_points(gap: float, language: Language) -> str:
    """A gap that was promised, in points: `5.0`; a minus where the group is ahead."""
    return f"{_minus(gap)}{numbers.points(gap, _TENTHS, language)}"


def rate(counts: Counts, language: Language) -> str:
    """`24.1% (290 of 1,203)`."""
    of = "of" if language == "en" else "de"
    x, n = numbers.count(counts.x, language), numbers.count(counts.n, language)
    return f"{numbers.share(counts.x, counts.n, language)} ({x} {of} {n})"


def share(one: Estimate, language: Language) -> str:
    """A share's value with the decimals that its n can carry."""
    n = one.n or _TENTHS
    return numbers.share((one.value or 0.0) * n, n, language)


def points(one: Estimate, language: Language) -> str:
    """A difference in points; a minus where the group is ahead."""
    return _points(one.value or 0.0, one.n, language)


def share_between(one: Estimate, language: Language) -> str:
    """`22% to 26%`; blank without an interval."""
    if one.lower is None or one.upper is None:
        return ""
    n = one.n or _TENTHS
    to = "to" if language == "en" else "a"
    low, high = (numbers.share(end * n, n, language) for end in (one.lower, one.upper))
    return f"{low} {to} {high}"


def points_between(one: Estimate, language: Language) -> str:
    """`3 to 9`, in points; blank without an interval."""
    if one.lower is None or one.upper is None:
        return ""
    to = "to" if language == "en" else "a"
    low, high = (_points(end, one.n, language) for end in (one.lower, one.upper))
    return f"{low} {to} {high}"


def _points(value: float, n: int | None, language: Language) -> str:
    return f"{_minus(value)}{numbers.points(value, n or _TENTHS, language)}"


def _minus(value: float) -> str:
    return "−" if round(value, 4) < 0 else ""
