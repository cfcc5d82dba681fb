"""Builds the invented district that is measured: one year, every day written."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path

from evenrise.synthetic.district import build_district
from evenrise.vocabulary.progress import Silent


AS_OF = dt.date(2026, 7, 1)


def main() -> None:
    """`python -m benchmarks.work.build FOLDER STUDENTS`."""
    begun = time.perf_counter()
    build_district(
        Path(sys.argv[1]),
        students=int(sys.argv[2]),
        seed=1,
        as_of=AS_OF,
        years=1,
        attendance="every_day",
        progress=Silent(),
    )
    print(json.dumps({"seconds": time.perf_counter() - begun}))


if __name__ == "__main__":
    main()
