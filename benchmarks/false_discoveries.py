"""How often a review finds what is not there: districts of pure chance, reviewed.

    python -m benchmarks.false_discoveries                  200 districts
    python -m benchmarks.false_discoveries --districts 50

In each district every outcome is a toss of the same coin for every student, so that
whatever a review calls *different* it has found in chance. A family is one question:
a kind of finding, an indicator, and the district or all its schools (did all students
change, and did a gap change, are two questions). Within a family
comparisons are corrected at 5 per cent (Benjamini and Hochberg 1995); where nothing
is true, that is also how often a family may have any finding at all.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections import Counter

from evenrise.findings.finding import Certainty, Finding, Kind, Review
from evenrise.findings.review import make_review
from evenrise.indicators.registry import INDICATORS
from evenrise.statistics.rates import wilson
from evenrise.statistics.small_numbers import protect
from evenrise.synthetic.aggregates import RATES, chance_facts
from evenrise.synthetic.names import DISTRICT_CODE
from evenrise.vocabulary.groups import ALL_STUDENTS


STATED = 0.05
AS_OF = dt.date(2026, 7, 1)
KINDS = (Kind.GAP, Kind.CHANGE, Kind.SCHOOL, Kind.INTERSECTION)
ALL_CHANGED = "change of all students"
NAMES = ("gap", "change", ALL_CHANGED, "school", "intersection")

Family = tuple[str, str, str]  # kind, indicator, level


def families(review: Review) -> set[Family]:
    """The families in which the review says that something is different."""
    return {
        (
            name(one),
            one.indicator or "",
            "district" if one.organization_id == DISTRICT_CODE else "schools",
        )
        for one in review.findings
        if one.certainty is Certainty.DIFFERENT and one.kind in KINDS
    }


def name(finding: Finding) -> str:
    """The question that a finding answers."""
    everyone = finding.group in {None, ALL_STUDENTS}
    return ALL_CHANGED if finding.kind is Kind.CHANGE and everyone else finding.kind


def simulate(districts: int, students: int) -> Counter[tuple[str, str]]:
    """How many families had a finding, by kind and level."""
    found: Counter[tuple[str, str]] = Counter()
    for seed in range(districts):
        review = make_review(
            protect(chance_facts(students=students, seed=seed)),
            district_id=DISTRICT_CODE,
            as_of=AS_OF,
            indicators=INDICATORS,
        )
        found.update((kind, level) for kind, _, level in families(review))
    return found


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--districts", type=int, default=200)
    parser.add_argument("--students", type=int, default=6_000)
    args = parser.parse_args()
    begun = time.process_time()
    found = simulate(args.districts, args.students)
    asked = args.districts * len(RATES)
    print(f"{args.districts} districts of chance, {args.students:,} students each;")
    print(f"{asked:,} families of each kind; stated rate {STATED:.0%}")
    print("| kind | level | families with a finding | share | 95 % interval |")
    print("|---|---|---|---|---|")
    for kind in NAMES:
        for level in ("district", "schools"):
            number = found[kind, level]
            share = wilson(number, asked)
            print(
                f"| {kind} | {level} | {number} | {number / asked:.1%} "
                f"| {share.lower:.1%} to {share.upper:.1%} |"
            )
    print(f"{time.process_time() - begun:.0f} processor seconds")


if __name__ == "__main__":
    main()
