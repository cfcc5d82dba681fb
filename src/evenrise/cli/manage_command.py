"""`evenrise manage`: the framework's commands on a district, and ours."""

from __future__ import annotations

import argparse
import json

from evenrise.cli.arguments import add_json, add_store


# These may be the first that ever happens to a district.
_ON_THE_FIRST_DAY = ("first_person",)


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `manage` understands."""
    add_store(parser)
    add_json(parser)
    parser.add_argument(
        "words",
        nargs=argparse.REMAINDER,
        metavar="COMMAND ...",
        help="a command and its words, such as `check --deploy` or `first_person`",
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; its own exit code, 2 when it says the words are unusable."""
    from django.core.management import CommandError, ManagementUtility

    from evenrise.cli.serving import begin, ready
    from evenrise.cli.terminal import tell
    from evenrise.vocabulary.errors import ArgumentProblem

    words = args.words or ["help"]
    home = begin(args.store)
    if words[0] in _ON_THE_FIRST_DAY:
        ready(home)
    try:
        ManagementUtility(["evenrise manage", *words]).execute()
    except CommandError as problem:
        raise ArgumentProblem(str(problem)) from problem
    if args.json:
        tell(json.dumps({"command": words, "done": True}))
    return 0
