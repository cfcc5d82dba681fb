"""Is a store whole? Every part must still be what its name says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evenrise.records.snapshots.store import Snapshot, SnapshotStore, name_of


_BLOCK = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and one sentence for each thing that is wrong."""

    snapshots: tuple[str, ...]
    parts: int
    problems: tuple[str, ...]


def verify(store: SnapshotStore) -> Verified:
    """Look at every snapshot and every part; each part is read once."""
    problems: list[str] = []
    wanted: dict[Path, str] = {}
    snapshots = [store.get(name) for name in store.names()]
    for snapshot in snapshots:
        problems += _manifest(snapshot)
        for table in snapshot.manifest["tables"]:
            for part in snapshot.parts(table):
                wanted.setdefault(part, f"table {table} of snapshot {snapshot.id}")
    for part, where in wanted.items():
        problems += _part(part, where)
    problems += _current(store)
    return Verified(tuple(one.id for one in snapshots), len(wanted), tuple(problems))


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
    digest = hashlib.sha256()
    with part.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    if digest.hexdigest() != part.stem:
        yield f"The part {part.name} ({where}) was changed; take it from a backup."


def _current(store: SnapshotStore) -> Iterator[str]:
    pointer = store.root / "current.json"
    if not pointer.exists():
        if store.names():
            yield "No snapshot is the current one; import once more."
        return
    name = json.loads(pointer.read_text(encoding="utf-8")).get("snapshot")
    if name not in store.names():
        yield f"The current snapshot {name} is not in the store; import once more."
