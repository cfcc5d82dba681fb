"""Files that people drop: straight to the disk, with safe names, until they are read.

    STORE/workspace/uploads/<key of the import>/    one drop, read by its owner alone
    STORE/workspace/uploads/<key>.work              locked by whoever works on it

Nothing that was uploaded is ever served back or run. What a file is, is told by its
content when it is read; its name and the type that a browser says are not believed.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from evenrise.vocabulary.text import Text
from evenrise.workspace.data.saying import Said


MOST_FILES = 500  # in one drop; a zip counts as one
MOST_BYTES = 16 * 2**30  # of one drop: attendance of 500,000 students is about 6 GB
_LONGEST = 120  # letters of a name
_SPARE = 2**30  # bytes that stay free on the disk
_ODD = re.compile(r"[^\w .()&+,=@#-]+")
_BLOCK = 1 << 20
TOO_MANY = Text(
    f"At most {MOST_FILES} files fit into one import: put them into a zip.",
    f"En una importación caben {MOST_FILES} archivos como máximo: reúnalos en un zip.",
)
TOO_LARGE = Text(
    f"One import takes at most {MOST_BYTES // 2**30} GB: bring the files in one by "
    "one.",
    f"Una importación admite {MOST_BYTES // 2**30} GB como máximo: incorpore los "
    "archivos uno por uno.",
)
FULL = Text(
    "The disk of this server is nearly full: ask whoever looks after it.",
    "El disco de este servidor está casi lleno: avise a quien lo cuida.",
)
NOT_KEPT = Text(
    "The disk of this server could not keep the file: ask whoever looks after it.",
    "El disco de este servidor no pudo guardar el archivo: avise a quien lo cuida.",
)


def folder_of(key: str) -> Path:
    """Where the files of an import lie."""
    return Path(settings.HOME.uploads) / key


def safe_name(name: str) -> str:
    """The last part of a name, with letters that mean nothing to any system.

    Letters of every alphabet stay: the report names files as people know them.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = _ODD.sub("_", last).strip(" .")
    if len(kept) > _LONGEST:
        stem, dot, kind = kept.rpartition(".")
        whole = bool(dot) and len(kind) <= 10
        kept = f"{stem[: _LONGEST - 12]}.{kind}" if whole else kept[:_LONGEST]
    return kept or "file"


@dataclass(slots=True)
class Landing:
    """A folder that files land in; `files` lists what landed.

    Two files of one name do not overwrite each other: the second lies in a folder of
    its own, and keeps its name.
    """

    folder: Path
    files: list[dict[str, Any]] = field(default_factory=list)
    total: int = 0

    def open(self, name: str) -> IO[bytes]:
        """A new file to write.

        Raises:
            Said: when there are too many files.
        """
        if len(self.files) >= MOST_FILES:
            raise Said(TOO_MANY)
        told = safe_name(name)
        home = self.folder
        turn = 1
        while (home / told).exists():
            turn += 1
            home = self.folder / str(turn)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = home / told
        self.files.append({"name": told, "bytes": 0})
        mode = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        return os.fdopen(os.open(path, mode, 0o600), "wb")

    def add(self, file: IO[bytes], block: bytes) -> None:
        """Write a block.

        Raises:
            Said: when the drop is too large, or the disk is nearly full.
        """
        self.total += len(block)
        self.files[-1]["bytes"] += len(block)
        if self.total > MOST_BYTES:
            raise Said(TOO_LARGE)
        if self.total % (64 * _BLOCK) < len(block):
            _stop_if_full(self.folder)
        file.write(block)

    def close(self, file: IO[bytes]) -> None:
        """End a file; what is acknowledged later is on the disk."""
        file.flush()
        os.fsync(file.fileno())
        file.close()

    def remove(self) -> None:
        """Take everything away again."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def copy(self, path: Path, name: str) -> None:
        """Copy a file of this machine in.

        Raises:
            Said: as `open` and `add`.
        """
        with path.open("rb") as source:
            target = self.open(name)
            try:
                while block := source.read(_BLOCK):
                    self.add(target, block)
            finally:
                self.close(target)


def land(key: str) -> Landing:
    """The folder of a new import, made.

    Raises:
        Said: when the disk is nearly full.
    """
    folder = folder_of(key)
    _stop_if_full(folder.parent)
    folder.mkdir(mode=0o700)
    return Landing(folder)


def _stop_if_full(folder: Path) -> None:
    if shutil.disk_usage(folder).free < _SPARE:
        raise Said(FULL)


class StraightToDisk(FileUploadHandler):
    """Writes what a browser sends into the import's folder, and nowhere else.

    The first problem is kept in `problem`; the rest of the request is read and thrown
    away, so that the browser gets an answer.
    """

    chunk_size = 2**20

    def __init__(self, landing: Landing) -> None:
        super().__init__()
        self.landing = landing
        self.problem: Text | None = None
        self._file: IO[bytes] | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        try:
            self._file = self.landing.open(self.file_name or "")
        except Said as problem:
            self._stop(problem.text)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A block of it comes."""
        del start
        if self._file is None:
            return
        try:
            self.landing.add(self._file, raw_data)
        except Said as problem:
            self._stop(problem.text)
        except OSError:
            self._stop(NOT_KEPT)

    def file_complete(self, file_size: int) -> Landed:
        """It ended: what a form sees of it is its name and size alone."""
        if self._file is not None:
            self.landing.close(self._file)
            self._file = None
        return Landed(self.file_name or "", file_size)

    def upload_interrupted(self) -> None:
        """The browser went away, or a limit was met."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _stop(self, sentence: Text) -> None:
        self.problem = sentence
        self.upload_interrupted()
        raise StopUpload(connection_reset=False)


class Landed(UploadedFile):  # type: ignore[type-arg]  # not generic when it runs
    """A file that lies on the disk already; it cannot be read from here."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(file=None, name=safe_name(name), size=size)

    def close(self) -> None:
        """Nothing is open."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Nobody reads an upload but the import.

        Raises:
            TypeError: always.
        """
        del chunk_size
        raise TypeError("An upload is read by its import alone.")


def unknown_folders(known: set[str]) -> list[Path]:
    """Folders and locks of imports that nobody knows, such as a kill leaves."""
    home = Path(settings.HOME.uploads)
    if not home.is_dir():
        return []
    return [path for path in home.iterdir() if path.name.split(".")[0] not in known]


__all__ = [
    "MOST_BYTES",
    "MOST_FILES",
    "Landed",
    "Landing",
    "StraightToDisk",
    "folder_of",
    "land",
    "safe_name",
    "unknown_folders",
]
