"""`evenrise nightly`: last night's files, brought in where nobody needs to look."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from evenrise.cli.arguments import add_as_of, add_json, add_store


# What became of the night, the worst last: the command ends with the worst one's code.
_CODES = {"unchanged": 0, "brought_in": 0, "refused_rows": 4, "left": 5, "unusable": 3}
EPILOG = """\
exit codes:
  0 brought in, or nothing has changed    4 brought in, some rows refused
  5 left for a person, who got a letter   3 nothing could be used; a letter was sent
  2 unusable arguments                    1 a fault of ours
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The words that `nightly` understands."""
    add_store(parser)
    parser.add_argument(
        "--files",
        type=Path,
        metavar="DIR",
        help="the folder with the files; without it every connection of "
        "district.toml is fetched",
    )
    add_as_of(parser)
    add_json(parser)
    parser.epilog = EPILOG


def run(args: argparse.Namespace) -> int:
    """Bring the night's files in; see EPILOG for what is returned."""
    from evenrise.cli.serving import adopt, begin, ready
    from evenrise.cli.terminal import progress_bar, tell
    from evenrise.publishing.reviewing.spare_pandas import spare_pandas
    from evenrise.vocabulary.errors import InputProblem

    if args.files is not None and not args.files.is_dir():
        raise InputProblem(f"There is no folder {args.files}; nothing was changed.")
    spare_pandas()
    ready(begin(args.store))
    with progress_bar(quiet=args.json) as progress:
        adopt(args.as_of, progress)
    from evenrise.workspace.cycles import tasks as tasks_weeks
    from evenrise.workspace.data.night import run_night
    from evenrise.workspace.plans import tasks_reminding
    from evenrise.workspace.supports import tasks

    nights = run_night(args.files, args.as_of)
    tasks.after_night()
    tasks_weeks.after_night()
    tasks_reminding.after_night()
    if args.json:
        told = [
            {
                "name": night.name,
                "outcome": night.outcome.value,
                "why": night.why.as_dict(),
                "import": night.key,
                "rows_refused": night.refused,
            }
            for night in nights
        ]
        print(json.dumps(told, ensure_ascii=False))
    else:
        for night in nights:
            tell(f"{night.name}: {night.why.en}")
    order = list(_CODES)
    worst = max(
        (
            "refused_rows"
            if night.outcome.value == "brought_in" and night.refused
            else night.outcome.value
            for night in nights
        ),
        key=order.index,
    )
    return _CODES[worst]
