"""Terms: the little arithmetic in which an indicator says who and what counts.

A term is data. An engine prints it as SQL (`as_sql`) or works it out for one row
(`work_out`); the two are written apart so that one can judge the other. An unknown
value (NULL, None) makes a condition untrue and an amount unknown, never zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


Row = Mapping[str, float | int | None]
ARITHMETIC = ("*", "/", "-")
COMPARISONS = (">=", ">", "<=", "<", "=")


@dataclass(frozen=True, slots=True)
class Term:
    """One term: an operation and its parts.

    `op` is `column`, `threshold` or `number` (then `parts` holds one name or number),
    one of `ARITHMETIC` or `COMPARISONS` (two terms), or `and` (two conditions).
    """

    op: str
    parts: tuple[Term | str | float, ...]

    @property
    def is_condition(self) -> bool:
        """Whether the term is true or untrue, rather than an amount."""
        return self.op in COMPARISONS or self.op == "and"

    def __and__(self, other: Term) -> Term:
        return Term("and", (self, other))

    def __ge__(self, other: Term | float) -> Term:
        return Term(">=", (self, _term(other)))

    def __gt__(self, other: Term | float) -> Term:
        return Term(">", (self, _term(other)))

    def __le__(self, other: Term | float) -> Term:
        return Term("<=", (self, _term(other)))

    def __lt__(self, other: Term | float) -> Term:
        return Term("<", (self, _term(other)))

    def __mul__(self, other: Term | float) -> Term:
        return Term("*", (self, _term(other)))

    def __truediv__(self, other: Term | float) -> Term:
        return Term("/", (self, _term(other)))

    def __sub__(self, other: Term | float) -> Term:
        return Term("-", (self, _term(other)))

    def equals(self, other: Term | float) -> Term:
        """A condition; `==` stays the equality of the terms themselves."""
        return Term("=", (self, _term(other)))

    def names(self, op: str) -> Iterator[str]:
        """Every name that stands in the term as `column` or as `threshold`."""
        for part in self.parts:
            if isinstance(part, Term):
                yield from part.names(op)
            elif self.op == op:
                yield str(part)


def column(name: str) -> Term:
    """A column of the indicator's student-year table."""
    return Term("column", (name,))


def threshold(name: str) -> Term:
    """A threshold of the indicator, by its name; a district may set it."""
    return Term("threshold", (name,))


def _term(value: Term | float) -> Term:
    return value if isinstance(value, Term) else Term("number", (value,))


def as_sql(term: Term, thresholds: Mapping[str, float]) -> str:
    """The term in plain SQL; division by zero is unknown."""
    if term.op in ("column", "threshold", "number"):
        return _leaf_sql(term, thresholds)
    left, right = (as_sql(part, thresholds) for part in _terms(term))
    if term.op == "/":
        return f"({left} / NULLIF({right}, 0))"
    return f"({left} {term.op.upper()} {right})"


def _leaf_sql(term: Term, thresholds: Mapping[str, float]) -> str:
    (leaf,) = term.parts
    if term.op == "column":
        return str(leaf)
    number = thresholds[str(leaf)] if term.op == "threshold" else leaf
    value = float(str(number))
    # A whole number is printed whole, so that comparisons of counts stay exact.
    return str(int(value)) if value.is_integer() else repr(value)


def work_out(
    term: Term, row: Row, thresholds: Mapping[str, float]
) -> float | bool | None:
    """The term for one row, in plain Python; None when it is unknown."""
    if term.op in ("column", "threshold", "number"):
        name = str(term.parts[0])
        known = {"column": row, "threshold": thresholds}.get(term.op)
        return float(name) if known is None else known[name]
    left, right = (work_out(part, row, thresholds) for part in _terms(term))
    if term.op == "and":
        return left is True and right is True
    if left is None or right is None:
        return None
    if term.op in COMPARISONS:
        return _compare(term.op, left, right)
    return _reckon(term.op, left, right)


def _reckon(op: str, left: float, right: float) -> float | None:
    if op == "/":
        return None if right == 0 else left / right
    return left * right if op == "*" else left - right


def _compare(op: str, left: float, right: float) -> bool:
    if op == "=":
        return left == right
    if op in (">=", ">"):
        return left > right or (op == ">=" and left == right)
    return left < right or (op == "<=" and left == right)


def _terms(term: Term) -> tuple[Term, Term]:
    left, right = term.parts
    if not isinstance(left, Term) or not isinstance(right, Term):
        raise TypeError(f"The two sides of {term.op!r} must be terms.")
    return left, right
