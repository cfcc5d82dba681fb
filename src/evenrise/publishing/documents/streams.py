"""Streams of a PDF whose end could be misread, made plain.

A compressed stream may by chance end in a carriage return. With the line feed before
`endstream` it then looks like one end of line, and a strict checker takes the stream
for a byte shorter than it says (ISO 19005-2, 6.1.7.1). Such a stream gets one more
byte, which every reader skips because the compressed data ends before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left


_END = b"\r\nendstream"
_LENGTH = re.compile(rb"/Length (\d+)")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) n\r\n")
_START = re.compile(rb"startxref\n(\d+)")


def settle_streams(pdf: bytes) -> bytes:
    """The same document without an ambiguous end of a stream.

    Args:
        pdf: a document with one classic table of cross references, as Typst writes it.

    Raises:
        ValueError: when the document has no such table; nothing is guessed.
    """
    places = [found.start() for found in re.finditer(re.escape(_END), pdf)]
    if not places:
        return pdf
    start = _START.search(pdf)
    if start is None:
        raise ValueError("The document has no classic table of cross references.")
    edits: list[tuple[int, int, bytes]] = []  # from, to, what stands there instead
    for place in places:
        length = list(_LENGTH.finditer(pdf, 0, pdf.rindex(b"stream\n", 0, place)))[-1]
        longer = str(int(length[1]) + 1).encode()
        edits.append((length.start(1), length.end(1), longer))
        edits.append((place + 1, place + 1, b"\n"))
    edits.sort()
    ends = [edit[1] for edit in edits]
    grown = [0]
    for left, right, words in edits:
        grown.append(grown[-1] + len(words) - (right - left))

    def moved(offset: int) -> int:
        return offset + grown[bisect_left(ends, offset + 1)]

    table = int(start[1])
    body = _edited(pdf[:table], edits)
    tail = _ENTRY.sub(
        lambda entry: b"%010d %s n\r\n" % (moved(int(entry[1])), entry[2]), pdf[table:]
    )
    return body + _START.sub(b"startxref\n%d" % moved(table), tail)


def _edited(pdf: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    parts, at = [], 0
    for left, right, words in edits:
        parts += [pdf[at:left], words]
        at = right
    return b"".join([*parts, pdf[at:]])
