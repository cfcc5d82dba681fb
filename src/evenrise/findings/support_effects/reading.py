"""What may be said of one support: a verdict, its numbers, and every doubt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from evenrise.findings.support_effects.study import Look, Measured
from evenrise.statistics.claims import Rung
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


class Verdict(StrEnum):
    """The only words for a support."""

    HELPS = "helps"
    NO_USEFUL_DIFFERENCE = "no_useful_difference"
    MAY_HARM = "may_harm"
    CANNOT_TELL = "cannot_tell"
    NOT_COMPARABLE = "not_comparable"


class Doubt(StrEnum):
    """Why nothing more is said."""

    FEW_GIVEN = "few_given"  # fewer than the minimum were given it and followed
    WIDE = "wide"  # the interval holds both nothing and a useful effect
    MODELS_DISAGREE = "models_disagree"  # the two halves point different ways
    NO_MODEL = "no_model"  # the comparison could not be computed
    NO_COMPARISON = "no_comparison"  # hardly anybody: before and after alone
    UNALIKE = "unalike"  # no overlap, or balance not reached
    ATTRITION = "attrition"  # many more left on one side


class NotAtLine(StrEnum):
    """Why the line of a rule tells nothing."""

    FEW_NEAR = "few_near"
    UNDECIDED = "undecided"
    MOVED = "moved"
    UNKNOWN_MOVES = "unknown_moves"
    JUMPS = "jumps"


@dataclass(frozen=True, slots=True)
class Balance:
    """One covariate: the difference in standard deviations, before and after."""

    key: str
    name: Text
    before: float
    after: float | None


@dataclass(frozen=True, slots=True)
class Dosage:
    """Sessions given of those planned, over the students who were given the support.

    `most` counts students who got four fifths of their sessions or more.
    """

    planned: int
    delivered: int
    students: int
    most: int


@dataclass(frozen=True, slots=True)
class Bin:
    """A step of the score near the line: from, to (less the line), what followed."""

    low: float
    high: float
    outcome: Estimate
    past: bool


@dataclass(frozen=True, slots=True)
class AtLine:
    """How an effect at a rule's line was found.

    `at` and `bandwidth` are in the `unit` of the line's measure (shares from 0 to 1).
    `near` counts students within the bandwidth: past the line, and short of it.
    `crowding_p` is small where scores were moved over the line; `heaped` says that
    scores repeat.
    """

    words: Text | None
    unit: str
    at: float
    days: tuple[dt.date, ...]
    bandwidth: float
    near: tuple[int, int]
    crowding_p: float
    heaped: bool
    bins: tuple[Bin, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape that is kept."""
        return {
            "words": None if self.words is None else self.words.as_dict(),
            "unit": self.unit,
            "at": self.at,
            "days": [day.isoformat() for day in self.days],
            "bandwidth": self.bandwidth,
            "near": list(self.near),
            "crowding_p": self.crowding_p,
            "heaped": self.heaped,
            "bins": [
                {
                    "low": one.low,
                    "high": one.high,
                    "value": one.outcome.value,
                    "lower": one.outcome.lower,
                    "upper": one.outcome.upper,
                    "n": one.outcome.n,
                    "past": one.past,
                }
                for one in self.bins
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportReading:
    """The answer to "does it help?" for one support; it names nobody.

    `effect` is those given the support less comparable students, in the unit of
    `measured`, with the interval of this look; unknown, with a reason, where none may
    be told. `smallest` is the smallest effect that these numbers would have shown four
    times in five; `useful` the smallest that would matter; `more` how many more
    students would have to be given it to see that one. `overlap` gives the lowest and
    highest chance of being given the support among those compared.
    """

    support: str
    measured: Measured
    verdict: Verdict
    doubt: Doubt | None
    rung: Rung | None
    effect: Estimate
    n_given: int
    n_compared: int
    dosage: Dosage
    look: Look
    schools: int
    useful: float | None = None
    smallest: float | None = None
    more: int | None = None
    naive: float | None = None  # the plain difference to all others, which misleads
    balance: tuple[Balance, ...] = ()
    overlap: tuple[float, float] | None = None
    effective: tuple[float, float] | None = None
    attrition: tuple[float, float] | None = None
    unmatched: int = 0
    too_recent: int = 0
    e_value: float | None = None
    sentence: Text
    caveats: tuple[Text, ...] = ()
    line: AtLine | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape that is kept and shown; texts as {en, es}, no NaN anywhere."""
        effect = self.effect
        return {
            "support": self.support,
            "measure": self.measured.name.as_dict(),
            "when": self.measured.when.as_dict(),
            "unit": self.measured.unit.value,
            "good": self.measured.good,
            "verdict": self.verdict.value,
            "doubt": None if self.doubt is None else self.doubt.value,
            "rung": None if self.rung is None else self.rung.name.lower(),
            "effect": {
                "value": effect.value,
                "lower": effect.lower,
                "upper": effect.upper,
                "n": effect.n,
                "reason": None if effect.reason is None else effect.reason.value,
            },
            "naive": self.naive,
            "useful": self.useful,
            "smallest": self.smallest,
            "more": self.more,
            "n_given": self.n_given,
            "n_compared": self.n_compared,
            "too_recent": self.too_recent,
            "unmatched": self.unmatched,
            "schools": self.schools,
            "dosage": {
                "planned": self.dosage.planned,
                "delivered": self.dosage.delivered,
                "students": self.dosage.students,
                "most": self.dosage.most,
            },
            "balance": [
                {
                    "key": one.key,
                    "name": one.name.as_dict(),
                    "before": one.before,
                    "after": one.after,
                }
                for one in self.balance
            ],
            "overlap": None if self.overlap is None else list(self.overlap),
            "effective": None if self.effective is None else list(self.effective),
            "attrition": None if self.attrition is None else list(self.attrition),
            "e_value": self.e_value,
            "look": {
                "number": self.look.number,
                "planned": self.look.planned,
                "on": None if self.look.on is None else self.look.on.isoformat(),
            },
            "sentence": self.sentence.as_dict(),
            "caveats": [one.as_dict() for one in self.caveats],
            "line": None if self.line is None else self.line.as_json(),
        }
