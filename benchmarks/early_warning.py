"""Does a model get used exactly where it finds more? Districts with and without.

    python -m benchmarks.early_warning                    20 districts of each kind
    python -m benchmarks.early_warning --seeds 5
    python -m benchmarks.early_warning --students 500000  how long one card takes
    python -m benchmarks.early_warning --write            into benchmarks/results.md

In the first kind nothing but the lines of the rule says who will not be on track: a
model cannot find more, and the rule must be used. In the second what was known of
earlier years matters as much: the model must be used.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evenrise.findings.early_warning.card import Way
from evenrise.findings.early_warning.cards import Cards, make_cards
from evenrise.indicators.flags.cohorts import FEATURES, Cohorts
from evenrise.statistics.abc_rule import abc_flags
from evenrise.statistics.rates import wilson


RESULTS = Path(__file__).parent / "results.md"
HEADING = "## Early warning: rule or model"
YEARS = (2023, 2024, 2025)
SCHOOLS = 24
STUDENTS = 3_000  # of each year
KINDS = (
    ("the rule's lines alone", "never", 0.0),
    ("and earlier years, half as much", "seldom: below the margin", 0.5),
    ("and earlier years, as much", "always", 1.0),
)
_BY_COUNT = np.array([0.08, 0.40, 0.65, 0.80])  # not on track, by lines crossed


def draw(
    seed: int,
    *,
    further: bool,
    weight: float = 1.0,
    students: int = STUDENTS,
    years: Sequence[int] = YEARS,
) -> Cohorts:
    """Draw students of one checkpoint; `further` makes earlier years matter too.

    Args:
        seed: of the draw.
        further: whether what was known of earlier years matters.
        weight: how much; 1 is as much as the rule's lines.
        students: of each year.
        years: by their springs.
    """
    rng = np.random.default_rng([seed, int(further)])
    n = students * len(years)
    made = {name: np.full(n, np.nan) for name in FEATURES}
    made["share_absent"] = rng.beta(1.1, 19, n)
    made["share_unexcused"] = made["share_absent"] * rng.random(n)
    made["recent_absences"] = rng.binomial(20, made["share_absent"]).astype(float)
    made["incidents"] = rng.poisson(0.08, n).astype(float)
    made["suspension_days"] = np.where(rng.random(n) < 0.02, 1.0, 0.0)
    made["core_f_marks"] = rng.binomial(4, 0.04, n).astype(float)
    made["grade"] = rng.integers(6, 13, n).astype(float)
    known = rng.random(n) < 0.9
    made["prior_share_absent"] = np.where(known, rng.beta(1.1, 19, n), np.nan)
    made["prior_ela"] = np.where(known, rng.normal(size=n), np.nan)
    flags = abc_flags(
        absence_rate=made["share_absent"],
        suspension_days=made["suspension_days"],
        minor_incidents=made["incidents"],
        failing_ela=(made["core_f_marks"] > 0).astype(float),
        failing_math=np.zeros(n),
    )
    chance = _BY_COUNT[flags.crossed]
    if further:
        logit = np.log(chance / (1 - chance))
        earlier = 25 * (np.nan_to_num(made["prior_share_absent"], nan=0.055) - 0.055)
        logit += weight * (earlier - 1.3 * np.nan_to_num(made["prior_ela"]))
        chance = 1 / (1 + np.exp(-logit))
    outcome = (rng.random(n) < chance).astype(np.float64)
    return Cohorts(
        names=FEATURES,
        features=np.column_stack([made[name] for name in FEATURES]).astype(np.float32),
        rule=flags.crossed.astype(np.float64),
        outcome=outcome,
        met_after=np.where(outcome > 0, rng.integers(0, 240, n), np.nan),
        school_year=np.repeat(np.array(years), students),
        checkpoint=np.zeros(n, np.int64),
        checkpoints=("10-15",),
        school=rng.integers(0, SCHOOLS, n),
        schools=tuple(f"E{number:04d}" for number in range(SCHOOLS)),
        student=np.arange(n),
        groups={"gender": rng.integers(0, 2, n)},
        group_names={"gender": ("female", "male")},
    )


def main() -> None:
    """Draw, judge and print."""
    args = _arguments()
    if args.students is not None:
        print(_large(args.students))
        return
    said = (
        f"{args.seeds} districts of each kind, {STUDENTS:,} students in each of "
        f"{len(YEARS)} years, {SCHOOLS} schools; margin 3 points of precision at the "
        "number of students whom the rule flags."
    )
    lines = [
        HEADING,
        "",
        said,
        "",
        "| what matters | the model is used | wanted | more than the rule, points |",
        "|---|---|---|---|",
    ]
    for what, wanted, weight in KINDS:
        cards = [
            make_cards(draw(seed, further=weight > 0, weight=weight))
            for seed in range(args.seeds)
        ]
        lines.append(_row(cards, what, wanted))
    text = "\n".join(lines)
    print(text)
    if args.write:
        parts = RESULTS.read_text(encoding="utf-8").split("\n## ")
        kept = [part for part in parts if not part.startswith(HEADING[3:])]
        old = "\n## ".join(kept)
        RESULTS.write_text(f"{old.rstrip()}\n\n{text}\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.early_warning",
        description="Is a model used exactly where it finds more?",
    )
    parser.add_argument("--seeds", type=int, default=20, metavar="N")
    parser.add_argument("--students", type=int, metavar="N")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _row(cards: list[Cards], what: str, wanted: str) -> str:
    used = sum(one.uses is Way.MODEL for one in cards)
    rate = wilson(used, len(cards))
    gains = [
        100 * (one.checkpoints[0].over_rule.value or 0)
        for one in cards
        if one.checkpoints[0].over_rule is not None
    ]
    low, high = 100 * (rate.lower or 0), 100 * (rate.upper or 0)
    return (
        f"| {what} | {used} of {len(cards)} ({low:.0f}% to {high:.0f}%) | {wanted} "
        f"| {np.mean(gains):.1f} ({min(gains):.1f} to {max(gains):.1f}) |"
    )


def _large(students: int) -> str:
    """How long cards take for that many students a year, and what they say."""
    cohorts = draw(0, further=True, students=students)
    begun, busy = time.perf_counter(), time.process_time()
    cards = make_cards(cohorts)
    took, busy = time.perf_counter() - begun, time.process_time() - busy
    return (
        f"{len(cohorts):,} rows of {len(YEARS)} years, one checkpoint: {took:.1f} s, "
        f"processor {busy:.1f} s; "
        f"learned from {cards.rows_used:,} of {cards.rows_there:,} rows; "
        f"uses the {cards.uses}"
    )


if __name__ == "__main__":
    main()
