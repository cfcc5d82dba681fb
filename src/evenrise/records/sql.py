"""Values and names as SQL: the one place where records quotes anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from evenrise.vocabulary.text import Text


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


BOTH = "\x1e"  # parts English from Spanish in a reason; no reason holds it otherwise
_BOTH = "chr(30)"  # the same, as SQL


def both(en: str, es: str) -> str:
    """SQL for a reason in both languages, of SQL for each; `both_of` reads it."""
    return f"({en} || {_BOTH} || {es})"


def told(said: Text, about: str = "''") -> str:
    """The same of words, behind SQL for the cell that they are about."""
    clean = f"translate({about}, {_BOTH} || chr(31), '  ')"
    before = "''" if about == "''" else f"{clean} || ' '"
    return both(f"{before} || {literal(said.en)}", f"{before} || {literal(said.es)}")


def both_of(reason: str) -> Text:
    """A reason that `both` made.

    Raises:
        ValueError: when a language is missing.
    """
    en, _, es = reason.partition(BOTH)
    return Text(en, es)


def literal(value: str | int | None) -> str:
    """A value as SQL: quoted text, a plain number, or NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def parquet(paths: Iterable[Path]) -> str:
    """A `read_parquet` call over some parts; there must be one at least."""
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}])"
