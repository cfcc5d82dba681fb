"""R's model formulas, as far as the fixtures write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from operator import mul

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
    named = tuple(":".join(term) for term in ordered)
    without = any(part.strip() in ("0", "-1") for part in text.split("+"))
    return named if without else (ONE, *named)


def columns(
    frame: pd.DataFrame, formula: Formula
) -> tuple[Formula, dict[str, pd.Series]]:
    """The formula with factors spelled out as R does, and its columns."""
    made: dict[str, pd.Series] = {}

    def spelled(terms: tuple[str, ...]) -> tuple[str, ...]:
        names: list[str] = []
        for term in terms:
            if term == ONE:
                names.append(ONE)
                continue
            parts = [_coded(frame, part) for part in term.split(":")]
            for some in product(*(part.items() for part in parts)):
                name = ":".join(label for label, _ in some)
                made[name] = reduce(mul, (column for _, column in some))
                names.append(name)
        return tuple(names)

    fixed = spelled(formula.fixed)
    random = tuple((spelled(terms), group) for terms, group in formula.random)
    return Formula(formula.y, fixed, random), made


def _coded(frame: pd.DataFrame, part: str) -> dict[str, pd.Series]:
    """A number as it is; a factor as columns for all its levels but the first."""
    inside = re.fullmatch(r"(factor|I)\((.*)\)", part)
    if inside and inside[1] == "I":
        return {part: frame.eval(inside[2].replace("^", "**")).astype(float)}
    column = frame[inside[2] if inside else part]
    if not inside and pd.api.types.is_numeric_dtype(column):
        return {part: column.astype(float)}
    levels = sorted(column.dropna().unique())[1:]
    return {f"{part}{level}": (column == level).astype(float) for level in levels}
