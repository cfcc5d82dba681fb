"""One table-like text inside whatever was given: a file, a zip's member, a sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from evenrise.vocabulary.text import Text


SAMPLE_ROWS = 200  # records kept for recognising a file by its content


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a long text, cut between records: bytes and line ends before it."""

    start: int
    end: int
    first_line: int  # line ends before `start`
    last_line: int  # line ends before `end`


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One table, ready to be read by the engine, and where it came from.

    `name` is what a report calls it: `users.csv`, `a.zip!users.csv`, `x.xlsx!Sheet1`.
    `path` is a UTF-8 text file (the original where it already is one, else a copy in
    the import's own scratch folder). `header` holds the column names as written;
    `header_line` is the line they stand on, counted from 1. A record's line, as long
    as no cell spans lines, is its number + `header_line`. `sample` holds up to
    SAMPLE_ROWS records as written. `sha256` is that of the *original* file's bytes
    (blank for a long file: `Opened.sha256_of` waits for it), and `origin` that file
    (the zip, the workbook). `bytes` is the size of `path`.
    """

    name: str
    path: Path
    origin: Path
    delimiter: str
    header: tuple[str, ...]
    header_line: int
    sha256: str
    sample: tuple[tuple[str, ...], ...] = ()
    quote: str = '"'
    encoding: str = "utf-8"
    bytes: int = 0
    notes: tuple[Text, ...] = field(default=())
    lines: int = 0  # line ends in `path`
    quoted: bool = False  # a quote stands somewhere
    spaced: bool = False  # some cell begins or ends with a space
    chunks: tuple[Chunk, ...] = ()  # where a long text may be cut; empty when short

    @property
    def folded(self) -> tuple[str, ...]:
        """The header's names, folded and made unique, in order."""
        return fold_all(self.header)

    @property
    def stem(self) -> str:
        """The innermost file name without folders and endings, lower case."""
        last = self.name.replace("\\", "/").split("!")[-1].split("/")[-1]
        return last.split(".")[0].casefold()


def fold(name: str) -> str:
    """A column name without case, spaces, `_`, punctuation or BOM.

    `Student_ID`, `student id` and `studentId` are one name. Letters of every script
    are kept; accents too (they can tell two Spanish columns apart).
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def fold_all(header: Iterable[str]) -> tuple[str, ...]:
    """Every name folded; a repeated one gets `_2`, `_3`; a blank one `column_3`.

    The underscore cannot stand in a folded name, so a made name never meets a real one.
    """
    seen: dict[str, int] = {}
    names = []
    for place, written in enumerate(header, start=1):
        name = fold(written) or f"column_{place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return tuple(names)
