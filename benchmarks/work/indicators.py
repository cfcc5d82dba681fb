"""Three indicators from a snapshot, by Evenrise: facts to a Parquet file."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.work.build import AS_OF
from evenrise.indicators.compute import compute_facts
from evenrise.publishing.reviewing.spare_pandas import spare_pandas
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import SnapshotStore
from evenrise.synthetic.names import DISTRICT_CODE
from evenrise.vocabulary.progress import Silent


KEYS = ("chronic_absence", "suspension", "d_f_rate")


def main() -> None:
    """`python -m benchmarks.work.indicators STORE TARGET`."""
    spare_pandas()
    snapshot = SnapshotStore(Path(sys.argv[1])).current()
    if snapshot is None:
        raise SystemExit("the store is empty")
    begun = time.perf_counter()
    facts = compute_facts(
        snapshot,
        as_of=AS_OF,
        settings=DistrictSettings(code=DISTRICT_CODE),
        progress=Silent(),
        only=KEYS,
    )
    told = {"seconds": time.perf_counter() - begun, "rows": facts.num_rows}
    pq.write_table(facts, sys.argv[2])
    print(json.dumps(told))


if __name__ == "__main__":
    main()
