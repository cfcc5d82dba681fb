"""Numbers as people read them, in English and in Spanish of the United States.

A rate carries a decimal only where one student moves it by 0.2 points or less: no
decimals that the n cannot carry. Nothing that happened is rounded to "0 %".
"""

from __future__ import annotations

from functools import lru_cache

from babel.numbers import format_decimal, format_percent

from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language


LOCALES: dict[Language, str] = {"en": "en_US", "es": "es_US"}
DECIMAL_FROM = 500  # students: one of them is 0.2 points of the rate
# A no-break space before the sign, as Spanish writes it.
_PATTERNS: dict[Language, tuple[str, str]] = {
    "en": ("#,##0%", "#,##0.0%"),
    "es": ("#,##0\u00a0%", "#,##0.0\u00a0%"),
}
_UP_TO_TEN: dict[Language, tuple[str, ...]] = {
    "en": (
        *("zero", "one", "two", "three", "four", "five"),
        *("six", "seven", "eight", "nine", "ten"),
    ),
    "es": (
        *("cero", "uno", "dos", "tres", "cuatro", "cinco"),
        *("seis", "siete", "ocho", "nueve", "diez"),
    ),
}
_LESS: dict[Language, str] = {"en": "less than ", "es": "menos del "}
_MORE: dict[Language, str] = {"en": "more than ", "es": "más del "}


@lru_cache(maxsize=4096)
def count(number: float, language: Language) -> str:
    """A count: `1,502`. Halves of days keep their half."""
    pattern = "#,##0" if float(number).is_integer() else "#,##0.0"
    return str(format_decimal(number, format=pattern, locale=LOCALES[language]))


@lru_cache(maxsize=4096)
def share(x: float, n: float, language: Language) -> str:
    """A rate with the decimals that n can carry: `3.5%`, `4 %`, `less than 1%`."""
    value = x / n
    decimals = 1 if n >= DECIMAL_FROM else 0
    shown = round(value * 100, decimals)
    smallest = 0.1 if decimals else 1.0
    prefix = ""
    if x > 0 and shown < smallest:
        value, prefix = smallest / 100, _LESS[language]
    elif x < n and shown > 100 - smallest:
        value, prefix = 1 - smallest / 100, _MORE[language]
    pattern = _PATTERNS[language][decimals]
    return prefix + str(format_percent(value, format=pattern, locale=LOCALES[language]))


@lru_cache(maxsize=4096)
def points(difference: float, n: float, language: Language) -> str:
    """A difference of shares in points, without sign: `2.0`, `4`.

    Below one point a decimal is always kept: "0 points" would say there is none.
    """
    size = abs(difference) * 100
    decimal = n >= DECIMAL_FROM or round(size) == 0
    pattern = "#,##0.0" if decimal else "#,##0"
    return str(format_decimal(size, format=pattern, locale=LOCALES[language]))


def amount(value: float, language: Language) -> str:
    """A mean of days or a ratio, with one decimal: `2.3`."""
    return str(format_decimal(value, format="#,##0.0", locale=LOCALES[language]))


def small(number: int, language: Language) -> str:
    """A whole number in words up to ten, in figures above."""
    words = _UP_TO_TEN[language]
    return words[number] if 0 <= number < len(words) else count(number, language)


def one_in(x: float, n: float) -> int | None:
    """The k of "one in k", when a share is near enough to 1/k to be said so.

    None for shares above a half (nobody says "one in 1.3"), below one in 30, and
    where 1/k is off by more than a twentieth of the share.
    """
    if x <= 0 or x * 2 > n or x * 30 < n:
        return None
    k = round(n / x)
    return k if abs(1 / k - x / n) <= x / n / 20 else None


def year(spring: int) -> str:
    """The school year as people write it: `2023-24`."""
    return SchoolYear(spring).label
