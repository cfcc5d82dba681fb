"""Bytes that claim to be text: which encoding, how many lines, where to cut."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from evenrise.records.files.limits import BLOCK, CHUNK, STREAMED, Unreadable
from evenrise.records.files.member import Chunk
from evenrise.vocabulary.text import Text


_LF, _CR = 10, 13  # the bytes that end a line
SCAN_BLOCK = 512 * 2**10  # small enough to stay in the processor while looked at
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it starts with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_READ_AS = {
    "cp1252": Text(
        "It was read as Windows-1252, because it is not UTF-8.",
        "Se leyó como Windows-1252, porque no es UTF-8.",
    ),
    "utf-16": Text("It was read as UTF-16.", "Se leyó como UTF-16."),
    "utf-32": Text("It was read as UTF-32.", "Se leyó como UTF-32."),
    "\r": Text(
        "Its lines end as on an old Mac; they were read all the same.",
        "Sus líneas terminan como en un Mac antiguo; se leyeron de todos modos.",
    ),
}


@dataclass(slots=True)
class Scan:
    """What one pass over a text tells."""

    size: int = 0
    lines: int = 0
    quotes: int = 0
    returns: int = 0
    utf8: bool = True
    spaced: bool = False  # a cell begins or ends with a space
    chunks: list[Chunk] = field(default_factory=list)

    @property
    def mixed(self) -> bool:
        """Whether some lines end in CR LF and others do not; no engine reads both."""
        return self.returns not in {0, self.lines}


def encoding_of(start: bytes) -> str:
    """The encoding a text starts with: a BOM, or zeros that betray UTF-16.

    Raises:
        Unreadable: when the bytes are no text at all.
    """
    for bom, name in _BOMS:
        if start.startswith(bom):
            return name
    zeros = start.count(0)
    if not zeros:
        return "utf-8"
    if zeros > len(start) // 4:
        if start[1::2].count(0) > 0.9 * zeros:
            return "utf-16-le"
        if start[::2].count(0) > 0.9 * zeros:
            return "utf-16-be"
    raise Unreadable(
        Text(
            "is not text: it holds zero bytes. Export it as CSV (UTF-8).",
            "no es texto: contiene bytes nulos. Expórtelo como CSV (UTF-8).",
        )
    )


def scan(path: Path, delimiter: str) -> Scan:
    """Read a whole text once: lines, quotes, UTF-8, and where to cut it.

    A cut stands after a line end outside quotes, about every CHUNK bytes; a text of
    STREAMED bytes or more is at least one chunk, a shorter one is none. The pass
    costs about a tenth of what the engine needs to read the same bytes: NumPy counts
    line ends four times faster than `bytes.count`, which stops at each.
    """
    found = Scan()
    decoder = codecs.getincrementaldecoder("utf-8")()
    gaps = _outer_spaces(delimiter)
    start = start_line = 0
    with path.open("rb") as file:
        while block := file.read(SCAN_BLOCK):
            found.utf8 = found.utf8 and _is_utf8(block, decoder)
            found.spaced = found.spaced or _has_gap(block, gaps)
            letters = np.frombuffer(block, np.uint8)
            newlines = int(np.count_nonzero(letters == _LF))
            found.returns += int(np.count_nonzero(letters == _CR))
            if found.size + len(block) - start >= CHUNK and newlines:
                cut = block.rindex(b"\n") + 1
                if (found.quotes + block.count(b'"', 0, cut)) % 2 == 0:
                    end = found.size + cut
                    line = found.lines + newlines
                    found.chunks.append(Chunk(start, end, start_line, line))
                    start, start_line = end, line
            found.lines += newlines
            found.quotes += block.count(b'"') if b'"' in block else 0
            found.size += len(block)
    if start < found.size and (start or found.size >= STREAMED):
        found.chunks.append(Chunk(start, found.size, start_line, found.lines))
    found.utf8 = found.utf8 and not decoder.getstate()[0]
    return found


def _is_utf8(block: bytes, decoder: codecs.IncrementalDecoder) -> bool:
    if block.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _outer_spaces(delimiter: str) -> dict[bytes, tuple[bytes, ...]]:
    """By kind of space: the byte pairs that betray a cell with one at its edge."""
    mark = delimiter.encode()
    edges = (mark, b"\n", b"\r", b'"')
    pads = (b" ", b"\t", b"\xc2\xa0") if mark != b"\t" else (b" ", b"\xc2\xa0")
    return {
        pad: tuple(pair for edge in edges for pair in (pad + edge, edge + pad))
        for pad in pads
    }


def _has_gap(block: bytes, gaps: dict[bytes, tuple[bytes, ...]]) -> bool:
    """Whether a cell of the block begins or ends with a space.

    Looking for one byte is ten times faster than for a pair (so also for the first
    byte of a space that has two), and long files of codes hold no space at all.
    """
    return any(
        pad[:1] in block and pad in block and any(pair in block for pair in pairs)
        for pad, pairs in gaps.items()
    )


def to_utf8(path: Path, target: Path, encoding: str) -> Text | None:
    """Write a UTF-8 copy of a text; what to tell the reader about it.

    Bytes that Windows-1252 leaves undefined become the letters Latin-1 gives them,
    so that no byte stops a file.

    Raises:
        Unreadable: when the bytes break the encoding that their start promised.
    """
    errors = "strict"
    if encoding == "cp1252":
        codecs.register_error("evenrise_latin", _latin)
        errors = "evenrise_latin"
    try:
        with (
            path.open(encoding=encoding, errors=errors, newline="") as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while block := source.read(BLOCK):
                copy.write(block)
    except UnicodeError:
        raise Unreadable(
            Text(
                f"starts as {encoding} text, but its bytes break off: export it again.",
                f"empieza como texto {encoding}, pero sus bytes se cortan: expórtelo "
                "de nuevo.",
            )
        ) from None
    return _READ_AS.get(encoding.removesuffix("-le").removesuffix("-be"))


def _latin(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    broken = problem.object[problem.start : problem.end]
    return broken.decode("latin-1"), problem.end


def mac_lines(path: Path, target: Path) -> Text:
    """Write a copy whose lines end in a line feed; what to tell the reader."""
    with path.open("rb") as source, target.open("wb") as copy:
        while block := source.read(BLOCK):
            copy.write(block.replace(b"\r", b"\n"))
    return _READ_AS["\r"]


def one_line_end(path: Path, target: Path) -> Path:
    """Write a copy whose lines all end in a line feed; a lone return is a space."""
    held = b""
    with path.open("rb") as source, target.open("wb") as copy:
        while block := held + source.read(BLOCK):
            # A return at the end of a block waits for what follows it.
            held = b"\r" if block.endswith(b"\r") and block != b"\r" else b""
            whole = block[: len(block) - len(held)]
            copy.write(whole.replace(b"\r\n", b"\n").replace(b"\r", b" "))
    return target
