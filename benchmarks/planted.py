"""How often a review finds what is there: districts with planted truths, reviewed.

    python -m benchmarks.planted                  200 districts, planted and not
    python -m benchmarks.planted --districts 20
    python -m benchmarks.planted --write          and put the table into results.md

Each district has twelve elementary schools and three years. In the planted ones a gap,
a gap at one school, a combination of groups, a year that levelled down, a year in which
both rose, and a school that does better by alike students are true; one support helps
and one does not. In the others nothing is, and whatever is found was found in chance.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.planted_students import (
    BRIGHT,
    BY_STUDENT,
    DISTRICT,
    UNEVEN,
    YEARS,
    Drawn,
    draw,
    facts_of,
)
from evenrise.findings.finding import Certainty, Finding, Kind, Review
from evenrise.findings.review import make_review
from evenrise.indicators.registry import INDICATORS
from evenrise.statistics.claims import Rung, Study, Verdict, claim
from evenrise.statistics.doubly_robust import doubly_robust
from evenrise.statistics.rates import wilson
from evenrise.statistics.small_numbers import protect


AS_OF = dt.date(2026, 7, 1)
RESULTS = Path(__file__).parent / "results.md"
HEADING = "## Planted truths"
TREATED, HELP = 0.3, 0.35  # share of students, standard deviations
PUPILS = 800

Found = Callable[[Finding], bool]


def _gap(one: Finding) -> bool:
    return (
        one.kind is Kind.GAP
        and (one.indicator, one.group) == ("chronic_absence", "english_learner")
        and one.organization_id == DISTRICT
    )


def _uneven(one: Finding) -> bool:
    return (
        one.kind is Kind.GAP
        and (one.indicator, one.group) == ("chronic_absence", "low_income")
        and one.organization_id.endswith(UNEVEN)
    )


def _levelled(one: Finding) -> bool:
    told = one.details.get("levelling_down") or "no progress" in one.sentence.en
    return _change(one, "met_standard_ela") and bool(told)


def _both_rose(one: Finding) -> bool:
    return _change(one, "met_standard_math") and "Both rates rose" in one.sentence.en


def _change(one: Finding, indicator: str) -> bool:
    return (
        one.kind is Kind.CHANGE
        and (one.indicator, one.group) == (indicator, "low_income")
        and one.organization_id == DISTRICT
        and one.school_year == YEARS[-1]
    )


def _combination(one: Finding) -> bool:
    return (
        one.kind is Kind.INTERSECTION
        and one.indicator == "d_f_rate"
        and {"english_learner", "disability"} <= set((one.group or "").split("*"))
    )


def _bright(one: Finding) -> bool:
    return one.kind is Kind.BRIGHT_SPOT and one.organization_id.endswith(BRIGHT)


def _alike(one: Finding) -> bool:
    return one.kind is Kind.ALIKE_STUDENTS and one.indicator == "met_standard_math"


TRUTHS: dict[str, Found] = {
    "a gap of 8 points in the district": _gap,
    "a gap of 20 points at one school": _uneven,
    "a combination 25 points worse than the sum": _combination,
    "a year in which the higher group fell by 12 points": _levelled,
    "a year in which both rose, by 8 and 20 points": _both_rose,
    "a school 0.5 standard deviations above alike ones: to visit": _bright,
    "the same school, by alike students": _alike,
}
HELPED = f"a support that helps by {HELP} standard deviations"
USELESS = "a support that does nothing, called helpful"


def found_in(review: Review) -> set[str]:
    """Which truths a review tells, as different."""
    sure = [one for one in review.findings if one.certainty is Certainty.DIFFERENT]
    return {name for name, is_it in TRUTHS.items() if any(map(is_it, sure))}


def review_of(drawn: Drawn) -> Review:
    """The review of a district's facts and students."""
    return make_review(
        protect(facts_of(drawn)),
        district_id=DISTRICT,
        as_of=AS_OF,
        indicators=INDICATORS,
        students={key: drawn.outcomes[key] for key in BY_STUDENT},
    )


def supported(seed: int, effect: float) -> bool:
    """Whether a support given to those who need it is said to have helped."""
    chance = np.random.default_rng([seed, 7])
    prior, absent = chance.normal(size=(2, PUPILS))
    # Students were chosen because they were low: the naive comparison misleads.
    need = 1 / (1 + np.exp(1.0 + 0.9 * prior - 0.4 * absent))
    took = chance.random(PUPILS) < need * TREATED / need.mean()
    score = 0.6 * prior - 0.2 * absent + 0.75 * chance.normal(size=PUPILS)
    told = doubly_robust(score + effect * took, took, np.stack([prior, absent], 1))
    study = Study(rung=Rung.WEIGHTED, effect=told.effect, chosen_because_low=True)
    said = claim(study)
    value = told.effect.value
    return said.verdict is Verdict.DIFFERENT and value is not None and value > 0


def simulate(districts: int, *, planted: bool, begin: int = 0) -> Counter[str]:
    """In how many districts each truth was told."""
    found: Counter[str] = Counter()
    for seed in range(begin, begin + districts):
        found.update(found_in(review_of(draw(seed, planted=planted))))
        found[HELPED] += planted and supported(seed, HELP)
        found[USELESS] += supported(seed + 100_000, 0.0)
    return found


def table(districts: int, planted: Counter[str], chance: Counter[str]) -> str:
    """The table, as Markdown."""
    head: tuple[str, ...] = ("planted", "found where it is true", "95 % interval")
    head += ("told where nothing is", "95 % interval")
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for name in (*TRUTHS, HELPED, USELESS):
        cells = [name]
        for count in (planted, chance):
            if (name == HELPED and count is chance) or (
                name == USELESS and count is planted
            ):
                cells += ["", ""]
                continue
            share = wilson(count[name], districts)
            cells += [
                f"{count[name] / districts:.1%}",
                f"{share.lower:.1%} to {share.upper:.1%}",
            ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--districts", type=int, default=200)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    begun = time.process_time()
    both = [simulate(args.districts, planted=flag) for flag in (True, False)]
    took = time.process_time() - begun
    said = (
        f"{args.districts} districts of twelve schools with these truths planted in"
        " them, and as many with none (`python -m benchmarks.planted`,"
        f" {took:.0f} processor seconds)."
    )
    page = f"{HEADING}\n\n{said}\n\n{table(args.districts, *both)}\n"
    print(page)
    if args.write:
        parts = RESULTS.read_text(encoding="utf-8").split("\n## ")
        kept = [part for part in parts if not part.startswith(HEADING[3:])]
        old = "\n## ".join(kept)
        RESULTS.write_text(f"{old.rstrip()}\n\n{page}", encoding="utf-8")


if __name__ == "__main__":
    main()
