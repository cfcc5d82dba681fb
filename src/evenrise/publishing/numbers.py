"""Numbers as a reader of each language writes them, with the digits the n can carry.

Spanish is the Spanish of the United States (`es_US`): 9,118 and 4.2 %.
"""

from __future__ import annotations

import datetime as dt
import math
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language


LOCALES: dict[Language, Locale] = {
    "en": Locale("en", "US"),
    "es": Locale("es", "US"),
}
NBSP = "\u00a0"
MINUS = "\u2212"
# One student of 500 is 0.2 points: the rule of the findings' sentences.
ENOUGH_FOR_TENTHS = 500

_POINTS: dict[Language, tuple[str, str]] = {
    "en": ("point", "points"),
    "es": ("punto", "puntos"),
}
_DAYS: dict[Language, tuple[str, str]] = {"en": ("day", "days"), "es": ("día", "días")}


@cache
def _decimal(value: float, digits: int, language: Language) -> str:
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(value, format=pattern, locale=LOCALES[language])


_SPELLED = {"points", "days"}  # said once, at the end of a range


def number(value: float, digits: int, language: Language) -> str:
    """A number with grouped thousands and a true minus sign."""
    rounded = round(value, digits) + 0.0  # never "-0"
    text = _decimal(abs(rounded), digits, language)
    return f"{MINUS}{text}" if rounded < 0 else text


def count(value: float | None, language: Language) -> str:
    """A count of students, or of days in halves; a dash when there is none to say."""
    if value is None:
        return "–"
    return number(value, 0 if float(value).is_integer() else 1, language)


def digits_for(unit: str, n: int | None) -> int:
    """How many decimals the n can carry; unknown n is trusted with one."""
    if unit == "students":
        return 0
    if unit == "sd":  # standard deviations of students: 0.1 is much
        return 2
    if unit == "ratio":
        return 2 if n is None or n >= ENOUGH_FOR_TENTHS else 1
    return 1 if n is None or n >= ENOUGH_FOR_TENTHS else 0


def amount(
    value: float, unit: str, language: Language, *, digits: int | None = None
) -> str:
    """A value in its unit: shares (0 to 1) as per cent, points as points.

    Args:
        value: shares and points from 0 to 1, everything else in its own unit.
        unit: share | points | days | ratio | students | sd.
        language: the reader's.
        digits: decimals; one unless told.
    """
    places = 1 if digits is None else digits
    if unit == "share":
        space = NBSP if language == "es" else ""
        return f"{number(value * 100, places, language)}{space}%"
    if unit == "points":
        shown = number(value * 100, places, language)
        sign = "+" if round(value * 100, places) > 0 else ""
        return f"{sign}{shown}{NBSP}{_word(_POINTS, shown, language)}"
    if unit == "days":
        shown = number(value, places, language)
        return f"{shown}{NBSP}{_word(_DAYS, shown, language)}"
    shown = number(value, places, language)
    return f"{shown}×" if unit == "ratio" else shown


def _word(
    words: dict[Language, tuple[str, str]], shown: str, language: Language
) -> str:
    singular = shown.lstrip("+" + MINUS) in {"1", "1.0"}
    return words[language][0 if singular else 1]


def estimate(one: Estimate, unit: str, language: Language) -> str:
    """A known estimate's value; its reason is worded elsewhere."""
    if one.value is None:
        raise ValueError("An estimate without a value has words, not a number.")
    digits = digits_for(unit, one.n)
    smallest = 10.0 ** -(digits + 2)
    if unit == "share" and 0 < one.value < smallest / 2:
        # What happened is never rounded to "0 %".
        return "<" + amount(smallest, unit, language, digits=digits)
    return amount(one.value, unit, language, digits=digits)


def interval(one: Estimate, unit: str, language: Language) -> str:
    """`3.1% to 4.2%`; a dash when the method has none."""
    if one.lower is None or one.upper is None:
        return "–"
    digits = digits_for(unit, one.n)
    if unit in _SPELLED:
        low = number(one.lower * (100 if unit == "points" else 1), digits, language)
    else:
        low = amount(one.lower, unit, language, digits=digits)
    high = amount(one.upper, unit, language, digits=digits)
    return f"{low} {'to' if language == 'en' else 'a'} {high}"


def tick(value: float, unit: str, language: Language, step: float) -> str:
    """An axis label: only the decimals that tell neighbours apart."""
    scale = 100 if unit in {"share", "points"} else 1
    digits = max(0, -math.floor(math.log10(step * scale) + 1e-9)) if step > 0 else 0
    if unit == "points":
        shown = number(value * 100, digits, language)
        return f"+{shown}" if value > 0 and not shown.startswith(MINUS) else shown
    if unit == "days":
        return number(value, digits, language)
    return amount(value, unit, language, digits=digits)


def school_year(spring: int) -> str:
    """2024 is `2023-24`, as sentences write it."""
    return SchoolYear(spring).label


def years(springs: tuple[int, ...], language: Language) -> str:
    """The span of a review's school years."""
    if not springs:
        return "–"
    first, last = school_year(min(springs)), school_year(max(springs))
    if first == last:
        return first
    return f"{first} {'to' if language == 'en' else 'a'} {last}"


def day(value: dt.date, language: Language) -> str:
    """A date in words: `November 22, 2026`, `22 de noviembre de 2026`."""
    return format_date(value, format="long", locale=LOCALES[language])
