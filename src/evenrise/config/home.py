"""The home of a running district: one folder, everything in it.

STORE/parts, snapshots, current.json     the records (see records/snapshots/store)
STORE/workspace/db.sqlite3               what people did (unless PostgreSQL is set)
STORE/workspace/pages/<snapshot>.sqlite  what the pages of a snapshot show
STORE/workspace/uploads/                 files on their way in
STORE/workspace/secret.key               signs sessions; made once, read by one user
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from evenrise.vocabulary.errors import InputProblem


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of a running district, by name."""

    store: Path

    @property
    def workspace(self) -> Path:
        """What is not records: the database, page stores, uploads, the key."""
        return self.store / "workspace"

    @property
    def database(self) -> Path:
        """The SQLite file, where no PostgreSQL is set."""
        return self.workspace / "db.sqlite3"

    @property
    def pages(self) -> Path:
        """One page store a snapshot."""
        return self.workspace / "pages"

    @property
    def uploads(self) -> Path:
        """Files that people dropped, until they are brought in or set aside."""
        return self.workspace / "uploads"

    @property
    def key_file(self) -> Path:
        """The key that signs sessions."""
        return self.workspace / "secret.key"

    def make(self) -> None:
        """Make the folders, readable by their owner alone.

        Raises:
            InputProblem: when the place cannot be written.
        """
        try:
            for folder in (self.workspace, self.pages, self.uploads):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as problem:
            raise InputProblem(
                f"The folder {self.workspace} cannot be made ({problem.strerror}); "
                "choose a store that may be written."
            ) from problem

    def secret_key(self) -> str:
        """The key, made on the first start; a second process meets the same one.

        Where no district lives yet (types are checked, tests begin) the key is made
        for the moment and kept nowhere.
        """
        if not self.workspace.is_dir():
            return secrets.token_urlsafe(48)
        aside = self.key_file.with_suffix(f".{os.getpid()}")
        if not self.key_file.exists():
            with os.fdopen(
                os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
            ) as file:
                file.write(secrets.token_urlsafe(48))
            try:
                os.link(aside, self.key_file)
            except FileExistsError:
                pass  # another process was first: its key is everybody's
            finally:
                aside.unlink()
        return self.key_file.read_text(encoding="utf-8").strip()
