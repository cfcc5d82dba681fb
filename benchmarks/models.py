"""What the models of students in schools and in strata cost at full size.

    python -m benchmarks.models                and --write to put it into results.md

The school model is asked of 500,000 students in 900 schools, from students and from
sums by school (what one GROUP BY gives); MAIHDA of 400 strata, from counts. The same
data, seeds and sizes every time; the least of five runs. R's lme4 was measured by the
authors of the method cards at 13 s for the same model; it is not run here.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from evenrise.statistics.maihda import maihda_binomial, maihda_linear
from evenrise.statistics.moments import ONE, Moments
from evenrise.statistics.multilevel import fit


STUDENTS, SCHOOLS, TIMES = 500_000, 900, 5
LME4 = 13.0  # seconds, as the method cards tell
RESULTS = Path(__file__).parent / "results.md"
HEADING = "## Models of students in schools and strata"


def least(work: Callable[[], object]) -> float:
    """The fewest seconds of five runs."""
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def lines() -> list[str]:
    """The table of costs, in Markdown."""
    chance = np.random.default_rng(2026)
    school = chance.integers(0, SCHOOLS, STUDENTS)
    prior = chance.normal(size=STUDENTS)
    own = chance.normal(scale=0.3, size=SCHOOLS)[school]
    y = 0.6 * prior + own + chance.normal(size=STUDENTS)
    sums = Moments.of(school, {"y": y, "prior": prior})
    from_students = least(
        lambda: fit(Moments.of(school, {"y": y, "prior": prior}), "y", [ONE, "prior"])
    )
    from_sums = least(lambda: fit(sums, "y", [ONE, "prior"]))
    strata = np.arange(400)
    groups = {"race": strata % 8, "gender": strata // 8 % 2, "income": strata // 16}
    n = chance.integers(20, 400, 400)
    events = chance.binomial(n, 0.3)
    binomial = least(lambda: maihda_binomial(groups, events, n))
    each = {name: part[strata.repeat(100)] for name, part in groups.items()}
    scores = chance.normal(size=40_000)
    linear = least(lambda: maihda_linear(each, scores))
    return [
        "| what | seconds | beside |",
        "|---|---|---|",
        (
            f"| school model, {STUDENTS:,} students in {SCHOOLS} schools, "
            f"from students | {from_students:.3f} "
            f"| {LME4 / from_students:.0f} times faster than lme4's {LME4:.0f} s |"
        ),
        (
            f"| the same from sums by school | {from_sums:.4f} "
            f"| {LME4 / from_sums:,.0f} times faster |"
        ),
        f"| MAIHDA, 400 strata, from counts (logit) | {binomial:.3f} | asked: 0.1 |",
        f"| MAIHDA, 400 strata, 40,000 scores | {linear:.3f} | |",
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    page = f"{HEADING}\n\n" + "\n".join(lines()) + "\n"
    print(page)
    if args.write:
        # Each page of results keeps what the others wrote.
        parts = RESULTS.read_text(encoding="utf-8").split("\n## ")
        kept = [part for part in parts if not part.startswith(HEADING[3:])]
        old = "\n## ".join(kept).rstrip()
        RESULTS.write_text(f"{old}\n\n{page}", encoding="utf-8")


if __name__ == "__main__":
    main()
