"""The one table of settings: each declared once, with type, default and help.

A setting is read from the environment variable `EVENRISE_<NAME>`. The manual's page
of settings is made from this table, and a wrong value is said at start.
District differences are not settings of the software: they live in `district.toml`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

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


def _text(text: str) -> str:
    return text


def _path(text: str) -> Path:
    return Path(text)


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    if "*" in hosts:
        raise ValueError("name each host; * would let anybody pretend to be us")
    return hosts


def _minutes(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 1440:
        raise ValueError("write minutes, from 1 to 1440")
    return int(text)


def _database(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("write postgresql://USER:PASSWORD@HOST:PORT/NAME")
    return text


DEBUG = Option(
    "DEBUG", False, _flag, "Show the details of a fault of ours in the terminal."
)
PORT = Option("PORT", 8600, _port, "The port on this machine where pages are shown.")
REMOVAL_SHARE = Option(
    "REMOVAL_SHARE",
    0.05,
    _share,
    "An import that would remove more than this share of students stops and asks.",
)
STORE = Option(
    "STORE", Path("store"), _path, "The folder of the district that is served."
)
DATABASE = Option(
    "DATABASE",
    "",
    _database,
    "PostgreSQL for what people do; without it a SQLite file in the store.",
)
DATABASE_PASSWORD_FILE = Option(
    "DATABASE_PASSWORD_FILE",
    None,
    _path,
    "A file with the password of the database, instead of one in the address.",
)
HOSTS: Option[tuple[str, ...]] = Option(
    "HOSTS",
    ("localhost", "127.0.0.1", "[::1]"),
    _hosts,
    "The names by which people reach the workspace, with commas.",
)
HTTPS = Option(
    "HTTPS",
    False,
    _flag,
    "People reach the workspace by https, through a server that says so "
    "(X-Forwarded-Proto); cookies then travel by https alone.",
)
DEMO = Option(
    "DEMO",
    False,
    _flag,
    "An invented district: anybody may sign in as one of its people. Never with "
    "real records.",
)
SESSION_MINUTES = Option(
    "SESSION_MINUTES", 60, _minutes, "A session ends after so long without a click."
)
POWERS_MINUTES = Option(
    "POWERS_MINUTES", 30, _minutes, "An administrator's powers end after so long."
)
OPEN_ID = Option(
    "OPEN_ID",
    None,
    _path,
    "A TOML file with the OpenID Connect providers that people may sign in by.",
)
SAML = Option(
    "SAML", None, _path, "A TOML file with the SAML providers; needs evenrise[saml]."
)
MAIL = Option(
    "MAIL",
    "",
    _text,
    "The mail server, smtp://USER:PASSWORD@HOST:PORT; without it mail is written "
    "into the store's folder workspace/mail.",
)
MAIL_FROM = Option(
    "MAIL_FROM", "evenrise@localhost", _text, "The address that mail comes from."
)

OPTIONS: tuple[Option[Any], ...] = (
    DEBUG,
    PORT,
    REMOVAL_SHARE,
    STORE,
    DATABASE,
    DATABASE_PASSWORD_FILE,
    HOSTS,
    HTTPS,
    DEMO,
    SESSION_MINUTES,
    POWERS_MINUTES,
    OPEN_ID,
    SAML,
    MAIL,
    MAIL_FROM,
)
