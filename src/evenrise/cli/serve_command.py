"""`evenrise serve`: the workspace of a district, on this machine."""

from __future__ import annotations

import argparse
import gc

from evenrise.cli.arguments import add_as_of, add_json, add_store
from evenrise.config.options import PORT


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `serve` understands."""
    add_store(parser)
    parser.add_argument(
        "--port", type=int, default=None, metavar="N", help="the port (default: 8600)"
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="NAME",
        help="listen on this address; beyond this machine only behind a server that "
        "speaks https (see the how-to; default: 127.0.0.1)",
    )
    parser.add_argument(
        "--open", action="store_true", help="open the workspace in the browser"
    )
    add_as_of(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until stopped; 0."""
    from evenrise.cli.serving import Place, adopt, alone, begin, ready, serve
    from evenrise.cli.terminal import progress_bar
    from evenrise.cli.web import warm

    port = PORT.value() if args.port is None else args.port
    home = begin(args.store)
    with alone(home):
        ready(home)
        with progress_bar(quiet=args.json) as progress:
            adopt(args.as_of, progress)
        warm()  # here, so that every process that is forked has it already
        try:
            serve(Place(args.host, port), open_browser=args.open, as_json=args.json)
        finally:
            gc.unfreeze()  # libraries complain at the end of what is not given back
    return 0
