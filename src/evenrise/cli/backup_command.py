"""`evenrise backup`: everything of a served district in one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from evenrise.cli.arguments import add_json, add_store


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `backup` understands."""
    add_store(parser)
    add_json(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the file to write"
    )


def run(args: argparse.Namespace) -> int:
    """Write the backup; 0. People may go on working meanwhile."""
    from evenrise.cli.serving import begin, ready
    from evenrise.cli.terminal import count, progress_bar, tell
    from evenrise.vocabulary.errors import InputProblem

    if not (args.store / "workspace").is_dir():
        raise InputProblem(f"{args.store} is no served district; nothing was written.")
    home = begin(args.store)
    ready(home)
    from evenrise.workspace.foundation.backups import back_up

    with progress_bar(quiet=args.json) as progress:
        files = back_up(home.store, args.out, progress)
    tell(
        f"{args.out}: {count(files, 'file')}. It holds children's records: keep it so."
    )
    return 0
