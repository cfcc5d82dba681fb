"""`evenrise compute`: every indicator of a store's current snapshot, as facts."""

from __future__ import annotations

import argparse
import json

from evenrise.cli.arguments import add_as_of, add_json, add_store


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `compute` understands."""
    add_store(parser)
    add_as_of(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Compute and keep the facts beside the snapshot; always 0 or an error."""
    from evenrise.cli.pipeline import compute_and_keep
    from evenrise.cli.terminal import count, progress_bar, tell

    with progress_bar(quiet=args.json) as progress:
        kept = compute_and_keep(args.store, args.as_of, progress)
    if args.json:
        tell(
            json.dumps(
                {
                    "snapshot": kept.snapshot,
                    "facts": kept.facts,
                    "indicators": kept.indicators,
                    "file": str(kept.path),
                }
            )
        )
        return 0
    tell(f"{count(kept.facts, 'fact')} of {count(len(kept.indicators), 'indicator')}")
    tell(f"from snapshot {kept.snapshot}, kept in {kept.path}")
    return 0
