"""Writing so that a power cut leaves the old or the new, and fingerprints of files."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def write_through(path: Path, text: str) -> None:
    """Write a text and wait until the disk has it."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def flush(path: Path) -> None:
    """Have a file, or renames in a folder, outlive a power cut where a system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, in hex.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint_written(path: Path) -> str:
    """The SHA-256 of a file just written, once the disk has it."""
    with path.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return digest
