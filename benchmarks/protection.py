"""What protecting a district's public tables costs, and how much more it hides.

    python -m benchmarks.protection            and --write to put it into results.md

The district has 60 schools, over 40 groups (and pairs of them at the district), ten
indicators and five years of records. Its release has to withstand the attack by
integer programming before it is accepted; then it is audited once more. The share
hidden is printed beside the smallest possible for small tables, where that is known.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenrise.indicators.compute import compute_facts
from evenrise.records.importing import import_paths
from evenrise.records.settings import DistrictSettings, ImportOptions
from evenrise.records.snapshots import SnapshotStore
from evenrise.statistics.small_numbers import DEFAULT_RULE, protect
from evenrise.statistics.small_numbers.audit import audit
from evenrise.statistics.small_numbers.plain_table import hide_in_table
from evenrise.synthetic.district import build_district
from evenrise.vocabulary.facts import FACT_COLUMNS
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.progress import Silent


AS_OF = dt.date(2026, 7, 1)
STUDENTS, YEARS, INDICATORS, TABLES = 35_000, 5, 10, 200
RESULTS = Path(__file__).parent / "results.md"
HEADING = "## Protecting small numbers"
_TYPES = {"int16": pa.int16(), "int64": pa.int64(), "float64": pa.float64()}


def district() -> pa.Table:
    """The facts of the ten indicators that have most of them."""
    with tempfile.TemporaryDirectory(prefix="evenrise-bench-") as room:
        records = Path(room) / "records"
        build_district(
            records,
            students=STUDENTS,
            seed=1,
            as_of=AS_OF,
            years=YEARS,
            progress=Silent(),
        )
        settings = DistrictSettings()
        report = import_paths(
            [records],
            store=SnapshotStore(Path(room) / "store"),
            options=ImportOptions(as_of=AS_OF, settings=settings),
            progress=Silent(),
        )
        if report.snapshot is None:
            raise SystemExit("the import wrote no snapshot")
        facts = compute_facts(
            report.snapshot, as_of=AS_OF, settings=settings, progress=Silent()
        )
    names = Counter(facts["indicator"].cast(pa.string()).to_pylist())
    most = [name for name, _ in names.most_common(INDICATORS)]
    return facts.filter(pc.is_in(facts["indicator"], pa.array(most)))


def district_lines() -> list[str]:
    """Time and share hidden for the whole district."""
    facts = district()
    schools = facts.filter(pc.equal(facts["level"].cast(pa.string()), "school"))
    groups = len(schools.group_by(["group_family", "group"]).aggregate([]))
    size = len(pc.unique(schools["organization_id"]))
    wall, busy = time.perf_counter(), time.process_time()
    told = protect(facts)
    middle = time.perf_counter(), time.process_time()
    found = audit(told, facts=facts)
    end = time.perf_counter(), time.process_time()
    gone = told.hidden + told.withdrawn
    return [
        (
            f"- {size} schools, {groups} groups by school and pairs of them at the"
            f" district, {INDICATORS} indicators, {YEARS} years: {facts.num_rows:,}"
            " facts"
        ),
        (
            f"- protected, and attacked before it is accepted: {middle[0] - wall:.1f} s"
            f" ({middle[1] - busy:.1f} processor seconds); audited again:"
            f" {end[0] - middle[0]:.1f} s ({end[1] - middle[1]:.1f}); aim: under 60 s"
        ),
        (
            f"- {found.hidden:,} hidden numbers attacked, {found.solved:,} of them by"
            f" integer programming to the end; {len(found.exposed)} worked out"
        ),
        (
            f"- hidden or left out: {gone:,} facts ({gone / facts.num_rows:.1%});"
            f" {told.withdrawn:,} of them left out"
        ),
    ]


def table_lines() -> list[str]:
    """How many cells are hidden beside the fewest possible, over small tables."""
    quick = best = small = equal = 0
    for seed in range(TABLES):
        counts = _counts(seed)
        rule = DEFAULT_RULE
        fewest = hide_in_table(
            counts, smallest_shown=rule.smallest_shown, min_width=rule.min_width
        )
        told = protect(_facts(counts))
        hidden = told.hidden + told.withdrawn
        quick += hidden
        best += int(fewest.hidden.sum())
        small += int(fewest.small.sum())
        equal += hidden == int(fewest.hidden.sum())
    return [
        (
            f"- {TABLES} tables of four groups by four schools, printed with all their"
            f" sums: {small} small cells; {quick} hidden in all, {best} at the least"
            f" possible ({quick / best:.2f} times); as few as possible in"
            f" {equal / TABLES:.0%} of the tables"
        )
    ]


def _counts(seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    counts = chance.integers(11, 80, (4, 4))
    few = chance.random((4, 4)) < 0.12
    counts[few] = chance.integers(1, 11, int(few.sum()))
    return np.asarray(counts)


def _facts(counts: np.ndarray) -> pa.Table:
    """Numbers of students alone, with every sum."""
    groups = [one.code for one in FAMILIES["gender"].groups]
    rows = []
    for at in range(-1, len(counts)):
        here = counts.sum(axis=0) if at < 0 else counts[at]
        level = "district" if at < 0 else "school"
        place = {"level": level, "organization_id": "D" if at < 0 else f"S{at}"}
        rows.append(place | {"group_family": "all", "group": "all", "n": here.sum()})
        rows += [
            place | {"group_family": "gender", "group": group, "n": n}
            for group, n in zip(groups, here.tolist(), strict=True)
        ]
    fixed = {
        "indicator": "enrolled",
        "definition_version": 1,
        "authority": "invented",
        "school_year": 2026,
        "status": "reported",
        "origin": "computed",
        "district_id": "D",
    }
    rows = [fixed | row | {"denominator": float(row["n"])} for row in rows]
    fields = [(n, _TYPES.get(kind, pa.string())) for n, kind in FACT_COLUMNS.items()]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    page = f"{HEADING}\n\n" + "\n".join([*table_lines(), *district_lines()]) + "\n"
    print(page)
    if args.write:
        # Each page of results keeps what the others wrote.
        parts = RESULTS.read_text(encoding="utf-8").split("\n## ")
        kept = [part for part in parts if not part.startswith(HEADING[3:])]
        old = "\n## ".join(kept).rstrip()
        RESULTS.write_text(f"{old}\n\n{page}", encoding="utf-8")


if __name__ == "__main__":
    main()
