"""The Spanish catalogs of the workspace, compiled where they are newer than before.

Django reads `.mo`; people write `.po`. Compiled files are not kept in the repository:
they are made at the first start, beside their source, or where that may not be
written in a folder of the store.
"""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogs(rooms: Path, fallback: Path) -> list[str]:
    """Compile every stale catalog under the rooms; the further locale folders to read.

    Args:
        rooms: the folder of the workspace's apps.
        fallback: where to write when the package's own folder is read-only.
    """
    further: list[str] = []
    for source in sorted(rooms.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if _fresh(source, target):
            continue
        if not os.access(source.parent, os.W_OK):
            inside = source.relative_to(rooms)
            target = (fallback / inside).with_suffix(".mo")
            further.append(str(fallback / inside.parts[0] / "locale"))
            if _fresh(source, target):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
        _compile(source, target)
    return sorted(set(further))


def _fresh(source: Path, target: Path) -> bool:
    return target.exists() and target.stat().st_mtime >= source.stat().st_mtime


def _compile(source: Path, target: Path) -> None:
    aside = target.with_suffix(f".{os.getpid()}")
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.parent.name)
    with aside.open("wb") as file:
        write_mo(file, catalog)
    aside.replace(target)
