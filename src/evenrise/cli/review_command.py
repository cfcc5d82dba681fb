"""`evenrise review`: the main job, an honest equity review in one command."""

from __future__ import annotations

import argparse
from pathlib import Path

from evenrise.cli.arguments import add_as_of, add_json, existing_paths, languages
from evenrise.config.options import REMOVAL_SHARE


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `review` understands."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="files, folders or zips: records (District CSV, OneRoster) or a state's "
        "published files, or both; each is recognised by what is in it",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="the folder to write"
    )
    parser.add_argument(
        "--district",
        metavar="NAME_OR_CODE",
        help="which district, where the files hold several",
    )
    parser.add_argument(
        "--state",
        nargs="+",
        type=Path,
        default=[],
        metavar="PATH",
        help="published files of the state, to compare with",
    )
    parser.add_argument(
        "--lang",
        type=languages,
        default=("en", "es"),
        metavar="en,es",
        help="languages of the review (default: en,es)",
    )
    parser.add_argument(
        "--store",
        type=Path,
        metavar="DIR",
        help="keep the snapshot here (default: it is gone when the review is made)",
    )
    parser.add_argument(
        "--ledger",
        type=Path,
        metavar="DIR",
        help="remember here what was published, and let nothing that was hidden be "
        "worked out from two reviews together; keep it with the records",
    )
    parser.add_argument(
        "--allow-removal",
        action="store_true",
        help="accept files that would remove many students from the store",
    )
    add_as_of(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Make the review; 0, or 4 when rows were refused."""
    from evenrise.cli.pipeline import ReviewRequest, run_review
    from evenrise.cli.story import tell_review
    from evenrise.cli.terminal import progress_bar

    request = ReviewRequest(
        paths=existing_paths([*args.paths, *args.state]),
        out=args.out,
        district=args.district,
        languages=args.lang,
        as_of=args.as_of,
        store=args.store,
        allow_removal=args.allow_removal,
        removal_share=REMOVAL_SHARE.value(),
        ledger=args.ledger,
    )
    with progress_bar(quiet=args.json) as progress:
        outcome = run_review(request, progress)
    tell_review(outcome, as_json=args.json)
    return outcome.exit_code
