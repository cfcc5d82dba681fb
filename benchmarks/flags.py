"""What the flags of a whole district cost: all published rule sets, with reasons.

    python -m benchmarks.flags --store DIR          and --as-of DATE, --steps

Asked by the issue: 500,000 students, nightly, in under 10 s on two cores. Reads the
store's current snapshot and writes nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path

from evenrise.indicators.flags.compute import flag_students
from evenrise.indicators.flags.counting import PARTS, Counting, counting, steps
from evenrise.indicators.flags.rules import RULE_SETS
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import SnapshotStore


ASKED = 10.0  # seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--as-of", type=dt.date.fromisoformat)
    parser.add_argument("--steps", action="store_true", help="each step of the SQL")
    given = parser.parse_args()
    snapshot = SnapshotStore(given.store).current()
    if snapshot is None:
        parser.error(f"There is no snapshot in {given.store}.")
    as_of = given.as_of or dt.date.fromisoformat(snapshot.manifest["as_of"])
    settings = DistrictSettings(
        incident_kinds={"serious": ("weapon",), "state_offense": ("weapon",)}
    )
    if given.steps:
        with counting(snapshot, as_of, settings) as one:
            _steps(one)
    began, used = time.perf_counter(), time.process_time()
    found = flag_students(snapshot, as_of, RULE_SETS, settings)
    took, used = time.perf_counter() - began, time.process_time() - used
    print(
        f"{found.students.num_rows:,} students, {found.states.num_rows:,} states, "
        f"{found.reasons.num_rows:,} reasons of {len(RULE_SETS)} rule sets as of "
        f"{as_of}: {took:.2f} s, {used:.2f} s of "
        f"processors (asked: {ASKED:.0f} s)"
    )


def _steps(one: Counting) -> None:
    """Run every step on its own clock."""
    for name in PARTS:
        for kind, table, select in steps(name):
            began, used = time.perf_counter(), time.process_time()
            one.step(kind, table, select)
            took, used = time.perf_counter() - began, time.process_time() - used
            print(f"{took:6.2f} s, {used:6.2f} of processors  {name}.{table}")


if __name__ == "__main__":
    main()
