"""Is a store whole? Every part must still be what its name says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evenrise.records.snapshots.disk import fingerprint
from evenrise.records.snapshots.snapshot import Snapshot, name_of
from evenrise.records.snapshots.store import SnapshotStore
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and one sentence for each thing that is wrong."""

    snapshots: tuple[str, ...]
    parts: int
    problems: tuple[str, ...]


def verify(store: SnapshotStore) -> Verified:
    """Look at every snapshot and every part; each part is read once.

    Raises:
        InputProblem: when there is no store at all.
    """
    problems: list[str] = []
    wanted: dict[Path, str] = {}
    if not store.names() and not (store.root / "current.json").exists():
        raise InputProblem(
            Text(
                f"{store.root} holds no snapshot: it is no store, or empty.",
                f"{store.root} no tiene ninguna copia fechada: no es un almacén o está "
                "vacío.",
            )
        )
    for name in store.names():
        try:
            snapshot = store.get(name)
        except InputProblem as problem:
            problems.append(str(problem))
            continue
        problems += _manifest(snapshot)
        for table in snapshot.manifest["tables"]:
            for part in snapshot.parts(table):
                wanted.setdefault(part, f"table {table} of snapshot {snapshot.id}")
    for part, where in wanted.items():
        problems += _part(part, where)
    problems += (one for one in _current(store) if one not in problems)
    return Verified(store.names(), len(wanted), tuple(problems))


def _manifest(snapshot: Snapshot) -> Iterator[str]:
    """A snapshot's name is the fingerprint of its manifest."""
    if name_of(snapshot.manifest) != snapshot.id:
        yield (
            f"The manifest of snapshot {snapshot.id} was changed; bring the files in "
            "again, or take the store from a backup."
        )


def _part(part: Path, where: str) -> Iterator[str]:
    if not part.exists():
        yield f"The part {part.name} ({where}) is missing; take it from a backup."
        return
    if fingerprint(part) != part.stem:
        yield f"The part {part.name} ({where}) was changed; take it from a backup."


def _current(store: SnapshotStore) -> Iterator[str]:
    try:
        current = store.current()
    except InputProblem as problem:
        yield str(problem)
        return
    if current is None:
        yield "No snapshot is the current one; import once more."
    elif current.id not in store.names():
        yield f"The current snapshot {current.id} is not here; import once more."
