"""R's model formulas, as far as the fixtures write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from evenrise.statistics.moments import ONE


@dataclass(frozen=True)
class Formula:
    """`y ~ fixed + (random | group)`, terms in R's order and by R's names."""

    y: str
    fixed: tuple[str, ...]
    random: tuple[tuple[tuple[str, ...], str], ...]


def parse(text: str) -> Formula:
    """Read a formula of numeric columns with `+`, `*`, `:` and `(terms | group)`."""
    y, _, right = text.partition("~")
    random = tuple(
        (_terms(inside), group.strip())
        for inside, group in re.findall(r"\(([^|)]*)\|([^)]*)\)", right)
    )
    right = re.sub(r"\+?\s*\([^|)]*\|[^)]*\)", "", right)
    return Formula(y.strip(), _terms(right), random)


def _terms(text: str) -> tuple[str, ...]:
    order: list[str] = []
    terms: set[tuple[str, ...]] = set()
    for part in text.split("+"):
        word = part.strip()
        if word in ("", "1", "0"):
            continue
        names = [name.strip() for name in re.split(r"[*:]", word)]
        order += [name for name in names if name not in order]
        sizes = range(1, len(names) + 1) if "*" in word else [len(names)]
        terms |= {
            tuple(sorted(some, key=order.index))
            for size in sizes
            for some in combinations(names, size)
        }
    # R: by the number of variables; each interaction's names in order of appearance.
    ordered = sorted(
        terms, key=lambda term: (len(term), [order.index(t) for t in term])
    )
    return (ONE, *(":".join(term) for term in ordered))


def columns(frame: pd.DataFrame, formula: Formula) -> dict[str, pd.Series]:
    """The columns that a formula's terms name, without the constant."""
    names = {*formula.fixed, *(t for terms, _ in formula.random for t in terms)} - {ONE}
    made = {}
    for name in sorted(names):
        parts = name.split(":")
        column = frame[parts[0]].astype(float)
        for part in parts[1:]:
            column = column * frame[part]
        made[name] = column
    return made
