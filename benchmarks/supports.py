"""Does a support help? Planted supports are judged, and useless ones simulated.

    python -m benchmarks.supports                  5 districts, 200 useless supports
    python -m benchmarks.supports --write          and put the tables into results.md

The districts have a support that works, one that does nothing and one given to the
students with the highest scores. The useless supports are given, in a district in which
none works, to students chosen for the days they had missed, as a school would choose;
the stated error is that 5 % of them at most are called helpful or harmful, at any of
the four looks.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from evenrise.findings.support_effects.assemble import (
    LOOK_DAYS,
    Given,
    assemble,
    planned_look,
)
from evenrise.findings.support_effects.effects import read_effects
from evenrise.findings.support_effects.judge import judge
from evenrise.findings.support_effects.reading import SupportReading, Verdict
from evenrise.indicators.flags.windows import Windows, absence_windows
from evenrise.records.importing import ImportOptions, import_paths
from evenrise.records.snapshots import SnapshotStore
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.statistics.rates import wilson
from evenrise.synthetic.district import build_district, supports_path
from evenrise.synthetic.support_files import read_given
from evenrise.synthetic.truths import DEFAULT_TRUTHS, Truths
from evenrise.vocabulary.progress import Silent


AS_OF = dt.date(2026, 7, 1)
STATED = 0.05
RESULTS = Path(__file__).parent / "results.md"
HEADING = "## Planted supports"
# The middle of the months in which a useless support may begin.
STARTS = [
    dt.date(spring - (month > 7), month, 15)
    for spring in (2025, 2026)
    for month in (11, 12, 1, 2, 3)
]
LOOKS = [dt.date(year, month, day) for year in (2025, 2026) for month, day in LOOK_DAYS]
OFFERS = {"few": -9.7, "some": -8.7, "many": -7.5}  # logits, nobody missed anything


def district(folder: Path, students: int, seed: int, truths: Truths) -> Snapshot:
    """An invented district's records, imported."""
    build_district(
        folder / "records",
        students=students,
        seed=seed,
        as_of=AS_OF,
        progress=Silent(),
        truths=truths,
    )
    report = import_paths(
        [folder / "records"],
        store=SnapshotStore(folder / "store"),
        options=ImportOptions(as_of=AS_OF),
        progress=Silent(),
    )
    if report.snapshot is None:
        raise RuntimeError("An invented district was refused.")
    return report.snapshot


def planted(students: int, seed: int) -> tuple[SupportReading, ...]:
    """The readings of an invented district's planted supports."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = district(Path(folder), students, seed, DEFAULT_TRUTHS)
        given = Given(*read_given(supports_path(Path(folder) / "records")))
        return read_effects(snapshot, given, AS_OF)


def useless(windows: Windows, offer: float, seed: int) -> Given:
    """A support that does nothing, given to students for the days they missed."""
    rng = np.random.default_rng([seed, round(-100 * offer)])
    share = windows.absent_before / np.maximum(windows.days_before, 1)
    likely = 1 / (1 + np.exp(-(offer + 22 * np.minimum(share, 0.25))))
    chosen = (windows.days_before >= 40) & (rng.random(len(windows)) < likely)
    # Rows are in order of students and days: the first month in which one is chosen.
    rows = np.flatnonzero(chosen)
    _, first = np.unique(windows.student[rows], return_index=True)
    rows = rows[first]
    size = len(rows)
    return Given(
        windows.students[windows.student[rows]],
        np.full(size, "useless"),
        windows.day[rows],
        np.full(size, 16),
        np.full(size, 13),
    )


def simulate(students: int, times: int) -> Iterator[tuple[str, list[SupportReading]]]:
    """Readings of useless supports, of three sizes, at each of the planned looks."""
    with tempfile.TemporaryDirectory() as folder:
        truths = replace(DEFAULT_TRUTHS, supports=())
        snapshot = district(Path(folder), students, 1, truths)
        known = {
            day: absence_windows(snapshot, [one for one in STARTS if one <= day], day)
            for day in LOOKS
        }
    for size, offer in OFFERS.items():
        for seed in range(times):
            given = useless(known[LOOKS[-1]], offer, seed)
            yield size, [_at(given, known[day], day) for day in LOOKS]


def _at(given: Given, windows: Windows, day: dt.date) -> SupportReading:
    """The reading at one look, of what had begun by then."""
    begun = given.where(given.begins_on <= np.datetime64(day))
    (study,) = assemble(begun, windows, planned_look(day, begun.begins_on))
    return judge(study)


def planted_table(students: int, seeds: int) -> list[str]:
    """What is said of the planted supports, a line a district and support."""
    told = {support.key: support.verdict for support in DEFAULT_TRUTHS.supports}
    lines = [
        "| district | support | said | given | compared | effect in points | planted |",
        "|---|---|---|---:|---:|---|---|",
    ]
    for seed in range(1, seeds + 1):
        for one in planted(students, seed):
            effect = one.effect
            shown = "–"
            if effect.value is not None:
                low, high = effect.lower or 0, effect.upper or 0
                shown = f"{effect.value:+.1%} ({low:+.1%} to {high:+.1%})"
            lines.append(
                f"| {seed} | {one.support} | {one.verdict} | {one.n_given} "
                f"| {one.n_compared} | {shown.replace('%', '')} "
                f"| {told[one.support]} |"
            )
    return lines


_COLUMNS = (
    "given, on average",
    "supports",
    "helps, at any look",
    "may harm, at any look",
    "either, with interval",
    "at the last look: no useful difference",
    "cannot tell",
    "not comparable",
)


def useless_table(students: int, times: int) -> list[str]:
    """How often a useless support was called helpful or harmful."""
    ever: Counter[tuple[str, Verdict]] = Counter()
    last: Counter[tuple[str, Verdict]] = Counter()
    either: Counter[str] = Counter()
    n: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for size, readings in simulate(students, times):
        said = {one.verdict for one in readings}
        ever.update((size, verdict) for verdict in said)
        either[size] += bool(said & {Verdict.HELPS, Verdict.MAY_HARM})
        last[size, readings[-1].verdict] += 1
        n[size] += 1
        given[size] += readings[-1].n_given
    lines = [f"| {' | '.join(_COLUMNS)} |", "|---:|---:|---:|---:|---|---:|---:|---:|"]
    for size, total in n.items():
        wrong = wilson(either[size], total)
        low, high = wrong.lower or 0, wrong.upper or 0
        cells = [
            f"{given[size] / total:.0f}",
            f"{total}",
            f"{ever[size, Verdict.HELPS] / total:.1%}",
            f"{ever[size, Verdict.MAY_HARM] / total:.1%}",
            f"{either[size] / total:.1%} ({low:.1%} to {high:.1%})",
            f"{last[size, Verdict.NO_USEFUL_DIFFERENCE] / total:.0%}",
            f"{last[size, Verdict.CANNOT_TELL] / total:.0%}",
            f"{last[size, Verdict.NOT_COMPARABLE] / total:.0%}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Build, judge, simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=12_000)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    begun = time.process_time()
    lines = [
        f"Districts of {args.students:,} students:",
        "",
        *planted_table(args.students, args.seeds),
        "",
        f"Useless supports; stated error {STATED:.0%}, helpful and harmful together:",
        "",
        *useless_table(args.students, args.times),
    ]
    print("\n".join(lines))
    print(f"\n{time.process_time() - begun:.0f} s of processor time")
    if args.write:
        write(lines)


def write(lines: list[str]) -> None:
    """Replace this benchmark's part of results.md."""
    parts = RESULTS.read_text(encoding="utf-8").split("\n## ")
    kept = [part for part in parts if not part.startswith(HEADING[3:])]
    body = "\n".join([HEADING, "", "`python -m benchmarks.supports`", "", *lines, ""])
    old = "\n## ".join(kept).rstrip()
    RESULTS.write_text(f"{old}\n\n{body}", encoding="utf-8")


if __name__ == "__main__":
    main()
