"""What may be said of a support, and what is refused (METHODS card 9).

The strongest design available wins, and the report names its rung. "Because",
"effective" and "impact" are only said when nothing here refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from evenrise.statistics.detectable import USEFUL
from evenrise.vocabulary.estimates import Estimate


MIN_CLUSTERS = 4
MAX_ATTRITION_GAP = 0.10


class Rung(IntEnum):
    """The ladder of designs; the higher wins."""

    BEFORE_AFTER = 1  # one school: a chart over time, no effect
    WEIGHTED = 2  # matched or weighted alike students
    COMPARED_SERIES = 3  # with comparison schools
    CUTOFF = 4  # regression discontinuity at a tier's line
    LOTTERY = 5  # or a waiting list by lot


class Refusal(StrEnum):
    """Why no effect is claimed."""

    BEFORE_AFTER_ALONE = "before_after_alone"
    CHOSEN_BECAUSE_LOW = "chosen_because_low"  # regression to the mean
    FEW_CLUSTERS = "few_clusters"
    ATTRITION = "attrition"
    NOT_NAMED_IN_ADVANCE = "not_named_in_advance"
    COULD_NOT_SEE = "could_not_see"  # "no effect" needs an interval without useful ones


class Verdict(StrEnum):
    """The only words for an effect."""

    DIFFERENT = "different"
    UNCLEAR = "unclear"
    NO_USEFUL_EFFECT = "no_useful_effect"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What has to be known of a comparison before anything is claimed."""

    rung: Rung
    effect: Estimate
    clusters: int | None = None  # None: students were given the support singly
    chosen_because_low: bool = False
    comparison: bool = True
    attrition: tuple[float, float] | None = None  # shares lost, with and without
    group: str | None = None  # a student group the effect is about
    named_in_advance: bool = True
    useful: float = USEFUL  # the smallest effect that would matter


@dataclass(frozen=True, slots=True)
class Claim:
    """The words allowed, the rung, and every refusal that applies."""

    verdict: Verdict
    rung: Rung
    refusals: tuple[Refusal, ...]


def claim(study: Study) -> Claim:
    """Decide what may be said; refusals come before any number."""
    refusals = tuple(_refusals(study))
    if refusals:
        return Claim(Verdict.REFUSED, study.rung, refusals)
    effect = study.effect
    if effect.excludes_zero:
        return Claim(Verdict.DIFFERENT, study.rung, ())
    if effect.lower is None or effect.upper is None:
        return Claim(Verdict.UNCLEAR, study.rung, ())
    # "No effect" from an interval that includes useful effects is refused.
    if max(abs(effect.lower), abs(effect.upper)) < study.useful:
        return Claim(Verdict.NO_USEFUL_EFFECT, study.rung, ())
    return Claim(Verdict.UNCLEAR, study.rung, (Refusal.COULD_NOT_SEE,))


def _refusals(study: Study) -> list[Refusal]:
    found = []
    if study.rung is Rung.BEFORE_AFTER:
        found.append(Refusal.BEFORE_AFTER_ALONE)
    if study.chosen_because_low and not study.comparison:
        found.append(Refusal.CHOSEN_BECAUSE_LOW)
    if study.clusters is not None and study.clusters < MIN_CLUSTERS:
        found.append(Refusal.FEW_CLUSTERS)
    lost = study.attrition
    if lost is not None and abs(lost[0] - lost[1]) > MAX_ATTRITION_GAP:
        found.append(Refusal.ATTRITION)
    if study.group is not None and not study.named_in_advance:
        found.append(Refusal.NOT_NAMED_IN_ADVANCE)
    return found
