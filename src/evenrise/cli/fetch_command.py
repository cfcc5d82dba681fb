"""`evenrise fetch`: records over the network into a store; what cron calls every night.

Each connection stands for itself: it is fetched to its end and imported, or it is told
and nothing of it is imported, and the next one has its turn. Tables that a connection
does not bring stay as they are.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenrise.cli.arguments import add_as_of, add_json, add_store
from evenrise.config.options import REMOVAL_SHARE


if TYPE_CHECKING:
    from evenrise.records.connections import Connection
    from evenrise.records.report import ImportReport
    from evenrise.records.settings import DistrictSettings
    from evenrise.vocabulary.progress import Progress


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one connection: what was imported, or why nothing was."""

    name: str
    exit_code: int
    report: ImportReport | None = None
    story: Mapping[str, Any] | None = None
    problem: str = ""

    def as_json(self) -> dict[str, object]:
        """For a program."""
        return {
            "connection": self.name,
            "exit_code": self.exit_code,
            "problem": self.problem,
            "import": self.report.as_json() if self.report else self.story,
        }

    def tell(self) -> None:
        """For a person."""
        from evenrise.cli.story import tell_import
        from evenrise.cli.terminal import count, tell

        tell(f"{self.name}:")
        if self.report is not None:
            tell_import(self.report, as_json=False)
        elif self.story is not None:
            kept, refused = self.story["rows_kept"], self.story["rows_refused"]
            tell(f"  {count(kept, 'row')} kept, {count(refused, 'row')} refused.")
            tell(f"  Snapshot {self.story['snapshot']} is shown now.")
        else:
            tell(f"  {self.problem}")
        tell()


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `fetch` understands."""
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="connections of the store's district.toml (default: all of them)",
    )
    add_store(parser)
    parser.add_argument(
        "--allow-removal",
        action="store_true",
        help="accept records that would remove many students",
    )
    add_as_of(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Fetch and import; 0, 4 when rows were refused, 3 when a connection failed."""
    from evenrise.cli.fetch_served import is_served
    from evenrise.cli.terminal import progress_bar, tell
    from evenrise.publishing.reviewing.settings_file import settings_beside

    settings = settings_beside([args.store])
    chosen = _chosen(settings, args.names, args)
    results = []
    for connection in chosen:
        if is_served(args.store):
            results.append(_through_workspace(connection.name, args))
            continue
        with progress_bar(quiet=args.json) as progress:
            results.append(_bring_in(connection, settings, args, progress))
    if args.json:
        told = [one.as_json() for one in results]
        tell(json.dumps({"connections": told}, ensure_ascii=False))
        return _worst(results)
    for one in results:
        one.tell()
    return _worst(results)


def _chosen(
    settings: DistrictSettings, names: Sequence[str], args: argparse.Namespace
) -> list[Connection]:
    """The connections asked for, in the order of the settings.

    Raises:
        ArgumentProblem: when there are none, or one is not there.
    """
    from evenrise.publishing.reviewing.settings_file import NAME
    from evenrise.vocabulary.errors import ArgumentProblem

    known = settings.connections
    if not known:
        raise ArgumentProblem(
            f"{args.store / NAME} names no server to fetch from: write a table "
            "[connections.NAME] with kind, url, client_id and secret_env."
        )
    for name in names:
        if name not in known:
            raise ArgumentProblem(
                f"{args.store / NAME} has no connection {name}; it has "
                f"{', '.join(known)}."
            )
    return [one for name, one in known.items() if not names or name in names]


def _bring_in(
    connection: Connection,
    settings: DistrictSettings,
    args: argparse.Namespace,
    progress: Progress,
) -> Fetched:
    """Fetch one connection and import it; a problem of it is its own."""
    from evenrise.config.home import Home
    from evenrise.records.clients import fetch
    from evenrise.records.importing import ImportOptions, import_paths
    from evenrise.records.snapshots import SnapshotStore
    from evenrise.vocabulary.errors import EvenriseError

    home = Home(args.store.absolute()).workspace / "connections" / connection.name
    try:
        report = import_paths(
            fetch(connection, home, progress),
            store=SnapshotStore(args.store),
            options=ImportOptions(
                as_of=args.as_of,
                settings=settings,
                allow_removal=args.allow_removal,
                removal_share=REMOVAL_SHARE.value(),
                keep_rest=True,
            ),
            progress=progress,
        )
    except EvenriseError as problem:
        return Fetched(connection.name, problem.exit_code, problem=str(problem))
    return Fetched(connection.name, report.exit_code, report)


def _through_workspace(name: str, args: argparse.Namespace) -> Fetched:
    """The same in a district that is served, where its people can see it."""
    from evenrise.cli.fetch_served import fetch_in_workspace
    from evenrise.vocabulary.errors import EvenriseError

    try:
        story, problem = fetch_in_workspace(
            args.store, name, args.as_of, allow_removal=args.allow_removal
        )
    except EvenriseError as trouble:
        return Fetched(name, trouble.exit_code, problem=str(trouble))
    if story is None:
        return Fetched(name, 3, problem=problem)
    unused = any(file["problem"] for file in story["files"])
    return Fetched(name, 4 if story["rows_refused"] or unused else 0, story=story)


def _worst(results: Sequence[Fetched]) -> int:
    """One code for the night: what failed counts before what was refused in part."""
    codes = {one.exit_code for one in results}
    return next((code for code in (1, 3, 2, 4) if code in codes), 0)
