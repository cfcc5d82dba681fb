"""A rule gives a support: is a useless one called anything, is a planted one found?

    python -m benchmarks.lines                     200 districts of each size
    python -m benchmarks.lines --write             and put the table into results.md

Students miss days by a leaning of their own; whoever missed a tenth of a hundred days
is given a support, that spares some of the next 45 days or none. Stated error: 5 % of
useless ones at most are called helpful or harmful.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenrise.findings.support_effects.at_line import CROWDED
from evenrise.statistics.cutoff_effect import CutoffEffect, cutoff_effect
from evenrise.statistics.rates import wilson


RESULTS = Path(__file__).parent / "results.md"
HEADING = "## Supports that a rule gives"
CASES = ((1_500, 0.0), (4_000, 0.0), (20_000, 0.0), (4_000, 0.5))  # students, spared
_DAYS, _AFTER, _LINE = 100, 45, 10
_COLUMNS = (
    "students",
    "days spared",
    "districts",
    "refused",
    "called helpful or harmful",
    "effect found, on average",
    "planted",
)


@dataclass(frozen=True, slots=True)
class Tried:
    """What was found in one district, and what was planted there."""

    found: CutoffEffect
    planted: float

    @property
    def told(self) -> bool:
        """Whether anything may be told at the line."""
        moved = self.found.crowding_p is None or self.found.crowding_p < CROWDED
        return not (self.found.refused or moved)


def tried(students: int, spared: float, seed: int) -> Tried:
    """One district; `spared` is the share of days that the support spares."""
    rng = np.random.default_rng(seed)
    leaning = rng.gamma(3.0, 0.03, students).clip(0, 0.6)
    missed = rng.binomial(_DAYS, leaning)
    past = missed >= _LINE
    after = rng.binomial(_AFTER, np.where(past, leaning * (1 - spared), leaning))
    # Days less the line, so that the line itself is exactly 0.
    found = cutoff_effect(missed - _LINE, after / _AFTER, 0.0)
    near = np.abs(missed - _LINE) <= 1
    return Tried(found, -spared * float(leaning[near].mean()))


def table(times: int) -> list[str]:
    """One row a case."""
    lines = [f"| {' | '.join(_COLUMNS)} |", "|---:|---:|---:|---:|---|---:|---:|"]
    for students, spared in CASES:
        every = [tried(students, spared, seed) for seed in range(times)]
        told = [one for one in every if one.told]
        clear = sum(one.found.effect.excludes_zero for one in told)
        share = wilson(clear, len(told))
        low, high = share.lower or 0.0, share.upper or 0.0
        effect = np.mean([one.found.effect.value or 0.0 for one in told])
        planted = np.mean([one.planted for one in told])
        cells = [
            f"{students:,}",
            f"{spared:.0%}",
            f"{times}",
            f"{times - len(told)}",
            f"{clear / len(told):.1%} ({low:.1%} to {high:.1%})",
            f"{100 * effect:+.1f} points",
            f"{100 * planted:+.1f} points",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Try and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    begun = time.process_time()
    lines = table(args.times)
    print("\n".join(lines))
    print(f"\n{time.process_time() - begun:.0f} s of processor time")
    if args.write:
        write(lines)


def write(lines: list[str]) -> None:
    """Replace this benchmark's part of results.md."""
    parts = RESULTS.read_text(encoding="utf-8").split("\n## ")
    kept = [part for part in parts if not part.startswith(HEADING[3:])]
    body = "\n".join([HEADING, "", "`python -m benchmarks.lines`", "", *lines, ""])
    old = "\n## ".join(kept).rstrip()
    RESULTS.write_text(f"{old}\n\n{body}", encoding="utf-8")


if __name__ == "__main__":
    main()
