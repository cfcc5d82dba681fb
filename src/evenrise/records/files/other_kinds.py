"""Files that are something other than a table, told by their first bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from evenrise.records.files.limits import NoTable, Unreadable


_NOT_TABLES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bz2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"{\\rtf", "a text document"),
    (b"<", "XML or a web page"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)
_OFFICE = {  # zips by their looks; what is in them tells
    "ppt/presentation.xml": "a slide show",
    "word/document.xml": "a text document",
}
_BESIDE = frozenset(
    {"a PDF", "a picture", *_OFFICE.values()}
)  # what people keep beside their data
_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xls")  # a file called so is missed
_BLANK = b"\xef\xbb\xbf \r\n\t"


def refuse(name: str, start: bytes) -> None:
    """Refuse what a file's first bytes say it is, when that is no table.

    Raises:
        NoTable: a picture or a PDF, by its name too.
        Unreadable: anything else, and pictures that are called a table.
    """
    for magic, what in _NOT_TABLES:
        if start.lstrip(_BLANK).startswith(magic):
            _refuse(name, what)


def refuse_office(name: str, members: Iterable[str]) -> None:
    """Refuse a zip whose members say that it is slides or a text.

    Raises:
        NoTable, Unreadable: as `refuse` does.
    """
    found = next((_OFFICE[member] for member in members if member in _OFFICE), None)
    if found:
        _refuse(name, found)


def _refuse(name: str, what: str) -> NoReturn:
    beside = what in _BESIDE and not name.lower().endswith(_TABLES)
    kind = NoTable if beside else Unreadable
    raise kind(f"is {what}, not a table: export it as CSV.")
