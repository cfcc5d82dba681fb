"""Dollars: as a page says them, and as somebody types them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language


MOST = Decimal("999999999999.99")  # what a column of the database holds
_CENT = Decimal("0.01")


def dollars(amount: Decimal | float, language: Language) -> str:
    """An amount as it is written in the United States; cents only where there are."""
    cents = 0 if amount == int(amount) else 2
    shown = numbers.number(abs(float(amount)), cents, language)
    return f"{numbers.MINUS}${shown}" if amount < 0 else f"${shown}"


def whole_dollars(amount: float, language: Language) -> str:
    """The same without cents: what is worked out is not exact to the cent."""
    return dollars(float(round(amount)), language)


def read_dollars(text: str) -> Decimal | None:
    """`$1,234.50` as an amount; None for what is no amount.

    A comma groups thousands, a minus sign in front makes it less than nothing.
    """
    told = text.strip().replace("$", "", 1).replace(numbers.MINUS, "-").strip()
    whole, dot, part = told.partition(".")
    groups = whole.lstrip("-").split(",")
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        return None
    digits = whole.replace(",", "")
    if not digits.lstrip("-").isascii() or not digits.lstrip("-").isdigit():
        return None
    if dot and not (part.isascii() and part.isdigit()):
        return None
    try:
        found = Decimal(f"{digits}.{part or '0'}")
    except InvalidOperation:
        return None
    if abs(found) > MOST or found != found.quantize(_CENT):
        return None
    return found.quantize(_CENT)
