"""What every worked example needs: the real data, its lines in both languages.

An example reads a folder of public data that lies beside the checkout, calls
`evenrise.statistics`, and returns what the page prints and what it draws.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evenrise.findings.pictures import Picture
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("EVENRISE_SHARED", ROOT.parent / "shared"))
DATA = SHARED / "data"
ENOUGH_FOR_TENTHS = 500  # below, one student moves a rate by more than 0.2 points


@dataclass(frozen=True, slots=True)
class Example:
    """The lines a page prints, in both languages, and its picture."""

    lines: tuple[Text, ...]
    picture: Picture


def read(folder: str, name: str) -> pd.DataFrame:
    """One table of the public data.

    Raises:
        FileNotFoundError: when the data is not beside this checkout.
    """
    return pd.read_csv(DATA / folder / name, low_memory=False)


def same(words: str) -> Text:
    """A name that is the same in both languages."""
    return Text(words, words)


def percent(share: float, digits: int = 1) -> str:
    """A share as a number of hundredths, without its sign."""
    return decimal(share * 100, digits)


def decimal(value: float, digits: int = 1) -> str:
    """A number with a true minus sign, never "-0"."""
    rounded = round(value, digits) + 0.0
    return f"{rounded:,.{digits}f}".replace("-", "−")


def span(one: Estimate, digits: int = 1, *, times: float = 100) -> tuple[str, str]:
    """The ends of an interval as numbers.

    Raises:
        ValueError: when the estimate has no interval.
    """
    if one.lower is None or one.upper is None:
        raise ValueError("This estimate has no interval.")
    return decimal(one.lower * times, digits), decimal(one.upper * times, digits)


def value(one: Estimate) -> float:
    """The number of an estimate that has one.

    Raises:
        ValueError: when there is none.
    """
    if one.value is None:
        raise ValueError(f"There is no number: {one.reason}.")
    return one.value


def among(name: Text, x: int, n: int, one: Estimate) -> Text:
    """A line of a table of rates: name, count, rate, interval."""
    digits = 1 if n >= ENOUGH_FOR_TENTHS else 0
    low, high = span(one, digits)
    rate = percent(value(one), digits)
    return Text(
        f"{name.en:<28}{x:>5,} of {n:>6,}  {rate:>5}%  ({low}% to {high}%)",
        f"{name.es:<28}{x:>5,} de {n:>6,}  {rate:>5} %  ({low} % a {high} %)",
    )
