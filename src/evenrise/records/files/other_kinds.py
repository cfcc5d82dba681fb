"""Files that are something other than a table, told by their first bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from evenrise.records.files.limits import NoTable, Unreadable
from evenrise.vocabulary.text import Text


_PDF = Text("a PDF", "un PDF")
_PICTURE = Text("a picture", "una imagen")
_DOCUMENT = Text("a text document", "un documento de texto")
_JSON = Text("JSON", "JSON")
_SLIDES = Text("a slide show", "una presentación")
_NOT_TABLES = (
    (b"%PDF", _PDF),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"PAR1", Text("a Parquet file", "un archivo Parquet")),
    (b"SQLite format 3", Text("a database", "una base de datos")),
    (b"7z\xbc\xaf", Text("a 7z archive", "un archivo 7z")),
    (b"Rar!", Text("a RAR archive", "un archivo RAR")),
    (b"BZh", Text("a bz2 archive", "un archivo bz2")),
    (b"\xfd7zXZ", Text("an xz archive", "un archivo xz")),
    (b"\x28\xb5\x2f\xfd", Text("a zstd archive", "un archivo zstd")),
    (b"{\\rtf", _DOCUMENT),
    (b"<", Text("XML or a web page", "XML o una página web")),
    (b"{", _JSON),
    (b"[", _JSON),
)
_OFFICE = {  # zips by their looks; what is in them tells
    "ppt/presentation.xml": _SLIDES,
    "word/document.xml": _DOCUMENT,
}
_BESIDE = frozenset(
    {_PDF, _PICTURE, *_OFFICE.values()}
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


def _refuse(name: str, what: Text) -> NoReturn:
    beside = what in _BESIDE and not name.lower().endswith(_TABLES)
    kind = NoTable if beside else Unreadable
    raise kind(
        Text(
            f"is {what.en}, not a table: export it as CSV.",
            f"es {what.es} y no una tabla: expórtelo como CSV.",
        )
    )
