"""Where snapshots live, and how one is written so that no kill can tear it.

    STORE/parts/<sha256>.parquet     every part of every table, once
    STORE/snapshots/<id>/manifest.json   which parts make which table, from which files
    STORE/current.json               {"snapshot": "<id>"}
    STORE/aside-*/                   one import at work; left-overs are cleaned later

A part is written aside, flushed to the disk and renamed to its own hash; the manifest
is written aside and its folder renamed; `current.json` is swapped last. Whoever reads
meets either the snapshot before or the one after.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from evenrise.records.snapshots.disk import (
    fingerprint,
    fingerprint_written,
    flush,
    write_through,
)
from evenrise.records.snapshots.draft import Content, Draft
from evenrise.records.snapshots.locking import locked
from evenrise.records.snapshots.snapshot import MANIFEST_FORMAT, Snapshot, name_of
from evenrise.vocabulary.errors import InputProblem, why_refused
from evenrise.vocabulary.text import Text


_ASIDE = "aside-"


class SnapshotStore:
    """A folder of snapshots; one import writes at a time, anybody reads."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Snapshot | None:
        """The newest snapshot, or None in a store that has none yet.

        Raises:
            InputProblem: when the store is damaged.
        """
        try:
            text = (self.root / "current.json").read_text(encoding="utf-8")
            name = str(json.loads(text)["snapshot"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            raise InputProblem(
                Text(
                    f"{self.root / 'current.json'} is damaged: write the name of a "
                    'folder of snapshots/ into it, as {"snapshot": "..."}.',
                    f"{self.root / 'current.json'} está dañado: escriba en él el "
                    'nombre de una carpeta de snapshots/, así: {"snapshot": "..."}.',
                )
            ) from None
        return self.get(name)

    def get(self, name: str) -> Snapshot:
        """The snapshot of that name.

        Raises:
            InputProblem: when there is none, its manifest is damaged, or a newer
                Evenrise wrote it.
        """
        path = self.root / "snapshots" / name
        try:
            manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
            written, _ = int(manifest["format"]), manifest["tables"].keys()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise InputProblem(
                Text(
                    f"The store {self.root} has no whole snapshot {name}: bring the "
                    "files in again, or take the store from a backup.",
                    f"El almacén {self.root} no tiene entera la copia fechada {name}: "
                    "incorpore de nuevo los archivos o recupere el almacén de una "
                    "copia de seguridad.",
                )
            ) from None
        if written > MANIFEST_FORMAT:
            raise InputProblem(
                Text(
                    f"Snapshot {name} of {self.root} was written by a newer Evenrise "
                    f"(format {written}; this one reads {MANIFEST_FORMAT}): update it.",
                    f"La copia fechada {name} de {self.root} fue escrita por un "
                    f"Evenrise más nuevo (formato {written}; este lee el "
                    f"{MANIFEST_FORMAT}): actualícelo.",
                )
            )
        return Snapshot(name, path, cast("Mapping[str, Any]", manifest))

    def names(self) -> tuple[str, ...]:
        """All snapshots, by name."""
        home = self.root / "snapshots"
        if not home.is_dir():
            return ()
        return tuple(
            sorted(p.name for p in home.iterdir() if not p.name.startswith("."))
        )

    @contextmanager
    def writing(self) -> Iterator[Draft]:
        """A place aside to write in, alone; it is gone afterwards, come what may.

        Raises:
            InputProblem: when another import is writing, or the folder cannot be made.
        """
        made = not self.root.exists()
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            why = why_refused(problem)
            raise InputProblem(
                Text(
                    f"The store {self.root} cannot be written: {why.en}.",
                    f"No se puede escribir en el almacén {self.root}: {why.es}.",
                )
            ) from None
        with self._alone() as aside:
            try:
                yield Draft(aside)
            finally:
                if made and not (self.root / "snapshots").exists():
                    shutil.rmtree(self.root, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[Path]:
        """The store to ourselves, tidied, and a folder aside that goes away."""
        with locked(self.root / "import.lock"):
            self._clean()
            aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=self.root))
            try:
                yield aside
            finally:
                shutil.rmtree(aside, ignore_errors=True)

    def write(
        self, draft: Draft, manifest: Mapping[str, Any], *, make_current: bool = True
    ) -> Snapshot:
        """Make the draft a snapshot, the current one unless it is to be staged.

        `manifest` brings everything but the tables. The same content gives the same
        name, and nothing is written twice. The last step is one rename.
        """
        tables = {
            table: self._settle(content)
            for table, content in sorted(draft.tables.items())
        }
        whole = {**manifest, "earlier_files": draft.earlier_files, "tables": tables}
        text = json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True)
        name = name_of(whole)
        home = self.root / "snapshots"
        home.mkdir(exist_ok=True)
        if not self._is_whole(name):
            shutil.rmtree(home / name, ignore_errors=True)
            folder = draft.aside / "snapshot"
            folder.mkdir()
            write_through(folder / "manifest.json", text)
            folder.rename(home / name)
            flush(home)
        if make_current:
            self._point_to(name, draft.aside)
        return self.get(name)

    def make_current(self, name: str) -> Snapshot:
        """Make a snapshot the current one, once every part was found whole.

        Raises:
            InputProblem: there is none of that name, a part of it is missing or was
                changed, or an import is writing. The current one stays then.
        """
        self._known(name)
        with self._alone() as aside:
            snapshot = self.get(name)
            if not self._is_whole(name):
                raise InputProblem(
                    Text(
                        f"The manifest of snapshot {name} was changed: bring the files "
                        "in again, or take the store from a backup.",
                        f"El manifiesto de la copia fechada {name} fue cambiado: "
                        "incorpore de nuevo los archivos o recupere el almacén de una "
                        "copia de seguridad.",
                    )
                )
            for table in snapshot.manifest["tables"]:
                for part in snapshot.parts(table):
                    _stop_if_changed(part, name)
            self._point_to(name, aside)
        return snapshot

    def retire(self, name: str) -> None:
        """Remove a snapshot for good, with the parts that no other one needs.

        Raises:
            InputProblem: there is none of that name, it is the current one, or an
                import is writing.
        """
        self._known(name)
        with self._alone() as aside:
            current = self.current()
            if current is not None and current.id == name:
                raise InputProblem(
                    Text(
                        f"Snapshot {name} is the current one of {self.root} and stays: "
                        "make another one current first.",
                        f"La copia fechada {name} es la vigente de {self.root} y se "
                        "queda: primero haga vigente otra.",
                    )
                )
            home = self.root / "snapshots"
            (home / name).rename(aside / "retired")
            flush(home)
            self._clean()

    def sweep(self) -> None:
        """Remove what killed imports left: folders aside, parts of no snapshot.

        Raises:
            InputProblem: when an import is writing.
        """
        if self.root.is_dir():
            with self._alone():
                pass  # the place is tidied as it is taken

    def _known(self, name: str) -> None:
        if name not in self.names():
            raise InputProblem(
                Text(
                    f"The store {self.root} has no snapshot {name}.",
                    f"El almacén {self.root} no tiene la copia fechada {name}.",
                )
            )

    def _point_to(self, name: str, aside: Path) -> None:
        """Swap `current.json`: readers meet the one before or this one."""
        fresh = aside / "current.json"
        write_through(fresh, json.dumps({"snapshot": name}) + "\n")
        fresh.replace(self.root / "current.json")
        flush(self.root)

    def _is_whole(self, name: str) -> bool:
        """Whether a snapshot's manifest can be read and is what its name says."""
        try:
            return name_of(self.get(name).manifest) == name
        except InputProblem:
            return False

    def _settle(self, content: Content) -> dict[str, Any]:
        """Give each part its name by content; identical parts are stored once."""
        home = self.root / "parts"
        home.mkdir(exist_ok=True)
        parts = []
        for path, rows in content.parts:
            held = path.parent == home  # carried over: it has its name already
            digest = path.stem if held else fingerprint_written(path)
            parts.append({"sha256": digest, "rows": rows, "bytes": path.stat().st_size})
            if not held:
                path.replace(home / f"{digest}.parquet")  # also over a damaged one
        flush(home)
        return {
            "columns": list(content.columns),
            "rows": sum(part["rows"] for part in parts),
            "parts": parts,
            "file_groups": list(content.groups),
        }

    def _clean(self) -> None:
        """Remove what a killed import left: folders aside, parts of no snapshot.

        A staged snapshot is a snapshot like any other: its parts stay.
        """
        for left in self.root.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        used: set[str] = set()
        for name in self.names():
            if not self._is_whole(name):
                return  # which parts it needs cannot be told: none is removed
            for content in self.get(name).manifest["tables"].values():
                used.update(part["sha256"] for part in content["parts"])
        for part in (self.root / "parts").glob("*.parquet"):
            if part.stem not in used:
                part.unlink(missing_ok=True)


def _stop_if_changed(part: Path, name: str) -> None:
    """Stop when a part is missing or is not what its name says."""
    try:
        whole = fingerprint(part) == part.stem
    except OSError:
        whole = False
    if not whole:
        raise InputProblem(
            Text(
                f"The part {part.name} of snapshot {name} is missing or was changed: "
                "bring the files in again, or take the store from a backup.",
                f"La parte {part.name} de la copia fechada {name} falta o fue "
                "cambiada: incorpore de nuevo los archivos o recupere el almacén de "
                "una copia de seguridad.",
            )
        )
