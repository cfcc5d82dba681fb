"""The command `evenrise`: finds the command, runs it, and says errors plainly.

Commands import what they need when they run, so that `--help` answers at once.
Exit codes: 0 done, 2 unusable arguments, 3 unusable input (nothing written), 4 done
with refused rows, 1 a fault of ours, 130 stopped by the person, 143 by the system.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import NoReturn

from evenrise import __version__
from evenrise.config.options import DEBUG
from evenrise.vocabulary.errors import EvenriseError


# name: one line of help. The module is cli/<name>_command.py.
COMMANDS: dict[str, str] = {
    "review": "make an equity review from records or published files",
    "demo": "build an invented district, review it and open the result",
    "import": "bring files into a store as a snapshot",
    "fetch": "bring in records over the network, as every night",
    "compute": "compute every indicator of a store's current snapshot",
    "serve": "show a district's workspace to its people",
    "nightly": "bring in last night's files where nobody needs to look",
    "manage": "look after a served district: accounts, checks, the database",
    "backup": "write everything of a served district into one file",
    "restore": "bring a backup back into an empty folder",
    "check": "check that a store is whole and its numbers can be followed",
}
EPILOG = """\
exit codes:
  0 done    2 unusable arguments    3 unusable input, nothing written
  4 done, some rows refused         1 a fault of ours    130 stopped
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, with where to read on."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See `{self.prog} --help`.\n")


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    """The parser; only the chosen command's module is read."""
    parser = _Parser(
        prog="evenrise",
        description="The open-source learning system for school districts.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"evenrise {__version__}"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, help_line in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=help_line,
            description=help_line[0].upper() + help_line[1:] + ".",
            epilog=EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if name == chosen:
            _module(name).configure(sub)
    return parser


def _module(name: str) -> _Command:
    return import_module(f"evenrise.cli.{name}_command")  # type: ignore[return-value]


class _Command:
    """What a command module offers (for the type checker)."""

    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    # Our models are small: threads of the linear algebra only wait for each other.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _stop_tidily()
    words = list(sys.argv[1:] if arguments is None else arguments)
    chosen = next((word for word in words if word in COMMANDS), None)
    parsed = _parser(chosen).parse_args(words)
    sys.exit(_guarded(_module(parsed.command).run, parsed))


_asked_to_end: list[int] = []  # signals of the system that came, with which code


def _stop_tidily() -> None:
    """Let a shutdown or a closed terminal end us as Ctrl-C does, not in mid-air."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    """As Ctrl-C does: what was begun aside is removed on the way out."""
    _asked_to_end.append(128 + number)
    raise KeyboardInterrupt


def _stopped() -> int:
    _say("stopped; nothing half-written was left behind.")
    return _asked_to_end[0] if _asked_to_end else 128 + signal.SIGINT


def _guarded(
    run: Callable[[argparse.Namespace], int], parsed: argparse.Namespace
) -> int:
    """Run, and turn every failure into one sentence and an exit code."""
    try:
        return run(parsed)
    except EvenriseError as problem:
        _say(str(problem))
        return problem.exit_code
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:
        # Whoever read our output has gone: do not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        _say(f"the system refused: {problem.strerror or problem}{where}.")
        return 3
    except Exception as problem:  # noqa: BLE001 - the last door: no traceback passes
        # A library may tell of a signal in the middle of its work in its own way.
        return _stopped() if _asked_to_end else _fault(problem)


def _fault(problem: Exception) -> int:
    """Keep the details of a fault of ours aside and say where they are."""
    if DEBUG.value():
        traceback.print_exc()
        return 1
    # Only the places in our code: a message could carry a child's data.
    frames = "".join(traceback.format_tb(problem.__traceback__))
    with tempfile.NamedTemporaryFile(
        "w", prefix="evenrise-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as kept:
        kept.write(f"evenrise {__version__}\n{type(problem).__name__}\n{frames}")
    _say(
        f"a fault of ours ({type(problem).__name__}), not of your files; please send "
        f"{Path(kept.name)} to the maintainers (it holds no records)."
    )
    return 1


def _say(sentence: str) -> None:
    print(f"evenrise: {sentence}", file=sys.stderr)
