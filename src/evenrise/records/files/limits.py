"""The most that any input may cost; beyond it a file is refused in one sentence."""

from __future__ import annotations

from evenrise.vocabulary.text import Text


MAX_FILES = 20_000  # files and members in all of an import's paths
MAX_DEPTH = 3  # a zip in a zip in a zip is still opened
MAX_RATIO = 200  # bytes unpacked for each byte packed; text reaches about 60
FREE_EXPANSION = 256 * 2**20  # up to this size the ratio does not matter
MAX_EXPANDED = 200 * 2**30  # bytes unpacked from one file, whatever its ratio
MAX_LINE = 2_000_000  # bytes; the engine's own limit for one line
MAX_COLUMNS = 16_384  # as many as a worksheet has
MAX_SHEET_CELLS = 200_000_000
MAX_SHEET_MEMORY = 3 * 2**30  # bytes of the process that reads a workbook
BLOCK = 8 * 2**20  # bytes read at a time
CHUNK = 96 * 2**20  # larger texts are read in chunks of about this size, side by side
STREAMED = 4 * 2**20  # shorter texts are gathered in the engine, and checked there
SAMPLE_BYTES = 512 * 2**10  # what the delimiter and the header are told from


class Unreadable(Exception):  # noqa: N818 - "unreadable" is what it is
    """A file cannot be read; the sentence after its name says what, and what to do."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


class NoTable(Unreadable):
    """It is whole and was never meant to be a table: a picture, a PDF."""
