"""The yardstick: DuckDB reads every CSV file and writes it as Parquet, no more."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb


def main() -> None:
    """`python -m benchmarks.work.duckdb_alone FOLDER TARGET`."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    con = duckdb.connect()
    files = {}
    for file in sorted(folder.glob("*.csv")):
        before = time.perf_counter()
        con.execute(
            f"COPY (SELECT * FROM read_csv('{file}')) TO"  # noqa: S608 - our own path
            f" '{target / file.stem}.parquet' (FORMAT parquet)"
        )
        files[file.stem] = round(time.perf_counter() - before, 3)
    print(json.dumps({"seconds": time.perf_counter() - begun, "files": files}))


if __name__ == "__main__":
    main()
