"""`evenrise check`: is the store whole, and can its numbers be followed?"""

from __future__ import annotations

import argparse
import json

from evenrise.cli.arguments import add_json, add_store


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `check` understands."""
    add_store(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Check; 0 when whole, 3 when something is missing or was changed."""
    from evenrise.cli.terminal import count, tell
    from evenrise.records.snapshots import SnapshotStore
    from evenrise.records.snapshots.verify import verify

    found = verify(SnapshotStore(args.store))
    if args.json:
        tell(
            json.dumps({"snapshots": found.snapshots, "problems": list(found.problems)})
        )
    else:
        for problem in found.problems:
            tell(problem)
        if not found.problems:
            tell(
                f"The store is whole: {count(len(found.snapshots), 'snapshot')}, "
                f"{count(found.parts, 'part')}, every part as its name says."
            )
    return 3 if found.problems else 0
