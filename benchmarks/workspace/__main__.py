"""`python -m benchmarks.workspace --store DIR`: what the pages of a district cost.

    evenrise import --store DIR ...            first: records, of any size
    python -m benchmarks.workspace --store DIR
    python -m benchmarks.workspace --store DIR --part load --seconds 600 --rate 50

Parts: fill (what is not there yet: pages prepared, directory placed, a release),
prepare (the pages once more, aside), again (the directory placed as after a night),
pages (each page and role, in this process), http (each page and role, through the
server), load (many at once). The store is changed: an account for each adult, a cast,
a release. Never with real records.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from evenrise.cli.serving import begin, ready


PARTS = ("fill", "prepare", "again", "pages", "http", "load")


def main() -> None:
    """Measure the wanted parts and print tables in Markdown."""
    args = _arguments()
    ready(begin(args.store, demo=True))
    # Only now: models are not there before the store is known.
    from benchmarks.workspace.measured import measure  # noqa: PLC0415

    measure(args, tuple(args.part or PARTS))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.workspace", description="What pages cost."
    )
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--as-of",
        type=dt.date.fromisoformat,
        default=dt.date(2026, 7, 1),
        metavar="DATE",
        help="the day that the pages speak of (default: 2026-07-01)",
    )
    parser.add_argument(
        "--day",
        type=dt.date.fromisoformat,
        default=dt.date(2026, 5, 15),
        metavar="DATE",
        help="the day of the directory, when sections meet (default: 2026-05-15)",
    )
    parser.add_argument(
        "--part", action="append", choices=PARTS, help="once or more; default: all"
    )
    parser.add_argument("--only", default="", help="pages whose name begins so")
    parser.add_argument("--role", default="", help="one role alone")
    parser.add_argument("--calls", type=int, default=30, metavar="N")
    parser.add_argument("--rate", type=float, default=50, metavar="N")
    parser.add_argument("--seconds", type=float, default=600, metavar="N")
    parser.add_argument(
        "--port", type=int, default=0, metavar="N", help="default: any that is free"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
