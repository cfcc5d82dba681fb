"""`evenrise demo`: an invented district, reviewed, and its workspace opened."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evenrise.cli.arguments import add_as_of, add_json
from evenrise.config.options import PORT


if TYPE_CHECKING:  # half a second that `--help` does without
    from evenrise.cli.pipeline import ReviewOutcome


FEWEST, MOST = 300, 6_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `demo` understands."""
    parser.add_argument(
        "--students",
        type=_students,
        default=12_000,
        metavar="N",
        help=f"how many students, {FEWEST} to {MOST:,} (default: 12000)",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help="another number, other children",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("demo"),
        metavar="DIR",
        help="the folder to write (default: demo)",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=None,
        metavar="N",
        help="show the workspace on this port of this machine (default: 8600)",
    )
    parser.add_argument(
        "--no-open", action="store_true", help="build and review, and show nothing"
    )
    add_as_of(parser)
    add_json(parser)


def _students(text: str) -> int:
    number = text.replace(",", "").replace("_", "")
    if not number.isdigit() or not FEWEST <= int(number) <= MOST:
        raise argparse.ArgumentTypeError(
            f"{text!r} students cannot be invented; write {FEWEST} to {MOST}"
        )
    return int(number)


def run(args: argparse.Namespace) -> int:
    """Build, review, serve; 0, or 4 when rows were refused."""
    from evenrise.cli.pipeline import ReviewRequest, run_review
    from evenrise.cli.serving import Place, refuse_a_taken_port
    from evenrise.cli.story import tell_review
    from evenrise.cli.terminal import progress_bar
    from evenrise.synthetic.district import build_district

    if not args.no_open and not args.json:
        refuse_a_taken_port(Place(port=_port(args)))
    records = args.out / "records"
    with progress_bar(quiet=args.json) as progress:
        build_district(
            records,
            students=args.students,
            seed=args.seed,
            as_of=args.as_of,
            progress=progress,
        )
        outcome = run_review(
            ReviewRequest(
                paths=[records],
                out=args.out / "review",
                district=None,
                languages=("en", "es"),
                as_of=args.as_of,
                store=args.out / "store",
                allow_removal=True,  # the demo may be made again at another size
            ),
            progress,
        )
    tell_review(outcome, as_json=args.json)
    if not args.no_open and not args.json:
        _serve(outcome, args)
    return outcome.exit_code


def _serve(outcome: ReviewOutcome, args: argparse.Namespace) -> None:
    """Fill the workspace with the district and its cast, and serve it.

    The server begins as a process of its own in our place: what inventing and
    reviewing a district needed is given back.
    """
    from evenrise.cli.serving import alone, begin, ready
    from evenrise.cli.terminal import progress_bar

    snapshot = outcome.report.snapshot
    if snapshot is None:  # a review stands on a snapshot
        return
    store = args.out / "store"
    home = begin(store, demo=True)
    with alone(home):
        ready(home)
        from evenrise.workspace.reports.demo import place_demo

        with progress_bar() as progress:
            place_demo(
                outcome.made,
                snapshot,
                args.as_of,
                progress,
                supports=args.out / "supports",
            )
    sys.stdout.flush()
    words = ["serve", "--store", str(store), "--port", str(_port(args)), "--open"]
    os.execv(sys.executable, [sys.executable, "-m", "evenrise", *words])  # noqa: S606


def _port(args: argparse.Namespace) -> int:
    return PORT.value() if args.port is None else int(args.port)
