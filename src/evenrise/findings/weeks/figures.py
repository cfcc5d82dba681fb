"""Figures of weeks as people read them: shares, rates and values."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_skeleton

from evenrise.findings.sentences import numbers
from evenrise.findings.weeks.model import Average, Measured, Nature
from evenrise.vocabulary.text import Language


_TENTHS = 1000
_WHOLE = 100  # a share in whole per cent, as a person wrote it, is told so


def figure(
    measured: Measured, value: float, language: Language, n: float = _TENTHS
) -> str:
    """A value in the measure's own unit: `12%`, `3.5 words`.

    Args:
        measured: what is watched.
        value: a share from 0 to 1, or a value in its own unit.
        language: the reader's.
        n: what stands behind a share, for the decimals it can carry.
    """
    if measured.nature is Nature.SHARE:
        whole = n == _TENTHS and round(value * _WHOLE, 6).is_integer()
        n = _WHOLE if whole else n
        return numbers.share(round(value * n, 6), n, language)
    shown = (
        numbers.count(value, language)
        if float(value).is_integer()
        else numbers.amount(value, language)
    )
    unit = measured.unit[language] if measured.unit else ""
    return f"{shown} {unit}".strip()


def average(measured: Measured, one: Average | None, language: Language) -> str:
    """What several weeks come to; a dash without any."""
    if one is None:
        return "–"
    return figure(measured, one.value, language, one.size or _TENTHS)


def apart(measured: Measured, difference: float, language: Language, n: float) -> str:
    """How far two averages lie from each other: `3 points`, `1.2 words`."""
    if measured.nature is not Nature.SHARE:
        return figure(measured, abs(difference), language)
    shown = numbers.points(difference, n, language)
    one = shown in {"1", "1.0"}
    word = {"en": ("point", "points"), "es": ("punto", "puntos")}[language]
    return f"{shown} {word[0 if one else 1]}"


def day(on: dt.date, language: Language) -> str:
    """A short day: `Oct 5`, `5 oct`."""
    return str(format_skeleton("MMMd", on, locale=numbers.LOCALES[language]))
