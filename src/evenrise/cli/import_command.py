"""`evenrise import`: files into a store, as a snapshot that never changes."""

from __future__ import annotations

import argparse
from pathlib import Path

from evenrise.cli.arguments import add_as_of, add_json, add_store, existing_paths
from evenrise.config.options import REMOVAL_SHARE


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `import` understands."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="files, folders or zips"
    )
    add_store(parser)
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="show what would be new, changed, gone and refused; write nothing",
    )
    parser.add_argument(
        "--format",
        default="auto",
        metavar="NAME",
        help="auto (by content), or a source's name such as csv, oneroster, california",
    )
    parser.add_argument(
        "--allow-removal",
        action="store_true",
        help="accept files that would remove many students",
    )
    parser.add_argument(
        "--keep-rest",
        action="store_true",
        help="keep the tables that these files do not bring; a table they do bring is "
        "replaced as a whole",
    )
    add_as_of(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Import; 0, or 4 when rows were refused or a file could not be used."""
    from evenrise.cli.story import tell_import
    from evenrise.cli.terminal import progress_bar
    from evenrise.publishing.reviewing.settings_file import settings_beside
    from evenrise.records.importing import ImportOptions, import_paths
    from evenrise.records.snapshots import SnapshotStore

    options = ImportOptions(
        as_of=args.as_of,
        settings=settings_beside(args.paths),
        format=args.format,
        dry_run=args.dry_run,
        allow_removal=args.allow_removal,
        keep_rest=args.keep_rest,
        removal_share=REMOVAL_SHARE.value(),
    )
    with progress_bar(quiet=args.json) as progress:
        report = import_paths(
            existing_paths(args.paths),
            store=SnapshotStore(args.store),
            options=options,
            progress=progress,
        )
    tell_import(report, as_json=args.json)
    return report.exit_code
