"""`evenrise backup`: everything of a served district in one file."""

from __future__ import annotations

import argparse
import json
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
    from evenrise.cli.serving import begin
    from evenrise.cli.terminal import count, progress_bar, tell
    from evenrise.config.options import DATABASE
    from evenrise.vocabulary.errors import InputProblem

    database = args.store / "workspace" / "db.sqlite3"
    if not database.exists() and not (DATABASE.value() and database.parent.is_dir()):
        raise InputProblem(f"{args.store} is no served district; nothing was written.")
    home = begin(args.store)
    from evenrise.workspace.foundation.backups import back_up

    with progress_bar(quiet=args.json) as progress:
        files = back_up(home.store, args.out, progress)
    answer = {"backup": str(args.out), "files": files}
    told = (
        f"{args.out}: {count(files, 'file')}. It holds children's records: keep it so."
    )
    tell(json.dumps(answer) if args.json else told)
    return 0
