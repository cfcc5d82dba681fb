"""A line of a rule set, and a rule set: published, or a district's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evenrise.indicators.flags.measures import MEASURES, Domain, Measure
from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One line that a student's number may cross.

    `at` is where it lies, in the unit of its measure (a share from 0 to 1, with at most
    three decimals). `grades` are the grades it speaks of; None: all. A line that does
    not speak of a student's grade says nothing of that student, not even "clear".
    """

    key: str
    domain: Domain
    measure: str
    at: float
    words: Text
    severe: bool = False
    grades: tuple[str, ...] | None = None

    @property
    def of(self) -> Measure:
        """The measure that it looks at."""
        return MEASURES[self.measure]


@dataclass(frozen=True, slots=True)
class Tiers:
    """How points of the three domains add up to a tier, where a set says so.

    A domain gives 1 point for a flag and 2 for a strong one. `second` and `third` are
    the sums from which a student is in tier 2 and in tier 3.
    """

    second: int
    third: int


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Lines that belong together, whose they are, and where they are published.

    `use` says plainly for whom the set is meant and what of it our records cannot tell.
    """

    key: str
    name: Text
    authority: str
    source: str
    version: int
    lines: tuple[Line, ...]
    use: Text
    tiers: Tiers | None = None

    def of(self, domain: Domain) -> tuple[Line, ...]:
        """The lines of one domain."""
        return tuple(line for line in self.lines if line.domain is domain)


def line(
    key: str,
    at: float,
    words: Text | None = None,
    *,
    severe: bool = False,
    grades: tuple[str, ...] | None = None,
    measure: str = "",
) -> Line:
    """A line whose domain follows from its measure (its key, unless another is named).

    Raises:
        KeyError: when the measure does not exist.
    """
    of = MEASURES[measure or key]
    return Line(key, of.domain, of.key, at, words or words_of(of, at), severe, grades)


def words_of(measure: Measure, at: float) -> Text:
    """What a line says, where nobody wrote better words: measure and number."""
    number = plain(at * 100 if measure.unit == "share" else at)
    en, es = _UNITS[measure.unit]
    if measure.below:
        return Text(
            f"Below {number}{en}: {measure.words.en}",
            f"Menos de {number}{es}: {measure.words.es}",
        )
    return Text(
        f"{number}{en} or more: {measure.words.en}",
        f"{number}{es} o más: {measure.words.es}",
    )


_UNITS = {
    "share": ("%", "\u00a0%"),
    "days": ("", ""),
    "incidents": ("", ""),
    "courses": ("", ""),
    "points": ("", ""),
    "percent": ("", ""),
}


def plain(number: float) -> str:
    """A number without needless zeros: `10`, `2.5`."""
    rounded = Decimal(str(round(number, 3))).normalize()
    return f"{rounded:f}"
