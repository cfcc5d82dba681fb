"""Evenrise from the CSV files to findings: import, facts, protection, review."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.work.build import AS_OF
from benchmarks.work.listening import Stopwatch
from evenrise.findings.review import make_review, names_of
from evenrise.indicators.compute import compute_facts
from evenrise.indicators.registry import INDICATORS
from evenrise.publishing.reviewing.spare_pandas import spare_pandas
from evenrise.records.importing import import_paths
from evenrise.records.settings import DistrictSettings, ImportOptions
from evenrise.records.snapshots import SnapshotStore
from evenrise.statistics.small_numbers import protect


def main() -> None:
    """`python -m benchmarks.work.evenrise_all FOLDER STORE`."""
    folder, store = Path(sys.argv[1]), SnapshotStore(Path(sys.argv[2]))
    spare_pandas()
    begun = last = time.perf_counter()
    phases: dict[str, float] = {}

    def phase(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        phases[name] = round(now - last, 2)
        last = now

    settings = DistrictSettings.read(folder / "district.toml")
    options = ImportOptions(as_of=AS_OF, settings=settings)
    importing = Stopwatch()
    files = sorted(folder.glob("*.csv"))
    report = import_paths(files, store=store, options=options, progress=importing)
    phase("import")
    import_steps = importing.slowest()
    if report.snapshot is None:
        raise SystemExit("the import wrote no snapshot")
    computing = Stopwatch()
    facts = compute_facts(
        report.snapshot, as_of=AS_OF, settings=settings, progress=computing
    )
    phase("facts")
    fact_steps = computing.slowest(20)
    protected = protect(facts)
    phase("protect")
    review = make_review(
        protected,
        district_id=settings.code,
        as_of=AS_OF,
        indicators=INDICATORS,
        names=names_of(report.snapshot.organizations()),
        questions=report.questions,
    )
    phase("findings")
    told = {
        "seconds": time.perf_counter() - begun,
        "phases": phases,
        "import": import_steps,
        "facts": fact_steps,
        "facts_rows": facts.num_rows,
        "findings": len(review.findings),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
