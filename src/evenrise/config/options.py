"""The one table of settings: each declared once, with type, default and help.

A setting is read from the environment variable `EVENRISE_<NAME>`. The manual's page
of settings is made from this table, and a wrong value is said at start.
District differences are not settings of the software: they live in `district.toml`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from evenrise.vocabulary.errors import ArgumentProblem


Value = TypeVar("Value")
PREFIX = "EVENRISE_"


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """One setting.

    `read` turns the text of the environment into the value and raises ValueError
    with what would have been right.
    """

    name: str
    default: Value
    read: Callable[[str], Value]
    help: str

    def value(self, environ: Mapping[str, str] | None = None) -> Value:
        """The setting as it stands.

        Raises:
            ArgumentProblem: when the environment holds something unusable.
        """
        text = (os.environ if environ is None else environ).get(PREFIX + self.name)
        if text is None or not text.strip():
            return self.default
        try:
            return self.read(text.strip())
        except ValueError as problem:
            raise ArgumentProblem(
                f"The setting {PREFIX}{self.name} is {text!r}: {problem}."
            ) from problem


def _flag(text: str) -> bool:
    if text.lower() in {"1", "yes", "true", "on"}:
        return True
    if text.lower() in {"0", "no", "false", "off"}:
        return False
    raise ValueError("write yes or no")


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise ValueError("write a share from 0 to 1, such as 0.05")
    return share


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ValueError("write a port from 1 to 65535")
    return int(text)


DEBUG = Option(
    "DEBUG", False, _flag, "Show the details of a fault of ours in the terminal."
)
PORT = Option("PORT", 8600, _port, "The port on this machine where `demo` shows pages.")
REMOVAL_SHARE = Option(
    "REMOVAL_SHARE",
    0.05,
    _share,
    "An import that would remove more than this share of students stops and asks.",
)

OPTIONS: tuple[Option[bool] | Option[int] | Option[float], ...] = (
    DEBUG,
    PORT,
    REMOVAL_SHARE,
)
