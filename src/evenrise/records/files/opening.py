"""Opening whatever was handed over: zips, workbooks, texts in any coat.

Nothing is ever unpacked under its own name (a zip cannot write outside the scratch
folder), nothing is unpacked beyond the limits, and a file that cannot be read costs
one sentence and never the others.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from evenrise.records.files import (
    headers,
    interchange,
    limits,
    other_kinds,
    sentences,
    texts,
    workbooks,
)
from evenrise.records.files.limits import NoTable, Unreadable
from evenrise.records.files.member import SAMPLE_ROWS, Member
from evenrise.records.files.walking import files_under, is_litter, printable
from evenrise.vocabulary.errors import why_refused
from evenrise.vocabulary.progress import Progress
from evenrise.vocabulary.text import Text


_ZIP, _GZIP, _OLE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_EMPTY_ZIP = b"PK\x05\x06"
_PATTERN = frozenset("*?[]{}")
_LOOKED_AT = 1000  # rows from which the header is told


@dataclass(frozen=True, slots=True)
class Closed:
    """A file that could not be read: its name, its SHA-256 when known, and why.

    `no_table` is a picture or a PDF beside the data: told, and no failure.
    """

    name: str
    reason: Text
    sha256: str = ""
    no_table: bool = False


@dataclass(slots=True)
class Opened:
    """All that was found: tables to read, and files that could not be."""

    members: list[Member] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)
    later: list[tuple[Path, Future[str]]] = field(default_factory=list)
    hasher: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def sha256_of(self, member: Member) -> str:
        """The SHA-256 of a member's file; waits where it is still being counted."""
        for origin, future in self.later:
            if origin == member.origin and not member.sha256:
                return future.result()
        return member.sha256


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the opener stands: what the report calls it, and whose bytes they are."""

    name: str
    path: Path
    origin: Path
    sha256: str = ""
    depth: int = 0
    sheet: bool = False


def open_paths(paths: Iterable[Path], scratch: Path, progress: Progress) -> Opened:
    """Open every file under the paths.

    Raises:
        ArgumentProblem: when a path does not exist, or there are too many files.
    """
    opened = Opened()
    opener = _Opener(scratch, opened)
    found = files_under(paths)
    sizes = [path.stat().st_size for _, path in found]
    total, done = float(sum(sizes)) or 1.0, 0.0
    for (name, path), size in zip(found, sizes, strict=True):
        progress.step("open", done, total)
        opener.open(_Place(name, path, path))
        done += size
    progress.step("open", total, total)
    return opened


class _Opener:
    """One opening of many files; numbers the copies it makes in scratch."""

    def __init__(self, scratch: Path, opened: Opened) -> None:
        self.scratch = scratch
        self.opened = opened
        self.copies = 0
        self.unpacked: dict[Path, int] = {}  # bytes, by the file they came out of
        self.names: set[str] = set()

    def open(self, place: _Place) -> None:
        """Open one file, or say why it cannot be."""
        try:
            self._dispatch(self._plainly_named(place))
        except Unreadable as problem:
            self._close(place, problem.said, no_table=isinstance(problem, NoTable))
        except OSError as problem:
            why = why_refused(problem)
            self._close(
                place,
                Text(f"cannot be read: {why.en}.", f"no se puede leer: {why.es}."),
            )

    def _plainly_named(self, place: _Place) -> _Place:
        """The place, under a name that the engine takes as it is.

        The engine reads `a[1].csv` as a pattern of names, and knows UTF-8 alone.
        """
        written = str(place.path)
        if not set(written) & _PATTERN and written.isprintable():
            return place
        link = self._fresh()
        link.symlink_to(place.path.absolute())
        return replace(place, path=link)

    def _close(self, place: _Place, why: Text, *, no_table: bool = False) -> None:
        self.opened.closed.append(
            Closed(place.name, why.after(place.name), place.sha256, no_table)
        )

    def _dispatch(self, place: _Place) -> None:
        with place.path.open("rb") as file:
            start = file.read(limits.SAMPLE_BYTES)
        if not start:
            raise Unreadable(sentences.EMPTY)
        if start.startswith(_EMPTY_ZIP):
            raise Unreadable(sentences.EMPTY_ZIP)
        if start.startswith(_ZIP):
            self._zip_or_workbook(place)
        elif start.startswith(_GZIP):
            self._gzip(place)
        elif start.startswith(_OLE):
            self._workbook(place)
        elif interchange.is_interchange(start):
            self._interchange(place)
        else:
            self._text(place, start)

    def _sha256_of(self, origin: Path) -> str:
        """The SHA-256 of a file; of a long one later, beside the other work."""
        if origin.stat().st_size < limits.CHUNK:
            return _sha256(origin)
        self.opened.later.append((origin, self.opened.hasher.submit(_sha256, origin)))
        return ""

    def _fresh(self) -> Path:
        self.copies += 1
        return self.scratch / f"{self.copies}.txt"

    def _zip_or_workbook(self, place: _Place) -> None:
        if workbooks.is_workbook(place.path):
            self._workbook(place)
        else:
            self._zip(place)

    def _zip(self, place: _Place) -> None:
        if place.depth >= limits.MAX_DEPTH:
            raise Unreadable(sentences.NESTED_ZIP)
        sha256 = place.sha256 or _sha256(place.path)
        try:
            packed = zipfile.ZipFile(place.path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            raise Unreadable(sentences.DAMAGED_ZIP) from None
        with packed:
            other_kinds.refuse_office(place.name, packed.namelist())
            parts = [p for p in packed.infolist() if not _is_aside(p.filename)]
            if len(parts) + self.copies > limits.MAX_FILES:
                raise Unreadable(sentences.TOO_MANY)
            for part in parts:
                inner = _Place(
                    f"{place.name}!{_printable(part.filename)}",
                    self._fresh(),
                    place.origin,
                    sha256,
                    place.depth + 1,
                )
                self._unpack_one(packed, part, inner)

    def _unpack_one(
        self, packed: zipfile.ZipFile, part: zipfile.ZipInfo, inner: _Place
    ) -> None:
        if part.flag_bits & 1:
            self._close(
                inner,
                sentences.LOCKED_PART,
            )
            return
        try:
            with packed.open(part) as stream:
                self._unpack(stream, inner, part.compress_size)
        except Unreadable as problem:
            self._close(inner, problem.said)
            inner.path.unlink(missing_ok=True)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
            OSError,
        ):  # fmt: skip
            self._close(
                inner,
                sentences.DAMAGED_PART,
            )
            inner.path.unlink(missing_ok=True)
        else:
            self.open(inner)

    def _gzip(self, place: _Place) -> None:
        if place.depth >= limits.MAX_DEPTH:
            raise Unreadable(sentences.NESTED_GZIP)
        sha256 = place.sha256 or _sha256(place.path)
        target = self._fresh()
        try:
            with gzip.open(place.path) as stream:
                inner = replace(place, path=target)
                self._unpack(stream, inner, place.path.stat().st_size)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            target.unlink(missing_ok=True)
            raise Unreadable(sentences.CUT_OFF) from None
        self.open(_Place(place.name, target, place.origin, sha256, place.depth + 1))

    def _unpack(
        self, stream: IO[bytes] | gzip.GzipFile, place: _Place, packed: int
    ) -> None:
        """Copy until the end or a limit; the declared size is never believed.

        All that comes out of one file counts together: a thousand small parts fill a
        disk as one large part does.

        Raises:
            Unreadable: when it grows beyond every reasonable ratio, or the disk.
        """
        whole = place.origin.stat().st_size
        before = self.unpacked.get(place.origin, 0)
        most = min(
            limits.MAX_EXPANDED,
            _reasonable(packed),
            _reasonable(whole) - before,
            int(shutil.disk_usage(place.path.parent).free * 0.8),
        )
        size = 0
        with place.path.open("wb") as copy:
            while block := stream.read(limits.BLOCK):
                size += len(block)
                if size > most:
                    raise Unreadable(sentences.swells(whole, before + most))
                copy.write(block)
        self.unpacked[place.origin] = before + size

    def _workbook(self, place: _Place) -> None:
        sha256 = place.sha256 or _sha256(place.path)
        self.copies += 1
        found = False
        for name, path in workbooks.sheets(place.path, self.scratch, self.copies):
            found = True
            label = f"{place.name}!{_printable(name)}"
            self.open(
                _Place(label, path, place.origin, sha256, place.depth, sheet=True)
            )
        if not found:
            raise Unreadable(sentences.EMPTY_WORKBOOK)

    def _interchange(self, place: _Place) -> None:
        sha256 = place.sha256 or _sha256(place.path)
        self.copies += 1
        for name, path in interchange.tables(place.path, self.scratch, self.copies):
            self.open(
                _Place(
                    f"{place.name}!{name}",
                    path,
                    place.origin,
                    sha256,
                    place.depth,
                    sheet=True,
                )
            )

    def _text(self, place: _Place, start: bytes) -> None:
        other_kinds.refuse(place.name, start)
        encoding = texts.encoding_of(start)
        path, notes = place.path, list[Text]()
        if encoding not in {"utf-8", "utf-8-sig"}:
            path, start = self._recode(path, encoding, notes)
        if b"\r" in start and b"\n" not in start:
            target = self._fresh()
            notes.append(texts.mac_lines(path, target))
            path, start = target, _start(target)
        try:
            found = self._member(place, path, start, notes)
        except UnicodeDecodeError:
            path, start = self._recode(path, "cp1252", notes)
            found = self._member(place, path, start, notes)
        self.opened.members.append(found)

    def _unique(self, name: str) -> str:
        """The name, or `name (2)`: a zip may hold two members of one name."""
        told, often = name, 1
        while told in self.names:
            often += 1
            told = f"{name} ({often})"
        self.names.add(told)
        return told

    def _recode(
        self, path: Path, encoding: str, notes: list[Text]
    ) -> tuple[Path, bytes]:
        target = self._fresh()
        told = texts.to_utf8(path, target, encoding)
        if told is not None:
            notes.append(told)
        return target, _start(target)

    def _member(
        self, place: _Place, path: Path, start: bytes, notes: list[Text]
    ) -> Member:
        sample, whole = _sample_text(start)
        delimiter = "," if place.sheet else headers.delimiter_of(sample)
        rows = headers.split(sample, delimiter, _LOOKED_AT)
        if not whole and len(rows) < 2:
            raise Unreadable(sentences.LONG_LINE)
        top = headers.header_row(rows)
        headers.check_width(rows[top])
        sha256 = place.sha256 or self._sha256_of(place.origin)
        scanned = texts.scan(path, delimiter)
        if not scanned.utf8:
            raise UnicodeDecodeError("utf-8", b"", 0, 0, "further down")
        if scanned.mixed:
            path = texts.one_line_end(path, self._fresh())
            scanned = texts.scan(path, delimiter)
        return Member(
            name=self._unique(place.name),
            path=path,
            origin=place.origin,
            delimiter=delimiter,
            header=tuple(cell.strip() for cell in rows[top]),
            header_line=_line_of(rows, top, sample, delimiter),
            sha256=sha256,
            sample=tuple(tuple(row) for row in rows[top + 1 :][:SAMPLE_ROWS] if row),
            bytes=scanned.size,
            notes=tuple(notes),
            lines=scanned.lines,
            quoted=scanned.quotes > 0,
            spaced=scanned.spaced,
            chunks=tuple(scanned.chunks),
        )


def _line_of(
    rows: Sequence[Sequence[str]], top: int, sample: str, delimiter: str
) -> int:
    """The line the header ends on: rows above may span lines."""
    lines = sample.splitlines(keepends=True)
    for line in range(top + 1, len(lines) + 1):
        if len(headers.split("".join(lines[:line]), delimiter)) > top and (
            headers.split("".join(lines[:line]), delimiter)[top] == list(rows[top])
        ):
            return line
    return top + 1


def _sample_text(start: bytes) -> tuple[str, bool]:
    """The whole lines at a text's start; whether that is all of it.

    Raises:
        UnicodeDecodeError: when they are not UTF-8.
    """
    whole = len(start) < limits.SAMPLE_BYTES
    if not whole and b"\n" in start:
        start = start[: start.rindex(b"\n") + 1]
    elif not whole:
        return "", False
    return start.decode("utf-8-sig"), whole


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(limits.SAMPLE_BYTES)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_aside(name: str) -> bool:
    """Folders, and what a Mac or Windows adds on its own."""
    last = name.rstrip("/").split("/")[-1]
    return name.endswith("/") or name.startswith("__MACOSX/") or is_litter(last)


def _printable(name: str) -> str:
    """A name safe to print: no control letters, no steps out of its zip."""
    parts = name.replace("\\", "/").split("/")
    kept = "/".join(part for part in parts if part not in {"", ".", ".."})
    return printable(kept)


def _reasonable(packed: int) -> int:
    """The most bytes that so many packed ones may become."""
    return max(limits.FREE_EXPANSION, limits.MAX_RATIO * packed)
