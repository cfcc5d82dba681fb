"""What a picture of a finding holds: data and words, no drawing.

Publishing draws each kind once, for page, PDF and slide. Everything in a picture comes
from a protected table, so a picture's own data can be published as it is. Every
picture carries the sentence that a sighted reader would take away, and its table.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Mark:
    """One dot: a name, its estimate (or why there is none), and how to tell it apart.

    `kind` is `all` (every student, always drawn), `focus` (what the finding is about),
    `other`, or `context` (the state, districts like this one: drawn apart). A hidden
    cell has an estimate with a reason, never a zero; `bound` then says what may still
    be printed ("5 % or less"), if anything.
    """

    label: Text
    estimate: Estimate
    kind: str = "other"
    bound: Text | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """How values are read: unit, direction that is good, and where the axis starts."""

    unit: str  # share | ratio | days | students | points | sd
    good: str  # up | down | neutral
    title: Text  # "Students suspended at least once"
    from_zero: bool = True


@dataclass(frozen=True, slots=True)
class GapDots:
    """One row a group, dot with interval; all students as a vertical line."""

    title: Text
    alternative: Text  # what a sighted reader would take away
    scale: Scale
    rows: tuple[Mark, ...]
    line: Estimate | None = None  # all students
    line_label: Text | None = None
    source: Text | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name and an estimate (or a reason) for each year of the picture."""

    label: Text
    points: tuple[Estimate, ...]
    kind: str = "other"  # all | focus | reference | other


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over school years; a missing year is a gap in the line with its word."""

    title: Text
    alternative: Text
    scale: Scale
    years: tuple[int, ...]  # springs; the axis keeps missing years in their place
    series: tuple[Series, ...]
    reading: Text | None = None  # "both rose, the gap closed by 4 points"
    source: Text | None = None


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """The same trend for several schools or groups, on one scale."""

    title: Text
    alternative: Text
    panels: tuple[Trend, ...]
    source: Text | None = None


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One school: x events of n students; `outside` 0, 95 or 99 (for 99.8 %)."""

    label: Text
    n: int
    value: float
    outside: int = 0
    kind: str = "other"  # focus | other


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """Rates of schools against their size, with 95 and 99.8 % limits. No ranks.

    `limits` are (n, lower95, upper95, lower998, upper998) along the axis.
    """

    title: Text
    alternative: Text
    scale: Scale
    center: float
    points: tuple[FunnelPoint, ...]
    limits: tuple[tuple[float, float, float, float, float], ...]
    source: Text | None = None


@dataclass(frozen=True, slots=True)
class Caterpillar:
    """Effects of schools with intervals, in the order given (never a rank)."""

    title: Text
    alternative: Text
    scale: Scale
    rows: tuple[Mark, ...]
    source: Text | None = None


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Pairs of groups: numbers in cells; hidden cells carry their reason."""

    title: Text
    alternative: Text
    scale: Scale
    rows: tuple[Text, ...]
    columns: tuple[Text, ...]
    cells: tuple[tuple[Estimate, ...], ...]  # by row, then column
    source: Text | None = None


Picture = GapDots | Trend | SmallMultiples | FunnelPlot | Caterpillar | HeatTable
