"""Words that several commands share, read and checked once."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import LANGUAGES, Language


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """`--as-of DATE`; only the command line knows what day it is."""
    parser.add_argument(
        "--as-of",
        type=_date,
        default=dt.datetime.now(tz=dt.UTC).date(),  # noqa: TID251 - the one place
        metavar="DATE",
        help="the day the review speaks of, 2026-06-30 (default: today)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """`--json`: the answer for a program, on standard output."""
    parser.add_argument(
        "--json", action="store_true", help="answer in JSON, with no progress bar"
    )


def add_store(parser: argparse.ArgumentParser) -> None:
    """`--store DIR`: where snapshots are kept."""
    parser.add_argument(
        "--store",
        type=Path,
        required=True,
        metavar="DIR",
        help="the folder of the store",
    )


def languages(text: str) -> tuple[Language, ...]:
    """`en,es` as a tuple, in the order asked for, without repetition."""
    chosen: list[Language] = []
    for word in text.split(","):
        match word.strip().lower():
            case "en" if "en" not in chosen:
                chosen.append("en")
            case "es" if "es" not in chosen:
                chosen.append("es")
            case "en" | "es":
                pass
            case other:
                raise argparse.ArgumentTypeError(
                    f"no language {other!r}; write one or more of {','.join(LANGUAGES)}"
                )
    return tuple(chosen)


def existing_paths(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The paths, when all of them are there.

    Raises:
        InputProblem: naming the first that is not.
    """
    for path in paths:
        if not path.exists():
            raise InputProblem(
                f"There is no file or folder {path}; nothing was written. "
                "Check the path and try again."
            )
    return tuple(paths)


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date; write 2026-06-30"
        ) from problem
