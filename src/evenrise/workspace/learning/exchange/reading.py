"""Which kind of file came, told by its first bytes."""

from __future__ import annotations

from evenrise.workspace.learning.exchange import csv_file, docx_file
from evenrise.workspace.learning.exchange.rows import Brought


_PACKED = b"PK\x03\x04"
FILES = {"csv": csv_file, "docx": docx_file}


def read_map(data: bytes) -> Brought:
    """The map that a file says, or what is wrong with it.

    Raises:
        InputProblem: when nothing can be read from it.
    """
    if data.startswith(_PACKED):
        return docx_file.read(data)
    return csv_file.read(data)
