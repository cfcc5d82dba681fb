"""`evenrise restore`: a backup back into an empty folder."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from evenrise.cli.arguments import add_json, add_store, existing_paths


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `restore` understands."""
    parser.add_argument("backup", type=Path, metavar="FILE", help="the backup")
    add_store(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Restore; 0. A damaged backup or a full folder changes nothing (3)."""
    existing_paths([args.backup])
    from evenrise.cli.serving import begin, ready
    from evenrise.cli.terminal import count, progress_bar, tell
    from evenrise.workspace.foundation import restoring
    from evenrise.workspace.foundation.laying_aside import laid_aside

    store = args.store.absolute()
    with laid_aside(restoring.place_for(store), "restore") as aside:
        with progress_bar(quiet=args.json) as progress:
            contents = restoring.unpack(args.backup.absolute(), aside, progress)
        home = begin(aside / "store")
        restoring.fill_database(contents, aside)
        ready(home)
        restoring.put_in_place(home.store, store)
    files = len(contents["files"])
    answer = {"store": str(args.store), "files": files}
    told = f"{args.store}: {count(files, 'file')} are back."
    tell(json.dumps(answer) if args.json else told)
    return 0
